"""Messages that only colleagues still see."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .messages import Message


class Hiding(OrganisationModel):
    """That a message was taken off the resident's page, by whom and why."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="hiding")
    reason = models.CharField("reden", max_length=300)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.reason
