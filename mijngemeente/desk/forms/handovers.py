"""Giving a question to another organisation."""

from typing import Any

from django import forms

from mijngemeente.organisations.models import Organisation

TOLD = (
    "Uw vraag hoort bij {gemeente}. Daarom hebben wij uw vraag daarheen gestuurd. "
    "U krijgt van {gemeente} antwoord. U hoeft zelf niets te doen."
)


TOLD_INFORMALLY = (
    "Je vraag hoort bij {gemeente}. Daarom hebben wij je vraag daarheen gestuurd. "
    "Je krijgt van {gemeente} antwoord. Je hoeft zelf niets te doen."
)


class HandoverForm(forms.Form):
    """To whom the question belongs, and what the resident is told."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Bij wie hoort deze vraag?", empty_label="Kies een organisatie"
    )
    message = forms.CharField(
        label="Dit krijgt de inwoner te lezen",
        help_text="Op de plek van {gemeente} komt de naam te staan.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, by: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.filter(is_active=True).exclude(id=by.id).order_by("name")
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField

    def told(self) -> str:
        """The sentence with the name in it."""
        to: Organisation = self.cleaned_data["organisation"]
        return str(self.cleaned_data["message"]).replace("{gemeente}", to.full_name)
