"""What was understood of a conversation by itself, and where people knew better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel
from mijngemeente.understanding.rules.outcome import Decision

from .conversations import Conversation

#: Below this a topic leads away as often as to what fits.
LIKELY = 0.3
#: The topic of everything that has none of its own.
REST = "overig"
#: Of rubbish: a short "hallo" looks like it.
SPAM = "reclame-spam"


@dataclass(frozen=True)
class KeptCandidate:
    """A municipality that it may concern, as it was kept."""

    code: str
    name: str
    probability: float
    #: The words that told it, each once.
    words: tuple[str, ...]


@dataclass(frozen=True)
class KeptSign:
    """Whether something is so, as it was kept."""

    value: bool
    probability: float
    because: tuple[str, ...]


class Reading(OrganisationModel):
    """What the first message said by itself; what a person said since stands on the conversation."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="reading")
    decision = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Decision])
    #: [code, name, probability, words], the most probable first.
    candidates = models.JSONField(default=list)
    #: [slug, probability], the most probable first.
    topics = models.JSONField(default=list)
    kind = models.CharField(max_length=14, blank=True)
    kind_probability = models.FloatField(default=0)
    language = models.CharField(max_length=3, blank=True)
    language_probability = models.FloatField(default=0)
    #: Name → [value, probability, words]: urgent, threat, abuse and distress.
    signs = models.JSONField(default=dict)
    sentiment = models.CharField(max_length=3, blank=True)
    sentiment_probability = models.FloatField(default=0)
    #: The `Conversation.Priority` that followed from it.
    priority = models.SmallIntegerField(default=0)
    #: Why it stands where it stands, in Dutch sentences.
    because = models.JSONField(default=list)
    #: Which model read it: figures of before and after a training are not mixed.
    model_version = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(default=timezone.now)
    #: When the resident was asked which municipality it is, and when that was answered.
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "read_at"], name="reading_month")]

    def __str__(self) -> str:
        return f"{self.decision} {self.kind}"

    @property
    def offered(self) -> list[KeptCandidate]:
        """The municipalities that it may concern, the most probable first."""
        return [
            KeptCandidate(code, name, probability, tuple(words))
            for code, name, probability, words in self.candidates
        ]

    @property
    def best_topic(self) -> str:
        """The topic that was most probable; empty if nothing was."""
        return str(self.topics[0][0]) if self.topics else ""

    @property
    def likely_topic(self) -> str:
        """The topic to go by while nobody chose one; empty if it is a guess, or says nothing."""
        if not self.topics or self.topics[0][1] < LIKELY or self.best_topic == REST:
            return ""
        is_rubbish_by_looks = self.best_topic == SPAM and self.kind != Conversation.Kind.SPAM
        return "" if is_rubbish_by_looks else self.best_topic

    @property
    def is_asking(self) -> bool:
        """The resident was asked which municipality it is, and did not say it yet."""
        return self.asked_at is not None and self.settled_at is None

    def value_of(self, what: str) -> str:
        """What was made of it, as a correction names it."""
        return {
            Correction.What.MUNICIPALITY: str(self.candidates[0][0]) if self.candidates else "",
            Correction.What.TOPIC: self.best_topic,
            Correction.What.KIND: self.kind,
            Correction.What.URGENCY: str(self.priority),
        }[Correction.What(what)]

    def sign(self, name: str) -> KeptSign:
        """One of the signs; not so when it was never looked for."""
        signs: Mapping[str, tuple[bool, float, Sequence[str]]] = self.signs
        value, probability, words = signs.get(name, (False, 0.0, ()))
        return KeptSign(value, probability, tuple(words))


class Correction(OrganisationModel):
    """That a person knew better than the machine. The machine learns from it at the next training."""

    class What(models.TextChoices):
        MUNICIPALITY = "municipality", "gemeente"
        TOPIC = "topic", "onderwerp"
        KIND = "kind", "soort"
        URGENCY = "urgency", "voorrang"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="corrections", db_index=False
    )
    what = models.CharField(max_length=12, choices=What.choices)
    #: A code, slug, kind or priority.
    was = models.CharField(max_length=60, blank=True)
    became = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    model_version = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "what"], name="one_correction_of_each"
            )
        ]
        indexes = [models.Index(fields=["organisation", "at"], name="correction_month")]

    def __str__(self) -> str:
        return f"{self.what}: {self.was} → {self.became}"
