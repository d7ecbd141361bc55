"""What somebody is still writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.answers.actions import forget_uses
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, Delivery
from mijngemeente.conversations.queries import message_by_key
from mijngemeente.organisations.models import Member
from mijngemeente.platform import live, rows

from ..models import Draft, DraftFile

#: Whoever writes on after a month begins anew.
DRAFT_AGE = timedelta(days=30)
#: So long after the last letter a conversation stays with the team it is with.
KEPT_WHILE_WRITING = timedelta(minutes=15)


@dataclass(frozen=True)
class Writing:
    """A box to write in, as it stood when somebody paused."""

    kind: str
    #: Empty when nothing of one's own stands there.
    text: str
    #: One-time key of the form: what was sent with it comes back no more.
    key: UUID
    #: How long ago it was typed. An age, as the clocks of computers differ.
    age: timedelta = timedelta()
    #: Answers of the bank that were put in it, as the form has them.
    answers: str = ""


def keep_draft(*, conversation: Conversation, by: Member, writing: Writing) -> None:
    """Keep what somebody is writing: the last typed wins, whatever arrives last."""
    with transaction.atomic():
        # An answer locks this row too, so a draft that comes after it sees that it was sent.
        locked = Conversation.objects.select_for_update(of=("self",))
        current = locked.get(organisation_id=conversation.organisation_id, id=conversation.id)
        if message_by_key(current, writing.key) is not None:
            return
        typed_at = timezone.now() - min(writing.age, DRAFT_AGE)
        # The hour may change, and who covers it; but not under somebody's hands.
        conversations.hold_cover(conversation=current, until=timezone.now() + KEPT_WHILE_WRITING)
        if _store(current, by, writing, typed_at):
            live.publish(current)


def _store(conversation: Conversation, by: Member, writing: Writing, typed_at: datetime) -> bool:
    """True if a draft begins or ends here, which colleagues see."""
    same = Draft.objects.filter(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        member=by,
        kind=writing.kind,
    )
    older = same.filter(changed_at__lte=typed_at)
    # Files that came back with it stay beside an empty box, as they are shown there.
    if not writing.text.strip() and not older.filter(files__isnull=False).exists():
        return bool(older.delete()[0])
    if older.update(text=writing.text, answers=writing.answers, changed_at=typed_at):
        return False
    return rows.add_once(
        Draft(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            member=by,
            kind=writing.kind,
            text=writing.text,
            answers=writing.answers,
            changed_at=typed_at,
        )
    )


def drop_draft(*, conversation: Conversation, by: Member, kind: str) -> None:
    """What was being written is sent, or no longer wanted."""
    drafts = Draft.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    with transaction.atomic():
        if drafts.filter(member=by, kind=kind).delete()[0]:
            live.publish(conversation)


@dataclass(frozen=True)
class Going:
    """A file that goes along."""

    name: str
    content_type: str
    file_id: UUID


@dataclass(frozen=True)
class Returned:
    """An answer that comes back to its writer."""

    text: str
    #: Answers of the bank that were put in it, as the form has them.
    answers: str = ""
    files: Sequence[Going] = ()


def put_back(*, conversation: Conversation, by: Member, returned: Returned, beside: str = "") -> None:
    """Give a text back to its writer as a draft, above what stands `beside` it in the box meanwhile."""
    kept = "\n\n".join(filter(None, (returned.text, beside.strip())))
    draft, _ = Draft.objects.update_or_create(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        member=by,
        kind=Draft.Kind.REPLY,
        defaults={"text": kept, "answers": returned.answers, "changed_at": timezone.now()},
    )
    for each in returned.files:
        DraftFile.objects.create(
            organisation_id=conversation.organisation_id,
            draft=draft,
            file_id=each.file_id,
            name=each.name,
            content_type=each.content_type,
        )


def take_back(*, delivery: Delivery, by: Member, beside: str = "") -> None:
    """Stop an answer that still waits; it is a draft again, with its files. Raises TooLate."""
    with transaction.atomic():
        attached = delivery.message.attachments.order_by("id")
        files = [Going(each.name, each.content_type, each.file_id) for each in attached]
        text = conversations.take_back(delivery=delivery, by=by)
        uses = forget_uses(message_id=delivery.message_id)
        answers = "".join(f"{each.answer_id} {each.language} " for each in uses)
        back = Returned(text, answers, files)
        put_back(conversation=delivery.message.conversation, by=by, returned=back, beside=beside)


def forget_drafts(*, organisation_id: int, now: datetime) -> int:
    """Remove what nobody wrote on for DRAFT_AGE; how many."""
    old = Draft.objects.filter(organisation_id=organisation_id, changed_at__lt=now - DRAFT_AGE)
    return old.delete()[0]
