"""What an answer begins and ends with."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """What an answer begins and ends with."""

    salutation: str
    signature: str
    resident: str
    agent: str
    organisation: str

    @property
    def signed(self) -> str:
        """The signature with its blanks filled in."""
        return _fill(self.signature, self)


def opening_of(letterhead: Letterhead) -> tuple[str, int]:
    """The empty letter, and where in it the writing starts."""
    above = f"{_fill(letterhead.salutation, letterhead)}\n\n".lstrip()
    below = f"\n\n{letterhead.signed}".rstrip()
    return above + below, len(above)


def _fill(text: str, letterhead: Letterhead) -> str:
    """Blanks nobody knows stay as they are, so that their writer sees them."""
    blanks = {
        "{naam}": letterhead.resident or "inwoner",
        "{voornaam}": _first_name(letterhead.resident) or "inwoner",
        "{medewerker}": letterhead.agent,
        "{voornaam medewerker}": _first_name(letterhead.agent),
        "{organisatie}": letterhead.organisation,
    }
    # In one pass, so that a resident called "{medewerker}" stays who they are.
    return re.sub(r"\{[^{}]*\}", lambda found: blanks.get(found[0], found[0]), text)


def _first_name(name: str) -> str:
    return name.split(" ", 1)[0]
