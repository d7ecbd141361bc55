"""Everything we hold of one resident, as it is handed over."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import (
    Attachment,
    Contact,
    ContactAddress,
    ContactNote,
    Conversation,
    Hiding,
    Message,
)
from mijngemeente.desk.models import Satisfaction
from mijngemeente.desk.rules import PURPOSES
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.audit import VERBS, AuditLine

from .traces import Traces, traces_of

#: What counts as somebody looking.
LOOKS = (
    "contact.viewed",
    "contact.exported",
    "export.downloaded",
    "conversation.viewed",
    "attachment.downloaded",
    "message.images_shown",
)
_FROM = {"in": "de inwoner", "out": "de gemeente", "note": "notitie van een medewerker"}


def whole_of(contact: Contact, organisation: Organisation) -> dict[str, Any]:
    """Everything of this resident at this organisation; the words are the ones a resident reads."""
    traces = traces_of(organisation.id, contacts=[contact.id])
    return {
        "organisatie": organisation.full_name,
        "gemaakt": _moment(timezone.now()),
        "naam": contact.name,
        "bekend_sinds": _moment(contact.created_at),
        "adressen": _addresses(traces),
        "notities": _notes(traces),
        "gesprekken": _conversations(traces),
        "ergens_anders_geschreven": [
            _message(each) for each in _messages(traces.organisation_id, Q(id__in=traces.elsewhere))
        ],
        "ingezien": _looks(traces),
    }


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y H:i") if at else ""


def _addresses(traces: Traces) -> list[dict[str, str]]:
    rows = ContactAddress.objects.filter(organisation_id=traces.organisation_id, contact__in=traces.contacts)
    return [{"soort": _channel(each.kind), "adres": each.value} for each in rows.order_by("kind", "value")]


def _channel(kind: str) -> str:
    named = {"email": "e-mail", "phone": "telefoon"}
    return named.get(kind) or (CHANNELS[kind].name if kind in CHANNELS else kind)


def _notes(traces: Traces) -> list[dict[str, str]]:
    rows = ContactNote.objects.filter(organisation_id=traces.organisation_id, contact__in=traces.contacts)
    return [
        {
            "geschreven": _moment(each.written_at),
            "tekst": each.text,
            "bewaren_tot_en_met": date_format(each.ends_on, "j F Y"),
        }
        for each in rows.order_by("written_at")
    ]


def _conversations(traces: Traces) -> list[dict[str, Any]]:
    rows = Conversation.objects.filter(organisation_id=traces.organisation_id, id__in=traces.conversations)
    said = _by_conversation(_messages(traces.organisation_id, Q(conversation__in=traces.conversations)))
    scores = {
        each.conversation_id: each
        for each in Satisfaction.objects.filter(
            organisation_id=traces.organisation_id, conversation__in=traces.conversations
        )
    }
    return [
        _conversation(each, said.get(each.id, []), scores.get(each.id))
        for each in rows.select_related("topic").order_by("created_at")
    ]


def _conversation(
    conversation: Conversation, said: list[Message], score: Satisfaction | None
) -> dict[str, Any]:
    return {
        "nummer": conversation.number,
        "onderwerp": conversation.subject or str(conversation.topic or "zonder onderwerp"),
        "kanaal": _channel(conversation.channel),
        "soort": conversation.get_kind_display(),
        "status": conversation.get_status_display(),
        "begonnen": _moment(conversation.created_at),
        "gesloten": _moment(conversation.closed_at),
        "cijfer": score.score if score else None,
        "waarom_dit_cijfer": score.reason if score else "",
        "berichten": [_message(each) for each in said],
    }


def _messages(organisation_id: int, wanted: Q) -> list[Message]:
    rows = Message.objects.filter(wanted, organisation_id=organisation_id, direction__in=_FROM)
    return list(rows.select_related("hiding").defer("html").prefetch_related("attachments").order_by("id"))


def _by_conversation(messages: Iterable[Message]) -> dict[UUID, list[Message]]:
    found: dict[UUID, list[Message]] = {}
    for each in messages:
        found.setdefault(each.conversation_id, []).append(each)
    return found


def _message(message: Message) -> dict[str, Any]:
    hiding: Hiding | None = getattr(message, "hiding", None)
    return {
        "wanneer": _moment(message.created_at),
        "van": _FROM[message.direction],
        "is_automatisch": message.is_automatic,
        # It is theirs to know, also what their page does not show: then with why.
        "is_verborgen": hiding is not None,
        "waarom_verborgen": hiding.reason if hiding else "",
        "tekst": "\n\n".join(filter(None, (message.text, message.folded))),
        "bestanden": [
            {"naam": each.name or "bijlage", "bytes": each.size_bytes, "staat_in": place_of(each)}
            for each in message.attachments.all()
        ],
    }


def place_of(attachment: Attachment) -> str:
    """Where a file stands among what is handed over; names can be the same, ids cannot."""
    return f"bestanden/{attachment.id}-{attachment.name or 'bijlage'}"


def attachments_of(contact: Contact) -> list[Attachment]:
    """All files of the resident, without their content."""
    traces = traces_of(contact.organisation_id, contacts=[contact.id])
    rows = Attachment.objects.filter(
        organisation_id=contact.organisation_id, message__in=[*traces.messages, *traces.elsewhere]
    )
    return list(rows.select_related("file").defer("file__content").order_by("id"))


def _looks(traces: Traces) -> list[dict[str, str]]:
    """Who looked, when and why."""
    about = Q(subject_id__in=traces.contacts, conversation_id=None) | Q(
        conversation_id__in=traces.conversations
    )
    rows = AuditLine.objects.filter(about, organisation_id=traces.organisation_id, verb__in=LOOKS)
    return [
        {
            "wanneer": _moment(each.at),
            "wie": str(each.member or "het systeem"),
            "wat": VERBS[each.verb],
            "waarom": _purpose(each.verb, each.detail),
        }
        for each in rows.select_related("member__person").order_by("at")
    ]


def _purpose(verb: str, detail: Mapping[str, object]) -> str:
    named = PURPOSES.get(str(detail.get("purpose", "")))
    if named:
        return named
    return PURPOSES["export"] if "export" in verb else PURPOSES["answer"]
