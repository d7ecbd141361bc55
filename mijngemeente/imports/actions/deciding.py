"""What a person decides about an import."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, jobs

from ..errors import AlreadyDecided, AlreadyUsed, NoInbox, UnreadableFile
from ..models import Import
from ..queries.uses import used_count
from ..rules.layouts import Kind, missing

State = Import.State


def start_import(*, shown: Import, by: Member) -> None:
    """Bring in what is good, in the background. Raises AlreadyDecided, NoInbox or UnreadableFile."""
    if shown.kind == Kind.CONVERSATIONS and shown.inbox_id is None:
        raise NoInbox
    lacks = missing(shown.columns, Kind(shown.kind)) if shown.heading else ""
    if lacks:
        raise UnreadableFile(lacks)
    with transaction.atomic():
        _move(shown, (State.SHOWN,), State.RUNNING, started_at=timezone.now())
        audit.record("import.started", shown, by=by, rows=shown.total)
        _later("imports.bring_in", shown)


def cancel_import(*, shown: Import) -> None:
    """Leave it. Raises AlreadyDecided."""
    _move(shown, (State.SHOWN,), State.CANCELLED)


def pause_import(*, shown: Import, by: Member) -> None:
    """Stop after the part that is under way. Raises AlreadyDecided."""
    with transaction.atomic():
        _move(shown, (State.RUNNING,), State.PAUSED)
        audit.record("import.paused", shown, by=by)


def resume_import(*, shown: Import, by: Member) -> None:
    """Go on where it was. Raises AlreadyDecided."""
    with transaction.atomic():
        _move(shown, (State.PAUSED,), State.RUNNING)
        audit.record("import.started", shown, by=by, rows=shown.total - shown.position)
        _later("imports.bring_in", shown)


def undo_import(*, shown: Import, by: Member) -> None:
    """Take back all it made. Raises AlreadyDecided, or AlreadyUsed when somebody did something with it.

    What somebody does something with before its turn comes, stays.
    """
    with transaction.atomic():
        _move(shown, (State.DONE, State.PAUSED, State.WITHDRAWN), State.UNDOING)
        if used_count(shown):
            raise AlreadyUsed
        audit.record("import.undone", shown, by=by, rows=shown.made)
        _later("imports.take_back", shown)


def _later(job: str, shown: Import) -> None:
    jobs.later(
        job,
        organisation_id=shown.organisation_id,
        in_turn=f"import {shown.id}",
        haste=jobs.Haste.PERSON,
        id=shown.id,
    )


def _move(shown: Import, before: tuple[str, ...], after: str, **columns: object) -> None:
    same = Import.objects.filter(organisation_id=shown.organisation_id, id=shown.id, state__in=before)
    if not same.update(state=after, **columns):
        raise AlreadyDecided
