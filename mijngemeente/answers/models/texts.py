"""What every answer has, whoever owns it."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.reference.models import Topic

from ..rules.ranking import Experience
from ..rules.sheets import REFERENCE_CHARACTERS, TITLE_CHARACTERS

#: Language → its column and name.
LANGUAGES = {"nl": "Nederlands", "en": "Engels", "fy": "Fries"}


class Wording(models.Model):
    """What an answer says."""

    title = models.CharField("titel", max_length=TITLE_CHARACTERS)
    topic = models.ForeignKey(
        Topic, verbose_name="onderwerp", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text_nl = models.TextField("Nederlands")
    text_en = models.TextField("Engels", blank=True)
    text_fy = models.TextField("Fries", blank=True)

    class Meta:
        abstract = True

    def text_in(self, language: str) -> tuple[str, str]:
        """The text in that language, else in Dutch; with the language that it is in."""
        text: str = getattr(self, f"text_{language}", "") if language in LANGUAGES else ""
        return (text, language) if text else (self.text_nl, "nl")

    @property
    def languages(self) -> list[str]:
        """The languages it is written in."""
        return [each for each in LANGUAGES if getattr(self, f"text_{each}")]

    @property
    def language_names(self) -> list[str]:
        """The same, as a person calls them."""
        return [LANGUAGES[each] for each in self.languages]


class State(models.TextChoices):
    """How far an answer is."""

    CONCEPT = "concept", "concept"
    PUBLISHED = "published", "gepubliceerd"
    RETIRED = "retired", "vervallen"


class Standing(Wording):
    """An answer as it stands now; each change made a version."""

    state = models.CharField("status", max_length=10, choices=State.choices, default=State.CONCEPT)
    #: What it is called in a file it was read from; empty if it was written here.
    reference = models.CharField("kenmerk", max_length=REFERENCE_CHARACTERS, blank=True)
    #: Who looks after it.
    owner = models.ForeignKey(
        Member, verbose_name="eigenaar", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_on = models.DateField("nakijken op", null=True, blank=True)
    #: When somebody last said that it is right.
    checked_on = models.DateField(default=timezone.localdate)
    version = models.IntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    #: When its owner was last asked to look at it.
    reminded_on = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class StandingVersion(Wording):
    """An answer as it once stood."""

    number = models.IntegerField()
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    #: "teruggezet naar versie 2"; empty for an ordinary change.
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Tally(models.Model):
    """How often one organisation used an answer, and what came of it. Numbers only."""

    used = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    helped = models.IntegerField(default=0)
    not_helped = models.IntegerField(default=0)
    last_used_on = models.DateField(null=True)

    class Meta:
        abstract = True

    @property
    def experience(self) -> Experience:
        """As rules weigh it."""
        return Experience(self.used, self.changed, self.helped, self.not_helped)
