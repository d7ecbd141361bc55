"""Writing down what a team says of itself: the only code that does."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from .models import Said, Scan
from .queries import given_at
from .rules.judging import Clash, Judgement, merged


def say(*, given: Mapping[str, Judgement], seen: int, by: Member) -> tuple[Clash, ...]:
    """Write down what a form says that began with revision `seen`; returns what others said otherwise since.

    What clashes is noted too, but not taken.
    """
    organisation_id = by.organisation_id
    with transaction.atomic():
        Scan.objects.get_or_create(organisation_id=organisation_id)
        scan = Scan.objects.select_for_update().get(organisation_id=organisation_id)
        now = given_at(organisation_id, scan.revision)
        changed, clashes = merged(given_at(organisation_id, seen), now, given)
        if changed or clashes:
            scan.revision += 1
            scan.changed_at = timezone.now()
            scan.save(update_fields=["revision", "changed_at"])
            refused = {each.code: each.mine for each in clashes}
            _note(scan, changed, by, is_taken=True)
            _note(scan, refused, by, is_taken=False)
            audit.record("growth.judged", scan, by=by, revision=scan.revision)
    return clashes


def _note(scan: Scan, said: Mapping[str, Judgement], by: Member, *, is_taken: bool) -> None:
    Said.objects.bulk_create(
        Said(
            organisation_id=scan.organisation_id,
            revision=scan.revision,
            code=code,
            value=each.value,
            evidence=each.evidence,
            is_taken=is_taken,
            by=by,
        )
        for code, each in said.items()
    )
