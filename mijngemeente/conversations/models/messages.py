"""What was said, with its files."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel

from .contacts import Contact
from .conversations import Conversation


class Message(OrganisationModel):
    """Something said in a conversation, or a note beside it."""

    class Direction(models.TextChoices):
        INCOMING = "in", "van de inwoner"
        OUTGOING = "out", "aan de inwoner"
        NOTE = "note", "notitie"
        #: Never sent. The row stays, without its text, so that who counts messages counts on.
        WITHDRAWN = "back", "teruggenomen"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    direction = models.CharField(max_length=4, choices=Direction.choices)
    #: No person wrote it: a receipt, a hand-over notice, an out-of-office reply.
    is_automatic = models.BooleanField(default=False)
    #: Who wrote it; None for a resident or a machine.
    author = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: The channel's id; ours for what we send. Empty until sent.
    external_id = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    #: Quotes and signature, folded away on screen, never cut.
    folded = models.TextField(blank=True)
    #: Sanitised.
    html = models.TextField(blank=True)
    #: Addresses it was sent to, lower case: who was addressed takes part.
    recipients = ArrayField(models.CharField(max_length=320), default=list)
    #: What the sender's machine says; may be nonsense.
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: Key of the form it was written in: pressed twice is one message.
    key = models.UUIDField(null=True)
    #: It came from an address that had no part in this conversation.
    is_from_stranger = models.BooleanField(default=False)
    #: What could not be read, in Dutch sentences.
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id", "inbox"],
                condition=~Q(external_id=""),
                name="one_message_per_external_id",
            ),
            models.UniqueConstraint(fields=["organisation", "key"], name="one_message_per_key"),
        ]
        indexes = [models.Index(fields=["organisation", "conversation", "id"], name="message_order")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_note(self) -> bool:
        """Only colleagues read it."""
        return self.direction == self.Direction.NOTE


class MessageReference(OrganisationModel):
    """An earlier message that a message names, whether we have it or not: mail arrives in any order."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    external_id = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["organisation", "external_id"], name="reference_to")]

    def __str__(self) -> str:
        return self.external_id


class Attachment(OrganisationModel):
    """A file that came or went with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)
    size_bytes = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
