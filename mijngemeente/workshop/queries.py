"""Who is where in which session, and what waits for a choice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID, uuid5

from django.utils import timezone

from mijngemeente.platform.seals import make_token, read_token
from mijngemeente.team.library import library_of
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.queries import document_of
from mijngemeente.team.rules.reading import read

from .models import Answer, JoinCode, Participant, Workshop
from .rules.answers import Content, Matter, Said, said, standing
from .rules.codes import KEPT, MOST_SHOWN

#: What tokens are made for: the seat of one phone, and hearing what a phone or the screen has to know.
SEAT = "workshop seat"
STREAM = "workshop stream"
SCREEN = "workshop screen"


def open_code(code: str) -> JoinCode | None:
    """The session that somebody may join with this code now."""
    return JoinCode.objects.filter(code=code, ends_at__gt=timezone.now()).first()


def code_of(workshop: Workshop) -> JoinCode | None:
    """Its code; None once erased."""
    return JoinCode.objects.filter(workshop_id=workshop.id).first()


def seat_token(participant: Participant) -> str:
    """The part of an address that is the right of one phone."""
    return make_token(SEAT, participant.id)


def stream_token(workshop: Workshop) -> str:
    """The part of an address at which a phone hears that it has to ask again."""
    return make_token(STREAM, workshop.id)


def screen_token(workshop: Workshop) -> str:
    """The same for the screen, which hears of each answer too."""
    return make_token(SCREEN, workshop.id)


def answers_of(workshop_id: UUID) -> UUID:
    """What is told of when a phone answers or joins: else each of forty phones would ask what is new."""
    return uuid5(workshop_id, "answers")


def heard_with(token: str) -> frozenset[UUID]:
    """What a stream at this address tells of, asked without a unit; nothing once the session is over."""
    for_phone = read_token(STREAM, token)
    workshop_id = for_phone or read_token(SCREEN, token)
    if workshop_id is None or not _is_going_on(workshop_id):
        return frozenset()
    return frozenset({workshop_id} if for_phone else {workshop_id, answers_of(workshop_id)})


def _is_going_on(workshop_id: UUID) -> bool:
    return JoinCode.objects.filter(workshop_id=workshop_id, ends_at__gt=timezone.now()).exists()


def seat_in(token: str) -> UUID | None:
    """Id of the participant that a seat's address was made for; asks the database nothing."""
    return read_token(SEAT, token)


def participant_at(code: JoinCode, participant_id: UUID) -> Participant | None:
    """Whose seat it is, while they take part; inside the organisation's unit."""
    rows = Participant.objects.select_related("workshop__plot").filter(removed_at=None)
    return rows.filter(id=participant_id, workshop_id=code.workshop_id).first()


def matter_of(plot: TeamPlot) -> Matter:
    """A plot with the library that it was made with, and the roles and tasks of its organisation."""
    document = document_of(plot)
    known = library_of(document)
    found = read(document, known, timezone.localdate()).plot
    return Matter(document, known.extended(found.own_roles, found.own_tasks))


def erased_on(workshop: Workshop) -> date:
    """The day in whose night names and answers go."""
    return timezone.localdate(workshop.closed_at or workshop.ends_at) + KEPT


@dataclass(frozen=True)
class Option:
    """One thing that was said about a place, by one or more phones."""

    words: str
    answers: list[Answer]

    @property
    def names(self) -> str:
        """Who said it."""
        return ", ".join(each.participant.name for each in self.answers)

    @property
    def seen(self) -> str:
        """What a button says about what its presser saw."""
        return " ".join(f"{each.id}.{each.revision}" for each in self.answers)


@dataclass(frozen=True)
class Subject:
    """What waits about one place in the plot."""

    place: str
    about: str
    #: What the plot says now, or "".
    now: str
    options: list[Option]

    @property
    def is_disputed(self) -> bool:
        """Two people say something else."""
        return len(self.options) > 1


@dataclass(frozen=True)
class Sent:
    """One answer as a phone shows it."""

    said: Said
    state: str
    words: str


def waiting_subjects(workshop: Workshop, matter: Matter, step: str) -> list[Subject]:
    """What waits for a choice in this step, MOST_SHOWN places at most, the first first."""
    return _subjects(_answers(workshop, step, Answer.State.WAITING), matter)


def laid_aside(workshop: Workshop, matter: Matter, step: str) -> list[Subject]:
    """What was not chosen, to choose after all."""
    return _subjects(_answers(workshop, step, Answer.State.ASIDE), matter)


def _answers(workshop: Workshop, step: str, state: str) -> Iterable[Answer]:
    rows = Answer.objects.filter(workshop=workshop, state=state, place__startswith=f"{step}.")
    return rows.select_related("participant")


def _subjects(answers: Iterable[Answer], matter: Matter) -> list[Subject]:
    places: dict[str, list[Answer]] = {}
    for each in answers:
        places.setdefault(each.place, []).append(each)
    return [_subject(each, found, matter) for each, found in islice(places.items(), MOST_SHOWN)]


def _subject(place: str, answers: list[Answer], matter: Matter) -> Subject:
    told = [said(place, each.content, matter) for each in answers]
    options: dict[str, list[Answer]] = {}
    for each, answer in zip(told, answers, strict=True):
        options.setdefault(each.words, []).append(answer)
    found = [Option(words, those) for words, those in options.items()]
    return Subject(place, told[0].about, _now(place, matter), found)


def _now(place: str, matter: Matter) -> str:
    there: Content | None = standing(place, matter)
    return "" if there is None else said(place, there, matter).words


def counts(workshop: Workshop) -> Counter[str]:
    """Step → how many answers wait there."""
    waiting = Answer.objects.filter(workshop=workshop, state=Answer.State.WAITING)
    return Counter(place.partition(".")[0] for place in waiting.values_list("place", flat=True))


def given_by(participant: Participant, matter: Matter, step: str) -> list[Sent]:
    """What this phone answered in this step, the newest first."""
    rows = participant.answers.filter(place__startswith=f"{step}.").order_by("-given_at")
    return [
        Sent(said(each.place, each.content, matter), each.state, each.get_state_display()) for each in rows
    ]
