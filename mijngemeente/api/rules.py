"""What other systems may be told and how they know that we said it."""

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import UUID

#: Full version; the major one stands in every address (NL API Design Rules 2.1, "semver").
VERSION = "1.0.0"

PAGE = 50
PAGE_MOST = 100

TOKEN_LIVES = timedelta(days=366)

#: Event → the audit verbs it tells of, and what an administrator reads.
EVENTS: Mapping[str, tuple[frozenset[str], str]] = {
    "gesprek.begonnen": (frozenset({"conversation.opened"}), "Een gesprek begon"),
    "bericht.ontvangen": (frozenset({"message.received"}), "Een inwoner schreef"),
    "antwoord.geschreven": (frozenset({"message.sent"}), "Een medewerker antwoordde"),
    "antwoord.mislukt": (frozenset({"delivery.failed"}), "Een antwoord kwam niet aan"),
    "gesprek.toegewezen": (
        frozenset({"conversation.assigned", "conversation.released"}),
        "Een gesprek kreeg een andere medewerker",
    ),
    "gesprek.gewijzigd": (
        frozenset(
            {
                "conversation.status_changed",
                "conversation.topic_changed",
                "conversation.kind_changed",
                "conversation.labelled",
                "conversation.unlabelled",
                "conversation.prioritised",
                "conversation.snoozed",
                "conversation.woken",
                "conversation.restored",
            }
        ),
        "Status, onderwerp, soort, voorrang of label veranderde",
    ),
    "gesprek.gesloten": (frozenset({"conversation.closed"}), "Een gesprek is gesloten"),
    "gesprek.heropend": (frozenset({"conversation.reopened"}), "Een gesprek is weer open"),
    "gesprek.beoordeeld": (frozenset({"conversation.rated"}), "Een inwoner gaf een cijfer"),
}

_EVENT_OF = {verb: event for event, (verbs, _) in EVENTS.items() for verb in verbs}


def event_of(verb: str) -> str:
    """The event an audit line tells of. Raises KeyError for a line nobody outside hears of."""
    return _EVENT_OF[verb]


def verbs_of(events: list[str]) -> list[str]:
    """The audit verbs behind these events; an event we no longer know has none."""
    return sorted(verb for event in events for verb in EVENTS.get(event, (frozenset(), ""))[0])


def lives_too_long(ends_on: date, today: date) -> bool:
    """Whether a token made today would work for more than a year."""
    return ends_on > today + TOKEN_LIVES


def is_address(url: str, internal: Collection[str]) -> bool:
    """An https address without a password in it; a host inside our own network may do without TLS."""
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in internal)
        # A request line takes no other signs (RFC 9112, 3): they have to be written as %C3%AB.
        return (
            secure and url.isascii() and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
        )
    except ValueError:
        return False


def signature(key: bytes, announcement_id: UUID, moment: int, body: bytes) -> str:
    """As in the Standard Webhooks specification: "v1," and HMAC-SHA256 over id, seconds and body."""
    signed = f"{announcement_id}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def is_delivered(status: int) -> bool:
    """The other side took it (2xx)."""
    return 200 <= status < 300


#: Seconds before each next attempt; together almost three days. After that the event is told no more.
PAUSES = (5, 60, 600, 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is enough."""
    return timedelta(seconds=PAUSES[attempts - 1]) if attempts <= len(PAUSES) else None
