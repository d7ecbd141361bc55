"""Scoring, sharing, looking and erasing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from .models import OwnScore, SecondScore, Sharing
from .queries import own_scores
from .rules import Scored, kept_from


def score(*, member: Member, scores: Iterable[Scored]) -> None:
    """Keep these of somebody about themselves, and nothing that they left out."""
    with transaction.atomic():
        kept = {each.competency: each for each in scores}
        OwnScore.objects.filter(member=member).exclude(competency__in=kept).delete()
        for code, each in kept.items():
            OwnScore.objects.update_or_create(
                organisation_id=member.organisation_id,
                member=member,
                competency=code,
                defaults={"level": each.level, "evidence": each.evidence, "scored_at": timezone.now()},
            )
        audit.record("scores.kept", member, by=member, count=len(kept))


def share(*, member: Member, manager: Member) -> None:
    """Let this manager look; a second time changes nothing."""
    with transaction.atomic():
        _, is_new = Sharing.objects.get_or_create(
            organisation_id=member.organisation_id, member=member, manager=manager, withdrawn_at=None
        )
        if is_new:
            audit.record("scores.shared", member, by=member, to=manager.id)


def withdraw(*, member: Member, manager: Member) -> None:
    """From here on this manager sees nothing of it any more."""
    with transaction.atomic():
        rows = Sharing.objects.filter(member=member, manager=manager, withdrawn_at=None)
        if rows.update(withdrawn_at=timezone.now()):
            audit.record("scores.withdrawn", member, by=member, to=manager.id)


def look(*, sharing: Sharing) -> dict[str, OwnScore]:
    """The scores that were shared; that somebody looked is written down for the person."""
    with transaction.atomic():
        audit.record("scores.viewed", sharing.member, by=sharing.manager)
        return own_scores(sharing.member)


def score_beside(*, sharing: Sharing, scores: Iterable[Scored]) -> bool:
    """What a manager says beside it, and nothing that they left out; False once it is shared no more."""
    with transaction.atomic():
        # Withdrawing and erasing wait for this, or this for them.
        if not Sharing.objects.select_for_update().filter(id=sharing.id, withdrawn_at=None).exists():
            return False
        kept = {each.competency: each for each in scores}
        mine = SecondScore.objects.filter(member=sharing.member, by=sharing.manager)
        mine.exclude(competency__in=kept).delete()
        for code, each in kept.items():
            SecondScore.objects.update_or_create(
                organisation_id=sharing.organisation_id,
                member=sharing.member,
                by=sharing.manager,
                competency=code,
                defaults={"level": each.level, "scored_at": timezone.now()},
            )
        audit.record("scores.second", sharing.member, by=sharing.manager, count=len(kept))
    return True


def erase(*, member: Member, by: Member | None, reason: str) -> None:
    """Everything about what one person can do, by themselves and by others."""
    with transaction.atomic():
        Sharing.objects.filter(member=member).delete()
        count = sum(_remove(member.id, Q()))
        audit.record("scores.erased", member, by=by, reason=reason, count=count)


def _remove(member_id: UUID, which: Q) -> tuple[int, int]:
    own, _ = OwnScore.objects.filter(which, member_id=member_id).delete()
    second, _ = SecondScore.objects.filter(which, member_id=member_id).delete()
    return own, second


def erase_over_time(*, organisation_id: int, today: date) -> int:
    """Of who left: everything. Of the others: what nobody filled in anew for a year. How many people."""
    since = kept_from(today)
    shared = Sharing.objects.filter(organisation_id=organisation_id)
    shared.filter(Q(withdrawn_at__date__lt=since) | Q(member__left_at__isnull=False)).delete()
    old = Q(scored_at__date__lt=since)
    gone = Q(member__left_at__isnull=False)
    people = _members_with(organisation_id, old | gone)
    for member in people:
        with transaction.atomic():
            if member.left_at is not None:
                erase(member=member, by=None, reason="left")
            else:
                count = sum(_remove(member.id, old))
                audit.record("scores.erased", member, reason="retention", count=count)
    return len(people)


def _members_with(organisation_id: int, which: Q) -> list[Member]:
    ids: set[UUID] = set()
    for model in (OwnScore, SecondScore):
        rows = model.objects.filter(which, organisation_id=organisation_id)
        ids.update(rows.values_list("member_id", flat=True))
    return list(Member.objects.filter(id__in=ids).order_by("id"))
