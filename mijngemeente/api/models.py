"""What other systems may do here, what they did, and what they are told."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import DirectoryModel, OrganisationModel


class Token(DirectoryModel):
    """A system that may come in for one organisation; its secret is kept as a digest only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    #: As whom it works: a member without a password, whose role gives the rights.
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    #: The last day on which it works.
    ends_on = models.DateField("werkt tot en met")
    ended_at = models.DateTimeField(null=True)
    #: To the hour, so that reading does not write each time.
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        """It may be used on that day."""
        return self.ended_at is None and day <= self.ends_on


class Call(OrganisationModel):
    """A call with an idempotency key and what we answered: the same again gets the same answer."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    #: Of method, path and body: the same key for something else is a mistake.
    digest = models.BinaryField(max_length=32)
    status = models.SmallIntegerField(default=0)
    #: What we answered, as JSON; goes with the call after `actions.CALL_LIVES`.
    answer = models.TextField(blank=True)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "token", "key"], name="one_call_per_key"),
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="call_age")]

    def __str__(self) -> str:
        return self.key


class Webhook(OrganisationModel):
    """An address of another system that wants to be told."""

    url = models.URLField("webadres", max_length=500)
    #: The key we sign with, sealed.
    sealed = models.TextField()
    #: Names of `rules.EVENTS`.
    events = ArrayField(models.CharField(max_length=40))
    made_at = models.DateTimeField(default=timezone.now)
    #: Up to when the audit lines were looked through.
    read_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.url


class Announcement(OrganisationModel):
    """One event for one webhook, and what came of telling it."""

    class State(models.TextChoices):
        QUEUED = "queued", "wacht"
        DELIVERED = "delivered", "aangekomen"
        FAILED = "failed", "niet aangekomen"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="announcements")
    #: The audit line it tells of; no key, as those lines are never removed or altered.
    line_id = models.UUIDField()
    event = models.CharField(max_length=40)
    conversation_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.SmallIntegerField(default=0)
    #: What the other side said last; 0 if it said nothing.
    status = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "webhook", "line_id"], name="one_announcement_per_line"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "webhook", "id"],
                condition=Q(state="queued"),
                name="announcement_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.event
