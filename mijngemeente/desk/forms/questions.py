"""A question to a department."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from mijngemeente.conversations.models import Message
from mijngemeente.conversations.rules.excerpts import without_resident
from mijngemeente.organisations.models import Department

_WORDS = 100


class AskForm(forms.Form):
    """Whom to ask, what, and what they may read of the conversation."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label="Afdeling",
        empty_label="Kies een afdeling",
        error_messages={
            "required": "Kies een afdeling.",
            "invalid_choice": "Kies een afdeling van de lijst.",
        },
    )
    question = forms.CharField(
        label="Je vraag",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf wat je wilt weten."},
    )
    messages = forms.MultipleChoiceField(
        label="Wat mag de afdeling lezen?", required=False, widget=forms.CheckboxSelectMultiple
    )
    with_resident = forms.BooleanField(
        label="Naam en adres van de inwoner mogen erbij",
        help_text="Zonder vinkje halen we naam, e-mailadres en telefoonnummer uit de tekst.",
        required=False,
    )

    def __init__(self, *args: Any, organisation_id: int, spoken: Sequence[Message], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spoken = {str(each.id): each for each in spoken}
        departments = Department.objects.filter(organisation_id=organisation_id, is_active=True)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["messages"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (number, f"{_who(each)}: {' '.join(each.text.split())[:_WORDS]}")
            for number, each in self._spoken.items()
        ]
        if not spoken:
            del self.fields["messages"]

    def excerpt(self, name: str, addresses: Iterable[str]) -> str:
        """What was chosen, oldest first, without the resident unless that was ticked."""
        chosen = [
            each for number, each in self._spoken.items() if number in self.cleaned_data.get("messages", ())
        ]
        text = "\n\n".join(f"{_who(each)}:\n{each.text}" for each in chosen)
        if not self.cleaned_data["with_resident"]:
            return without_resident(text, name, addresses)
        return "\n\n".join(filter(None, [f"Inwoner: {', '.join(filter(None, [name, *addresses]))}", text]))


def _who(message: Message) -> str:
    return "De inwoner" if message.direction == Message.Direction.INCOMING else "De gemeente"
