"""When we are open, and how soon we answer."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from mijngemeente.platform.tenancy import OrganisationModel, SharedModel
from mijngemeente.reference.models import Topic

from ..rules import levels
from ..rules.hours import (
    DAY_MINUTES,
    OFFICE_WEEK,
    Closing,
    HolidayChoice,
    Interval,
    LiberationDay,
    OpeningHours,
    joined,
)

LIBERATION_DAY = [
    (LiberationDay.LUSTRUM.value, "dicht in een lustrumjaar (2030, 2035)"),
    (LiberationDay.ALWAYS.value, "elk jaar dicht"),
    (LiberationDay.NEVER.value, "elk jaar open"),
]

Week = list[list[tuple[int, int]]]


def office_week() -> Week:
    """What holds until an organisation says otherwise."""
    return stored_week(OpeningHours(OFFICE_WEEK))


def stored_week(hours: OpeningHours) -> Week:
    """The week as it is kept."""
    return [[(each.opens, each.closes) for each in day] for day in hours.week]


class OpeningWeek(SharedModel):
    """When an organisation is open. Everybody reads it: who covers others works in its own hours."""

    #: Monday first; of each day the parts that are open, in minutes since midnight.
    week = models.JSONField(default=office_week)
    is_closed_on_holidays = models.BooleanField("dicht op feestdagen", default=True)
    is_closed_on_good_friday = models.BooleanField("dicht op Goede Vrijdag", default=False)
    liberation_day = models.CharField(
        "Bevrijdingsdag", max_length=7, choices=LIBERATION_DAY, default=LiberationDay.LUSTRUM.value
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_opening_week")]

    def __str__(self) -> str:
        return f"openingstijden {self.organisation_id}"

    @property
    def hours(self) -> OpeningHours:
        """The week alone, without days that differ."""
        return OpeningHours(tuple(joined(Interval(*part) for part in day) for day in self.week))

    def keep_week(self, hours: OpeningHours) -> None:
        """Take over this week; the caller stores the row."""
        self.week = stored_week(hours)

    @property
    def choice(self) -> HolidayChoice:
        """Which national holidays close the doors."""
        return HolidayChoice(
            is_closed=self.is_closed_on_holidays,
            good_friday=self.is_closed_on_good_friday,
            liberation_day=LiberationDay(self.liberation_day),
        )


class ClosingDay(SharedModel):
    """Days on which an organisation is closed of its own accord, wholly or in part."""

    starts_on = models.DateField("van")
    ends_on = models.DateField("tot en met")
    #: Both in minutes since midnight.
    closed_from = models.SmallIntegerField(default=0)
    closed_until = models.SmallIntegerField(default=DAY_MINUTES)
    reason = models.CharField("reden", max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="closing_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="closings_to_come")]
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.reason

    @property
    def closing(self) -> Closing:
        """What the clock reads."""
        return Closing(self.starts_on, self.ends_on, Interval(self.closed_from, self.closed_until))


class ServiceLevel(OrganisationModel):
    """How soon we answer, for everything or for some conversations; the most specific one holds."""

    class Warns(models.TextChoices):
        PERCENT = "percent", "procent van de tijd is voorbij"
        MINUTES = "minutes", "minuten voor het einde"

    #: Empty: every kind; a value of `Conversation.Kind`.
    kind = models.CharField("soort", max_length=14, blank=True)
    #: Empty: every channel.
    channel = models.CharField("kanaal", max_length=20, blank=True)
    priority = models.SmallIntegerField("voorrang", null=True, blank=True)
    topic = models.ForeignKey(
        Topic,
        verbose_name="onderwerp",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    #: All three in working minutes; None: no norm.
    first_reply = models.IntegerField(null=True, default=levels.USUAL.first_reply_minutes)
    next_reply = models.IntegerField(null=True, default=levels.USUAL.next_reply_minutes)
    solution = models.IntegerField(null=True, default=levels.USUAL.solution_minutes)
    warns = models.CharField(max_length=7, choices=Warns.choices, default=Warns.PERCENT)
    warns_at = models.SmallIntegerField(default=75)
    pauses_for_department = models.BooleanField("pauze tijdens wachten op afdeling", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "channel", "priority", "topic"],
                nulls_distinct=False,
                name="one_level_per_scope",
                violation_error_message="Voor deze gesprekken is er al een norm.",
            ),
        ]

    def __str__(self) -> str:
        return f"norm {self.id}"

    @property
    def is_general(self) -> bool:
        """It is for every conversation without a level of its own."""
        return self.level.scope == levels.Scope()

    @property
    def level(self) -> levels.Level:
        """What the clock reads."""
        return levels.Level(
            scope=levels.Scope(self.kind, self.channel, self.priority, self.topic_id or ""),
            first_reply=_length(self.first_reply),
            next_reply=_length(self.next_reply),
            solution=_length(self.solution),
            amber=levels.Amber(self.warns == self.Warns.PERCENT, self.warns_at),
            pauses_for_department=self.pauses_for_department,
        )


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)
