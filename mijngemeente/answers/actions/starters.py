"""The first national answers, from data/."""

from pathlib import Path

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for

from ..models import SharedAnswer
from ..queries.imports import topics_by_name
from ..rules.sheets import Row, read_sheet
from .importing import draft_of_row
from .writing import draft_of, rewrite, write


def load_starters(file: Path) -> int:
    """Give the national organisation the answers of the file; returns how many came or changed.

    Outside any unit. What people changed since is theirs, and stays. Nothing happens while there is no
    national organisation.
    """
    if not file.exists():
        return 0
    national = Organisation.objects.filter(kind=Organisation.Kind.NATIONAL, is_active=True).first()
    if national is None:
        return 0
    rows = read_sheet(file.read_bytes(), topics_by_name()).rows
    with acting_for(national.id):
        known = {each.reference: each for each in SharedAnswer.objects.filter(organisation=national)}
        return sum(_load(national, row, known.get(row.reference)) for row in rows)


def _load(national: Organisation, row: Row, known: SharedAnswer | None) -> bool:
    if known is None:
        write(organisation=national, draft=draft_of_row(row), by=None, why="meegeleverd")
        return True
    if known.versions.filter(organisation=national).exclude(by=None).exists():
        return False
    draft = draft_of_row(row)
    if draft.wording == draft_of(known, known).wording:
        return False
    return rewrite(answer=known, draft=draft, seen=known.version, by=None, why="meegeleverd")
