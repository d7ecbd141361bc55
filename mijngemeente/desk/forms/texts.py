"""Answers and notes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.organisations.models import Member
from mijngemeente.platform.files import content_of
from mijngemeente.platform.ids import uuid7

from ..actions import Answer, Writing
from ..errors import Doubtful
from ..models import Draft, DraftFile
from ..rules import Finding, Then, marks_of, unread
from .files import ANSWER_CHARACTERS, FilesField, IdsField
from .moments import SnoozeForm

#: Asks no colleague in particular.
ANYBODY = "iedereen"

_STALE = "Dit formulier is niet heel meer. Bewaar je tekst, laad de pagina opnieuw en plak hem terug."

_MOST = f"{ANSWER_CHARACTERS:,}".replace(",", ".")


class _TextForm(forms.Form):
    """Something written, with the one-time key of its form."""

    body = forms.CharField(
        label="Tekst",
        max_length=ANSWER_CHARACTERS,
        error_messages={
            "required": "Er staat nog geen tekst.",
            "max_length": f"Deze tekst is te lang. Hij mag {_MOST} tekens lang zijn.",
        },
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
    #: Marks of the findings that were read, and are to be sent nevertheless.
    sure = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)
    #: Answers of the bank that were put in it: id and language, with a space between them and after each.
    answers = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000, strip=False)
    uploads = FilesField(label="Bestanden", required=False)
    #: Ids of files that came back with the answer, and are to go along again.
    kept = IdsField(required=False)
    then = forms.ChoiceField(choices=[(each.value, each.value) for each in Then], required=False)
    #: One of the moments offered, or "eigen"; empty sends now.
    later = forms.CharField(max_length=20, required=False)
    own = forms.CharField(max_length=40, required=False)
    #: A member's id, or "iedereen"; empty asks nobody.
    ask = forms.CharField(max_length=40, required=False)

    def __init__(
        self,
        *args: Any,
        opening: str = "",
        colleagues: Sequence[Member] = (),
        returned: Mapping[str, DraftFile] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._opening = opening
        self._returned = returned or {}
        self._colleagues = {str(each.id): each for each in colleagues}
        #: Pressing again means: nevertheless.
        self.insists = False

    def clean_body(self) -> str:
        """An empty letter is not an answer."""
        body = super().clean_body()
        if body.split() == self._opening.split():
            raise forms.ValidationError("Er staat nog geen antwoord in de brief.")
        return body

    def clean_kept(self) -> list[IncomingFile]:
        """The files that came back; one that is gone is told, and not left out in silence."""
        try:
            files = [self._returned[each] for each in self.cleaned_data["kept"]]
        except KeyError:
            raise forms.ValidationError(
                "Een bestand van hiervoor is er niet meer. Kies het opnieuw, of haal het vinkje weg."
            ) from None
        return [IncomingFile(each.name, each.content_type, content_of(each.file)) for each in files]

    def refuse(self, why: str, *, seen: int) -> None:
        """Show why it was not sent; sending it again means that the first `seen` messages were read."""
        self._ask_again(why, seen=str(seen))

    def unread(self, findings: Sequence[Finding]) -> list[Finding]:
        """The serious findings that nobody pressed on after."""
        return unread(findings, self.cleaned_data["sure"])

    def warn(self, findings: Sequence[Finding]) -> None:
        """Show what to look at first; sending it again means that it was looked at."""
        self._ask_again(str(Doubtful()), sure=marks_of(findings))

    def clean(self) -> dict[str, Any]:
        """Puts the moment meant in `send_at`, and the colleague in `asked_to`."""
        written = super().clean() or {}
        if written.get("later"):
            written["send_at"] = self._moment()
        if written.get("ask", ANYBODY) != ANYBODY and written["ask"]:
            written["asked_to"] = self._colleagues.get(written["ask"])
            if written["asked_to"] is None:
                raise forms.ValidationError("Kies een collega uit de lijst.")
        return written

    def _moment(self) -> datetime:
        chosen = SnoozeForm({"when": self.data.get("later", ""), "own": self.data.get("own", "")})
        if not chosen.is_valid():
            raise forms.ValidationError([each for errors in chosen.errors.values() for each in errors])
        return chosen.until

    @property
    def send_at(self) -> datetime | None:
        """When it has to go; None is now."""
        return self.cleaned_data.get("send_at")

    @property
    def wants_approval(self) -> bool:
        """Somebody is to read along first."""
        return bool(self.cleaned_data["ask"])

    @property
    def asked_to(self) -> Member | None:
        """Who is to read along; None is anybody who may."""
        return self.cleaned_data.get("asked_to")

    def _ask_again(self, why: str, **agreed: str) -> None:
        self.add_error(None, why)
        if self.files:
            self.add_error("uploads", "Kies de bestanden opnieuw; een bestand kunnen we niet vasthouden.")
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | agreed
        self.insists = True

    def answer(self) -> Answer:
        """What was written."""
        written = self.cleaned_data
        then = Then(written["then"] or Then.STAY)
        files = (*written["kept"], *written["uploads"])
        return Answer(
            text=written["body"],
            key=written["key"],
            seen=written["seen"],
            files=files,
            then=then,
            answers=written["answers"],
            sure=written["sure"],
        )


class ApprovalForm(forms.Form):
    """What somebody does with an answer that waits."""

    seen = forms.IntegerField(min_value=0, error_messages={"required": _STALE, "invalid": _STALE})
    text = forms.CharField(max_length=ANSWER_CHARACTERS, required=False)
    #: As in ReplyForm.
    sure = forms.CharField(max_length=2000, required=False)
    remark = forms.CharField(max_length=1000, required=False)


class DraftForm(forms.Form):
    """A box to write in, as it stood when somebody paused."""

    kind = forms.ChoiceField(choices=Draft.Kind.choices)
    body = forms.CharField(max_length=ANSWER_CHARACTERS, required=False, strip=False)
    key = forms.UUIDField()
    #: In milliseconds.
    age = forms.IntegerField(min_value=0, max_value=2**40, required=False)
    #: How many were chosen to go along.
    file_count = forms.IntegerField(min_value=0, required=False)
    #: As in ReplyForm.
    answers = forms.CharField(max_length=2000, required=False, strip=False)

    def __init__(self, *args: Any, opening: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opening = opening

    def writing(self) -> Writing:
        """What was written; a letter with only its opening is nothing yet."""
        written = self.cleaned_data
        text = written["body"].replace("\r\n", "\n")
        is_empty = text.split() == self._opening.split() and written["kind"] == Draft.Kind.REPLY
        age = timedelta(milliseconds=written["age"] or 0)
        return Writing(written["kind"], "" if is_empty else text, written["key"], age, written["answers"])


class NoteForm(_TextForm):
    """A note for colleagues."""
