"""What the desk does with conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.channels.note.wire import Record, incoming_of
from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.actions import Received, close, send_automatic, silence_loop
from mijngemeente.conversations.models import Attachment, Closure, Conversation, Message
from mijngemeente.conversations.queries import inbox_for, message_by_key, personal_url
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform import audit, live
from mijngemeente.reference.models import Topic

from . import rules
from .errors import Crossed, NoInbox
from .models import Satisfaction
from .queries.threads import has_written_since, spoken_since
from .rules import Then

LOOP = "Deze afzender stuurt veel automatische berichten en is een dag stilgezet."


def accept(*, received: Received, is_automatic: bool, is_mass: bool) -> None:
    """Take a received message onto the desk: the resident gets a receipt for a new conversation.

    What a machine sends without end is put aside, but never a question that a person asked before.
    """
    if is_automatic and silence_loop(message=received.message) and received.is_new_conversation:
        close(conversation=received.conversation, by=None, reason=Closure.Reason.UNANSWERED, explanation=LOOP)
        return
    wanted = rules.needs_receipt(
        is_new=received.is_new_conversation,
        is_automatic=is_automatic,
        is_mass=is_mass,
        is_recorded=received.message.author_id is not None,
        sent_at=received.message.sent_at,
        received_at=received.message.created_at,
    )
    if wanted:
        send_automatic(conversation=received.conversation, text=_receipt_for(received.conversation))


def _receipt_for(conversation: Conversation) -> str:
    """In the language the resident writes in; without je or u, as each municipality has its own."""
    organisation = conversation.organisation
    spoken = conversation.language if conversation.language in dict(settings.LANGUAGES) else "nl"
    with override(spoken):
        paragraphs = (
            gettext("Het bericht is ontvangen. Het nummer is {number}.").format(number=conversation.number),
            # What a municipality promises is in its own words, and in Dutch.
            rules_of(organisation.id).answer_promise if spoken == "nl" else "",
            gettext("Het bericht en het antwoord staan ook hier:")
            + "\n"
            + personal_url(conversation, organisation.slug),
            gettext("Dit is een automatisch bericht.") + "\n" + organisation.full_name,
        )
    return "\n\n".join(filter(None, paragraphs))


def record_satisfaction(*, conversation: Conversation, score: int, reason: str) -> Satisfaction:
    """Keep the resident's mark; a second one replaces the first."""
    with transaction.atomic():
        satisfaction, _ = Satisfaction.objects.update_or_create(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            defaults={"score": score, "reason": reason, "at": timezone.now()},
        )
        audit.record("conversation.rated", conversation, score=score)
        live.publish(conversation)
    return satisfaction


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
        _refuse_crossing(current, written.seen)
        message = conversations.send_reply(
            conversation=current, by=by, text=written.text, key=written.key, files=written.files
        )
        if current.assignee_id is None:
            conversations.assign(conversation=current, to=by, by=by)
        if written.then is Then.CLOSE:
            conversations.close(conversation=current, by=by, reason=Closure.Reason.ANSWERED)
    return message


def _refuse_crossing(conversation: Conversation, seen: int) -> None:
    newer = spoken_since(conversation, seen)
    if newer:
        names = [
            (str(each.author or each.contact or "De inwoner"), each.author is not None) for each in newer
        ]
        raise Crossed(rules.crossing_words(names))


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
        conversations.close(conversation=current, by=by, reason=reason, explanation=explanation)


@dataclass(frozen=True)
class Contact:
    """A contact at the telephone or the counter, as a member wrote it down."""

    key: UUID
    #: "Telefoongesprek" or "Gesprek aan de balie".
    subject: str
    text: str
    name: str = ""
    email: str = ""
    phone: str = ""
    #: What the resident was told; empty if the answer is still to come.
    told: str = ""
    topic: Topic | None = None
    is_done: bool = False


def record_contact(*, organisation: Organisation, by: Member, contact: Contact) -> Conversation:
    """Put a spoken contact on the desk; the same key again returns the same conversation. Raises NoInbox."""
    inbox = inbox_for(organisation.id, "note")
    if inbox is None:
        raise NoInbox
    record = Record(
        key=contact.key,
        text=contact.text,
        recorded_by=by.id,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        subject=contact.subject,
    )
    with transaction.atomic():
        received = conversations.receive_message(
            inbox=inbox,
            incoming=incoming_of(record),
            organisation_id=organisation.id,
            covered_by_id=organisation.id,
        )
        if received.is_new_message:
            accept(received=received, is_automatic=False, is_mass=False)
            _finish_contact(received.conversation, by, contact)
    return received.conversation


def _finish_contact(conversation: Conversation, by: Member, contact: Contact) -> None:
    conversations.assign(conversation=conversation, to=by, by=by)
    if contact.topic is not None:
        conversations.change_topic(conversation=conversation, topic=contact.topic, by=by)
    if contact.told:
        text = f"Verteld aan de inwoner:\n{contact.told}"
        conversations.add_note(conversation=conversation, by=by, text=text, key=uuid5(contact.key, "told"))
    if contact.is_done:
        conversations.close(conversation=conversation, by=by, reason=Closure.Reason.ANSWERED)


def record_download(*, attachment: Attachment, conversation: Conversation, by: Member) -> None:
    """Write down that somebody took a file of the conversation."""
    audit.record("attachment.downloaded", conversation, by=by, attachment=attachment.id)


def record_images(*, message: Message, by: Member) -> None:
    """Write down that somebody let a mail fetch its pictures from outside."""
    audit.record("message.images_shown", message, by=by)
