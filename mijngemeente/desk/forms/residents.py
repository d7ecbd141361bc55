"""What is written down about a resident."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils import timezone

NOTE_CHARACTERS = 2000
#: A note about a person that matters longer belongs in a register with a purpose of its own.
NOTE_LONGEST = timedelta(days=2 * 365)
NOTE_USUAL = timedelta(days=90)
PHONE_DIGITS = 8


class NameForm(forms.Form):
    """How the resident is called."""

    name = forms.CharField(label="Naam", max_length=200, error_messages={"required": "Vul een naam in."})


class AddressForm(forms.Form):
    """Where else the resident can be reached."""

    kind = forms.ChoiceField(label="Soort", choices=[("email", "E-mailadres"), ("phone", "Telefoonnummer")])
    value = forms.CharField(
        label="Nieuw adres", max_length=320, error_messages={"required": "Vul een adres in."}
    )

    def clean(self) -> dict[str, Any]:
        """What was typed has to be of the kind that was chosen."""
        typed = super().clean() or {}
        value = typed.get("value", "")
        if value and typed.get("kind") == "email":
            self._check_email(value)
        elif value and sum(sign.isdigit() for sign in value) < PHONE_DIGITS:
            self.add_error("value", "Dit is geen telefoonnummer. Een voorbeeld: 06 12345678")
        return typed

    def _check_email(self, value: str) -> None:
        try:
            validate_email(value.strip())
        except forms.ValidationError:
            self.add_error("value", "Dit is geen e-mailadres. Een voorbeeld: naam@voorbeeld.nl")


def _usual_end() -> date:
    return timezone.localdate() + NOTE_USUAL


class ResidentNoteForm(forms.Form):
    """What colleagues should know, and until when."""

    text = forms.CharField(
        label="Nieuwe notitie",
        help_text="Schrijf alleen op wat collega's echt moeten weten. De inwoner mag dit opvragen.",
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf eerst een notitie."},
    )
    ends_on = forms.DateField(
        label="Bewaren tot en met",
        initial=_usual_end,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Kies tot wanneer we de notitie bewaren.",
            "invalid": "Dit is geen datum. Een voorbeeld: 31-12-2026",
        },
    )

    def clean_ends_on(self) -> date:
        """Not over already, and not for ever."""
        ends_on: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if ends_on < today:
            raise forms.ValidationError("Deze dag is al voorbij. Kies vandaag of later.")
        if ends_on > today + NOTE_LONGEST:
            raise forms.ValidationError("Kies een dag binnen twee jaar.")
        return ends_on
