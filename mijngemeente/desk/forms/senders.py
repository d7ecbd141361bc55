"""Keeping a sender out, and a message inside."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from mijngemeente.conversations.models import Conversation, Designation

from ..queries.others import Part
from .together import line_of


class BlockForm(forms.Form):
    """For how long a sender is put aside, and why."""

    days = forms.TypedChoiceField(
        label="Hoe lang?",
        coerce=int,
        choices=[(7, "1 week"), (30, "30 dagen"), (90, "90 dagen"), (365, "1 jaar")],
        initial=30,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Waarom?",
        help_text="Alleen collega's lezen dit. Schrijf op wat er gebeurde.",
        max_length=300,
        error_messages={"required": "Schrijf op waarom je deze afzender blokkeert."},
    )

    def until(self) -> datetime:
        """The end of the block."""
        days: int = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days)


class HidingForm(forms.Form):
    """One message to keep inside, and why."""

    message = forms.TypedChoiceField(
        label="Welk bericht?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een bericht.", "invalid_choice": "Dit bericht is er niet."},
    )
    reason = forms.CharField(
        label="Waarom mag de inwoner dit niet meer zien?",
        help_text="Alleen collega's lezen dit. Het bericht zelf blijft bewaard.",
        max_length=300,
        error_messages={"required": "Schrijf op waarom dit bericht verborgen wordt."},
    )

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].choices = [(str(each.id), line_of(each)) for each in parts]  # type: ignore[attr-defined]  # a ChoiceField


class FormalKindForm(forms.Form):
    """Which formal message it is."""

    kind = forms.ChoiceField(choices=Conversation.FormalKind.choices)


class DesignationForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """Where one kind of formal message belongs."""

    url = forms.URLField(
        label="Formulier",
        help_text="Het adres van het formulier, met https:// ervoor.",
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Designation
        fields = ("url", "email", "post", "terms", "is_automatic")
        widgets = {
            "post": forms.Textarea(attrs={"rows": 2}),
            "terms": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "terms": "Bijvoorbeeld: binnen welke termijn, en wat er in het bericht moet staan.",
            "is_automatic": "Lijkt een nieuw bericht hierop? Dan gaat deze bevestiging meteen weg, in plaats "
            "van de gewone. Of het echt zo'n bericht is, bepaalt een medewerker.",
        }
