"""Sessions in which people fill in a plot together, and what they answered until it is erased."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import DirectoryModel, OrganisationModel
from mijngemeente.team.models import TeamPlot

from .rules.codes import spelled


class Workshop(OrganisationModel):
    """One session about one plot."""

    plot = models.ForeignKey(TeamPlot, on_delete=models.CASCADE, related_name="workshops")
    #: Name of the step that everybody looks at.
    step = models.CharField(max_length=20)
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField(default=timezone.now)
    #: By itself, if nobody closes it.
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    #: When names and raw answers went.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "plot"],
                condition=Q(closed_at__isnull=True),
                name="one_workshop_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"

    def is_open(self, now: datetime) -> bool:
        """Phones may answer."""
        return self.closed_at is None and now < self.ends_at


class JoinCode(DirectoryModel):
    """What somebody types on a phone, before anybody knows for which organisation; gone with the answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    #: No key: a directory cannot point behind the wall.
    workshop_id = models.UUIDField(unique=True)
    #: Nobody joins after that.
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return spelled(self.code)


class Participant(OrganisationModel):
    """Somebody with a phone; no account is asked."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=60)
    #: Of the form: sent twice is joined once.
    key = models.UUIDField()
    joined_at = models.DateTimeField(default=timezone.now)
    #: By the presenter, who did not know this name.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "workshop", "key"], name="joined_once"),
        ]
        ordering = ["joined_at"]

    def __str__(self) -> str:
        return self.name


class Answer(OrganisationModel):
    """What one phone answered about one place in the plot; both of two stay until a person chooses."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        TAKEN = "taken", "overgenomen"
        ASIDE = "aside", "opzij gelegd"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    #: "step.rest" of rules/answers.py.
    place = models.CharField(max_length=700)
    content = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    #: Counts the times that the phone changed it, so that nobody takes over what they did not see.
    revision = models.SmallIntegerField(default=1)
    given_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "participant", "place"],
                condition=Q(state="waiting"),
                name="one_waiting_answer_per_place",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "workshop", "given_at"], name="workshop_answers")]
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return self.place

    @property
    def step(self) -> str:
        """The question that it answers."""
        return self.place.partition(".")[0]
