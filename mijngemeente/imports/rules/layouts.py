"""What kind of file it is, and what stands in which column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mijngemeente.conversations.rules.history import OldContact, OldConversation
from mijngemeente.platform.spreadsheets import Script


class Form(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"
    MBOX = "mbox"


class Kind(StrEnum):
    """What it tells of."""

    CONTACTS = "contacts"
    CONVERSATIONS = "conversations"


class Source(StrEnum):
    """Where it comes from: the numbers of two systems are not the same numbers."""

    OWN = "own"
    ZAMMAD = "zammad"
    CHATWOOT = "chatwoot"
    MAIL = "mail"


@dataclass(frozen=True)
class Layout:
    """How to read one file."""

    form: Form
    kind: Kind
    source: Source
    #: Of a CSV.
    script: Script
    #: Field of each column, "" for one that is left out.
    columns: tuple[str, ...]
    #: Mail addresses of ourselves, lower case: who writes from there is not a resident.
    own_addresses: frozenset[str]
    #: What was said after this was not.
    now: datetime


@dataclass(frozen=True)
class Problem:
    """Why something is left out, in a sentence without what stands there."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Entry:
    """One resident or conversation of the file, and what of it could not be read."""

    #: Row of a CSV as a spreadsheet numbers it, or how manieth of the file.
    number: int
    old: OldContact | OldConversation | None
    problems: tuple[Problem, ...] = ()


#: Field → how a person reads it, and what others call it.
CONTACT_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "id": ("nummer in het oude systeem", ("id", "identifier", "kenmerk", "nummer")),
    "name": ("naam", ("name", "naam", "volledige naam")),
    "first_name": ("voornaam", ("firstname", "first_name", "voornaam")),
    "last_name": ("achternaam", ("lastname", "last_name", "achternaam")),
    "email": ("e-mailadres", ("email", "e-mail", "e-mailadres", "emailadres", "mail")),
    "phone": ("telefoon", ("phone", "phone_number", "telefoon", "telefoonnummer")),
    "mobile": ("mobiel", ("mobile", "mobiel", "06")),
    "note": ("notitie", ("note", "notitie", "opmerking")),
}
CONVERSATION_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "number": ("nummer van het gesprek", ("number", "ticket", "conversation_id", "id", "nummer")),
    "title": ("onderwerp", ("title", "onderwerp", "subject")),
    "state": ("status", ("state", "status")),
    "customer": (
        "inwoner",
        ("customer", "contact_email", "email", "contact", "contact_name", "inwoner", "klant"),
    ),
    "closed_at": ("gesloten op", ("close_at", "closed_at", "gesloten")),
    "message_id": ("nummer van het bericht", ("article_id", "message_id", "article.id")),
    "said_at": (
        "wanneer geschreven",
        ("article_created_at", "article.created_at", "message_created_at", "created_at", "datum"),
    ),
    "from": ("afzender", ("from", "sender_email", "van")),
    "to": ("ontvanger", ("to", "aan")),
    "body": ("tekst", ("body", "content", "tekst", "bericht")),
    "content_type": ("soort tekst", ("content_type",)),
    "direction": ("wie schreef", ("message_type", "sender", "richting")),
    "internal": ("alleen voor collega's", ("internal", "private", "intern")),
}
FIELDS = {Kind.CONTACTS: CONTACT_FIELDS, Kind.CONVERSATIONS: CONVERSATION_FIELDS}
#: Without one of each of these a row says nothing.
REQUIRED = {
    Kind.CONTACTS: (("email", "phone", "mobile"),),
    Kind.CONVERSATIONS: (("number",), ("said_at",), ("body",)),
}
#: Wider is not a table.
COLUMNS = 150


def kind_of(heading: Sequence[str]) -> Kind:
    """What a table with these columns tells of."""
    return Kind.CONVERSATIONS if {"body", "content", "bericht"} & set(_names(heading)) else Kind.CONTACTS


def source_of(heading: Sequence[str]) -> Source:
    """Which system writes these columns."""
    names = set(_names(heading))
    if {"message_type", "phone_number", "identifier"} & names:
        return Source.CHATWOOT
    if {"firstname", "login", "content_type", "article_id"} & names or {"number", "title"} <= names:
        return Source.ZAMMAD
    return Source.OWN


def columns_of(heading: Sequence[str], kind: Kind) -> tuple[str, ...]:
    """The field of each column; each field once, by the first name we know."""
    names = _names(heading)
    found = [""] * len(names)
    for field, (_, called) in FIELDS[kind].items():
        place = next((names.index(each) for each in called if each in names), None)
        if place is not None and not found[place]:
            found[place] = field
    return tuple(found)


def missing(columns: Sequence[str], kind: Kind) -> str:
    """What must be there and is not, in a sentence; empty if nothing."""
    for choice in REQUIRED[kind]:
        if not set(choice) & set(columns):
            labels = " of ".join(FIELDS[kind][each][0] for each in choice)
            return f"Kies in welke kolom dit staat: {labels}."
    return ""


def _names(heading: Sequence[str]) -> list[str]:
    return [" ".join(each.split()).casefold() for each in heading]
