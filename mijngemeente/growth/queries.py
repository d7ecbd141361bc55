"""What an organisation says of itself, now and then."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from .models import Said, Scan
from .rules.judging import Judgement


def revision_of(organisation_id: int) -> int:
    """How often something was written down."""
    return (
        Scan.objects.filter(organisation_id=organisation_id).values_list("revision", flat=True).first() or 0
    )


def given_at(organisation_id: int, revision: int) -> dict[str, Judgement]:
    """Everything as it was after a revision."""
    return {each.code: _judgement(each) for each in _taken(organisation_id).filter(revision__lte=revision)}


def said_by_day(organisation_id: int) -> Iterator[tuple[date, str, Judgement]]:
    """Everything that was ever said, with the Dutch day on which it was."""
    for each in _taken(organisation_id):
        yield timezone.localtime(each.at).date(), each.code, _judgement(each)


def lately_said(organisation_id: int) -> QuerySet[Said]:
    """The latest first, also what was not taken over."""
    return Said.objects.filter(organisation_id=organisation_id).select_related("by__person")


def last_sayers(organisation_id: int, codes: Iterable[str]) -> dict[str, str]:
    """Code → the name of who said what stands there now."""
    rows = _taken(organisation_id).filter(code__in=list(codes)).select_related("by__person")
    return {each.code: str(each.by.person.name) for each in rows}


def _taken(organisation_id: int) -> QuerySet[Said]:
    return Said.objects.filter(organisation_id=organisation_id, is_taken=True).order_by("revision", "id")


def _judgement(row: Said) -> Judgement:
    return Judgement(row.value, row.evidence)
