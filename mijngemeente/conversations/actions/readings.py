"""What was understood by itself, and where a person knows better."""

from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import rows

from .. import rules
from ..models import Conversation, Correction, Reading

#: What a later message may change.
ALARM_FIELDS = ["alarm", "priority"]


def understand(conversation: Conversation, understood: rules.Understood) -> Reading:
    """What is kept of it, with what follows from it set on the conversation; the caller stores both."""
    conversation.topic_id = understood.topic_slug
    conversation.language = understood.language
    conversation.priority = understood.priority
    conversation.alarm = understood.alarm
    conversation.place = understood.place
    return Reading(
        organisation_id=conversation.organisation_id, conversation=conversation, **rules.kept(understood)
    )


def heed(conversation: Conversation, understood: rules.Understood | None) -> None:
    """A later message can make it urgent, never less so. Changes the given row; the caller saves it."""
    if understood is not None:
        conversation.alarm = conversation.alarm or understood.alarm
        conversation.priority = max(conversation.priority, understood.priority)


def correct(*, conversation: Conversation, what: str, became: object, by: Member) -> None:
    """Keep that a person said something else than was read, or takes that back. In the caller's transaction.

    What was never read cannot be corrected, and saying the same again is no correction.
    """
    reading = Reading.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation
    ).first()
    if reading is None:
        return
    was, now = reading.value_of(what), "" if became is None else str(became)
    known = Correction.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, what=what
    )
    if now in ("", was):
        known.delete()
        return
    correction = Correction(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        what=what,
        was=was,
        became=now,
        by=by,
        model_version=reading.model_version,
    )
    if not rows.add_once(correction):
        known.update(became=now, by=by, at=timezone.now())
