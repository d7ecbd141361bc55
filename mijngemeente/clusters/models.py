"""Events that many residents write about, and what their messages are compared by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .rules import Said

_SLUG = 60
_WORD = 60


class Trace(OrganisationModel):
    """What counts of a conversation's first message; gone when it is no longer compared with."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="trace")
    topic = models.CharField(max_length=_SLUG, blank=True)
    #: Folded, and empty for the municipality itself: that says no more than the account it came in on.
    place = models.CharField(max_length=80, blank=True)
    #: Lexemes; none for what is never gathered, as a formal message.
    words = ArrayField(models.CharField(max_length=_WORD), default=list)
    at = models.DateTimeField()
    #: It was looked for in the other organisations of who covers this one too.
    is_compared = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-at"], name="trace_latest"),
            models.Index(fields=["organisation", "topic", "-at"], name="trace_of_topic"),
            # By topic first: who covers hundreds looks for one topic of a day.
            models.Index(fields=["topic", "-at"], name="trace_anywhere"),
            models.Index(fields=["at"], condition=Q(is_compared=False), name="trace_to_compare"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.place}"

    @property
    def said(self) -> Said:
        """As the rules compare it."""
        return Said(self.topic, self.place, frozenset(self.words), self.at)


class Cluster(OrganisationModel):
    """One organisation's part of an event that many residents write about."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "voorgesteld"
        CONFIRMED = "confirmed", "bevestigd"
        #: These do not belong together: said once, not proposed again.
        REFUSED = "refused", "hoort niet bij elkaar"
        OVER = "over", "voorbij"

    #: The same for the parts of other organisations.
    event = models.UUIDField()
    name = models.CharField("naam", max_length=120)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    topic = models.CharField(max_length=_SLUG, blank=True)
    place = models.CharField(max_length=80, blank=True)
    lexemes = ArrayField(models.CharField(max_length=_WORD), default=list)
    #: The same words as residents write them.
    words = ArrayField(models.CharField(max_length=_WORD), default=list)
    #: Of the first and the last conversation in it.
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    proposed_at = models.DateTimeField(default=timezone.now)
    #: Who confirmed or refused it.
    decided_by = models.ForeignKey(
        Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "event"], name="one_part_per_event")]
        indexes = [models.Index(fields=["state", "-last_at"], name="cluster_latest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_known(self) -> bool:
        """A person said that it is one event; it may be over by now."""
        return self.state in (self.State.CONFIRMED, self.State.OVER)

    @property
    def core(self) -> Said:
        """As the rules compare it."""
        return Said(self.topic, self.place, frozenset(self.lexemes), self.last_at)


class Belonging(OrganisationModel):
    """That a conversation belongs to an event, or that a person said it does not."""

    class State(models.TextChoices):
        IN = "in", "hoort erbij"
        OUT = "out", "hoort er niet bij"

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="belongings")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="belongings", db_index=False
    )
    state = models.CharField(max_length=3, choices=State.choices, default=State.IN)
    #: It came after a person confirmed the event.
    is_later = models.BooleanField(default=False)
    #: Who left it out or put it back; None while nobody did.
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "cluster"], name="one_belonging_per_cluster"
            ),
            models.UniqueConstraint(
                fields=["organisation", "conversation"],
                condition=Q(state="in"),
                name="one_event_per_conversation",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
