"""What may be learnt from a message that somebody read better: its words, without whoever wrote them."""

import re
from collections.abc import Iterable

from .personal_data import personal_data_in

MASK = "…"
#: So much of a message tells what it is about.
LEARNT_CHARACTERS = 2_000
# Anything with so many figures can lead to somebody: numbers of cases, cards, accounts and phones.
_FIGURES = re.compile(r"\d(?:[ .-]?\d){4,}")
_MAIL = re.compile(r"\S+@\S+")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b(?:[ ,]+\d+\w*)?")
_HOUSE = re.compile(r"(?<=[a-z]) \d{1,4}(?: ?-?[a-zA-Z])?\b")
# What stands under a letter is who sent it.
_CLOSING = re.compile(
    r"\n\s*(?:met (?:vriendelijke )?groet\w*|hoogachtend|mvg|vr\.? ?gr\.?|groet\w*|gr)\b.*", re.I | re.S
)


def masked(text: str, names: Iterable[str]) -> str:
    """The text without its closing, and with names, numbers and addresses taken out."""
    left = _CLOSING.sub("", text)[:LEARNT_CHARACTERS]
    for found in list(personal_data_in(left, own=(), is_public=True)):
        left = left.replace(found.quote, MASK)
    for pattern in (_MAIL, _POSTCODE, _FIGURES, _HOUSE):
        left = pattern.sub(f" {MASK}" if pattern is _HOUSE else MASK, left)
    for name in names:
        for part in name.split():
            if len(part) > 2:
                left = re.sub(rf"\b{re.escape(part)}\b", MASK, left, flags=re.I)
    return left.strip()
