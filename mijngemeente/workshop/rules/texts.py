"""What may be typed on a phone."""

import re
import unicodedata
from collections.abc import Mapping

from mijngemeente.team.rules.documents import typed_value

#: What no screen shows or what turns the line around: controls, half surrogate pairs, direction marks.
_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Unclear(ValueError):
    """Something typed cannot be taken; the message says so in Dutch."""


def plain(text: str) -> str:
    """One line that any screen shows as it is."""
    shown = (each for each in _TURNING.sub("", text) if each.isspace() or not _is_hidden(each))
    return " ".join("".join(shown).split())


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in _HIDDEN


def line(text: str, *, longest: int, what: str) -> str:
    """One line, or "". Raises Unclear when it is too long."""
    words = plain(text)
    if len(words) > longest:
        raise Unclear(f"{what}: dit is te lang. Hooguit {longest} tekens passen.")
    return words


def number(typed: Mapping[str, str], name: str, *, most: float, what: str) -> float | None:
    """A number from 0, or None when nothing was typed. Raises Unclear for anything else."""
    value = typed_value([name.partition(".")[0]], plain(typed.get(name, ""))[:40])
    if value is None:
        return None
    if isinstance(value, str):
        raise Unclear(f"{what}: “{value}” is geen getal.")
    if not 0 <= value <= most:
        highest = f"{most:,.0f}".replace(",", ".")
        raise Unclear(f"{what}: vul een getal in van 0 tot en met {highest}.")
    return value
