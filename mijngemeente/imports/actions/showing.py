"""A file is looked at: nothing changes yet but that we know what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.file_types import safe_name
from mijngemeente.platform.files import forget, keep_open

from ..errors import UnreadableFile
from ..models import Import
from ..queries.files import inboxes_of, layout_of, opened, own_addresses
from ..rules.layouts import Kind, Layout, columns_of, missing
from ..rules.reading import entries, recognise

#: Above this, one row says no more than another.
PROBLEMS_KEPT = 1000
#: What was not brought in by then is chosen again: the file holds data of many people.
FILE_DAYS = 7


def show_import(*, name: str, file: BinaryIO, by: Member) -> Import:
    """Keep the file and what was found in it. Raises UnreadableFile or UnreadableSheet."""
    organisation_id = by.organisation_id
    looked = recognise(file, own_addresses=own_addresses(organisation_id), now=timezone.now())
    layout = looked.layout
    shown = Import(
        organisation_id=organisation_id,
        name=safe_name(name),
        created_at=layout.now,
        form=layout.form,
        kind=layout.kind,
        source=layout.source,
        encoding=layout.script.encoding,
        separator=layout.script.separator,
        heading=list(looked.heading),
        columns=list(layout.columns),
        inbox=next(iter(inboxes_of(organisation_id)), None) if layout.kind == Kind.CONVERSATIONS else None,
        by=by,
    )
    _count(shown, file, layout)
    shown.file = keep_open(file)
    shown.save(force_insert=True)
    return shown


@dataclass(frozen=True)
class Chosen:
    """What a person changed in how the file is read."""

    kind: str
    columns: tuple[str, ...]
    inbox: InboxAddress | None
    own_addresses: tuple[str, ...]


def read_again(*, shown: Import, chosen: Chosen) -> bool:
    """Look once more, in another way; False when it was begun meanwhile. Raises UnreadableFile."""
    same = Import.objects.select_for_update(of=("self",)).select_related("file")
    shown = same.get(organisation_id=shown.organisation_id, id=shown.id)
    if shown.state != Import.State.SHOWN or shown.file is None:
        return False
    shown.columns = list(_columns(shown, chosen))
    shown.kind, shown.inbox = chosen.kind, chosen.inbox
    shown.own_addresses = list(chosen.own_addresses)
    with opened(shown.file) as file:
        _count(shown, file, layout_of(shown))
    shown.save()
    return True


def _columns(shown: Import, chosen: Chosen) -> Sequence[str]:
    """Of another kind of file the columns mean something else: then we choose first."""
    if not shown.heading or chosen.kind == shown.kind:
        return chosen.columns
    return columns_of(shown.heading, Kind(chosen.kind))


def _count(shown: Import, file: BinaryIO, layout: Layout) -> None:
    shown.total, shown.failed, problems = 0, 0, []
    lacks = missing(layout.columns, layout.kind) if shown.heading else ""
    for entry in [] if lacks else entries(file, layout):
        shown.total += 1
        shown.failed += len(entry.problems)
        problems += [[each.number, each.sentence] for each in entry.problems]
    shown.problems = problems[:PROBLEMS_KEPT]
    if not shown.total and not lacks:
        raise UnreadableFile("Er staan geen rijen in dit bestand.")


def clear_files(*, organisation_id: int) -> int:
    """Remove the files nobody needs any more; how many."""
    before = timezone.now() - timedelta(days=FILE_DAYS)
    old = Import.objects.filter(organisation_id=organisation_id, file__isnull=False, created_at__lt=before)
    ended = old.exclude(state__in=(Import.State.RUNNING, Import.State.PAUSED)).select_related("file")
    for shown in ended:
        remove_file(shown)
    return len(ended)


def remove_file(shown: Import) -> None:
    """The file goes; what was counted in it stays."""
    file, shown.file = shown.file, None
    shown.save(update_fields=["file"])
    if file is not None:
        forget(file)
