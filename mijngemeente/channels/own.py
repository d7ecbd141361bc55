"""Channels that are pages of our own: nothing comes from outside, and nothing can be wrong with the line."""

from collections.abc import Generator, Mapping
from uuid import UUID

from .contract import Credentials, Direction, Fetched, Outgoing, Watch, Way


class OwnLine:
    """What such a channel's wire need not think about."""

    direction = Direction.OWN
    is_idempotent = True

    def authenticate(self, headers: Mapping[str, str], body: bytes, credentials: Credentials) -> bool:
        """Nobody calls from outside."""
        return False

    def fetch(self, credentials: Credentials, position: str) -> Generator[Fetched, None, None]:
        """Nothing to fetch."""
        yield from ()

    def stay_with(self, credentials: Credentials, watch: Watch) -> None:
        """There never is news."""

    def try_out(self, credentials: Credentials, way: Way) -> None:
        """Nothing can be wrong with it."""

    def id_of(self, outgoing: Outgoing, *, key: UUID) -> str:
        """Known once it is sent."""
        return ""
