"""An answer, and an end that crosses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from mijngemeente.answers.actions import record_uses
from mijngemeente.channels.contract import IncomingFile
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Closure, Conversation, Message
from mijngemeente.conversations.queries import message_by_key
from mijngemeente.conversations.rules import excerpt_of
from mijngemeente.organisations.models import Member

from .. import rules
from ..errors import Crossed
from ..models import Draft
from ..queries.answers import inserted_in
from ..queries.threads import has_written_since, spoken_since
from ..rules import Then
from .drafts import drop_draft


@dataclass(frozen=True)
class Answer:
    """An answer as somebody wrote it in the form."""

    text: str
    #: One-time key of the form: pressed twice is one message.
    key: UUID
    #: How many messages of the resident and of colleagues stood on the screen when it was opened.
    seen: int
    files: Sequence[IncomingFile] = ()
    then: Then = Then.STAY
    #: Answers of the bank that were put in it, and marks of what it goes with, as the form has them.
    answers: str = ""
    sure: str = ""


def answer(*, conversation: Conversation, by: Member, written: Answer) -> Message:
    """Answer the resident; whoever answers what was nobody's keeps it. The same key again changes nothing.

    Raises Crossed when somebody spoke since the form was opened, and what `send_reply` raises.
    """
    with transaction.atomic():
        # Two colleagues who send at once wait for each other here; the second is told about the first.
        locked = Conversation.objects.select_for_update(of=("self",)).select_related("inbox", "contact")
        current = locked.get(organisation_id=conversation.organisation_id, id=conversation.id)
        known = message_by_key(current, written.key)
        if known is not None:
            return known
        refuse_crossing(current, written.seen)
        message = conversations.send_reply(
            conversation=current,
            by=by,
            text=written.text,
            key=written.key,
            files=written.files,
            wait_seconds=by.person.undo_seconds,
        )
        record_uses(
            inserted=inserted_in(current, by, written.answers),
            conversation_id=current.id,
            message_id=message.id,
            sent=written.text,
        )
        drop_draft(conversation=current, by=by, kind=Draft.Kind.REPLY)
        if current.assignee_id is None and not by.person.is_machine:
            conversations.assign(conversation=current, to=by, by=by)
        if written.then is Then.CLOSE:
            conversations.close(conversation=current, by=by, reason=Closure.Reason.ANSWERED)
    return message


def refuse_crossing(conversation: Conversation, seen: int) -> None:
    """Raises Crossed if somebody spoke after the first `seen` messages."""
    newer = spoken_since(conversation, seen)
    if newer:
        names = [
            (str(each.author or each.contact or "De inwoner"), each.author is not None) for each in newer
        ]
        raise Crossed(rules.crossing_words(names, excerpt_of(newer[-1].text)))


def close_read(
    *, conversation: Conversation, by: Member, reason: str, explanation: str = "", read_to: UUID | None
) -> None:
    """Close the conversation as far as it was read: `read_to` is the last message on the screen.

    Raises Crossed if the resident wrote after that: nobody would look at it any more.
    """
    with transaction.atomic():
        rows = Conversation.objects.select_for_update()
        current = rows.get(organisation_id=conversation.organisation_id, id=conversation.id)
        if read_to is not None and has_written_since(current, read_to):
            raise Crossed("De inwoner schreef intussen ook. Lees eerst het nieuwe bericht.")
        conversations.close_because(conversation=current, by=by, reason=reason, explanation=explanation)
