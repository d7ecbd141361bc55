"""Answers that are written and not sent yet."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class PendingReply(OrganisationModel):
    """An answer that waits for its moment or for a second person; gone once it is a message."""

    class State(models.TextChoices):
        PLANNED = "planned", "gepland"
        #: It was planned, and then something came in between: a person decides.
        HELD = "held", "vastgehouden"
        ASKED = "asked", "wacht op een collega"
        RETURNED = "returned", "teruggegeven"
        #: Taken by whoever sends or withdraws it, within one transaction.
        LEAVING = "leaving", "gaat weg"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="pending_replies", db_index=False
    )
    #: In whose name it goes, whoever says yes.
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    #: Key of the form it was written in, and of the message that it becomes.
    key = models.UUIDField()
    #: How much had been said when it was written.
    spoken = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    send_at = models.DateTimeField(null=True)
    #: Who is asked to read along; None is anybody who may.
    asked_to = models.ForeignKey(
        Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: Why it was held or returned, as its author reads it.
    remark = models.TextField(blank=True)
    #: Answers of the bank that were put in it, and marks of findings its author sends it with, as typed.
    answers = models.CharField(max_length=2000, blank=True, default="", db_default="")
    sure = models.CharField(max_length=2000, blank=True, default="", db_default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_pending_reply_per_key"),
        ]
        indexes = [
            models.Index(fields=["organisation", "conversation"], name="pending_of_conversation"),
            models.Index(fields=["organisation", "state"], name="pending_state"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class PendingFile(OrganisationModel):
    """A file that goes along with an answer that waits."""

    reply = models.ForeignKey(PendingReply, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name
