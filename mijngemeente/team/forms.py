"""What an organisation types outside its plots."""

from typing import cast

from django import forms

from .models import OwnEntry
from .rules.library import Library


class OfferForm(forms.Form):
    """Which roles others may ask about, and whom."""

    roles = forms.MultipleChoiceField(
        label="Over welke rollen mogen anderen jullie vragen?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies ten minste één rol.",
            "invalid_choice": "Deze rol staat niet in de lijst.",
        },
    )
    contact = forms.CharField(
        label="Naam of functie van wie zij bereiken",
        max_length=120,
        error_messages={"required": "Vul in wie zij bereiken."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        error_messages={"required": "Vul een e-mailadres in.", "invalid": "Dit is geen e-mailadres."},
    )
    note = forms.CharField(label="Wat kunnen zij vragen? (mag leeg)", max_length=300, required=False)
    agrees = forms.BooleanField(
        label="Andere organisaties mogen onze naam en deze gegevens zien",
        error_messages={"required": "Zet hier een vinkje. Anders tonen wij niets."},
    )

    def __init__(
        self, library: Library, data: object = None, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # Django's own mapping of what was posted
        _offer(self, [(code, role.name) for code, role in library.roles.items()])


class OwnForm(forms.Form):
    """A role or a task of our own."""

    kind = forms.ChoiceField(choices=OwnEntry.Kind.choices)
    name = forms.CharField(label="Naam", max_length=80, error_messages={"required": "Geef het een naam."})
    essence = forms.CharField(label="Waar is het voor? (mag leeg)", max_length=300, required=False)
    roles = forms.MultipleChoiceField(
        label="Bij welke rollen hoort deze taak?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, roles: list[tuple[str, str]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # Django's own mapping of what was posted
        _offer(self, roles)


def _offer(form: forms.Form, roles: list[tuple[str, str]]) -> None:
    cast(forms.MultipleChoiceField, form.fields["roles"]).choices = roles
