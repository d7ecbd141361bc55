"""What happens in a session: it begins, phones answer, the presenter chooses, it ends, it is erased."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit, jobs, live
from mijngemeente.team.actions import change_plot
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.rules.steps import STEPS, step_called

from . import errors
from .models import Answer, JoinCode, Participant, Workshop
from .queries import answers_of, matter_of
from .rules.answers import Given, with_answers
from .rules.codes import KEPT, LONGEST, LONGEST_NAME, MOST_ANSWERS, MOST_PEOPLE, new_code
from .rules.texts import line

#: Answer id → the revision that somebody saw.
Seen = Mapping[UUID, int]


def begin(*, plot: TeamPlot, by: Member) -> Workshop:
    """A session about this plot, or the one that is going on."""
    with transaction.atomic():
        _end_of_itself(plot)
        workshop, is_new = Workshop.objects.get_or_create(
            organisation_id=plot.organisation_id,
            plot=plot,
            closed_at=None,
            defaults={"step": STEPS[0].name, "begun_by": by, "ends_at": timezone.now() + LONGEST},
        )
        if is_new:
            _give_code(workshop)
            jobs.later(
                "workshop.end",
                organisation_id=workshop.organisation_id,
                at=workshop.ends_at,
                id=workshop.id,
            )
            audit.record("workshop.begun", workshop, by=by)
    return workshop


def _end_of_itself(plot: TeamPlot) -> None:
    """One whose time is over makes room, also when the job that ends it is late."""
    for each in Workshop.objects.filter(plot=plot, closed_at=None, ends_at__lte=timezone.now()):
        close(workshop=each, by=None)


def _give_code(workshop: Workshop) -> None:
    """Another code when somebody has this one: there are 47 million."""
    told = {"workshop_id": workshop.id, "ends_at": workshop.ends_at}
    is_new = False
    while not is_new:
        _, is_new = JoinCode.objects.get_or_create(
            code=new_code(), defaults={"organisation_id": workshop.organisation_id, **told}
        )


def join(*, workshop: Workshop, name: str, key: UUID) -> Participant:
    """Somebody with a phone; the same form twice is the same person.

    Raises SessionOver, SessionFull, NameTaken, NothingToSay, and Unclear for a name that is too long.
    """
    with transaction.atomic():
        workshop = _held(workshop)
        there = Participant.objects.filter(workshop=workshop)
        known = there.filter(key=key).first()
        if known is not None:
            return known
        made = Participant.objects.create(
            organisation_id=workshop.organisation_id,
            workshop=workshop,
            name=_free_name(name, there.filter(removed_at=None)),
            key=key,
        )
        live.tell_workshop(answers_of(workshop.id))
    return made


def _held(workshop: Workshop) -> Workshop:
    """The session as it is now, with its row, so that counts stay true. Raises SessionOver."""
    held = Workshop.objects.select_for_update().get(id=workshop.id)
    if not held.is_open(timezone.now()):
        raise errors.SessionOver
    return held


def _free_name(typed: str, there: "QuerySet[Participant]") -> str:
    name = line(typed, longest=LONGEST_NAME, what="Naam of functie")
    names = {each.casefold() for each in there.values_list("name", flat=True)}
    if not name:
        raise errors.NothingToSay
    if name.casefold() in names:
        raise errors.NameTaken
    if len(names) >= MOST_PEOPLE:
        raise errors.SessionFull
    return name


def answer(*, participant: Participant, given: Iterable[Given]) -> None:
    """Keep what a phone sent; what still waits about the same place becomes this.

    Raises SessionOver, TakenOut and TooManyAnswers, which keep none of it.
    """
    with transaction.atomic():
        workshop = _held(participant.workshop)
        if not Participant.objects.filter(id=participant.id, removed_at=None).exists():
            raise errors.TakenOut
        for each in given:
            _keep_answer(participant, each)
        if participant.answers.filter(state=Answer.State.WAITING).count() > MOST_ANSWERS:
            raise errors.TooManyAnswers
        live.tell_workshop(answers_of(workshop.id))


def _keep_answer(participant: Participant, given: Given) -> None:
    same = participant.answers.filter(place=given.place, content=given.content)
    if same.filter(state=Answer.State.TAKEN).exists():
        # Sent again, as the answer to the first time was lost on its way.
        return
    waiting, is_new = Answer.objects.get_or_create(
        organisation_id=participant.organisation_id,
        workshop_id=participant.workshop_id,
        participant=participant,
        place=given.place,
        state=Answer.State.WAITING,
        defaults={"content": given.content},
    )
    if not is_new and waiting.content != given.content:
        Answer.objects.filter(id=waiting.id).update(
            content=given.content, revision=F("revision") + 1, given_at=timezone.now()
        )


def show_step(*, workshop: Workshop, step: str) -> None:
    """Ask everybody the question of this step."""
    with transaction.atomic():
        held = _held(workshop)
        held.step = step_called(step).name
        held.save(update_fields=["step"])
        live.tell_workshop(held.id)


def take(*, workshop: Workshop, seen: Seen, by: Member) -> None:
    """Put these answers in the plot, as they were seen; others about the same place are laid aside.

    All of them or none. Raises SessionOver, Changed, and Outdated for what is no longer in the plot.
    """
    with transaction.atomic():
        held = _held(workshop)
        plot = TeamPlot.objects.select_for_update().get(id=held.plot_id)
        chosen = _as_seen(held, seen)
        given = [Given(each.place, each.content) for each in chosen]
        change_plot(plot=plot, document=with_answers(given, matter_of(plot)), by=by)
        _decide(chosen, Answer.State.TAKEN)
        places = {each.place for each in chosen}
        _decide(_waiting(held).filter(place__in=places), Answer.State.ASIDE)
        audit.record("workshop.answers_taken", held, by=by, count=len(chosen))
        live.tell_workshop(held.id)


def _waiting(workshop: Workshop) -> "QuerySet[Answer]":
    return Answer.objects.filter(workshop=workshop, state=Answer.State.WAITING)


def _as_seen(workshop: Workshop, seen: Seen) -> list[Answer]:
    """The answers, held until the end of the transaction. Raises Changed when one is not as it was."""
    rows = Answer.objects.select_for_update().filter(workshop=workshop, id__in=list(seen))
    found = [each for each in rows.exclude(state=Answer.State.TAKEN) if each.revision == seen[each.id]]
    if not found or len(found) != len(seen):
        raise errors.Changed
    return found


def _decide(answers: "Iterable[Answer]", state: Answer.State) -> None:
    ids = [each.id for each in answers]
    Answer.objects.filter(id__in=ids).update(state=state, decided_at=timezone.now())


def lay_aside(*, workshop: Workshop, seen: Seen, by: Member) -> None:
    """Not in the plot; it stays to be seen until it is erased. Raises SessionOver and Changed."""
    with transaction.atomic():
        held = _held(workshop)
        chosen = _as_seen(held, seen)
        _decide(chosen, Answer.State.ASIDE)
        audit.record("workshop.answers_laid_aside", held, by=by, count=len(chosen))
        live.tell_workshop(held.id)


def remove_participant(*, participant: Participant, by: Member) -> None:
    """Who does not belong here answers no more; what still waited is laid aside."""
    with transaction.atomic():
        # Whoever answers at this moment is done, or finds that they are out.
        Workshop.objects.select_for_update().get(id=participant.workshop_id)
        rows = Participant.objects.filter(id=participant.id, removed_at=None)
        if rows.update(removed_at=timezone.now()):
            _decide(participant.answers.filter(state=Answer.State.WAITING), Answer.State.ASIDE)
            audit.record("workshop.participant_removed", participant.workshop, by=by)
            live.tell_workshop(participant.workshop_id)


def close(*, workshop: Workshop, by: Member | None) -> None:
    """The code is dead from here on; a second time changes nothing."""
    with transaction.atomic():
        now = timezone.now()
        if Workshop.objects.filter(id=workshop.id, closed_at=None).update(closed_at=now):
            JoinCode.objects.filter(workshop_id=workshop.id).update(ends_at=now)
            audit.record("workshop.closed", workshop, by=by)
            live.tell_workshop(workshop.id)


def erase_over_time(*, organisation_id: int, today: date) -> int:
    """Names and raw answers of sessions that ended KEPT ago or longer; how many sessions that were."""
    there = Workshop.objects.filter(organisation_id=organisation_id, erased_at=None)
    for each in there.filter(closed_at=None, ends_at__lte=timezone.now()):
        close(workshop=each, by=None)
    closed = there.filter(closed_at__isnull=False)
    done = [each for each in closed if timezone.localdate(each.closed_at) + KEPT <= today]
    for each in done:
        _erase(each)
    return len(done)


def _erase(workshop: Workshop) -> None:
    with transaction.atomic():
        answers, _ = Answer.objects.filter(workshop=workshop).delete()
        people, _ = Participant.objects.filter(workshop=workshop).delete()
        JoinCode.objects.filter(workshop_id=workshop.id).delete()
        Workshop.objects.filter(id=workshop.id).update(erased_at=timezone.now())
        audit.record("workshop.erased", workshop, reason="retention", answers=answers, people=people)
