"""What people know about."""

from collections.abc import Collection

from django.db import transaction

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit

from ..models import Skill


def know(*, organisation: Organisation, member: Member, topic_groups: Collection[str], by: Member) -> bool:
    """Write down which groups of topics somebody knows, instead of what stood there; True if that changed."""
    known = Skill.objects.filter(organisation=organisation, member=member)
    if set(known.values_list("topic_group", flat=True)) == set(topic_groups):
        return False
    with transaction.atomic():
        known.delete()
        Skill.objects.bulk_create(
            Skill(organisation=organisation, member=member, topic_group=each)
            for each in sorted(set(topic_groups))
        )
        audit.record("member.skills_changed", member, by=by)
    return True
