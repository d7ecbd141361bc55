"""What follows on an answer."""

from enum import StrEnum


class Then(StrEnum):
    """What happens after sending."""

    STAY = "stay"
    CLOSE = "close"
    NEXT = "next"
