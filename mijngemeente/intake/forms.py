"""What a resident may type."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.channels.web.wire import FILES, TEXT_CHARACTERS, TOTAL_BYTES
from mijngemeente.platform.file_types import safe_name, type_of

from . import rules

# Fewer digits are no telephone number anywhere.
PHONE_DIGITS = 6


class TidyField(forms.CharField):
    """Text without signs that no database keeps.

    No `maxlength` in the page: a browser would cut off pasted text without a word.
    """

    def to_python(self, value: Any) -> Any:
        """The text as it is stored."""
        return super().to_python(rules.storable(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Nothing."""
        return {}


class Count(int):
    """A number that stands in a sentence as people write it: 20.000."""

    def __str__(self) -> str:
        return number_format(int(self), force_grouping=True)


class AtMost(MaxLengthValidator):
    """Tells both lengths as people write them."""

    def clean(self, value: Any) -> int:
        """How long it is."""
        return Count(super().clean(value))


class ManyFiles(forms.FileInput):
    """A control for more than one file."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All files, not just the last."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name, [])


class FilesField(forms.FileField):
    """Any number of files within the limits of the channel."""

    widget = ManyFiles

    def clean(self, data: list["UploadedFile[Any]"] | None, initial: Any = None) -> list["UploadedFile[Any]"]:
        """The files. Raises ValidationError for too many, too much or nothing in it."""
        files = data or []
        if len(files) > FILES:
            raise forms.ValidationError(
                gettext("Dit zijn %(count)d bestanden. Er kunnen er %(limit)d mee.")
                % {"count": len(files), "limit": FILES}
            )
        if sum(file.size or 0 for file in files) > TOTAL_BYTES:
            raise forms.ValidationError(
                gettext("De bestanden zijn samen groter dan 25 MB. Stuur er minder mee.")
            )
        empty = [safe_name(file.name or "") for file in files if not file.size]
        if empty:
            raise forms.ValidationError(
                gettext("Het bestand “%(name)s” is leeg. Kies het opnieuw of laat het weg.")
                % {"name": empty[0]}
            )
        return files


class MessageForm(forms.Form):
    """Text and files: what every message of a resident has."""

    text = TidyField(
        label=_("Bericht"),
        validators=[
            AtMost(
                Count(TEXT_CHARACTERS),
                _(
                    "Het bericht heeft %(show_value)s tekens. Er passen er %(limit_value)s in."
                    " Maak het korter, of stuur een deel als bestand mee."
                ),
            )
        ],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Er staat nog niets in het bericht. Schrijf eerst de vraag op."),
        },
    )
    attachments = FilesField(
        label=_("Bestanden"),
        required=False,
        help_text=_("Bijvoorbeeld een foto. Hoogstens 10 bestanden, samen 25 MB."),
        widget=ManyFiles(attrs={"data-limit": TOTAL_BYTES}),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever chose files has to do so again: a browser does not keep them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and self.files and "attachments" not in self.errors:
            self.add_error("attachments", gettext("Kies de bestanden nog een keer."))
        return cleaned

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out, in Dutch: an agent reads it."""
        posted = (value for value in self.data.values() if isinstance(value, str))
        if any(map(rules.has_unstorable, posted)):
            return ("Er zijn onleesbare tekens uit het bericht weggelaten.",)
        return ()

    def incoming_files(self) -> tuple[IncomingFile, ...]:
        """The files with their bytes; the sender's word for what they are does not count."""
        return tuple(map(_incoming, self.cleaned_data.get("attachments", ())))


def _incoming(file: "UploadedFile[Any]") -> IncomingFile:
    content = file.read()
    name = safe_name(file.name or "")
    return IncomingFile(name, type_of(content, name), content)


class QuestionForm(MessageForm):
    """A question and where the answer may go: for chat and widget."""

    field_order = ["text", "email", "attachments"]

    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        max_length=254,
        help_text=_("Dan komt het antwoord ook per e-mail."),
        error_messages={
            "invalid": _("Dit e-mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": _("Dit e-mailadres is te lang."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Wat is de vraag?")


class ContactForm(QuestionForm):
    """The whole form at the front door."""

    field_order = ["text", "attachments", "name", "email", "phone"]

    name = TidyField(
        label=_("Naam"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Deze naam is te lang.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = TidyField(
        label=_("Telefoonnummer"),
        required=False,
        max_length=40,
        error_messages={"max_length": _("Dit telefoonnummer is te lang.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        """A number that can be dialled."""
        phone: str = self.cleaned_data["phone"]
        if phone and sum(sign.isdigit() for sign in phone) < PHONE_DIGITS:
            raise forms.ValidationError(
                gettext("Dit telefoonnummer klopt niet. Het ziet er zo uit: 06 12345678.")
            )
        return phone


class RatingForm(forms.Form):
    """A mark and why."""

    score = forms.IntegerField(
        min_value=1,
        max_value=10,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Kies een cijfer van 1 tot en met 10.")
        ),
    )
    reason = TidyField(
        required=False,
        max_length=2000,
        error_messages={"max_length": _("De uitleg is te lang. Er passen 2.000 tekens in.")},
    )
