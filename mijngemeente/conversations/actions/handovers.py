"""A question that belongs to another municipality goes there; the resident is told (Awb 2:3)."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member, Organisation
from mijngemeente.platform import audit, failpoints, files, jobs, live, rows
from mijngemeente.platform.ids import uuid7

from .. import queries
from ..errors import AlreadyClosed, NobodyThere, SameOrganisation
from ..models import (
    Attachment,
    Closure,
    Contact,
    ContactAddress,
    Conversation,
    Correction,
    Hiding,
    Link,
    Message,
    Reading,
)
from .clocks import keep_clock
from .entries import make_findable
from .readings import correct
from .receiving import go_on_with, next_number
from .replies import send_automatic
from .states import close


def hand_over(*, conversation: Conversation, to: Organisation, by: Member | None, told: str) -> UUID:
    """Close here, begin there, link both and tell the resident; returns the new conversation's id.

    `told` is the sentence the resident gets. Without `by` the message itself said where it belongs.
    Raises SameOrganisation, NobodyThere and AlreadyClosed: of two colleagues who hand it over at once,
    one does.
    """
    if to.id == conversation.organisation_id:
        raise SameOrganisation
    if _inbox_at(to, conversation.channel) is None:
        raise NobodyThere
    new_id = uuid7()
    with transaction.atomic():
        if not close(conversation=conversation, by=by, reason=Closure.Reason.HANDED_OVER):
            raise AlreadyClosed
        if by is not None:
            what, code = Correction.What.MUNICIPALITY, to.municipality_id
            correct(conversation=conversation, what=what, became=code, by=by)
        _stop_asking(conversation)
        _link(conversation, Link.Kind.HANDED_OVER_TO, to.id, new_id)
        send_automatic(conversation=conversation, text=told)
        audit.record("conversation.handed_over", conversation, by=by, to=to.id)
        failpoints.reach("hand_over.closed")
        _begin_there(conversation, to, new_id)
    return new_id


def _begin_there(conversation: Conversation, to: Organisation, new_id: UUID) -> None:
    jobs.later(
        "conversations.complete_hand_over",
        organisation_id=to.id,
        from_organisation=conversation.organisation_id,
        id=conversation.id,
        new_id=new_id,
    )


def _stop_asking(conversation: Conversation) -> None:
    """Whoever hands it over knows which municipality it is."""
    readings = Reading.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    readings.filter(asked_at__isnull=False, settled_at=None).update(settled_at=timezone.now())


def complete_hand_over(*, original: Conversation, to: Organisation, new_id: UUID) -> Conversation:
    """Begin the conversation at the other organisation; the second time it finds the first.

    Inside a unit that acts for `to` and reads the original's organisation. Raises NobodyThere.
    """
    made = Conversation.objects.filter(organisation_id=to.id, id=new_id).first()
    if made is not None:
        return made
    # All may have closed since it was handed over: it is closed here by now, so it must stand somewhere.
    inbox = _inbox_at(to, original.channel) or InboxAddress.objects.filter(organisation=to).first()
    if inbox is None:
        raise NobodyThere
    with transaction.atomic():
        queries.keep_residents(to.id)
        sent_there_too = _begun_by_same(original, to)
        if sent_there_too is not None:
            return _join(original, sent_there_too, new_id)
        conversation = _copy_conversation(original, to, inbox, new_id)
        _copy_reading(original, conversation)
        keep_clock(conversation)
        for message in _said_in(original):
            _copy_message(message, conversation)
        _link(conversation, Link.Kind.HANDED_OVER_FROM, original.organisation_id, original.id)
        audit.record("conversation.taken_over", conversation)
        live.publish(conversation)
        jobs.later(
            "conversations.record_arrival",
            organisation_id=original.organisation_id,
            id=original.id,
            new_id=new_id,
        )
    return conversation


def _begun_by_same(original: Conversation, to: Organisation) -> Conversation | None:
    """What the same mail began there, which the resident sent to both: one question is one conversation."""
    first = _said_in(original).filter(direction=Message.Direction.INCOMING).exclude(external_id="").first()
    if first is None:
        return None
    # Whoever makes up the id of another's mail does not write from that address as well.
    senders = original.contact.addresses.values_list("value", flat=True)
    rows = Message.objects.filter(
        organisation_id=to.id,
        direction=Message.Direction.INCOMING,
        external_id=first.external_id,
        contact__addresses__value__in=list(senders),
    )
    same = rows.order_by("id").first()
    return queries.locked_current(to.id, same.conversation_id) if same is not None else None


def _join(original: Conversation, conversation: Conversation, new_id: UUID) -> Conversation:
    """It stands there already: what was said here besides goes along, and both are linked."""
    link = Link(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        kind=Link.Kind.HANDED_OVER_FROM,
        other_organisation_id=original.organisation_id,
        other_conversation_id=original.id,
    )
    if rows.add_once(link):
        for message in _said_in(original):
            if not _is_known(message, conversation):
                _copy_message(message, conversation)
        audit.record("conversation.taken_over", conversation)
        live.publish(conversation)
    jobs.later(
        "conversations.record_arrival",
        organisation_id=original.organisation_id,
        id=original.id,
        new_id=new_id,
        stands_in=conversation.id,
    )
    return conversation


def record_arrival(*, original: Conversation, new_id: UUID, stands_in: UUID | None = None) -> bool:
    """It stands there now, so the resident can be led to it; False if that was known.

    `stands_in` is where it came, when that was begun already.
    """
    links = Link.objects.filter(
        organisation_id=original.organisation_id, conversation=original, other_conversation_id=new_id
    )
    with transaction.atomic():
        arrived = {"arrived_at": timezone.now(), "other_conversation_id": stands_in or new_id}
        is_new = links.filter(arrived_at=None).update(**arrived) == 1
        if is_new:
            live.publish(original)
    return is_new


def send_after(*, message: Message) -> bool:
    """A resident adds to what was handed over: it goes after it; False if a person here should look.

    In danger both look.
    """
    conversation = message.conversation
    mine = {"organisation_id": conversation.organisation_id, "conversation": conversation}
    reopened = Closure.objects.filter(
        **mine, reason=Closure.Reason.HANDED_OVER, reopened_at=message.created_at
    )
    link = Link.objects.filter(**mine, kind=Link.Kind.HANDED_OVER_TO).order_by("-id").first()
    if link is None or not reopened.exists():
        return False
    with transaction.atomic():
        if not conversation.alarm:
            close(conversation=conversation, by=None, reason=Closure.Reason.HANDED_OVER)
        jobs.later(
            "conversations.complete_addition",
            organisation_id=link.other_organisation_id,
            from_organisation=conversation.organisation_id,
            id=message.id,
            to=link.other_conversation_id,
        )
    return True


def complete_addition(*, message: Message, organisation_id: int, to: UUID) -> bool:
    """Put it in the conversation there; False if it stands there. Raises NobodyThere before that begins.

    Inside a unit that acts for that organisation and reads the message's.
    """
    with transaction.atomic():
        queries.keep_residents(organisation_id)
        if not Conversation.objects.filter(organisation_id=organisation_id, id=to).exists():
            raise NobodyThere
        conversation = queries.locked_current(organisation_id, to)
        if _is_known(message, conversation):
            return False
        copy = _copy_message(message, conversation)
        if copy is None:
            return False
        if message.conversation.alarm:
            conversation.alarm, conversation.priority = (
                message.conversation.alarm,
                message.conversation.priority,
            )
        go_on_with(conversation, copy, None)
        audit.record("message.received", copy)
        live.publish(conversation)
    return True


def _is_known(message: Message, conversation: Conversation) -> bool:
    """It went along when the conversation began there, or came after it before."""
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=queries.family_ids(conversation)
    )
    return bool(message.external_id) and rows.filter(external_id=message.external_id).exists()


def _copy_reading(original: Conversation, conversation: Conversation) -> None:
    """What was understood goes along: there they want to know why it came to them."""
    reading = Reading.objects.filter(organisation_id=original.organisation_id, conversation=original).first()
    if reading is not None:
        reading.id, reading.organisation_id = uuid7(), conversation.organisation_id
        reading.conversation = conversation
        reading.asked_at = reading.settled_at = None
        rows.add(reading)


def _said_in(original: Conversation) -> QuerySet[Message]:
    """Also what was merged into it; never what another resident wrote."""
    rows = Message.objects.filter(
        organisation_id=original.organisation_id,
        conversation__in=queries.family_ids(original),
        conversation__contact=original.contact_id,
    )
    return rows.filter(direction__in=(Message.Direction.INCOMING, Message.Direction.OUTGOING)).order_by("id")


def _inbox_at(to: Organisation, channel: str) -> InboxAddress | None:
    """The same channel there if they have it, else any: the question must arrive."""
    inboxes = InboxAddress.objects.filter(organisation=to, is_active=True).order_by("id")
    return inboxes.filter(kind=channel).first() or inboxes.filter(kind="email").first() or inboxes.first()


def _copy_conversation(
    original: Conversation, to: Organisation, inbox: InboxAddress, new_id: UUID
) -> Conversation:
    return Conversation.objects.create(
        id=new_id,
        organisation=to,
        number=next_number(to.id),
        subject=original.subject,
        contact=_copy_contact(original.contact, to),
        inbox=inbox,
        channel=inbox.kind,
        kind=original.kind,
        formal_kind=original.formal_kind,
        topic_id=original.topic_id,
        language=original.language,
        priority=original.priority,
        alarm=original.alarm,
        place=original.place,
        covered_by=to,
        # Who covers it there is asked as soon as it stands there.
        covers_until=timezone.now(),
        waiting_since=original.created_at,
        last_message_at=original.last_message_at,
        excerpt=original.excerpt,
    )


def _copy_contact(contact: Contact, to: Organisation) -> Contact:
    """The resident as this organisation knows them, or a new contact: contacts are never shared."""
    addresses = list(contact.addresses.all())
    for address in addresses:
        known = ContactAddress.objects.filter(
            organisation=to, kind=address.kind, value=address.value
        ).select_related("contact")
        if known:
            return known[0].contact
    copy = Contact.objects.create(organisation=to, name=contact.name)
    ContactAddress.objects.bulk_create(
        ContactAddress(organisation=to, contact=copy, kind=each.kind, value=each.value) for each in addresses
    )
    return copy


def _copy_message(message: Message, conversation: Conversation) -> Message | None:
    """What the resident wrote, as it was; what was answered, as a note. Receipts and the like stay behind.

    What was kept inside here stays inside there.
    """
    is_answer = message.direction == Message.Direction.OUTGOING
    if is_answer and message.is_automatic:
        return None
    copy = _copied(message, conversation)
    if is_answer:
        _make_note(copy, message.organisation.full_name)
    rows.add(copy)
    for hiding in Hiding.objects.filter(organisation_id=message.organisation_id, message=message):
        why = {"reason": hiding.reason, "by_id": hiding.by_id, "at": hiding.at}
        Hiding.objects.create(organisation_id=copy.organisation_id, message=copy, **why)
    attachments = list(message.attachments.select_related("file"))
    for attachment in attachments:
        _copy_attachment(attachment, copy)
    make_findable(copy, conversation, [each.name for each in attachments])
    return copy


def _copied(message: Message, conversation: Conversation) -> Message:
    return Message(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        direction=message.direction,
        is_automatic=message.is_automatic,
        author_id=message.author_id,
        contact=conversation.contact,
        inbox=conversation.inbox,
        external_id=_free_external_id(message, conversation),
        text=message.text,
        folded=message.folded,
        html=message.html,
        recipients=message.recipients,
        sent_at=message.sent_at,
        created_at=message.created_at,
        is_from_stranger=message.is_from_stranger,
        problems=message.problems,
    )


def _make_note(copy: Message, organisation_name: str) -> None:
    """On the page of `to` an answer of another municipality would stand as its own words."""
    copy.direction = Message.Direction.NOTE
    copy.contact = None
    copy.external_id = ""
    copy.text = f"Antwoord van {organisation_name}:\n\n{copy.text}"


def _free_external_id(message: Message, conversation: Conversation) -> str:
    """The id it came in under; empty if the resident wrote the same mail to both organisations."""
    same = Message.objects.filter(
        organisation_id=conversation.organisation_id,
        inbox=conversation.inbox_id,
        external_id=message.external_id,
    )
    return "" if same.exists() else message.external_id


def _copy_attachment(attachment: Attachment, copy: Message) -> None:
    Attachment.objects.create(
        organisation_id=copy.organisation_id,
        message=copy,
        file=files.keep(bytes(attachment.file.content)),
        name=attachment.name,
        content_type=attachment.content_type,
        is_inline=attachment.is_inline,
        content_id=attachment.content_id,
        size_bytes=attachment.size_bytes,
    )


def _link(conversation: Conversation, kind: str, other_organisation_id: int, other_id: UUID) -> None:
    Link.objects.create(
        organisation_id=conversation.organisation_id,
        conversation=conversation,
        kind=kind,
        other_organisation_id=other_organisation_id,
        other_conversation_id=other_id,
    )
