"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class Overtaken(Refused):
    """Een collega was je voor en heeft dit antwoord gewijzigd. Bekijk eerst de nieuwe tekst."""


class NotOurs(Refused):
    """Dit antwoord is van een andere organisatie. Neem het over om er iets aan toe te voegen."""


class NothingToAdopt(Refused):
    """Dit antwoord is niet landelijk of regionaal. Je kunt het gewoon wijzigen."""


class AlreadyStarted(Refused):
    """Deze invoer is al begonnen."""
