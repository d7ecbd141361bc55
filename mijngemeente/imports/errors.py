"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class UnreadableFile(Refused):
    """Dit bestand kunnen wij niet lezen. Kies een CSV-, JSON- of mbox-bestand."""


class AlreadyDecided(Refused):
    """Een collega was je voor. Bekijk hoe deze invoer er nu voor staat."""


class AlreadyUsed(Refused):
    """Wat hiermee is ingevoerd, is intussen gebruikt. Daarom kan dit niet meer ongedaan worden gemaakt."""


class NoInbox(Refused):
    """Kies bij welk postvak deze gesprekken horen."""
