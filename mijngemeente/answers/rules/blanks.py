"""Blanks in a text: the one place that fills them.

A blank is a name between braces on one line. What fills it is never read again, so that a resident called
"{medewerker}" stays who they are. In `{vraagt u|vraag je}` the form of address chooses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_BLANK = re.compile(r"\{([^{}\n]{1,80})\}")
_LOCAL = "lokaal"
#: What `fill` is told with the other values: "u" or "je".
FORM_OF_ADDRESS = "aanspreekvorm"


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known blank filled; others stay as they are, so that their writer sees them.

    The names in `values` are as `blank_name` gives them. An empty value fills nothing.
    """
    form = values.get(FORM_OF_ADDRESS, "")
    return _BLANK.sub(
        lambda found: _variant(found[1], form) or values.get(blank_name(found[1])) or found[0], text
    )


def _variant(inside: str, form: str) -> str:
    """What stands there for who is called by this form; empty if it is no pair, or the form is unknown."""
    formal, bar, informal = inside.partition("|")
    return {"u": formal, "je": informal}.get(form, "") if bar else ""


def has_variants(text: str) -> bool:
    """Whether it reads otherwise for another form of address."""
    return any("|" in inside for inside in _BLANK.findall(text))


def blank_name(typed: str) -> str:
    """A name as it is compared: capitals and double spaces do not matter."""
    return " ".join(typed.split()).casefold()


def blanks_in(text: str) -> list[str]:
    """Every blank's name once, in order; a choice between u and je is none."""
    return list(dict.fromkeys(blank_name(each) for each in _BLANK.findall(text) if "|" not in each))


@dataclass(frozen=True)
class Stretch:
    """A piece of a text, and whether somebody still has to fill it."""

    text: str
    is_blank: bool


def stretches(text: str) -> list[Stretch]:
    """The text in pieces, so that its blanks can be shown as such."""
    found: list[Stretch] = []
    place = 0
    for blank in _BLANK.finditer(text):
        found += [Stretch(text[place : blank.start()], False), Stretch(blank[0], True)]
        place = blank.end()
    return [each for each in [*found, Stretch(text[place:], False)] if each.text]


def is_local(name: str) -> bool:
    """Whether a municipality writes this part itself: `{lokaal}` or `{lokaal afhalen}`."""
    return name == _LOCAL or name.startswith(f"{_LOCAL} ")


def is_for_writer(name: str) -> bool:
    """Whether only who answers can know it: `{invullen: waar dan wel}`."""
    return name.startswith("invullen")


def local_parts_in(*texts: str) -> list[str]:
    """The parts that a municipality can write, in order."""
    return list(dict.fromkeys(name for text in texts for name in blanks_in(text) if is_local(name)))


def with_local_parts(text: str, parts: Mapping[str, str]) -> str:
    """The text with the municipality's own parts in it; a part nobody wrote leaves no gap.

    Parts may hold blanks of their own, which are filled afterwards.
    """
    paragraphs = (_place_parts(each, parts) for each in text.split("\n\n"))
    return "\n\n".join(each for each in paragraphs if each.strip())


def _place_parts(paragraph: str, parts: Mapping[str, str]) -> str:
    def place(found: re.Match[str]) -> str:
        name = blank_name(found[1])
        return parts.get(name, "").strip() if is_local(name) else found[0]

    placed = _BLANK.sub(place, paragraph)
    return placed if placed == paragraph else re.sub(r" {2,}", " ", placed).strip()


def people(*, resident: str, agent: str, organisation: str) -> dict[str, str]:
    """What the blanks about people mean."""
    return {
        "naam": resident or "inwoner",
        "voornaam": _first_name(resident) or "inwoner",
        "medewerker": agent,
        "voornaam medewerker": _first_name(agent),
        "organisatie": organisation,
    }


def _first_name(name: str) -> str:
    """The first word; the whole name when that is a title, initials or an abbreviation: "Dhr. Bakker"."""
    first = name.split(" ", 1)[0]
    return name if "." in first or first.isupper() else first
