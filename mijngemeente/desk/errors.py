"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class Crossed(Refused):
    """Er is intussen een nieuw bericht. Je tekst is bewaard."""


class Doubtful(Refused):
    """Kijk dit nog even na. Klopt het toch? Verstuur dan nog een keer."""


class Taken(Refused):
    """Een collega heeft dit gesprek net opgepakt."""


class NoInbox(Refused):
    """Er is nog geen postvak voor telefoon en balie. Vraag de beheerder om er een te maken."""


class NotYours(Refused):
    """Deze rij is niet van jou. Maak een kopie, die kun je wel wijzigen."""


class ViewGone(Refused):
    """Een collega heeft deze rij net weggehaald."""


class TooManyViews(Refused):
    """Er zijn al heel veel rijen. Haal er eerst een weg."""
