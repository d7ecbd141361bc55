"""What an administrator may type about other systems."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from mijngemeente.organisations.rules import Role

from . import rules

_ROLES = [
    (Role.READER.value, "Lezen: gesprekken, berichten en keuzelijsten"),
    (Role.AGENT.value, "Lezen en werken: ook antwoorden, notities en wijzigen"),
]


def _in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


class TokenForm(forms.Form):
    """A system to let in."""

    name = forms.CharField(
        label="Welk systeem is dit?",
        max_length=80,
        help_text="Deze naam staat in gesprekken bij wat het systeem doet. Bijvoorbeeld: Zaaksysteem.",
        error_messages={"required": "Geef het systeem een naam."},
    )
    role = forms.ChoiceField(
        label="Wat mag het?",
        help_text="Kies het minste waarmee het systeem zijn werk kan doen.",
        choices=_ROLES,
        widget=forms.RadioSelect,
        initial="reader",
    )
    ends_on = forms.DateField(
        label="Werkt tot en met",
        help_text="Hoogstens een jaar. Daarna maak je een nieuwe sleutel.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=_in_a_year,
        error_messages={"required": "Kies een datum.", "invalid": "Dit is geen datum."},
    )

    def clean_role(self) -> Role:
        """The role meant."""
        return Role(self.cleaned_data["role"])

    def clean_ends_on(self) -> date:
        """Not in the past."""
        day: date = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("Deze dag is voorbij. Kies een latere.")
        return day


class WebhookForm(forms.Form):
    """An address to tell."""

    url = forms.CharField(
        label="Webadres",
        max_length=500,
        help_text="Begint met https://. Wij sturen er alleen nummers heen, nooit wat een inwoner schreef.",
        widget=forms.URLInput(attrs={"placeholder": "https://zaaksysteem.gemeente.nl/berichten"}),
        error_messages={"required": "Vul het webadres in."},
    )
    events = forms.MultipleChoiceField(
        label="Waarover?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één gebeurtenis."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, words) for name, (_, words) in rules.EVENTS.items()]
        self.fields["events"].choices = choices  # type: ignore[attr-defined]  # a choice field
