"""What a text is about, and what may not wait: the half of understanding that is learned."""

from dataclasses import dataclass

from .outcome import Guess, Sign

#: Sign → the labels of phrases that say so.
SIGNS = {
    "urgent": frozenset(("danger", "term", "distress")),
    "threat": frozenset(("threat",)),
    "abuse": frozenset(("abuse",)),
    "distress": frozenset(("distress",)),
}


@dataclass(frozen=True, slots=True)
class About:
    """Topics with the best first, and the rest of `Understanding` that comes from words."""

    topics: tuple[Guess, ...]
    kind: Guess
    sentiment: Guess
    urgent: Sign
    threat: Sign
    abuse: Sign
    distress: Sign
