"""Reading the file of an import."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.files import StoredFile, pieces_of
from mijngemeente.platform.spreadsheets import Script

from ..models import Import
from ..rules.layouts import Form, Kind, Layout, Source


@contextmanager
def opened(file: StoredFile) -> Iterator[BinaryIO]:
    """Its bytes in a nameless file on disk, gone with the process: it may be larger than memory."""
    with tempfile.TemporaryFile() as copy:
        for piece in pieces_of(file, "content", file.size_bytes):
            copy.write(piece)
        yield copy


def layout_of(shown: Import) -> Layout:
    """How to read it."""
    return Layout(
        form=Form(shown.form),
        kind=Kind(shown.kind),
        source=Source(shown.source),
        script=Script(shown.encoding, shown.separator),
        columns=tuple(shown.columns),
        own_addresses=own_addresses(shown.organisation_id) | frozenset(shown.own_addresses),
        # Not now: read again it has to give the same.
        now=shown.created_at,
    )


def own_addresses(organisation_id: int) -> frozenset[str]:
    """From where we write: our mailboxes and our colleagues."""
    inboxes = InboxAddress.objects.filter(organisation_id=organisation_id, kind="email")
    return frozenset(each.lower() for each in inboxes.values_list("address", flat=True)) | frozenset(
        authors_of(organisation_id)
    )


def authors_of(organisation_id: int) -> dict[str, Member]:
    """Our own people, also who left, by mail address."""
    members = Member.objects.filter(organisation_id=organisation_id).select_related("person")
    return {each.person.email.lower(): each for each in members.order_by("joined_at")}


def inboxes_of(organisation_id: int) -> list[InboxAddress]:
    """Where old conversations can belong; mailboxes first."""
    found = InboxAddress.objects.filter(organisation_id=organisation_id)
    return sorted(found, key=lambda each: (each.kind != "email", not each.is_active, each.name))


def day_of(shown: Import) -> str:
    """When it was, for the name of a file."""
    return timezone.localdate(shown.created_at).isoformat()
