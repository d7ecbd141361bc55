"""Keys: UUID version 7, made by us and sortable by time."""

import os
import threading
import time
import uuid
from datetime import UTC, datetime

# RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, variant 2, the rest random.
_RANDOM_BITS = 74
_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
# A clock that was put back further than this counts as right again.
_STEP_MILLISECONDS = 1000

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A new time-ordered key; within one process sorted order is the order of making."""
    moment = _next_moment()
    random = moment & ((1 << _RANDOM_BITS) - 1)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return uuid.UUID(int=(moment >> _RANDOM_BITS << 80) | _VARIANT | _VERSION | (high << 64) | low)


def _next_moment() -> int:
    """Milliseconds and random bits; in the same millisecond somewhat more than the last (RFC 9562, 6.2)."""
    global _last  # noqa: PLW0603 - counted over the life of the process
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)
    with _lock:
        ahead = (_last >> _RANDOM_BITS) - milliseconds
        is_same = 0 <= ahead < _STEP_MILLISECONDS
        _last = _last + 1 + (random >> 42) if is_same else milliseconds << _RANDOM_BITS | random
        return _last


def uuid7_at(moment: datetime) -> uuid.UUID:
    """A new key that sorts where it would have been, had it been made then; moments before 1970 are 1970."""
    milliseconds = max(0, int(moment.timestamp() * 1000))
    random = int.from_bytes(os.urandom(10), "big") & ((1 << _RANDOM_BITS) - 1)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds << 80) | _VERSION | (high << 64) | _VARIANT | low)


def made_at(key: uuid.UUID) -> datetime:
    """When a key of version 7 was made; nonsense for any other version."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
