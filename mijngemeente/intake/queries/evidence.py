"""What is known about an incoming message before it is routed."""

from collections.abc import Iterable, Mapping

from mijngemeente.conversations.models import Conversation, Reading
from mijngemeente.organisations.models import InboxAddress, Organisation
from mijngemeente.reference.models import Municipality

from ..rules import Choice, Evidence, named


def evidence_for(inbox: InboxAddress) -> Evidence:
    """What the inbox tells."""
    return Evidence(inbox.organisation_id, is_national=is_national(inbox.organisation))


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
