"""One file of another system, and each row it made."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.conversations.models import Contact, Conversation
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel


class Import(OrganisationModel):
    """One file with residents or old conversations: looked at first, then brought in part by part."""

    class State(models.TextChoices):
        SHOWN = "shown", "nog niet ingevoerd"
        RUNNING = "running", "bezig"
        PAUSED = "paused", "onderbroken"
        DONE = "done", "klaar"
        CANCELLED = "cancelled", "niet ingevoerd"
        WITHDRAWN = "withdrawn", "weggehaald"
        UNDOING = "undoing", "wordt ongedaan gemaakt"
        UNDONE = "undone", "ongedaan gemaakt"

    name = models.CharField(max_length=255)
    #: None once it was removed: it holds personal data of everybody in it.
    file = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: Values of rules.layouts: Form, Kind, Source.
    form = models.CharField(max_length=8)
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    encoding = models.CharField(max_length=20)
    separator = models.CharField(max_length=1)
    #: Of a CSV: its column names, and the field that each is read as.
    heading = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    #: Where old conversations are shown to have come in; None for residents.
    inbox = models.ForeignKey(
        InboxAddress, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: Mail addresses of ourselves, beside those of our inboxes.
    own_addresses = models.JSONField(default=list)
    total = models.IntegerField(default=0)
    #: Row number and sentence of what is left out, up to a limit.
    problems = models.JSONField(default=list)
    #: How many rows are left out in all.
    failed = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    #: How far it is; changes together with the rows, so that a lost worker does none twice.
    position = models.IntegerField(default=0)
    made = models.IntegerField(default=0)
    skipped = models.IntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Imported(OrganisationModel):
    """That an import made one resident or conversation: to do it once, and to undo it."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    #: Of the key in the other system, so that it names nobody; empty for the contact of a conversation.
    digest = models.CharField(max_length=64, blank=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], condition=~Q(digest=""), name="one_imported_per_key"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "batch"], name="imported_of_batch")]

    def __str__(self) -> str:
        return self.digest
