"""Files that go along."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mijngemeente.channels.contract import IncomingFile

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


class IdsField(forms.MultipleChoiceField):
    """Ticked ids; who reads them says which exist."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        """Any."""
        return True
