"""Bringing in a file of answers: looked at first, then in parts. Stopping loses and doubles nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit, jobs
from mijngemeente.platform.files import keep
from mijngemeente.platform.tenancy import acting_for

from ..errors import AlreadyStarted
from ..models import Answer, AnswerImport, SharedAnswer
from ..queries.bank import Known, KnownVersion
from ..queries.imports import sheet_of, topics_by_name
from ..rules.sheets import Row, Sheet, identity, read_sheet
from .writing import Draft, version_of

#: Rows in one transaction.
PART = 500
#: Above this, one row says no more than another.
PROBLEMS_KEPT = 1000


def show_import(*, organisation: Organisation, name: str, content: bytes, by: Member) -> AnswerImport:
    """Read the file and keep what was found; no answer is changed yet. Raises UnreadableSheet."""
    sheet = read_sheet(content, topics_by_name())
    return AnswerImport.objects.create(
        organisation=organisation,
        name=name[:255],
        file=keep(content),
        encoding=sheet.encoding,
        separator=sheet.separator,
        good=len(sheet.rows),
        problems=[[each.row, each.sentence] for each in sheet.problems[:PROBLEMS_KEPT]],
        by=by,
    )


def start_import(*, shown: AnswerImport, by: Member) -> None:
    """Bring in the good rows, in the background. Raises AlreadyStarted."""
    with transaction.atomic():
        _move(shown, AnswerImport.State.SHOWN, AnswerImport.State.RUNNING)
        audit.record("answers.imported", shown, by=by, rows=shown.good)
        jobs.later(
            "answers.bring_in",
            organisation_id=shown.organisation_id,
            haste=jobs.Haste.PERSON,
            id=shown.id,
        )


def cancel_import(*, shown: AnswerImport) -> None:
    """Leave it. Raises AlreadyStarted."""
    _move(shown, AnswerImport.State.SHOWN, AnswerImport.State.CANCELLED)


def _move(shown: AnswerImport, before: str, after: str) -> None:
    same = AnswerImport.objects.filter(organisation_id=shown.organisation_id, id=shown.id, state=before)
    if not same.update(state=after):
        raise AlreadyStarted


def bring_in(*, organisation_id: int, import_id: str) -> None:
    """Everything that is not in yet; outside any unit. Run again it goes on where it was."""
    with acting_for(organisation_id):
        sheet = sheet_of(AnswerImport.objects.select_related("file").get(id=import_id))
    while bring_in_part(organisation_id, import_id, sheet):
        continue


def bring_in_part(organisation_id: int, import_id: str, sheet: Sheet) -> bool:
    """One part, together with how far it is; False when nothing is left."""
    with acting_for(organisation_id):
        waiting = AnswerImport.objects.select_for_update(of=("self",)).select_related("by", "organisation")
        running = waiting.get(id=import_id)
        if running.state != AnswerImport.State.RUNNING:
            return False
        part = sheet.rows[running.position : running.position + PART]
        added, changed = _keep(running, part)
        same = AnswerImport.objects.filter(organisation_id=organisation_id, id=running.id)
        same.update(
            position=F("position") + len(part),
            added=F("added") + added,
            changed=F("changed") + changed,
        )
        is_last = running.position + len(part) >= len(sheet.rows)
        if is_last:
            same.update(state=AnswerImport.State.DONE, ended_at=timezone.now())
        return not is_last


def _keep(running: AnswerImport, part: Sequence[Row]) -> tuple[int, int]:
    """Write these rows; returns how many were new, and how many changed an answer that was there."""
    is_local = running.organisation.kind == Organisation.Kind.MUNICIPALITY
    table: type[Known] = Answer if is_local else SharedAnswer
    known = _known(table, running.organisation_id, part)
    new: list[Known] = []
    changed: list[Known] = []
    for row in part:
        old = known.get(identity(row.reference, row.title))
        draft = draft_of_row(row)
        if old is None:
            new.append(table(organisation_id=running.organisation_id, **_columns(draft)))
        elif _differs(old, draft):
            changed.append(_as_changed(old, draft))
    _store(table, new, changed)
    versions: list[KnownVersion] = [
        version_of(each, by=running.by, why="ingevoerd") for each in new + changed
    ]
    if versions:
        type(versions[0])._default_manager.bulk_create(versions)  # type: ignore[arg-type]  # all of one table
    return len(new), len(changed)


def _store(table: type[Known], new: list[Known], changed: list[Known]) -> None:
    table._default_manager.bulk_create(new)  # type: ignore[arg-type]  # all of one table
    if changed:
        names = [*_columns(draft_of_row(_NOTHING)), "version", "changed_at", "checked_on"]
        table._default_manager.bulk_update(changed, names)  # type: ignore[arg-type]  # idem


_NOTHING = Row(0, "", "", "", "", "", "", None, "")


def _known(table: type[Known], organisation_id: int, part: Sequence[Row]) -> dict[str, Known]:
    """Answers that are there already, by what makes them the same."""
    own = table._default_manager.filter(organisation_id=organisation_id)
    named = own.filter(reference__in=[row.reference for row in part if row.reference])
    titled = own.annotate(plain=Lower("title")).filter(
        plain__in=[row.title.lower() for row in part if not row.reference]
    )
    found = {identity("", each.title): each for each in titled}
    return found | {identity(each.reference, ""): each for each in named}


def draft_of_row(row: Row) -> Draft:
    """A row of a file as an answer somebody wrote."""
    return Draft(
        title=row.title,
        text_nl=row.text_nl,
        text_en=row.text_en,
        text_fy=row.text_fy,
        topic=row.topic,
        state=row.state,
        review_on=row.review_on,
        reference=row.reference,
    )


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        **draft.wording,
        "state": draft.state,
        "review_on": draft.review_on,
        "reference": draft.reference,
    }


def _differs(old: Known, draft: Draft) -> bool:
    # Without a name of its own in the file, it keeps the one that it has.
    given = _columns(draft) | {"reference": draft.reference or old.reference}
    return any(getattr(old, name) != value for name, value in given.items())


def _as_changed(old: Known, draft: Draft) -> Known:
    reference = draft.reference or old.reference
    for name, value in (_columns(draft) | {"reference": reference}).items():
        setattr(old, name, value)
    old.version += 1
    old.changed_at = timezone.now()
    old.checked_on = timezone.localdate()
    return old
