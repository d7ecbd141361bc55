"""What residents did after an answer of the bank went out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mijngemeente.answers.models import Use
from mijngemeente.conversations.models import Message

from ..models import Satisfaction


def marks_of(organisation_id: int, uses: Iterable[Use]) -> dict[UUID, int]:
    """Use → the mark the resident gave after it."""
    known = list(uses)
    rows = Satisfaction.objects.filter(
        organisation_id=organisation_id, conversation_id__in={each.conversation_id for each in known}
    )
    given = {each.conversation_id: each for each in rows}
    return {
        each.id: given[each.conversation_id].score
        for each in known
        if each.conversation_id in given and given[each.conversation_id].at >= each.used_at
    }


def came_back(organisation_id: int, uses: Iterable[Use]) -> set[UUID]:
    """Uses after which the resident wrote again soon."""
    known = list(uses)
    rows = Message.objects.filter(
        organisation_id=organisation_id,
        conversation_id__in={each.conversation_id for each in known},
        direction=Message.Direction.INCOMING,
    )
    written: dict[UUID, list[datetime]] = defaultdict(list)
    for conversation_id, at in rows.values_list("conversation_id", "created_at"):
        written[conversation_id].append(at)
    return {each.id for each in known if any(map(each.is_soon_after, written[each.conversation_id]))}
