"""Looking a resident up, and why somebody did."""

from dataclasses import dataclass

#: Why somebody looked at a resident, as the access log tells it (promise P4).
PURPOSES = {
    "answer": "om een gesprek te beantwoorden",
    "look_up": "opgezocht op de werkplek",
    "merge": "om twee inwoners samen te voegen",
    "export": "om gegevens aan de inwoner te geven",
    "erase": "om gegevens te wissen",
}

# PostgreSQL's integer; a longer number is no conversation's.
_NUMBER_DIGITS = 9


@dataclass(frozen=True)
class Sought:
    """What somebody typed to find a resident."""

    text: str
    #: A conversation's number, if it can be one.
    number: int | None
    #: The digits of a telephone number as we keep it, or empty.
    digits: str


def sought(text: str) -> Sought:
    """What the words can mean: a name, an address, a telephone number or a conversation."""
    words = " ".join(text.replace("\0", "").split())[:200]
    digits = "".join(sign for sign in words if sign.isascii() and sign.isdigit())
    is_number = words.lstrip("#").isascii() and words.lstrip("#").isdigit()
    return Sought(
        text=words,
        number=int(digits) if is_number and len(digits) <= _NUMBER_DIGITS else None,
        digits=digits.removeprefix("0") if len(digits) >= 6 else "",
    )
