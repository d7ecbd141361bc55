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


class TooLate(Refused):
    """Dit bericht is al onderweg. Terugnemen kan niet meer."""


class NotPending(Refused):
    """Dit bericht staat hier niet meer klaar."""


class MayNotApprove(Refused):
    """Dit bericht kan alleen een andere collega goedkeuren, die hiervoor is gevraagd."""


class NoRemark(Refused):
    """Schrijf erbij wat er anders moet."""


class SameOrganisation(Refused):
    """Het gesprek is al van deze gemeente."""


class NobodyThere(Refused):
    """Deze organisatie heeft nog geen postvak, dus de vraag komt daar niet aan."""


class AlreadyClosed(Refused):
    """Dit gesprek is al gesloten. Open het weer om het over te dragen."""


class UnreadableCondition(Refused):
    """Deze voorwaarden zijn niet te lezen."""


class AddressKnown(Refused):
    """Dit adres hoort al bij een inwoner. Is dat dezelfde persoon? Voeg de twee dan samen."""


class NotAnAddress(Refused):
    """Dit adres kunnen wij niet lezen. Kijk het nog eens na."""


class LastAddress(Refused):
    """Dit is het laatste adres van deze inwoner. Voeg eerst een ander adres toe."""


class SameContact(Refused):
    """Dit is dezelfde inwoner. Kies een andere inwoner om mee samen te voegen."""


class AlreadyMerged(Refused):
    """Een collega heeft een van deze inwoners net samengevoegd of gewist. Zoek de inwoner opnieuw op."""


class Crossed(Refused):
    """Na het samenvoegen is er iets bijgekomen of veranderd. Ongedaan maken kan daarom niet meer."""


class SameConversation(Refused):
    """Kies een ander gesprek van deze organisatie."""


class MergedElsewhere(Refused):
    """Dit gesprek is samengevoegd."""

    def __init__(self, number: int, into: int) -> None:
        super().__init__(f"Gesprek {number} is al samengevoegd met gesprek {into}. Ga daar verder.")


class ClosedTarget(Refused):
    """Het gesprek om in verder te gaan is gesloten."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Gesprek {number} is gesloten. Open het eerst weer, of kies een ander gesprek.")


class OtherResident(Refused):
    """Deze gesprekken zijn van twee verschillende inwoners. Voeg ze alleen samen als je dat zeker weet."""


class NotMerged(Refused):
    """Dit gesprek is al losgemaakt."""


class AlreadyAnswered(Refused):
    """Na het samenvoegen is er al geantwoord. Losmaken kan daarom niet meer; afsplitsen wel."""


class NothingToSplit(Refused):
    """Kies een of meer berichten om af te splitsen. Er moet ook een bericht blijven staan."""


class TwoConversations(Refused):
    """Deze berichten komen uit twee gesprekken die zijn samengevoegd. Kies berichten uit één gesprek."""


class NoMail(Refused):
    """Van deze inwoner is geen e-mailadres bekend. Er is niets om te blokkeren."""


class NotReceipted(Refused):
    """De ontvangst is niet bevestigd. Er is geen adres bekend, of er gingen net al veel berichten heen."""


class PastMoment(Refused):
    """Kies een moment dat nog moet komen."""
