"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class Empty(Refused):
    """Er staat nog geen tekst in je bericht."""


class TooLong(Refused):
    """Dit bericht is te lang voor dit kanaal."""


class NoAddress(Refused):
    """Van deze inwoner is geen adres bekend om naar te antwoorden."""


class NotRetryable(Refused):
    """Dit bericht kan niet nog een keer worden verzonden."""


class SameOrganisation(Refused):
    """Het gesprek is al van deze gemeente."""


class NobodyThere(Refused):
    """Deze organisatie heeft nog geen postvak, dus de vraag komt daar niet aan."""


class AlreadyClosed(Refused):
    """Dit gesprek is al gesloten. Open het weer om het over te dragen."""


class UnreadableCondition(Refused):
    """Deze voorwaarden zijn niet te lezen."""
