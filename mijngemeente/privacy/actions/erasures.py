"""Anonymising and erasing somebody or one conversation: asked, done, and recorded without what it said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Closure, Contact, Conversation
from mijngemeente.conversations.queries import have_residents_alone
from mijngemeente.imports.actions import withdraw_files_naming
from mijngemeente.intake.models import Payload
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, jobs

from .. import journal, rules
from ..errors import Held, NamesSomebody
from ..models import Erasure, Way
from ..queries.traces import Traces, held_among, traces_of, with_call_backs
from .clearing import clear
from .mentions import take_out


@dataclass(frozen=True)
class Asked:
    """What somebody wants gone, and why."""

    #: A value of Way.
    way: str
    reason: str
    explanation: str = ""


def ask_to_erase_contact(*, contact: Contact, asked: Asked, by: Member) -> Erasure:
    """Queue erasing a resident with everything. Raises Held or NamesSomebody."""
    traces = traces_of(contact.organisation_id, contacts=[contact.id])
    return _ask(traces, asked, by, subject=contact, contact_id=contact.id)


def ask_to_erase_conversation(*, conversation: Conversation, asked: Asked, by: Member) -> Erasure:
    """Queue erasing one conversation; the resident stays known. Raises Held or NamesSomebody."""
    organisation_id = conversation.organisation_id
    said = with_call_backs(organisation_id, [conversation.id])
    traces = traces_of(organisation_id, conversations=said)
    return _ask(traces, asked, by, subject=conversation, conversation_id=conversation.id)


def _ask(
    traces: Traces, asked: Asked, by: Member, *, subject: Contact | Conversation, **ids: UUID
) -> Erasure:
    if held := held_among(traces):
        raise Held(held)
    told = [*traces.names, *traces.addresses, *_who_is_told_of(subject)]
    if rules.names_somebody(asked.explanation, told):
        raise NamesSomebody
    with transaction.atomic():
        erasure = Erasure.objects.create(
            organisation_id=traces.organisation_id,
            way=asked.way,
            reason=asked.reason,
            explanation=asked.explanation,
            by=by,
            **ids,
        )
        audit.record("erasure.asked", subject, by=by, erasure=erasure.id)
        jobs.later(
            "privacy.erase",
            organisation_id=traces.organisation_id,
            haste=jobs.Haste.PERSON,
            id=erasure.id,
        )
    return erasure


def _who_is_told_of(subject: Contact | Conversation) -> list[str]:
    contact = subject.contact if isinstance(subject, Conversation) else subject
    return [contact.name, *contact.addresses.values_list("value", flat=True)]


def carry_out(*, erasure: Erasure) -> None:
    """Do what was asked; a second time nothing. What is held by now is refused, and that is recorded."""
    with transaction.atomic():
        rows = Erasure.objects.select_for_update()
        current = rows.get(organisation_id=erasure.organisation_id, id=erasure.id)
        if not current.is_waiting:
            return
        organisation_id, contacts = current.organisation_id, list(filter(None, [current.contact_id]))
        if contacts:
            # Before anybody has to wait for us: files can be large.
            known = traces_of(organisation_id, contacts=contacts)
            if not held_among(known):
                withdraw_files_naming(organisation_id=organisation_id, addresses=known.addresses)
        said = with_call_backs(organisation_id, filter(None, [current.conversation_id]))
        traces = _locked_traces(organisation_id, contacts=contacts, conversations=said)
        if held := held_among(traces):
            current.refusal = str(Held(held))[:300]
            current.save(update_fields=["refusal"])
            return
        _erase(current, traces)


def _locked_traces(
    organisation_id: int, *, contacts: Iterable[UUID] = (), conversations: Iterable[UUID] = ()
) -> Traces:
    """The traces, with contacts and conversations locked: nothing is added to them meanwhile."""
    have_residents_alone(organisation_id)
    first = traces_of(organisation_id, contacts=contacts, conversations=conversations)
    for model, ids in ((Contact, first.contacts), (Conversation, first.conversations)):
        rows = model._default_manager.select_for_update().filter(organisation_id=organisation_id)
        list(rows.filter(id__in=ids).order_by("id").values_list("id", flat=True))
    return traces_of(organisation_id, contacts=first.contacts, conversations=first.conversations)


def _erase(erasure: Erasure, traces: Traces) -> None:
    erasure.rows = {
        "contacts": [str(each) for each in traces.contacts],
        "conversations": [str(each) for each in traces.conversations],
        "payloads": [str(each) for each in _payloads_of(traces)],
    }
    if erasure.way == Way.ANONYMISE:
        _close_open(traces, erasure.by)
    erasure.counts = dict(take_out(traces.organisation_id, traces.addresses) + clear(traces, erasure.way))
    erasure.done_at = timezone.now()
    erasure.save()
    _record(erasure, traces)
    # Before the commit: what is in the journal and was not erased, is asked for again by the queue.
    journal.write(erasure)


def _payloads_of(traces: Traces) -> list[UUID]:
    rows = Payload.objects.filter(
        organisation_id=traces.organisation_id, message_id__in=[*traces.messages, *traces.elsewhere]
    )
    return list(rows.values_list("id", flat=True))


def _close_open(traces: Traces, by: Member | None) -> None:
    """Nobody can answer what nobody asked any more."""
    rows = Conversation.objects.filter(organisation_id=traces.organisation_id, id__in=traces.conversations)
    for each in rows.open():
        conversations.close(conversation=each, by=by, reason=Closure.Reason.UNANSWERED)


_DONE = {Way.ANONYMISE: "anonymised", Way.ERASE: "erased"}


def _record(erasure: Erasure, traces: Traces) -> None:
    organisation_id, done = traces.organisation_id, _DONE[Way(erasure.way)]
    for contact_id in traces.contacts:
        gone = Contact(organisation_id=organisation_id, id=contact_id)
        audit.record(f"contact.{done}", gone, by=erasure.by, erasure=erasure.id)
    for conversation_id in traces.conversations:
        said = Conversation(organisation_id=organisation_id, id=conversation_id)
        audit.record(f"conversation.{done}", said, by=erasure.by, erasure=erasure.id)


def erase_again(*, organisation_id: int, way: str, rows: Mapping[str, Iterable[UUID]]) -> bool:
    """Erase what a restored backup brought back; True if there was anything of it.

    A hold does not stop it: it was erased before.
    """
    with transaction.atomic():
        contacts = _present(Contact, organisation_id, rows.get("contacts", ()))
        said = _present(Conversation, organisation_id, rows.get("conversations", ()))
        emptied = _empty_payloads(organisation_id, rows.get("payloads", ()))
        if not contacts and not said:
            return emptied
        erasure = Erasure(organisation_id=organisation_id, way=way, reason=Erasure.Reason.RESTORED, by=None)
        _erase(erasure, _locked_traces(organisation_id, contacts=contacts, conversations=said))
    return True


def _present(
    model: type[Contact] | type[Conversation], organisation_id: int, ids: Iterable[UUID]
) -> list[UUID]:
    rows = model._default_manager.filter(organisation_id=organisation_id, anonymised_at=None)
    return list(rows.filter(id__in=list(ids)).values_list("id", flat=True))


def _empty_payloads(organisation_id: int, ids: Iterable[UUID]) -> bool:
    """Bytes that were kept and not read yet when the backup was made."""
    rows = Payload.objects.filter(organisation_id=organisation_id, id__in=list(ids)).exclude(body=b"")
    return bool(rows.update(body=b"", problem="", state=Payload.State.TAKEN_IN))
