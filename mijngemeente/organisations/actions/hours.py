"""When an organisation is open. Each change moves what is due, there and where it answers for others."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.platform import audit, jobs

from ..models import ClosingDay, EngagementRules, Member, OpeningWeek, Organisation, ServiceAgreement
from ..rules.hour_words import week_words
from .agreements import look_again


def change_opening_week(*, week: OpeningWeek, by: Member) -> None:
    """Store the week as filled in; residents read it in words."""
    with transaction.atomic():
        kept, _ = OpeningWeek.objects.update_or_create(
            organisation_id=week.organisation_id,
            defaults={
                "week": week.week,
                "is_closed_on_holidays": week.is_closed_on_holidays,
                "is_closed_on_good_friday": week.is_closed_on_good_friday,
                "liberation_day": week.liberation_day,
            },
        )
        EngagementRules.objects.update_or_create(
            organisation_id=week.organisation_id, defaults={"opening_hours": week_words(week.hours.week)}
        )
        audit.record("hours.changed", kept, by=by)
        _recompute(kept.organisation)


def close_on(*, closing: ClosingDay, by: Member) -> None:
    """Be closed then."""
    with transaction.atomic():
        closing.save(force_insert=True)
        audit.record("hours.changed", closing, by=by, closed=1)
        _recompute(closing.organisation)


def open_after_all(*, closing: ClosingDay, by: Member) -> None:
    """Not be closed then."""
    with transaction.atomic():
        audit.record("hours.changed", closing, by=by, closed=0)
        ClosingDay.objects.filter(organisation_id=closing.organisation_id, id=closing.id).delete()
        _recompute(closing.organisation)


def _recompute(organisation: Organisation) -> None:
    clients = ServiceAgreement.objects.in_force(timezone.localdate()).filter(provider=organisation)
    for number in {organisation.id, *clients.values_list("client_id", flat=True)}:
        recompute_clocks(number)
        look_again(number)


def recompute_clocks(organisation_id: int) -> None:
    """Have the clocks of what is open set anew, in the background."""
    jobs.later(
        "conversations.recompute",
        organisation_id=organisation_id,
        because="change",
        once=f"recompute {organisation_id}",
        in_turn=f"recompute {organisation_id}",
    )
