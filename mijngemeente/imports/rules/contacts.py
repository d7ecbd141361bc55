"""A row or record that tells of one resident."""

import re
from collections.abc import Mapping

from mijngemeente.channels.contract import Party
from mijngemeente.conversations.rules.history import OldContact

from .layouts import Entry, Layout, Problem

NAME_CHARACTERS = 200
NOTE_CHARACTERS = 5000
_MAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,250}\.[^\s@<>.]{2,}")
# E.164: at most fifteen digits; shorter than eight reaches nobody from outside.
_PHONE = re.compile(r"\+?[0-9]{8,15}")


def contact_of(number: int, cells: Mapping[str, str], layout: Layout) -> Entry:
    """The resident, or the first thing to mend."""
    wrong = _wrong(cells)
    if wrong:
        return Entry(number, None, (Problem(number, wrong),))
    addresses = _addresses(cells)
    own = cells.get("id", "")
    key = f"{layout.source}:contact:{own}" if own else f"contact:{addresses[0].address.casefold()}"
    return Entry(number, OldContact(key, _name(cells), addresses, cells.get("note", "")))


def _wrong(cells: Mapping[str, str]) -> str:
    email, note = cells.get("email", ""), cells.get("note", "")
    phones = [cells.get(each, "") for each in ("phone", "mobile")]
    checks = (
        (not email and not any(phones), "Er staat geen e-mailadres of telefoonnummer."),
        (bool(email) and not _MAIL.fullmatch(email), "Het e-mailadres klopt niet."),
        (
            any(each and not _PHONE.fullmatch(_digits(each)) for each in phones),
            "Het telefoonnummer klopt niet.",
        ),
        (len(_name(cells)) > NAME_CHARACTERS, f"De naam is langer dan {NAME_CHARACTERS} tekens."),
        (len(note) > NOTE_CHARACTERS, f"De notitie is langer dan {NOTE_CHARACTERS} tekens."),
    )
    return next((sentence for is_wrong, sentence in checks if is_wrong), "")


def _name(cells: Mapping[str, str]) -> str:
    parts = (
        [cells.get("name", "")]
        if cells.get("name")
        else [cells.get("first_name", ""), cells.get("last_name", "")]
    )
    return " ".join(" ".join(parts).split())


def _addresses(cells: Mapping[str, str]) -> tuple[Party, ...]:
    name = _name(cells)
    kinds = (("email", "email"), ("phone", "phone"), ("mobile", "phone"))
    found = [(kind, _plain(kind, cells.get(field, ""))) for field, kind in kinds]
    return tuple(Party(name, value, kind) for kind, value in dict.fromkeys(found) if value)


def _plain(kind: str, value: str) -> str:
    return _digits(value) if kind == "phone" else value


def _digits(typed: str) -> str:
    return re.sub(r"(?<=.)\(0\)|[\s().\-/]", "", typed)
