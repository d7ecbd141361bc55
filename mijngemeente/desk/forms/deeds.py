"""What is done with a conversation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mijngemeente.conversations.models import Closure, Conversation, Label
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.reference.models import Topic

from .texts import _STALE


class AssignmentForm(forms.Form):
    """Who takes the conversation; nobody when left empty."""

    member = forms.ChoiceField(required=False)
    #: Who had it on the screen; "" for nobody, absent from a screen that cannot tell.
    seen_assignee = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(each.id): each for each in members}
        self.fields["member"].choices = [(number, str(each)) for number, each in self._members.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_member(self) -> Member | None:
        """The member meant."""
        return self._members.get(self.cleaned_data["member"])


class StatusForm(forms.Form):
    """How the conversation stands; closing and putting off have forms of their own."""

    status = forms.ChoiceField(
        choices=[
            each
            for each in Conversation.Status.choices
            if each[0] not in (Conversation.Status.CLOSED, Conversation.Status.SNOOZED)
        ]
    )


class PriorityForm(forms.Form):
    """How much haste there is."""

    priority = forms.TypedChoiceField(choices=Conversation.Priority.choices, coerce=int)


class TopicForm(forms.Form):
    """What the conversation is about."""

    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)


class KindForm(forms.Form):
    """What sort of message it is."""

    kind = forms.ChoiceField(choices=Conversation.Kind.choices)


class LabelForm(forms.Form):
    """A label to put on or take off, or the name of a new one."""

    label = forms.ModelChoiceField(Label.objects.none(), required=False)
    new_label = forms.CharField(label="Nieuw label", max_length=40, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = Label.objects.filter(organisation=organisation)
        self.fields["label"].queryset = labels  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        chosen = super().clean() or {}
        if not chosen.get("label") and not chosen.get("new_label"):
            raise forms.ValidationError("Kies een label, of typ een nieuw label.")
        return chosen


#: The other reasons follow from another deed.
_CHOOSABLE = (Closure.Reason.ANSWERED, Closure.Reason.UNANSWERED, Closure.Reason.SPAM)


class ClosureForm(forms.Form):
    """Why the conversation is closed; silence is explained."""

    reason = forms.ChoiceField(
        label="Waarom sluit je het gesprek?",
        choices=[(each.value, each.label) for each in _CHOOSABLE],
    )
    explanation = forms.CharField(label="Toelichting", max_length=300, required=False)
    read_to = forms.UUIDField(widget=forms.HiddenInput, required=False, error_messages={"invalid": _STALE})

    def clean(self) -> dict[str, Any]:
        """Not answering is a choice that somebody must be able to defend."""
        chosen = super().clean() or {}
        if chosen.get("reason") == Closure.Reason.UNANSWERED and not chosen.get("explanation"):
            self.add_error("explanation", "Schrijf kort op waarom we deze inwoner niet antwoorden.")
        return chosen
