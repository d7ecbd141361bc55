"""Which answers of the bank somebody put in a reply, as its form tells."""

from dataclasses import dataclass
from uuid import UUID

#: More in one reply is not a reply.
MOST = 10


@dataclass(frozen=True)
class Picked:
    """One answer, in one language."""

    answer_id: UUID
    language: str


def picked_in(typed: str) -> list[Picked]:
    """Each once; a form is typed by anybody, so what makes no sense is left out."""
    words = typed.split()
    found = [_picked(*pair) for pair in zip(words[::2], words[1::2], strict=False)]
    return list(dict.fromkeys(each for each in found if each is not None))[:MOST]


def _picked(answer_id: str, language: str) -> Picked | None:
    try:
        return Picked(UUID(answer_id), language[:2])
    except ValueError:
        return None
