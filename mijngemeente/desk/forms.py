"""What somebody at the desk may type."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.channels.note.wire import TEXT_CHARACTERS
from mijngemeente.conversations.models import Closure, Conversation, Label
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform.ids import uuid7
from mijngemeente.reference.models import Topic

from .actions import Answer, Contact
from .rules import Then

# The longest any channel takes; each channel's own limit is checked when it is sent.
ANSWER_CHARACTERS = 100_000


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, read into memory; Django has refused too many before."""

    widget = _ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[IncomingFile]:
        """The files that were chosen."""
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [_file_of(super(FilesField, self).clean(each, initial)) for each in chosen]


def _file_of(upload: "UploadedFile[bytes]") -> IncomingFile:
    kind = upload.content_type or "application/octet-stream"
    return IncomingFile(upload.name or "bestand", kind, upload.read())


_STALE = "Dit formulier is niet heel meer. Bewaar je tekst, laad de pagina opnieuw en plak hem terug."


class _TextForm(forms.Form):
    """Something written, with the one-time key of its form."""

    body = forms.CharField(
        label="Tekst", max_length=ANSWER_CHARACTERS, error_messages={"required": "Er staat nog geen tekst."}
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid7, error_messages={"required": _STALE, "invalid": _STALE}
    )

    def clean_body(self) -> str:
        """With the line ends that we keep."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")


class ReplyForm(_TextForm):
    """An answer to the resident."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": _STALE, "invalid": _STALE}
    )
    uploads = FilesField(label="Bestanden", required=False)
    then = forms.ChoiceField(choices=[(each.value, each.value) for each in Then], required=False)

    def __init__(self, *args: Any, opening: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opening = opening

    def clean_body(self) -> str:
        """An empty letter is not an answer."""
        body = super().clean_body()
        if body.split() == self._opening.split():
            raise forms.ValidationError("Er staat nog geen antwoord in de brief.")
        return body

    def refuse(self, why: str, *, seen: int) -> None:
        """Show why it was not sent; sending it again means that the first `seen` messages were read."""
        self.add_error(None, why)
        if self.files:
            self.add_error("uploads", "Kies de bestanden opnieuw; een bestand kunnen we niet vasthouden.")
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"seen": str(seen)}

    def answer(self) -> Answer:
        """What was written."""
        written = self.cleaned_data
        then = Then(written["then"] or Then.STAY)
        return Answer(written["body"], written["key"], written["seen"], tuple(written["uploads"]), then)


class NoteForm(_TextForm):
    """A note for colleagues."""


class AssignmentForm(forms.Form):
    """Who takes the conversation; nobody when left empty."""

    member = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(each.id): each for each in members}
        self.fields["member"].choices = [(number, str(each)) for number, each in self._members.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_member(self) -> Member | None:
        """The member meant."""
        return self._members.get(self.cleaned_data["member"])


class StatusForm(forms.Form):
    """How the conversation stands; closing has a form of its own."""

    status = forms.ChoiceField(
        choices=[each for each in Conversation.Status.choices if each[0] != Conversation.Status.CLOSED]
    )


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


class ClosureForm(forms.Form):
    """Why the conversation is closed; silence is explained."""

    reason = forms.ChoiceField(
        label="Waarom sluit je het gesprek?",
        choices=[each for each in Closure.Reason.choices if each[0] != Closure.Reason.HANDED_OVER],
    )
    explanation = forms.CharField(label="Toelichting", max_length=300, required=False)
    read_to = forms.UUIDField(widget=forms.HiddenInput, required=False, error_messages={"invalid": _STALE})

    def clean(self) -> dict[str, Any]:
        """Not answering is a choice that somebody must be able to defend."""
        chosen = super().clean() or {}
        if chosen.get("reason") == Closure.Reason.UNANSWERED and not chosen.get("explanation"):
            self.add_error("explanation", "Schrijf kort op waarom we deze inwoner niet antwoorden.")
        return chosen


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


class ContactForm(forms.Form):
    """A contact at the telephone or the counter."""

    channel = forms.ChoiceField(
        label="Waar sprak je de inwoner?",
        choices=[("Telefoongesprek", "Aan de telefoon"), ("Gesprek aan de balie", "Aan de balie")],
        initial="Telefoongesprek",
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label="Wat vroeg de inwoner?", max_length=TEXT_CHARACTERS, widget=forms.Textarea(attrs={"rows": 5})
    )
    told = forms.CharField(
        label="Wat heb je verteld?",
        help_text="Alleen collega's lezen dit.",
        max_length=TEXT_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label="Naam", max_length=200, required=False)
    phone = forms.CharField(label="Telefoonnummer", max_length=30, required=False)
    email = forms.EmailField(
        label="E-mailadres", help_text="Nodig als je later nog wilt antwoorden.", required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="Onderwerp", required=False, empty_label="Nog geen onderwerp"
    )
    is_done = forms.BooleanField(label="De inwoner is geholpen, het gesprek kan dicht", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def contact(self) -> Contact:
        """What was written down."""
        written = self.cleaned_data
        key: UUID = written["key"]
        return Contact(
            key=key,
            subject=written["channel"],
            text=written["body"],
            name=written["name"],
            email=written["email"],
            phone=written["phone"],
            told=written["told"],
            topic=written["topic"],
            is_done=written["is_done"],
        )
