"""How far a new municipality is, and which answers it can begin with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from mijngemeente.answers.models import Adoption, Answer, Fact, SharedAnswer, State
from mijngemeente.answers.queries.bank import current, own, shared, whole_text
from mijngemeente.answers.queries.facts import Missing, wanted_facts
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import (
    EngagementRules,
    InboxAddress,
    Invitation,
    Member,
    OpeningWeek,
    Organisation,
    Person,
)
from mijngemeente.organisations.queries import coverage_of, members_of, rules_of, tokens_of
from mijngemeente.organisations.rules import Right, Role, rights_of
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import covering

from .rules import FIRST_ANSWERS, TEXTS, Progress, Standing, Step

#: Whoever answered a resident so long ago needs no leading.
NEW = timedelta(days=7)

#: Step → the page where it is taken.
ROUTES = {
    Step.NAME: "organisations:details",
    Step.THEME: "organisations:appearance",
    Step.MAILBOX: "administration:inboxes",
    Step.COLLEAGUES: "organisations:people",
    Step.HOURS: "organisations:hours",
    Step.RULES: "organisations:rules",
    Step.ANSWERS: "beginning:answers",
}


def progress_of(organisation: Organisation) -> Progress:
    """Read from what is there; nobody ticks anything."""
    number = organisation.id
    rules, decided = rules_of(number), _decided(number)
    asked = Conversation.objects.filter(organisation_id=number)
    return Progress(
        Standing(
            has_telephone=bool(rules.telephone),
            has_theme="theme" in decided or organisation.theme != _default_theme() or bool(tokens_of(number)),
            has_mail=InboxAddress.objects.filter(
                organisation=organisation, kind="email", is_active=True
            ).exists(),
            has_question=asked.exists(),
            has_answered=asked.filter(first_replied_at__isnull=False).exists(),
            answering=sum(Right.REPLY in _rights_of(each) for each in members_of(organisation)),
            invited=sum(
                each.is_open(timezone.now()) for each in Invitation.objects.filter(organisation=number)
            ),
            has_hours=OpeningWeek.objects.filter(organisation_id=number).exists(),
            has_rules="rules" in decided or _is_written(rules),
            answers=_answers_at_hand(number),
        )
    )


def _default_theme() -> str:
    return str(Organisation._meta.get_field("theme").get_default())


def _rights_of(member: Member) -> frozenset[Right]:
    return rights_of(map(Role, member.roles))


def _decided(organisation_id: int) -> set[str]:
    """What administrators kept by hand, also where they kept it as it was."""
    lines = AuditLine.objects.filter(organisation_id=organisation_id, conversation_id__isnull=True)
    details = lines.filter(verb="organisation.changed").values_list("detail", flat=True)
    return {name for detail in details for name in detail}


def _is_written(rules: EngagementRules) -> bool:
    """The rules say something else than those of the country."""
    usual = EngagementRules()
    names = ("form_of_address", "salutation", "signature", "promised", "not_promised", "house_rules")
    return any(getattr(rules, name) != getattr(usual, name) for name in names)


def _answers_at_hand(organisation_id: int) -> int:
    written = own(organisation_id).filter(state=State.PUBLISHED).count()
    return written + Adoption.objects.filter(organisation_id=organisation_id).count()


def is_beginning(organisation: Organisation) -> bool:
    """It is led along the steps: not all are taken, nobody put them away, and it is new to answering."""
    if organisation.kind != Organisation.Kind.MUNICIPALITY or _is_put_away(organisation.id):
        return False
    long_ago = timezone.now() - NEW
    answered = Conversation.objects.filter(organisation=organisation, first_replied_at__lt=long_ago)
    return not answered.exists() and not progress_of(organisation).is_complete


def _is_put_away(organisation_id: int) -> bool:
    lines = AuditLine.objects.filter(organisation_id=organisation_id, conversation_id__isnull=True)
    return lines.filter(verb="beginning.put_away").exists()


@dataclass(frozen=True)
class WayBack:
    """What stands above a settings page while a municipality begins."""

    done: int
    total: int
    url: str
    #: Whether the step of this page is taken.
    is_taken: bool
    #: When it is.
    ready: str
    #: Where a first question takes this step; empty on another.
    try_url: str
    #: The next step and its page; both empty if all are taken.
    next_title: str
    next_url: str


def way_back(path: str, organisation: Organisation) -> WayBack | None:
    """From this page to the steps and to the next one; None on a page of no step, and once begun."""
    step = next((each for each in Step if path.startswith(url_of(each, organisation))), None)
    if step is None or not is_beginning(organisation):
        return None
    progress = progress_of(organisation)
    following = progress.after(step)
    return WayBack(
        done=len(progress.taken),
        total=len(Step),
        url=reverse("beginning:begin", args=[organisation.slug]),
        is_taken=step in progress.taken,
        ready=TEXTS[step].ready,
        try_url=reverse("intake:contact", args=[organisation.slug]) if step is Step.MAILBOX else "",
        next_title=TEXTS[following].title if following else "",
        next_url=url_of(following, organisation) if following else "",
    )


def url_of(step: Step, organisation: Organisation) -> str:
    """Where the step is taken."""
    return reverse(ROUTES[step], args=[organisation.slug])


def beginning_of(person: Person) -> Organisation | None:
    """The organisation that this person leads through its beginning; None if there is none."""
    covered = coverage_of(person)
    numbers = [number for number, each in covered.items() if Right.ADMINISTER in each.rights]
    for organisation in Organisation.objects.filter(id__in=numbers):
        with covering([organisation.id]):
            if is_beginning(organisation):
                return organisation
    return None


@dataclass(frozen=True)
class Starter:
    """An answer of the country or the region, to begin with."""

    answer: SharedAnswer
    #: Blanks that this municipality has not filled yet.
    missing: list[str]
    is_adopted: bool
    #: One of those that ask least of a municipality.
    is_proposed: bool


def starters_of(organisation_id: int) -> dict[str, list[Starter]]:
    """All shared answers, by group of topics."""
    rows = list(shared(organisation_id).exclude(organisation_id=organisation_id).order_by("title"))
    adopted = set(
        Adoption.objects.filter(organisation_id=organisation_id).values_list("answer_id", flat=True)
    )
    missing = {each.id: _missing(organisation_id, [each.text_nl]) for each in rows}
    easiest = sorted(
        (each for each in rows if each.id not in adopted), key=lambda each: len(missing[each.id])
    )
    wanted = max(0, FIRST_ANSWERS - _answers_at_hand(organisation_id))
    proposed = {each.id for each in easiest[:wanted]}
    grouped: dict[str, list[Starter]] = defaultdict(list)
    for each in rows:
        group = each.topic.group if each.topic else "Overig"
        grouped[group].append(Starter(each, missing[each.id], each.id in adopted, each.id in proposed))
    return dict(sorted(grouped.items()))


def _missing(organisation_id: int, texts: Iterable[str]) -> list[str]:
    known = set(Fact.objects.filter(organisation_id=organisation_id).values_list("name", flat=True))
    return [name for name in wanted_facts(texts) if name not in known]


def unadopted(organisation_id: int, ids: Iterable[UUID]) -> list[SharedAnswer]:
    """Those of these shared answers that can still be adopted."""
    adopted = Adoption.objects.filter(organisation_id=organisation_id)
    rows = shared(organisation_id).exclude(organisation_id=organisation_id)
    return list(rows.filter(id__in=list(ids)).exclude(id__in=adopted.values("answer_id")))


def blanks_of(organisation_id: int) -> list[Missing]:
    """What the answers at hand ask for and nobody wrote, most asked first."""
    asked: dict[str, list[str]] = defaultdict(list)
    adopted = Adoption.objects.filter(organisation_id=organisation_id).values("answer_id")
    known: list[Answer | SharedAnswer] = [
        *own(organisation_id).filter(state=State.PUBLISHED),
        *shared(organisation_id).filter(id__in=adopted),
    ]
    for standing in current(organisation_id, known):
        for name in _missing(organisation_id, [whole_text(standing, "nl")]):
            asked[name].append(standing.wording.title)
    missing = [Missing(name, titles) for name, titles in asked.items()]
    return sorted(missing, key=lambda each: (-len(each.titles), each.name))
