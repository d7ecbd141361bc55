"""What came in, byte for byte, until and after it became a message."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import OrganisationModel


class Payload(OrganisationModel):
    """The bytes that a channel handed us; acknowledged once this row is committed."""

    class State(models.TextChoices):
        KEPT = "kept", "wacht op verwerking"
        TAKEN_IN = "taken_in", "verwerkt"
        UNREADABLE = "unreadable", "onleesbaar"

    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: SHA-256 of the body: the same bytes twice are one row.
    digest = models.BinaryField(max_length=32)
    body = models.BinaryField()
    size_bytes = models.BigIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.KEPT)
    attempts = models.IntegerField(default=0)
    #: Why it could not be read, as an administrator reads it.
    problem = models.TextField(blank=True)
    #: Conversation it will be in, when its sender was shown a page for that already.
    conversation_id = models.UUIDField(null=True)
    #: Message it became; no key, so that messages can be erased while the fact of receipt stays.
    message_id = models.UUIDField(null=True)

    #: The first piece of the body, when it was read without the rest (`platform.files.with_first_piece`).
    first_piece: bytes | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "inbox", "digest"], name="one_payload_per_content"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "received_at"],
                condition=~models.Q(state="taken_in"),
                name="payload_unfinished",
            ),
            models.Index(
                fields=["organisation", "message_id"],
                condition=models.Q(message_id__isnull=False),
                name="payload_of_message",
            ),
            models.Index(
                fields=["organisation", "conversation_id"],
                condition=models.Q(conversation_id__isnull=False) & ~models.Q(state="taken_in"),
                name="payload_awaited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inbox_id} {self.received_at:%Y-%m-%d %H:%M}"
