"""What is known about an incoming message before it is routed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import structlog
from django.conf import settings
from django.utils import timezone

from mijngemeente.channels.contract import Incoming
from mijngemeente.conversations.models import Conversation, Link, Reading
from mijngemeente.conversations.rules import normal_address
from mijngemeente.organisations.models import InboxAddress, Organisation
from mijngemeente.reference.models import Municipality
from mijngemeente.reference.queries import lists_version, topics
from mijngemeente.understanding.loading import load_reader
from mijngemeente.understanding.queries import gazetteer_on
from mijngemeente.understanding.reading import Reader, read
from mijngemeente.understanding.rules.outcome import Decision, Understanding, Where
from mijngemeente.understanding.rules.places import locate

from ..rules import Choice, Evidence, alarm_of, named

log = structlog.get_logger()


def evidence_for(inbox: InboxAddress, incoming: Incoming) -> Evidence:
    """What the inbox tells, and what the message says; of what a colleague wrote down only the first."""
    national = is_national(inbox.organisation)
    if incoming.recorded_by is not None:
        return Evidence(inbox.organisation_id, is_national=national, page_language=incoming.language)
    reader = reader_on(timezone.localdate())
    said = _said(inbox, incoming, _earlier(inbox, incoming) if national else (), reader)
    codes = [each.code for each in said.where.candidates] if said else []
    return Evidence(
        inbox.organisation_id,
        is_national=national,
        understanding=said,
        text=f"{incoming.subject}\n{incoming.text}",
        model_version=reader.version,
        taking_part=taking_part(codes) if national and codes else {},
        topics=frozenset(each.slug for each in topics()),
        page_language=incoming.language,
    )


def _said(
    inbox: InboxAddress, incoming: Incoming, history: tuple[str, ...], reader: Reader
) -> Understanding | None:
    """What the message says; None when reading it goes wrong, as that may never hold a message up."""
    text = f"{incoming.subject}\n{incoming.text}"
    try:
        return read(text, to=_written_to(inbox), history=history, reader=reader)
    except Exception as error:
        # Without the traceback, as that may quote what the resident wrote.
        log.error("understanding.failed", inbox=str(inbox.id), error=type(error).__name__)
        return None


def _earlier(inbox: InboxAddress, incoming: Incoming) -> tuple[str, ...]:
    """Municipalities that earlier messages from this address, to this same organisation, went on to."""
    address = normal_address(incoming.sender.kind, incoming.sender.address)
    if not address:
        return ()
    rows = Link.objects.filter(
        organisation_id=inbox.organisation_id,
        kind=Link.Kind.HANDED_OVER_TO,
        conversation__contact__addresses__value=address,
        other_organisation__municipality__isnull=False,
    )
    codes = rows.order_by("-made_at").values_list("other_organisation__municipality_id", flat=True)
    return tuple(dict.fromkeys(str(code) for code in codes[:EARLIER]))


#: Longer ago people move.
EARLIER = 5


def _written_to(inbox: InboxAddress) -> str:
    """The domain of the municipality that was written to; empty for the whole country's door."""
    municipality = inbox.organisation.municipality
    return municipality.domain if municipality else ""


def reader_on(day: date) -> Reader:
    """What we read with, by the municipal division of that day and the newest official lists."""
    return _reader(day, lists_version())


@lru_cache(maxsize=1)
def _reader(day: date, version: str) -> Reader:
    """Made once, in less than a second."""
    gazetteer = gazetteer_on(day, version)

    def where(text: str, to: str, channel: str, history: tuple[str, ...]) -> Where:
        return locate(text, gazetteer, to=to, channel=channel, history=history)

    return replace(load_reader(settings.DATA), locate=where)


def alarm_in(text: str) -> str:
    """Whether somebody who just wrote this may be in danger or distress, before anybody read it."""
    return alarm_of(read(text, reader=reader_on(timezone.localdate())), text)


def certain_code(text: str) -> str:
    """The municipality that a short answer names; empty if it is not sure."""
    where = reader_on(timezone.localdate()).locate(text, "", "", ())
    meant = where.candidates if where.decision == Decision.CERTAIN else ()
    return meant[0].code if len(meant) == 1 else ""


def is_national(organisation: Organisation) -> bool:
    """Whether it is the front door of the whole country."""
    return organisation.kind == Organisation.Kind.NATIONAL


def taking_part(codes: Iterable[str]) -> Mapping[str, int]:
    """Municipality code → its organisation, of those that can be written to here."""
    rows = Organisation.objects.filter(municipality_id__in=list(codes), is_active=True)
    reachable = rows.filter(inboxes__is_active=True).distinct()
    return {str(code): number for code, number in reachable.values_list("municipality_id", "id")}


def choices_for(conversation: Conversation) -> list[Choice]:
    """The municipalities that it may be about."""
    reading = reading_of(conversation)
    return _choices(reading) if reading else []


def open_choices(conversation: Conversation) -> list[Choice]:
    """The same while the resident is asked to choose; empty before and after."""
    reading = reading_of(conversation)
    return _choices(reading) if reading and reading.is_asking else []


def _choices(reading: Reading) -> list[Choice]:
    codes = [each.code for each in reading.offered]
    rows = Municipality.objects.in_bulk(codes)
    found = [rows[code] for code in codes if code in rows]
    return named([(each.code, each.name, each.province) for each in found])


def reading_of(conversation: Conversation) -> Reading | None:
    """What was understood of it."""
    return Reading.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation
    ).first()
