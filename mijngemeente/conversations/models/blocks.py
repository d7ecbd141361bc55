"""Senders whose messages are put aside for a while."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .contacts import ContactAddress


class Block(OrganisationModel):
    """That one address is put aside, until when and why."""

    address = models.ForeignKey(ContactAddress, on_delete=models.CASCADE, related_name="blocks")
    reason = models.CharField("reden", max_length=300)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    #: A member ended it before its time.
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address"],
                condition=models.Q(lifted_at=None),
                name="one_block_per_address",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
