"""Handing a resident everything we hold of them."""

import mmap
import tempfile
from datetime import timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations.models import Contact
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, files, jobs

from .. import papers
from ..models import Export
from ..queries.whole import attachments_of, whole_of

DOWNLOADABLE = timedelta(days=7)


def ask_for_export(*, contact: Contact, by: Member) -> Export:
    """Queue gathering everything of the resident."""
    with transaction.atomic():
        export = Export.objects.create(
            organisation_id=contact.organisation_id,
            contact=contact,
            by=by,
            expires_at=timezone.now() + DOWNLOADABLE,
        )
        audit.record("contact.exported", contact, by=by, export=export.id)
        jobs.later(
            "privacy.make_export",
            organisation_id=contact.organisation_id,
            haste=jobs.Haste.PERSON,
            id=export.id,
        )
    return export


def make_export(*, export: Export) -> None:
    """Gather it; what was made already stays as it was."""
    if export.made_at is not None:
        return
    whole = whole_of(export.contact, export.contact.organisation)
    # On disk: files together may be far more than there is memory for.
    with tempfile.TemporaryFile() as made:
        papers.write_zip(made, whole, attachments_of(export.contact))
        made.flush()
        with mmap.mmap(made.fileno(), 0, access=mmap.ACCESS_READ) as content:
            _keep(export, cast(bytes, content))


def _keep(export: Export, content: bytes) -> None:
    rows = Export.objects.filter(organisation_id=export.organisation_id, id=export.id)
    rows.update(content=files.at_once(content), size_bytes=len(content), made_at=timezone.now())
    files.write_big(export, "content", content)


def download(*, export: Export, by: Member) -> bytes:
    """The zip; each download is written down."""
    audit.record("export.downloaded", export.contact, by=by, export=export.id)
    return b"".join(files.pieces_of(export, "content", export.size_bytes))
