"""What other systems call a ticket or a conversation, made into one of ours."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mijngemeente.channels.contract import Party
from mijngemeente.channels.email.addresses import addresses
from mijngemeente.conversations.rules.history import OldConversation, OldMessage
from mijngemeente.platform.html import sanitise, text_of_sanitised

from .dates import moment_of
from .layouts import Entry, Layout, Problem

TEXT_CHARACTERS = 200_000
SUBJECT_CHARACTERS = 300

#: What Zammad (sender) and Chatwoot (message_type) say of who wrote; "" is told to nobody.
_DIRECTIONS = {
    **dict.fromkeys(("customer", "0", "incoming", "in", "inwoner"), "in"),
    **dict.fromkeys(("agent", "1", "outgoing", "out", "system", "3", "template", "gemeente"), "out"),
    **dict.fromkeys(("2", "activity"), ""),
}
_BY_MACHINE = ("system", "3", "template")
_YES = ("true", "1", "yes", "ja", "t")

#: One message with its fields, and where it stands.
Row = tuple[int, Mapping[str, str]]


def conversation_of(rows: Sequence[Row], layout: Layout) -> Entry:
    """One conversation of rows that all tell of it; a bad row is left out and said."""
    number = rows[0][0]
    problems: list[Problem] = []
    said: list[OldMessage] = []
    for place, cells in rows:
        wrong = _wrong(cells, layout.now)
        if wrong:
            problems.append(Problem(place, wrong))
        elif _direction(cells, _customer(rows)) or _is_note(cells):
            said.append(_message(cells, layout, rows))
    if not said:
        return Entry(
            number, None, tuple(problems) or (Problem(number, "Er staat geen bericht in dit gesprek."),)
        )
    ended = moment_of(_first(rows, "closed_at"), layout.now)
    old = OldConversation(
        key=f"{layout.source}:conversation:{_first(rows, 'number')}",
        subject=" ".join(_first(rows, "title").split())[:SUBJECT_CHARACTERS],
        resident=_resident(rows),
        messages=in_order(said),
        closed_at=ended,
    )
    return Entry(number, old, tuple(problems))


def in_order(said: Sequence[OldMessage]) -> tuple[OldMessage, ...]:
    """Oldest first, no two at once: a millisecond keeps those in the order of the file."""
    ordered: list[OldMessage] = []
    for each in sorted(said, key=lambda one: one.said_at):
        least = ordered[-1].said_at + timedelta(milliseconds=1) if ordered else each.said_at
        ordered.append(replace(each, said_at=max(each.said_at, least)))
    return tuple(ordered)


def _wrong(cells: Mapping[str, str], now: datetime) -> str:
    typed = cells.get("direction", "").casefold()
    checks = (
        (not cells.get("number"), "Het nummer van het gesprek ontbreekt."),
        (
            moment_of(cells.get("said_at", ""), now) is None,
            "De datum is niet te lezen, of is in de toekomst.",
        ),
        (
            bool(typed) and typed not in _DIRECTIONS,
            "Er staat niet wie dit schreef: de inwoner of de gemeente.",
        ),
        (len(cells.get("body", "")) > TEXT_CHARACTERS, "De tekst is langer dan 200.000 tekens."),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), "")


def _message(cells: Mapping[str, str], layout: Layout, rows: Sequence[Row]) -> OldMessage:
    said_at = moment_of(cells.get("said_at", ""), layout.now) or layout.now
    clean = sanitise(cells.get("body", "")) if "html" in cells.get("content_type", "").casefold() else ""
    text = text_of_sanitised(clean) if clean else cells.get("body", "")
    direction = "note" if _is_note(cells) else _direction(cells, _customer(rows))
    writer = _party(cells.get("from", ""))
    # Who wrote it for colleagues has no account here, most often.
    by = (
        f"{writer.name or writer.address}: "
        if direction == "note" and (writer.name or writer.address)
        else ""
    )
    return OldMessage(
        external_id=f"{layout.source}:{cells['number']}:{cells.get('message_id') or _digest(cells)}",
        direction=direction,
        said_at=said_at,
        text=by + text,
        html=clean,
        author=writer.address.lower(),
        recipients=tuple(
            each.address for each in addresses([cells.get("to", "")], []) if "@" in each.address
        ),
        is_automatic=direction == "out" and cells.get("direction", "").casefold() in _BY_MACHINE,
    )


def _digest(cells: Mapping[str, str]) -> str:
    """For a message without a number; its place would be another one in a file of mended rows."""
    told = "\n".join(cells.get(each, "") for each in ("said_at", "direction", "from", "body"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _is_note(cells: Mapping[str, str]) -> bool:
    return cells.get("internal", "").casefold() in _YES


def _direction(cells: Mapping[str, str], customer: Party) -> str:
    typed = cells.get("direction", "").casefold()
    if typed:
        return _DIRECTIONS[typed]
    writer = _party(cells.get("from", ""))
    is_theirs = not writer.address or writer.address.casefold() == customer.address.casefold()
    return "in" if is_theirs or not customer.address else "out"


def _resident(rows: Sequence[Row]) -> Party:
    """Whom it was with: the customer, or else the first resident who wrote."""
    customer = _customer(rows)
    if customer.address:
        return customer
    writers = (
        _party(cells.get("from", ""))
        for _, cells in rows
        if not _is_note(cells) and _direction(cells, customer) == "in"
    )
    found = next((each for each in writers if each.address), Party("", "", "email"))
    return Party(customer.name or found.name, found.address, "email")


def _customer(rows: Sequence[Row]) -> Party:
    return _party(_first(rows, "customer"))


def _party(typed: str) -> Party:
    """Somebody as “Name <address>”, an address or only a name."""
    found = next(iter(addresses([typed], [])), None)
    if found is None or "@" not in found.address:
        return Party(" ".join(typed.split())[:200], "", "email")
    return Party(found.name[:200], found.address, "email")


def _first(rows: Sequence[Row], field: str) -> str:
    return next((cells[field] for _, cells in rows if cells.get(field)), "")
