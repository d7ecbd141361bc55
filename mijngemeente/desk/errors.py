"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class Crossed(Refused):
    """Er is intussen een nieuw bericht. Je tekst is bewaard."""


class NoInbox(Refused):
    """Er is nog geen postvak voor telefoon en balie. Vraag de beheerder om er een te maken."""
