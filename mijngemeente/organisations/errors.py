"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class NotCovered(Refused):
    """Deze medewerker werkt niet voor deze organisatie."""
