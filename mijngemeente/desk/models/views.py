"""Views that people keep."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from ..rules import ICONS, ORDERS, Audience


class SavedView(OrganisationModel):
    """Conversations that somebody wants to see together, under a name."""

    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.CharField(
        "voor wie", max_length=12, choices=[(each.value, each.value) for each in Audience]
    )
    name = models.CharField("naam", max_length=60)
    icon = models.CharField("plaatje", max_length=12, choices=list(ICONS.items()), default="filter")
    #: As conversations/rules/conditions.py reads it.
    condition = models.JSONField()
    sorted_by = models.CharField(
        "volgorde",
        max_length=8,
        choices=[(key, order.name) for key, order in ORDERS.items()],
        default="waiting",
    )
    #: Among the views that stand beside it.
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
