"""Keys: UUID version 7, made by us and sortable by time."""

import os
import time
import uuid
from datetime import UTC, datetime

# RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, variant 2, the rest random.
_RANDOM_BITS = 74
_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62


def uuid7() -> uuid.UUID:
    """A new time-ordered key; sorted order is the order of making, to the millisecond."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | _VERSION | (high << 64) | _VARIANT | low)


def made_at(key: uuid.UUID) -> datetime:
    """When a key of version 7 was made; nonsense for any other version."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
