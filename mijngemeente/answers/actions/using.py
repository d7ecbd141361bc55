"""Counting: which answers went out, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import rows
from mijngemeente.platform.tenancy import acting_organisation

from ..models import AnswerTally, Opinion, SharedAnswer, SharedTally, Use
from ..queries.bank import Known, find
from ..rules.uses import Use as Outcome
from ..rules.uses import use_of


@dataclass(frozen=True)
class InsertedText:
    """An answer as it was put in a reply."""

    answer_id: UUID
    language: str
    text: str


def record_uses(
    *,
    inserted: Iterable[InsertedText],
    conversation_id: UUID,
    message_id: UUID,
    sent: str,
    at: datetime | None = None,
) -> None:
    """Count the answers that are left in what was sent; the same message again counts nothing."""
    for each in inserted:
        outcome = use_of(each.text, sent)
        answer = find(acting_organisation(), each.answer_id)
        if answer is not None and outcome is not Outcome.REMOVED:
            use = Use(
                organisation_id=acting_organisation(),
                conversation_id=conversation_id,
                message_id=message_id,
                answer_id=answer.id,
                is_shared=isinstance(answer, SharedAnswer),
                language=each.language,
                is_changed=outcome is Outcome.CHANGED,
                used_at=at or timezone.now(),
            )
            _record(use)


def _record(use: Use) -> None:
    with transaction.atomic():
        if rows.add_once(use):
            _count(use, used=1, changed=int(use.is_changed))
            _same(_tally(use)).update(last_used_on=timezone.localdate(use.used_at))


def _count(use: Use, **more: int) -> None:
    tally = _tally(use)
    rows.add_once(tally)
    _same(tally).update(**{name: F(name) + number for name, number in more.items()})


def _tally(use: Use) -> AnswerTally | SharedTally:
    keys = {"organisation_id": use.organisation_id, "answer_id": use.answer_id}
    return SharedTally(**keys) if use.is_shared else AnswerTally(**keys)


def _same(tally: AnswerTally | SharedTally) -> "QuerySet[AnswerTally] | QuerySet[SharedTally]":
    keys = {"organisation_id": tally.organisation_id, "answer_id": tally.answer_id}
    if isinstance(tally, SharedTally):
        return SharedTally.objects.filter(**keys)
    return AnswerTally.objects.filter(**keys)


def forget_uses(*, message_id: UUID) -> list[Use]:
    """What was taken back before it left was never used; returns what it was."""
    sent = Use.objects.filter(organisation_id=acting_organisation(), message_id=message_id)
    with transaction.atomic():
        uses = list(sent.select_for_update().order_by("id"))
        for use in uses:
            _count(use, used=-1, changed=-int(use.is_changed))
        sent.delete()
    return uses


def judge(*, use: Use, has_helped: bool) -> None:
    """Write down whether it helped, once; the first verdict stands."""
    with transaction.atomic():
        same = Use.objects.filter(organisation_id=use.organisation_id, id=use.id, has_helped=None)
        if same.update(has_helped=has_helped):
            _count(use, **{"helped" if has_helped else "not_helped": 1})


def say_opinion(*, answer: Known, is_good: bool, by: Member) -> None:
    """What a colleague thinks of it; the last one counts."""
    Opinion.objects.update_or_create(
        organisation_id=acting_organisation(),
        answer_id=answer.id,
        member=by,
        defaults={"is_good": is_good},
    )
