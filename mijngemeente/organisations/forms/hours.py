"""When an organisation is open, as its administrator writes it."""

from datetime import time, timedelta
from typing import Any

from django import forms

from mijngemeente.reference.rules.calendar import DAYS

from ..models import ClosingDay, OpeningWeek
from ..rules.hour_words import Unreadable, day_of, day_text
from ..rules.hours import DAY_MINUTES, Day, OpeningHours

#: Longer than this is a mistake in the year.
LONGEST_CLOSING = timedelta(days=366)


class DayField(forms.CharField):
    """The hours of one weekday, in words."""

    def prepare_value(self, value: object) -> object:
        """What was typed, or the stored day in words."""
        return day_text(value) if isinstance(value, tuple) else value

    def to_python(self, value: object) -> Day:  # type: ignore[override]  # a day is what is stored
        """The parts of the day."""
        try:
            return day_of(str(value or ""))
        except Unreadable as error:
            raise forms.ValidationError(
                f"{self.label}: schrijf de tijden als 9.00 - 17.00, met een komma tussen twee blokken."
            ) from error


class OpeningWeekForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The week, and which holidays close the doors."""

    class Meta:
        model = OpeningWeek
        fields = ("is_closed_on_holidays", "is_closed_on_good_friday", "liberation_day")
        widgets = {"liberation_day": forms.RadioSelect}
        help_texts = {
            "is_closed_on_holidays": "De klok staat stil op nieuwjaarsdag, Pasen, Koningsdag, Hemelvaart,"
            " Pinksteren en Kerst.",
            "is_closed_on_good_friday": "De vrijdag voor Pasen. Uit: dan is het een gewone dag.",
            "liberation_day": "5 mei. Veel gemeenten zijn alleen in een lustrumjaar dicht.",
        }
        labels = {
            "is_closed_on_holidays": "Wij zijn dicht op feestdagen",
            "is_closed_on_good_friday": "Ook op Goede Vrijdag",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {name: self.fields.pop(name) for name in list(self.fields)}
        for number, name in enumerate(DAYS):
            self.fields[name] = DayField(
                label=name.capitalize(), required=False, initial=self.instance.hours.week[number]
            )
        self.fields.update(chosen)

    @property
    def days(self) -> list[forms.BoundField]:
        """One field for each weekday."""
        return [self[name] for name in DAYS]

    @property
    def others(self) -> list[forms.BoundField]:
        """What is asked beside the week."""
        return [field for field in self.visible_fields() if field.name not in DAYS]

    def clean(self) -> dict[str, Any]:
        """Who is never open can never be late."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned[name] for name in DAYS):
            raise forms.ValidationError("Vul bij ten minste één dag in wanneer jullie open zijn.")
        return cleaned

    def save(self, commit: bool = True) -> OpeningWeek:
        """The row as filled in; an action stores it."""
        week = OpeningHours(tuple(self.cleaned_data[name] for name in DAYS))
        self.instance.keep_week(week)
        return self.instance  # type: ignore[no-any-return]  # of Meta.model


class ClosingDayForm(forms.Form):
    """One or more days that the organisation itself is closed."""

    starts_on = forms.DateField(
        label="Dag",
        help_text="De eerste dag dat jullie dicht zijn.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Kies een dag.", "invalid": "Dit is geen datum."},
    )
    ends_on = forms.DateField(
        label="Tot en met",
        required=False,
        help_text="Leeg: alleen die dag.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Dit is geen datum."},
    )
    closed_from = forms.TimeField(
        label="Dicht vanaf",
        required=False,
        help_text="Leeg: vanaf het begin van de dag.",
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Dit is geen tijd."},
    )
    closed_until = forms.TimeField(
        label="Dicht tot",
        required=False,
        help_text="Leeg: tot het einde van de dag.",
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"invalid": "Dit is geen tijd."},
    )
    reason = forms.CharField(
        label="Reden",
        max_length=80,
        help_text="Bijvoorbeeld: personeelsdag. Alleen collega's zien dit.",
        error_messages={"required": "Vul in waarom jullie dicht zijn."},
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, on the calendar and on the clock."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Deze dag ligt voor de eerste dag.")
        elif starts_on and ends_on and ends_on - starts_on > LONGEST_CLOSING:
            self.add_error("ends_on", "Dit is langer dan een jaar. Klopt het jaartal?")
        if _minutes(cleaned.get("closed_from"), 0) >= _minutes(cleaned.get("closed_until"), DAY_MINUTES):
            self.add_error("closed_until", "Deze tijd ligt voor de eerste tijd.")
        return cleaned

    def closing(self) -> ClosingDay:
        """The row as filled in; an action stores it."""
        said = self.cleaned_data
        return ClosingDay(
            starts_on=said["starts_on"],
            ends_on=said["ends_on"] or said["starts_on"],
            closed_from=_minutes(said["closed_from"], 0),
            closed_until=_minutes(said["closed_until"], DAY_MINUTES),
            reason=said["reason"],
        )


def _minutes(clock: time | None, otherwise: int) -> int:
    return otherwise if clock is None else clock.hour * 60 + clock.minute
