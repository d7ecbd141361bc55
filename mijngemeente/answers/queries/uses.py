"""What is known of answers that went out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from ..models import AnswerTally, Opinion, SharedTally, State, Use
from ..rules.uses import worries
from .bank import Current, Wanted, bank_of
from .facts import wanted_facts


def unjudged(organisation_id: int, since: datetime) -> list[Use]:
    """Uses of which nobody knows yet whether they helped, the oldest first."""
    found = Use.objects.filter(organisation_id=organisation_id, has_helped=None, used_at__gte=since)
    return list(found.order_by("used_at"))


@dataclass(frozen=True)
class Opinions:
    """What colleagues here think of an answer."""

    good: int
    bad: int


def opinions_of(organisation_id: int, answer_id: UUID) -> Opinions:
    """Counted."""
    said = Opinion.objects.filter(organisation_id=organisation_id, answer_id=answer_id)
    verdicts = list(said.values_list("is_good", flat=True))
    return Opinions(verdicts.count(True), verdicts.count(False))


@dataclass(frozen=True)
class Worry:
    """An answer somebody should look at, and why."""

    standing: Current
    why: list[str]


def worries_of(organisation_id: int, today: date, values: Mapping[str, str] | None) -> list[Worry]:
    """Of the published answers that are its own, those somebody should look at.

    `values` fill its blanks; None for who writes for others: they fill those for themselves.
    """
    published = bank_of(organisation_id, Wanted(source="own", state=State.PUBLISHED))
    last_used = _last_used(organisation_id, [each.id for each in published])
    found = [Worry(each, _why(each, last_used.get(each.id), values, today)) for each in published]
    return [each for each in found if each.why]


def _why(
    standing: Current, last_used: date | None, values: Mapping[str, str] | None, today: date
) -> list[str]:
    answer, wording = standing.answer, standing.wording
    wanted = wanted_facts([wording.text_nl, wording.text_en, wording.text_fy])
    return worries(
        review_on=answer.review_on,
        last_seen=last_used or answer.created_at.date(),
        open_facts=[] if values is None else [each for each in wanted if not values.get(each)],
        today=today,
    )


def _last_used(organisation_id: int, ids: list[UUID]) -> dict[UUID, date | None]:
    own = AnswerTally.objects.filter(organisation_id=organisation_id, answer_id__in=ids)
    shared = SharedTally.objects.filter(answer_id__in=ids)
    found = dict(shared.values_list("answer_id").annotate(last=Max("last_used_on")))
    return found | dict(own.values_list("answer_id", "last_used_on"))
