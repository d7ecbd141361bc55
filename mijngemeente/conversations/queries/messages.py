"""Where messages belong, and how they find their way."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from mijngemeente.channels.contract import Credentials, Incoming, Outgoing, OutgoingFile, Party, WireError
from mijngemeente.channels.email.addresses import plain_address
from mijngemeente.channels.email.threads import is_same_subject, own_subject
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform.files import content_of
from mijngemeente.platform.seals import BrokenSeal, make_token

from .. import rules
from ..errors import NoAddress
from ..models import PERSONAL_LINK, ContactAddress, Conversation, Delivery, Message, MessageReference
from .families import family_ids, locked_current

# Sending takes at most 30 seconds; a delivery claimed longer ago has lost its worker. With the quarter of a
# minute between two looks, an uncertain outcome is on screen within a minute (promises.md, P2).
LOST_AFTER = timedelta(seconds=35)
# A thread's newest ids are enough for any mail program to find it.
REFERENCES = 20


def messages_by_external_id(organisation_id: int, external_id: str) -> list[Message]:
    """The messages that came in, or went out, under this id: at most one in each inbox."""
    if not external_id:
        return []
    return list(Message.objects.filter(organisation_id=organisation_id, external_id=external_id))


def message_by_key(conversation: Conversation, key: UUID) -> Message | None:
    """The message that was written in the form with this one-time key."""
    return Message.objects.filter(organisation_id=conversation.organisation_id, key=key).first()


def address_of(organisation_id: int, party: Party) -> ContactAddress | None:
    """The address with its contact, if this organisation knows it."""
    value = rules.normal_address(party.kind, party.address)
    rows = ContactAddress.objects.filter(organisation_id=organisation_id, kind=party.kind, value=value)
    return rows.select_related("contact").first()


def conversation_of(organisation_id: int, thread: rules.Thread) -> Conversation | None:
    """The conversation in which a thread goes on, locked so that two messages do not cross."""
    if thread.conversation_id is None:
        return None
    return locked_current(organisation_id, thread.conversation_id)


def named_by(organisation_id: int, thread: rules.Thread, current: Conversation | None) -> Conversation | None:
    """The conversation that the thread itself names: not `current`, once it was merged into that."""
    if current is None or thread.conversation_id is None or thread.conversation_id == current.id:
        return current
    return Conversation.objects.get(organisation_id=organisation_id, id=thread.conversation_id)


def thread_of(organisation_id: int, inbox: InboxAddress, incoming: Incoming) -> rules.Thread:
    """Which conversation an incoming message continues, if any."""
    vouched = None
    if incoming.conversation_id is not None:
        rows = Conversation.objects.filter(organisation_id=organisation_id, id=incoming.conversation_id)
        vouched = _candidate(rows.first(), incoming)
    if vouched is not None:
        return rules.decide_thread(vouched, None, is_mass=incoming.is_mass)
    referred = _candidate(_first_referred(organisation_id, inbox, incoming), incoming)
    return rules.decide_thread(None, referred, is_mass=incoming.is_mass)


def _first_referred(organisation_id: int, inbox: InboxAddress, incoming: Incoming) -> Conversation | None:
    """What this message answers, or else what was written after it and came before it."""
    answered = _answered(organisation_id, inbox, incoming) if incoming.replies_to else None
    found = answered or _written_after(organisation_id, inbox, incoming)
    if found is None:
        return None
    return Conversation.objects.get(organisation_id=organisation_id, id=found)


# Ids only: most messages begin a conversation, and building a question for whole rows takes longer than its
# answer.


def _answered(organisation_id: int, inbox: InboxAddress, incoming: Incoming) -> UUID | None:
    rows = Message.objects.filter(
        organisation_id=organisation_id, inbox=inbox, external_id__in=incoming.replies_to
    )
    found = dict(rows.values_list("external_id", "conversation_id"))
    return next((found[each] for each in incoming.replies_to if each in found), None)


def _written_after(organisation_id: int, inbox: InboxAddress, incoming: Incoming) -> UUID | None:
    named = [incoming.external_id, *incoming.replies_to]
    rows = MessageReference.objects.filter(
        organisation_id=organisation_id, inbox=inbox, external_id__in=named
    )
    return rows.order_by("id").values_list("message__conversation_id", flat=True).first()


def begun_by_answers(inbox: InboxAddress, message: Message) -> set[UUID]:
    """Other conversations with an answer to this message, which came in before it and named nothing else."""
    rows = MessageReference.objects.filter(
        organisation_id=message.organisation_id, inbox=inbox, external_id=message.external_id
    )
    others = rows.exclude(message__conversation=message.conversation_id)
    return set(others.values_list("message__conversation_id", flat=True)) if message.external_id else set()


def _candidate(conversation: Conversation | None, incoming: Incoming) -> rules.Candidate | None:
    if conversation is None:
        return None
    return rules.Candidate(
        conversation.id,
        knows_sender=_knows(conversation, incoming.sender),
        has_same_subject=_carries_on(conversation, incoming.subject),
    )


def _carries_on(conversation: Conversation, subject: str) -> bool:
    """A message without a subject, as from a chat, always carries on; so does an answer to our receipt."""
    if not conversation.subject or not subject or is_same_subject(conversation.subject, subject):
        return True
    return is_same_subject(own_subject(conversation.organisation.full_name), subject)


def _knows(conversation: Conversation, party: Party) -> bool:
    """The party wrote or was addressed in this conversation."""
    value = rules.normal_address(party.kind, party.address)
    if not value:
        return True
    said = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    took_part = ContactAddress.objects.filter(
        Q(contact=conversation.contact_id) | Q(contact__in=said.values("contact")),
        organisation_id=conversation.organisation_id,
        kind=party.kind,
        value=value,
    )
    return took_part.exists() or said.filter(recipients__contains=[value]).exists()


def email_of(conversation: Conversation) -> str:
    """The e-mail address to answer to: the preferred one, or the last that we learned; empty if unknown."""
    rows = ContactAddress.objects.filter(
        organisation_id=conversation.organisation_id, contact=conversation.contact_id, kind="email"
    )
    return rows.order_by("-is_preferred", "-id").values_list("value", flat=True).first() or ""


def address_on(conversation: Conversation, kind: str) -> str:
    """The resident's address on a channel; empty if unknown."""
    rows = ContactAddress.objects.filter(
        organisation_id=conversation.organisation_id, contact=conversation.contact_id, kind=kind
    )
    return rows.order_by("-is_preferred", "id").values_list("value", flat=True).first() or ""


