"""Who takes a conversation, decided under its row lock."""

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from ..errors import Taken

#: A screen that cannot tell whose the conversation was.
UNSEEN = object()


def entrust(*, conversation: Conversation, to: Member | None, by: Member, seen: object = UNSEEN) -> None:
    """Give the conversation to somebody, or back to the queue; `seen` is the id of who had it on the screen.

    Of two who take it at once one wins. Raises Taken for the other, and NotCovered.
    """
    wanted = to.id if to else None
    with transaction.atomic():
        current = _locked(conversation)
        if seen is not UNSEEN and current.assignee_id not in (seen, wanted):
            raise Taken(_who_has_it(current))
        if to is None:
            conversations.release(conversation=current, by=by)
        else:
            conversations.assign(conversation=current, to=to, by=by)


def _locked(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",))
    return rows.get(organisation_id=conversation.organisation_id, id=conversation.id)


def _who_has_it(conversation: Conversation) -> str:
    if conversation.assignee is None:
        return "Een collega heeft dit gesprek net teruggelegd in de rij."
    return f"{conversation.assignee} heeft dit gesprek net opgepakt."


def take_longest_waiting(*, organisation_id: int, by: Member) -> Conversation | None:
    """Give `by` the open conversation of nobody whose resident waits longest; None if there is none left.

    Who may be in danger goes before all.
    What a colleague is just taking is passed over, so nobody waits and nobody gets the same.
    Raises NotCovered.
    """
    waiting = Conversation.objects.filter(
        organisation_id=organisation_id, status=Conversation.Status.OPEN, assignee=None
    ).order_by("waiting_since", "id")
    with transaction.atomic():
        free = waiting.select_for_update(skip_locked=True, of=("self",))
        first = free.exclude(alarm="").first() or free.first()
        if first is not None:
            conversations.assign(conversation=first, to=by, by=by)
    return first
