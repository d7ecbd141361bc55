"""Which steps a new municipality takes, and which of them are taken."""

from dataclasses import dataclass
from enum import StrEnum

#: Enough to meet most of the first day's questions.
FIRST_ANSWERS = 10


class Step(StrEnum):
    """In the order in which they are shown."""

    NAME = "name"
    THEME = "theme"
    MAILBOX = "mailbox"
    COLLEAGUES = "colleagues"
    HOURS = "hours"
    RULES = "rules"
    ANSWERS = "answers"


@dataclass(frozen=True)
class Standing:
    """What an organisation has; whether a step is taken is read from this and from nothing else."""

    has_telephone: bool = False
    has_theme: bool = False
    has_mail: bool = False
    #: Somebody asked something.
    has_question: bool = False
    #: A person, not a receipt, answered somebody.
    has_answered: bool = False
    #: Members who may answer.
    answering: int = 0
    #: Invitations that wait.
    invited: int = 0
    has_hours: bool = False
    has_rules: bool = False
    #: Adopted and own answers together.
    answers: int = 0


@dataclass(frozen=True)
class Progress:
    """How far an organisation is."""

    standing: Standing

    @property
    def taken(self) -> frozenset[Step]:
        """The steps that are done."""
        has = self.standing
        found = {
            Step.NAME: has.has_telephone,
            Step.THEME: has.has_theme,
            Step.MAILBOX: has.has_mail or has.has_question,
            Step.COLLEAGUES: has.answering + has.invited > 0,
            Step.HOURS: has.has_hours,
            Step.RULES: has.has_rules,
            Step.ANSWERS: has.answers >= FIRST_ANSWERS,
        }
        return frozenset(step for step, is_taken in found.items() if is_taken)

    @property
    def is_complete(self) -> bool:
        """All is set up, and the first resident has an answer."""
        return len(self.taken) == len(Step) and self.standing.has_answered

    def after(self, step: Step | None) -> Step | None:
        """The next other step to take, starting after this one; None if there is none."""
        order = list(Step)
        place = order.index(step) if step else 0
        others = [each for each in order[place:] + order[:place] if each != step]
        return next((each for each in others if each not in self.taken), None)


def state_words(step: Step, has: Standing) -> str:
    """How a step stands, for who looks at the list."""
    words = {
        Step.NAME: "Jullie telefoonnummer staat erin." if has.has_telephone else "Nog geen telefoonnummer.",
        Step.THEME: "Gekozen." if has.has_theme else "Nog niet gekozen.",
        Step.MAILBOX: _mailbox_words(has),
        Step.COLLEAGUES: _colleague_words(has),
        Step.HOURS: "Bewaard." if has.has_hours else "Nog de gewone kantooruren, maandag tot en met vrijdag.",
        Step.RULES: "Bewaard." if has.has_rules else "Nog de spelregels van het hele land.",
        Step.ANSWERS: f"{has.answers} van {FIRST_ANSWERS} antwoorden.",
    }
    return words[step]


def _mailbox_words(has: Standing) -> str:
    if has.has_mail:
        return "Jullie mail is gekoppeld."
    if has.has_question:
        return "De eerste vraag kwam binnen."
    return "Het webformulier werkt. Er kwam nog geen vraag binnen."


def _colleague_words(has: Standing) -> str:
    people = "1 persoon kan" if has.answering == 1 else f"{has.answering} mensen kunnen"
    said = f"{people} antwoorden." if has.answering else "Nog niemand kan antwoorden."
    waiting = "uitnodiging wacht" if has.invited == 1 else "uitnodigingen wachten"
    return f"{said} {has.invited} {waiting}." if has.invited else said


@dataclass(frozen=True)
class StepText:
    """One step in words."""

    title: str
    #: In one sentence.
    why: str
    #: When it is taken: what is left to do on its page.
    ready: str
    #: About how long it takes.
    minutes: int


TEXTS = {
    Step.NAME: StepText(
        "Naam en telefoon",
        "Inwoners zien op elke pagina van wie het antwoord komt, en hoe ze bellen.",
        "Klaar als jullie telefoonnummer erin staat.",
        2,
    ),
    Step.THEME: StepText(
        "Uiterlijk",
        "Aan de kleuren herkennen inwoners hun eigen gemeente.",
        "Klaar als je een uiterlijk bewaart.",
        2,
    ),
    Step.MAILBOX: StepText(
        "Postvak",
        "Hier komen vragen binnen. Het webformulier werkt al; mail koppel je nu of later.",
        "Klaar als er een vraag binnenkwam, of als jullie mail gekoppeld is.",
        4,
    ),
    Step.COLLEAGUES: StepText(
        "Collega's",
        "Wie geeft antwoord? Nodig ze uit per mail.",
        "Klaar als iemand kan antwoorden of is uitgenodigd.",
        4,
    ),
    Step.HOURS: StepText(
        "Openingstijden",
        "Alleen in deze uren loopt de tijd voor een antwoord.",
        "Klaar als je ze bewaart, ook als ze al kloppen.",
        3,
    ),
    Step.RULES: StepText(
        "Spelregels",
        "Je of u, aanhef en ondertekening: zo klinkt elk antwoord als jullie gemeente.",
        "Klaar als je ze bewaart, ook als ze al kloppen.",
        5,
    ),
    Step.ANSWERS: StepText(
        "Eerste tien antwoorden",
        "Met antwoorden die het hele land gebruikt, hoef je niet leeg te beginnen.",
        "Klaar als er tien klaarliggen.",
        8,
    ),
}
