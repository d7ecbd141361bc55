"""What the maker of another system can mend."""

from mijngemeente.platform.errors import Refused


class KeyReused(Refused):
    """Deze Idempotency-Key is al gebruikt voor een ander verzoek. Maak voor elk nieuw verzoek een nieuwe."""


class TooLongLived(Refused):
    """Een sleutel werkt hoogstens een jaar. Kies een eerdere datum, en maak op tijd een nieuwe."""


class NotAnAddress(Refused):
    """Dit is geen webadres dat met https:// begint."""