def way_to(conversation: Conversation) -> tuple[InboxAddress, str]:
    """The account to speak from and the address to speak to. Raises NoAddress."""
    email = email_of(conversation)
    channel = rules.reply_channel(conversation.channel, has_email=bool(email))
    if channel is None:
        raise NoAddress
    if channel == conversation.channel:
        return conversation.inbox, email if channel == "email" else address_on(conversation, channel)
    inbox = inbox_for(conversation.organisation_id, channel)
    if inbox is not None:
        return inbox, email
    if conversation.channel == "web":
        return conversation.inbox, ""
    raise NoAddress


def inbox_for(organisation_id: int, kind: str) -> InboxAddress | None:
    """The organisation's own account on a channel; of several, the one it connected first."""
    inboxes = InboxAddress.objects.filter(organisation_id=organisation_id, kind=kind, is_active=True)
    return inboxes.order_by("id").first()


def outgoing_of(delivery: Delivery) -> tuple[Outgoing, Credentials]:
    """What to hand to the channel, and with which credentials. Raises WireError."""
    message = delivery.message
    conversation = message.conversation
    organisation = delivery.inbox.organisation
    outgoing = Outgoing(
        conversation_id=conversation.id,
        delivery_id=delivery.id,
        text=message.text,
        subject=conversation.subject,
        sender_name=organisation.full_name,
        sender_address=delivery.inbox.address,
        recipient=Party(conversation.contact.name, delivery.recipient_address, delivery.inbox.kind),
        written_at=message.created_at,
        references=_references(message),
        files=tuple(_files_of(message)),
        is_automatic=message.is_automatic,
        personal_url=personal_url(conversation, organisation.slug),
    )
    return outgoing, _credentials_of(delivery.inbox)


