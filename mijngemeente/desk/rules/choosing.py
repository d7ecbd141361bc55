"""What is asked when another conversation is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

WORDS_CHARACTERS = 100


@dataclass(frozen=True)
class Choosing:
    """The words of the page on which another conversation is chosen."""

    title: str
    lead: str
    button: str
    icon: str


CHOOSING: Mapping[str, Choosing] = {
    "merge": Choosing(
        "Samenvoegen",
        "Schreef de inwoner twee keer over hetzelfde? Kies het gesprek waarin je verdergaat. "
        "Dit gesprek sluit. De berichten staan daarna bij elkaar, in de goede volgorde.",
        "Samenvoegen",
        "link",
    ),
    "link": Choosing(
        "Koppelen",
        "Hoort een ander gesprek hierbij? Kies het. Beide gesprekken blijven open en wijzen naar elkaar.",
        "Koppelen",
        "link",
    ),
}


def first_words(text: str) -> str:
    """The beginning of a message, to recognise it by."""
    line = " ".join(text.split())
    return line if len(line) <= WORDS_CHARACTERS else f"{line[: WORDS_CHARACTERS - 1]}…"
