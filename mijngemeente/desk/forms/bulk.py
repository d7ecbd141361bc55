"""What is to be done with many conversations: each button its own verb, and a field beside it."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from mijngemeente.conversations.models import Closure, Conversation
from mijngemeente.conversations.rules.fields import ME
from mijngemeente.organisations.models import Member
from mijngemeente.reference.models import Topic

from ..rules import presets
from ..rules.bulk import Deed, Verb

_REASONS = [each for each in Closure.Reason.choices if each[0] in ("answered", "unanswered", "spam")]
_STATUSES = [
    (each.value, str(each.label).capitalize())
    for each in (
        Conversation.Status.OPEN,
        Conversation.Status.WAITING_RESIDENT,
        Conversation.Status.WAITING_DEPARTMENT,
    )
]


class BulkForm(forms.Form):
    """One deed for all that was picked."""

    verb = forms.ChoiceField(choices=[(each.value, each.value) for each in Verb])
    #: Pressed twice is done once.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    member = forms.ChoiceField(label="Aan wie?", initial=ME, required=False)
    label = forms.CharField(
        label="Welk label?", max_length=40, required=False, widget=forms.TextInput(attrs={"list": "labels"})
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="Welk onderwerp?", required=False, empty_label="Kies…"
    )
    status = forms.ChoiceField(label="Welke status?", choices=_STATUSES, required=False)
    priority = forms.ChoiceField(
        label="Hoeveel voorrang?",
        choices=[(value, str(name).capitalize()) for value, name in Conversation.Priority.choices],
        required=False,
    )
    when = forms.ChoiceField(label="Tot wanneer?", required=False)
    reason = forms.ChoiceField(
        label="Waarom?", choices=[(value, name.capitalize()) for value, name in _REASONS], required=False
    )
    explanation = forms.CharField(label="Toelichting", max_length=300, required=False)

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.id), str(each)) for each in members]
        nobody = ("", "Niemand, terug in de rij")
        self.fields["member"].choices = [(ME, "Mijzelf"), *named, nobody]  # type: ignore[attr-defined]  # a choice field
        moments = [(each.at.isoformat(), each.name) for each in presets(timezone.now())]
        self.fields["when"].choices = moments  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """What the verb needs is there."""
        chosen = super().clean() or {}
        needed = _NEEDED.get(chosen.get("verb", ""))
        if needed and needed[0] not in self.errors and not chosen.get(needed[0]):
            self.add_error(needed[0], needed[1])
        silent = chosen.get("reason") == Closure.Reason.UNANSWERED
        if chosen.get("verb") == Verb.CLOSE and silent and not chosen.get("explanation"):
            self.add_error("explanation", "Schrijf kort op waarom we deze inwoners niet antwoorden.")
        return chosen

    @property
    def deed(self) -> Deed:
        """What was chosen."""
        chosen = self.cleaned_data
        verb = Verb(chosen["verb"])
        value = chosen[_FIELDS[verb]]
        text = value.pk if isinstance(value, Topic) else str(value)
        return Deed(verb, text, chosen["explanation"] if verb is Verb.CLOSE else "")


_FIELDS = {
    Verb.ASSIGN: "member",
    Verb.LABEL: "label",
    Verb.TOPIC: "topic",
    Verb.STATUS: "status",
    Verb.PRIORITY: "priority",
    Verb.SNOOZE: "when",
    Verb.CLOSE: "reason",
}
_NEEDED = {
    Verb.LABEL.value: ("label", "Kies of typ een label."),
    Verb.TOPIC.value: ("topic", "Kies een onderwerp."),
    Verb.STATUS.value: ("status", "Kies een status."),
    Verb.PRIORITY.value: ("priority", "Kies een voorrang."),
    Verb.SNOOZE.value: ("when", "Kies een moment."),
    Verb.CLOSE.value: ("reason", "Kies een reden."),
}
