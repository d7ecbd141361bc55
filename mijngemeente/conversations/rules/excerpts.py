"""What a department may read of a conversation."""

import re
from collections.abc import Iterable

RESIDENT = "[inwoner]"
# "J." or "de" would take half the text along.
_LETTERS = 3


def without_resident(text: str, name: str, addresses: Iterable[str]) -> str:
    """The text without the resident's name, addresses, and any e-mail address or telephone number."""
    known = {*addresses, name, *(part for part in name.split() if len(part) >= _LETTERS)}
    longest_first = sorted(filter(None, known), key=len, reverse=True)
    for each in longest_first:
        text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", RESIDENT, text, flags=re.I)
    text = re.sub(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", RESIDENT, text)
    return re.sub(r"(?<!\d)(?:\+31|0031|0)[\s-]?\d(?:[\s-]?\d){8}(?!\d)", RESIDENT, text)
