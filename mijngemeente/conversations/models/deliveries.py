"""What became of what we sent."""

from django.db import models
from django.db.models import Q

from mijngemeente.organisations.models import InboxAddress
from mijngemeente.platform.tenancy import OrganisationModel

from .messages import Message


class Delivery(OrganisationModel):
    """What became of one outgoing message."""

    class State(models.TextChoices):
        WAITING = "waiting", "wordt zo verzonden"
        QUEUED = "queued", "wordt verzonden"
        SENDING = "sending", "wordt nu verzonden"
        SENT = "sent", "verzonden"
        DELIVERED = "delivered", "afgeleverd"
        FAILED = "failed", "niet verzonden"
        UNCERTAIN = "uncertain", "onzeker of het is verzonden"
        WITHDRAWN = "withdrawn", "teruggenomen"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    #: The account we speak from; its kind is the channel used.
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient_address = models.CharField(max_length=320, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.IntegerField(default=0)
    #: Why it failed, as an agent reads it.
    problem = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True)
    #: While waiting: not before this moment.
    next_attempt_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state"],
                condition=~Q(state__in=["sent", "delivered"]),
                name="delivery_unfinished",
            )
        ]

    def __str__(self) -> str:
        return self.get_state_display()
