"""What a new municipality types in one go."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mijngemeente.answers.models import Fact
from mijngemeente.answers.queries.facts import Missing


class StartersForm(forms.Form):
    """Which answers to begin with."""

    answers = forms.TypedMultipleChoiceField(
        error_messages={
            "required": "Kies ten minste één antwoord.",
            "invalid_choice": "Een van deze antwoorden is er niet meer. Kies opnieuw.",
        }
    )

    def __init__(self, *args: Any, ids: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [(each, each) for each in ids]  # type: ignore[attr-defined]  # a choice field


class BlanksForm(forms.Form):
    """One question for each blank; what stays empty stays open."""

    def __init__(self, *args: Any, blanks: Sequence[Missing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"blank-{number}": each.name for number, each in enumerate(blanks)}
        for number, each in enumerate(blanks):
            self.fields[f"blank-{number}"] = forms.CharField(
                label=each.name.capitalize(),
                required=False,
                max_length=300,
                help_text=_help(each),
                error_messages={"max_length": "Dit is te lang. Er passen 300 tekens in."},
            )

    def clean(self) -> dict[str, Any]:
        """As a fact is written anywhere else: a link leads to the web, and nothing looks like a blank."""
        cleaned = super().clean() or {}
        for field, name in self.names.items():
            value = cleaned.get(field, "")
            if "{" in value or "}" in value:
                self.add_error(field, "Gebruik geen accolades.")
            elif value and Fact.Kind.of(name) is Fact.Kind.LINK and not value.startswith("http"):
                self.add_error(field, "Begin een link met https://")
        return cleaned

    def values(self) -> dict[str, str]:
        """Name of the blank → what was typed."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}


def _help(blank: Missing) -> str:
    examples = {Fact.Kind.PRICE: "Zoals € 12,50.", Fact.Kind.LINK: "Met https:// ervoor."}
    kind = Fact.Kind.of(blank.name)
    shown = ", ".join(blank.titles[:2]) + (" en meer" if len(blank.titles) > 2 else "")
    return " ".join(filter(None, [examples.get(kind, ""), f"Staat in: {shown}."]))
