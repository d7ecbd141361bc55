"""Conversations that go together, and apart."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime

from ..queries.others import Other, Part


class OtherForm(forms.Form):
    """One other conversation."""

    other = forms.TypedChoiceField(
        label="Welk gesprek?",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een gesprek.",
            "invalid_choice": "Dit gesprek staat niet in de lijst.",
        },
    )
    confirmed_contact = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, others: Sequence[Other], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(each.id), _told(each)) for each in others]  # type: ignore[attr-defined]  # a ChoiceField


def _told(other: Other) -> str:
    resident = other.who if other.is_same_resident else f"{other.who} (een andere inwoner)"
    at = date_format(localtime(other.at), "j F Y")
    return f"{other.number}: {other.subject}. Van {resident}, {other.status_text}, {at}"


class SplitForm(forms.Form):
    """Messages to take out, and what they are about."""

    messages = forms.TypedMultipleChoiceField(
        label="Welke berichten?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies een of meer berichten.",
            "invalid_choice": "Dit bericht is er niet meer.",
        },
    )
    subject = forms.CharField(label="Waar gaan deze berichten over?", max_length=300, required=False)

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["messages"].choices = [(str(each.id), line_of(each)) for each in parts]  # type: ignore[attr-defined]  # a MultipleChoiceField


def line_of(part: Part) -> str:
    """The message on one line, as somebody recognises it."""
    at = date_format(localtime(part.at), "j F G:i")
    return f"{part.author}, {at}: {part.words}"
