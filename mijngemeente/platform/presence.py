"""Who looks at a conversation and who writes in it: in the memory of each web process, and nowhere else.

Every beat of an open screen is told to all processes with NOTIFY, and forgotten when no further one comes.
In a table three hundred agents would write sixty rows a second, each worthless after a quarter of a minute.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.core import signing

#: Screens beat every five seconds; a laptop that was closed is gone after this.
EXPIRY_SECONDS = 15.0
#: After this a screen asks for another one, and who may no longer read gets none.
TOKEN_SECONDS = 5 * 60


class State(StrEnum):
    """What somebody does."""

    LOOKING = "look"
    WRITING = "write"
    GONE = "gone"


@dataclass(frozen=True)
class Beat:
    """That somebody is still there."""

    organisation_id: int
    conversation_id: UUID
    person_id: UUID
    state: State

    @property
    def words(self) -> str:
        """As NOTIFY carries it: ids and a state."""
        return f"{self.organisation_id} {self.conversation_id} {self.person_id} {self.state.value}"


def beat_in(words: str) -> Beat:
    """What `words` told. Raises ValueError."""
    organisation_id, conversation_id, person_id, state = words.split()
    return Beat(int(organisation_id), UUID(conversation_id), UUID(person_id), State(state))


def make_token(organisation_id: int, conversation_id: UUID, person_id: UUID) -> str:
    """What a screen beats with: who was shown the conversation may say that they look, without a query."""
    return _signer().sign(f"{organisation_id} {conversation_id} {person_id}")


def read_token(token: str, state: str) -> Beat | None:
    """The beat; None for any other text, and for a token that is too old."""
    try:
        return beat_in(f"{_signer().unsign(token, max_age=TOKEN_SECONDS)} {state}")
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="presence")


class Board:
    """Who is where, as this process heard it; times are of its own running clock."""

    def __init__(self) -> None:
        self._present: dict[UUID, dict[UUID, tuple[State, float]]] = {}
        self._places: dict[UUID, int] = {}
        self._changed: set[UUID] = set()

    def hear(self, beat: Beat, now: float) -> None:
        """Somebody is there, or says that they go."""
        here = self._present.setdefault(beat.conversation_id, {})
        self._places[beat.conversation_id] = beat.organisation_id
        known = here.pop(beat.person_id, (State.GONE, 0.0))[0]
        if beat.state is not State.GONE:
            here[beat.person_id] = (beat.state, now + EXPIRY_SECONDS)
        if known is not beat.state:
            self._changed.add(beat.conversation_id)

    def changes(self, now: float) -> dict[UUID, int]:
        """Conversations where that changed since the last time, with their organisations."""
        for conversation_id, here in self._present.items():
            for person_id in [each for each, (_, until) in here.items() if until <= now]:
                del here[person_id]
                self._changed.add(conversation_id)
        changed = {each: self._places[each] for each in self._changed}
        self._changed.clear()
        for conversation_id in [each for each, here in self._present.items() if not here]:
            del self._present[conversation_id], self._places[conversation_id]
        return changed

    def present(self, conversation_id: UUID) -> dict[UUID, State]:
        """Person id → what they do there."""
        here = dict(self._present.get(conversation_id, {}))
        return {person_id: state for person_id, (state, _) in here.items()}
