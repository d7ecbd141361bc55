"""The end of a shift, and days away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from mijngemeente.organisations.models import Member, Person
from mijngemeente.platform.ids import uuid7

KEEP, QUEUE = "houden", "rij"


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True)
class Leaving:
    """What becomes of one conversation at the end of a shift."""

    #: None: back to the queue.
    to: Member | None
    note: str


class ShiftForm(forms.Form):
    """For each conversation: keep it, put it back, or give it to a colleague, with a note."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, colleagues: Mapping[UUID, Sequence[Member]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues = {str(each.id): each for members in colleagues.values() for each in members}
        for number, members in colleagues.items():
            self.fields[f"to-{number}"] = forms.ChoiceField(
                label="Wat gebeurt ermee?",
                choices=[
                    (KEEP, "Blijft bij mij"),
                    (QUEUE, "Terug in de rij"),
                    *((str(each.id), f"Naar {each}") for each in members),
                ],
                error_messages={"invalid_choice": "Deze collega werkt niet voor deze organisatie."},
            )
            self.fields[f"note-{number}"] = forms.CharField(label="Notitie", max_length=2_000, required=False)

    def leaving(self, number: UUID) -> Leaving | None:
        """What was chosen for a conversation; None when it stays."""
        chosen = self.cleaned_data[f"to-{number}"]
        if chosen == KEEP:
            return None
        return Leaving(self._colleagues.get(chosen), self.cleaned_data[f"note-{number}"].strip())


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who takes their place."""

    starts_on = forms.DateField(label="Eerste dag", widget=_day())
    ends_on = forms.DateField(label="Laatste dag", widget=_day())
    stand_in = forms.ModelChoiceField(
        Person.objects.none(), label="Vervanger", required=False, empty_label="Niemand"
    )

    def __init__(self, *args: Any, colleagues: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(id__in=[each.id for each in colleagues]).order_by("name")
        self.fields["stand_in"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first, and is not over."""
        days = super().clean() or {}
        first, last = days.get("starts_on"), days.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste.")
        elif last and last < timezone.localdate():
            self.add_error("ends_on", "Deze dag is al voorbij.")
        return days
