"""What a person can mend."""

from mijngemeente.platform.errors import Refused


class NotCovered(Refused):
    """Deze medewerker werkt niet voor deze organisatie."""


class LastAdministrator(Refused):
    """Deze medewerker is de laatste beheerder. Maak eerst iemand anders beheerder."""


class AlreadyMember(Refused):
    """Deze persoon werkt al voor deze organisatie."""


class UnknownRole(Refused):
    """Kies ten minste één rol uit de lijst."""


class InvitationClosed(Refused):
    """Deze uitnodiging werkt niet meer."""


class OtherPerson(Refused):
    """Deze uitnodiging is voor iemand anders."""


class AddressTaken(Refused):
    """Dit postvak is al aan een organisatie gekoppeld."""


class AgreementExists(Refused):
    """Deze afspraak bestaat al."""


class AgreementOver(Refused):
    """Deze afspraak is voorbij. Maak een nieuwe."""


class UnreadableTheme(Refused):
    """Dit uiterlijk kunnen wij niet gebruiken."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        #: One Dutch sentence for each thing to mend.
        self.reasons = reasons


class AlreadyFounded(Refused):
    """Deze gemeente is er al."""


class LevelExists(Refused):
    """Voor deze gesprekken is er al een norm. Wijzig die, of kies andere gesprekken."""
