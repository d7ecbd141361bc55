"""What a person says of an event, and to all who write about it."""

from typing import Any
from uuid import uuid4

from django import forms

from ..rules.clusters import Purpose
from .files import ANSWER_CHARACTERS


class JudgementForm(forms.Form):
    """Whether these belong together, and how it is called."""

    verb = forms.ChoiceField(
        choices=[(each, each) for each in ("confirm", "refuse", "rename", "leave_out", "bring_back", "end")]
    )
    name = forms.CharField(
        label="Hoe noemen we dit?",
        max_length=120,
        required=False,
        error_messages={"max_length": "Deze naam is te lang. Hij mag 120 tekens lang zijn."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vars(self.fields["name"])["hangs_on_choice"] = True

    def clean(self) -> dict[str, Any]:
        """A new name is not empty."""
        said = super().clean() or {}
        if said.get("verb") == "rename" and not said.get("name") and "name" not in self.errors:
            self.add_error("name", "Geef de gebeurtenis een naam.")
        return said


class ClusterAnswerForm(forms.Form):
    """One text for all, with its blanks."""

    body = forms.CharField(
        label="Antwoord aan allen",
        max_length=ANSWER_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Schrijf alleen het midden. Aanhef en ondertekening zijn van de gemeente van de inwoner.",
        error_messages={"required": "Er staat nog geen tekst."},
    )
    purpose = forms.ChoiceField(choices=[(each.value, each.value) for each in Purpose])
    #: Pressed twice is laid ready once.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_body(self) -> str:
        """With the line ends that we keep."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip()
