"""How the timeline tells what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """One audit line, with names instead of ids."""

    id: UUID
    verb: str
    at: datetime
    #: Who did it; empty for the resident or a machine.
    who: str
    #: To whom or to what, as a person reads it.
    to: str = ""

    @property
    def sentence(self) -> str:
        """The line as the timeline tells it."""
        told = _SENTENCES.get(self.verb, self.verb)
        return told.format(wie=self.who or _NOBODY, to=self.to or "niets")


#: How the timeline tells each line; {wie} is a colleague, or as in `_NOBODY`.
_SENTENCES = {
    "conversation.opened": "Het gesprek begon",
    "conversation.imported": "Het gesprek kwam uit een ander systeem",
    "erasure.asked": "{wie} vroeg om dit gesprek te wissen",
    "conversation.viewed": "{wie} las het gesprek",
    "conversation.assigned": "{wie} gaf het gesprek aan {to}",
    "conversation.covered": "Het gesprek ging naar het team van {to}",
    "conversation.released": "{wie} legde het gesprek terug in de rij",
    "conversation.status_changed": "{wie} zette de status op “{to}”",
    "conversation.topic_changed": "{wie} koos het onderwerp “{to}”",
    "conversation.kind_changed": "{wie} koos de soort “{to}”",
    "conversation.prioritised": "{wie} zette de voorrang op “{to}”",
    "conversation.snoozed": "{wie} stelde het gesprek uit tot {to}",
    "conversation.woken": "Het gesprek kwam terug na uitstel",
    "conversation.restored": "{wie} maakte een verandering ongedaan",
    "conversation.labelled": "{wie} plakte het label “{to}”",
    "conversation.unlabelled": "{wie} haalde het label “{to}” weg",
    "conversation.closed": "{wie} sloot het gesprek: {to}",
    "conversation.reopened": "{wie} opende het gesprek weer",
    "conversation.municipality_asked": "De inwoner kreeg de vraag over welke gemeente het gaat",
    "conversation.municipality_unanswered": "De inwoner zei niet over welke gemeente het gaat",
    "conversation.municipality_settled": "De inwoner koos een gemeente",
    "conversation.handed_over": "{wie} droeg het gesprek over aan {to}",
    "conversation.taken_over": "Het gesprek kwam van een andere organisatie",
    "conversation.linked": "Het gesprek is gekoppeld aan een ander gesprek",
    "conversation.unlinked": "{wie} haalde een koppeling met een ander gesprek weg",
    "conversation.gathered": "Hoort bij “{to}”",
    "conversation.ungathered": "{wie} zei dat dit niet hoort bij “{to}”",
    "conversation.merged": "{wie} voegde dit gesprek samen met gesprek {to}",
    "conversation.unmerged": "{wie} maakte dit gesprek los van gesprek {to}",
    "conversation.split": "{wie} splitste berichten af naar gesprek {to}",
    "conversation.spam_marked": "{wie} zei dat dit spam is",
    "conversation.spam_unmarked": "{wie} zei dat dit geen spam is",
    "conversation.formal_marked": "{wie} merkte dit aan als {to}",
    "conversation.formal_receipt": "De ontvangst is officieel bevestigd",
    "sender.let_through": "Dit bericht van een geblokkeerde afzender kan formeel of dringend zijn",
    "sender.blocked": "{wie} blokkeerde de afzender",
    "sender.unblocked": "{wie} hief de blokkade van de afzender op",
    "message.hidden": "{wie} verborg een bericht voor de inwoner",
    "conversation.erased": "{wie} wiste het gesprek",
    "message.unhidden": "{wie} toonde een bericht weer aan de inwoner",
    "conversation.nearly_due": "De tijd voor de {to} was bijna om",
    "conversation.overdue": "De tijd voor de {to} was om",
    "conversation.rated": "De inwoner gaf een {to}",
    "conversation.anonymised": "{wie} anonimiseerde het gesprek",
    "conversation.held": "{wie} liet het gesprek vasthouden",
    "conversation.hold_lifted": "{wie} gaf het gesprek vrij om te wissen",
    "question.asked": "{wie} stelde een vraag aan een afdeling",
    "question.viewed": "De afdeling opende de vraag",
    "question.answered": "De afdeling antwoordde",
    "question.reminded": "De afdeling kreeg een herinnering",
    "question.withdrawn": "{wie} trok de vraag aan de afdeling in",
    "message.received": "De inwoner schreef",
    "message.sent": "{wie} antwoordde",
    "message.planned": "{wie} plande een antwoord",
    "message.held": "Een gepland antwoord werd vastgehouden",
    "message.approval_asked": "{wie} vroeg om mee te lezen",
    "message.approved": "{wie} keurde het antwoord goed",
    "message.returned": "{wie} gaf het antwoord terug",
    "message.taken_back": "{wie} nam het antwoord terug",
    "message.automatic": "De inwoner kreeg een automatisch bericht",
    "message.noted": "{wie} schreef een notitie",
    "message.recorded": "{wie} legde het contact vast",
    "message.forged": "Er kwam een bericht met een vervalst kenmerk",
    "message.images_shown": "{wie} liet afbeeldingen van buiten zien",
    "delivery.sent": "Het bericht is verzonden",
    "delivery.delivered": "Het bericht is aangekomen",
    "delivery.failed": "Het verzenden mislukte",
    "delivery.uncertain": "Het is onzeker of het bericht is verzonden",
    "delivery.retried": "{wie} verzond het bericht opnieuw",
    "delivery.confirmed": "{wie} zag dat het bericht is aangekomen",
    "attachment.downloaded": "{wie} haalde een bijlage op",
}


_NOBODY = "Het systeem"


def condensed(lines: Iterable[Line]) -> list[Line]:
    """The lines, newest first, with only the last time that each colleague read it."""
    kept: list[Line] = []
    readers: set[str] = set()
    for line in lines:
        if line.verb == "conversation.viewed":
            if line.who in readers:
                continue
            readers.add(line.who)
        kept.append(line)
    return kept