def _credentials_of(inbox: InboxAddress) -> Credentials:
    try:
        return credentials_of(inbox)
    except BrokenSeal as error:
        raise WireError(
            "De sleutel van deze installatie is veranderd. Vul de gegevens van het postvak opnieuw in.",
            account=True,
        ) from error


def personal_url(conversation: Conversation, slug: str) -> str:
    """The resident's own page for this conversation, as it goes out in a mail."""
    token = make_token(PERSONAL_LINK, conversation.id)
    return f"{settings.PUBLIC_URL}/{slug}/contact/{token}/"


def _references(message: Message) -> tuple[str, ...]:
    rows = Message.objects.filter(
        organisation_id=message.organisation_id, conversation=message.conversation_id, id__lt=message.id
    )
    ids = rows.exclude(external_id="").order_by("-id").values_list("external_id", flat=True)[:REFERENCES]
    return tuple(reversed(ids))


def _files_of(message: Message) -> Iterable[OutgoingFile]:
    for attachment in message.attachments.select_related("file").defer("file__content"):
        yield OutgoingFile(attachment.name, attachment.content_type, content_of(attachment.file))


def lost_deliveries(now: datetime) -> list[tuple[int, UUID]]:
    """(organisation id, delivery id) of what was being sent by a worker that is gone."""
    rows = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=now - LOST_AFTER)
    return list(rows.values_list("organisation_id", "id"))


def member_of(member_id: UUID | None) -> Member | None:
    """Who recorded a contact, if that is anybody."""
    return Member.objects.filter(id=member_id).first() if member_id else None


def is_ours(address: str) -> bool:
    """Whether mail to this address comes in at an inbox, of whichever organisation."""
    rows = InboxAddress.objects.annotate(plain=Lower("address"))
    return rows.filter(kind="email", plain=plain_address(address)).exists()


def automatic_sent(conversation: Conversation, since: datetime) -> int:
    """How many automatic messages the resident of this conversation got from us since then."""
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id,
        conversation__contact=conversation.contact_id,
        created_at__gt=since,
    )
    return rows.filter(is_automatic=True, direction=Message.Direction.OUTGOING).count()


def last_said(conversation: Conversation) -> Message | None:
    """The newest message between resident and municipality."""
    return _said_in(conversation).order_by("id").last()


def first_unanswered(conversation: Conversation) -> Message | None:
    """The resident's first message after our last answer: what they wait for."""
    spoken = _said_in(conversation).filter(is_automatic=False)
    answered = spoken.filter(direction=Message.Direction.OUTGOING).order_by("id").last()
    asked = spoken.filter(direction=Message.Direction.INCOMING).order_by("id")
    return (asked.filter(id__gt=answered.id) if answered else asked).first()


def _said_in(conversation: Conversation) -> QuerySet[Message]:
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=family_ids(conversation)
    )
    return rows.filter(direction__in=(Message.Direction.INCOMING, Message.Direction.OUTGOING))


def delivery_by_external_id(inbox: InboxAddress, external_id: str) -> Delivery | None:
    """The delivery of the message we sent under this id."""
    if not external_id:
        return None
    rows = Delivery.objects.filter(
        organisation_id=inbox.organisation_id, message__inbox=inbox, message__external_id=external_id
    )
    return rows.select_related("message__conversation").first()


def automatic_messages(contact_id: UUID, organisation_id: int, since: datetime) -> int:
    """How many automatic messages this contact sent since then."""
    rows = Message.objects.filter(
        organisation_id=organisation_id, contact_id=contact_id, created_at__gt=since
    )
    return rows.filter(is_automatic=True, direction=Message.Direction.INCOMING).count()
