"""What a rule would do, and with whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.conversations.queries.conditions import Asker, ask
from mijngemeente.conversations.rules.conditions import Condition, condition_of
from mijngemeente.organisations.models import Absence, Member, Organisation
from mijngemeente.organisations.queries import absences_on, hours_of, members_answering_for, providers_of
from mijngemeente.organisations.rules.covering import Moment, holds_now
from mijngemeente.platform.errors import Refused

from ..models import AssignmentRule, RuleMember, Skill
from ..rules import Candidate, Full

#: On how long a past a rule is tried.
TRIED_ON = timedelta(days=30)


def rules_at_work(organisation_id: int) -> "QuerySet[AssignmentRule]":
    """Those that are on, in the order in which they are looked at."""
    return AssignmentRule.objects.filter(organisation_id=organisation_id, is_on=True)


def broken_rules(organisation_id: int) -> "QuerySet[AssignmentRule]":
    """Those that switched themselves off, and wait for somebody to mend them."""
    return AssignmentRule.objects.filter(organisation_id=organisation_id, is_on=False).exclude(problem="")


def first_that_holds(
    conversation: Conversation, rules: Iterable[AssignmentRule], now: datetime
) -> AssignmentRule | None:
    """The rule that decides about this conversation."""
    looked_at = at_this_hour(conversation.organisation_id, rules, now)
    return next((rule for rule in looked_at if matching(rule, now).filter(id=conversation.id).exists()), None)


def at_this_hour(
    organisation_id: int, rules: Iterable[AssignmentRule], now: datetime
) -> Iterator[AssignmentRule]:
    """Those of the rules that are looked at now."""
    is_open: bool | None = None
    for rule in rules:
        if rule.moment != Moment.ALWAYS and is_open is None:
            is_open = hours_of(organisation_id).is_open(now)
        if holds_now(Moment(rule.moment), is_open=bool(is_open)):
            yield rule


def matching(rule: AssignmentRule, now: datetime) -> ConversationQuerySet:
    """The conversations a rule is about; none when its condition can no longer be read."""
    try:
        condition = condition_of(rule.condition)
    except Refused:
        return Conversation.objects.none()
    return ask(condition, asker(rule.organisation_id, now)).rows


def asker(organisation_id: int, now: datetime) -> Asker:
    """A rule looks in its own organisation, and is nobody in particular."""
    return Asker(now, (organisation_id,))


def sentence_of(condition: Condition, organisation_id: int, now: datetime) -> str:
    """The condition in words."""
    return ask(condition, asker(organisation_id, now)).sentence


def trouble_of(rule: AssignmentRule, now: datetime) -> str:
    """Why a rule can no longer do what it says, in a sentence; empty when it can."""
    try:
        answer = ask(condition_of(rule.condition), asker(rule.organisation_id, now))
    except Refused as refusal:
        return str(refusal)
    if answer.problems:
        return answer.problems[0]
    return _trouble_with_takers(rule)


def _trouble_with_takers(rule: AssignmentRule) -> str:
    if rule.team_id and rule.team_id not in {each.id for each in providers_of(rule.organisation_id)}:
        return f"{rule.team} werkt niet meer voor deze organisatie."
    named = {each.member_id for each in rule.takers.all()}
    working = {each.id for each in members_answering_for(rule.organisation_id)}
    if named and not named & working:
        return "Niemand van wie in deze regel staat, werkt hier nog."
    return ""


def candidates_for(rule: AssignmentRule, conversation: Conversation) -> list[Candidate]:
    """Everybody who works here now, how busy each is, and whom the rule names; the others may stand in."""
    working = {each.person_id: each for each in members_answering_for(rule.organisation_id)}
    away = absences_on(working, timezone.localdate())
    takers = {each.member_id: each for each in rule.takers.all()}
    counts, skilled = open_counts(rule.organisation_id), skilled_in(conversation)
    return [
        Candidate(
            member_id=member.id,
            open_count=counts[member.id],
            given_at=takers[member.id].given_at if member.id in takers else None,
            is_away=person_id in away,
            stand_in=_stand_in(away.get(person_id), working),
            is_skilled=member.id in skilled,
            is_named=member.id in takers,
        )
        for person_id, member in working.items()
    ]


def _stand_in(absence: Absence | None, working: Mapping[UUID, Member]) -> UUID | None:
    """As which member the stand-in works here, if they do."""
    found = working.get(absence.stand_in_id) if absence and absence.stand_in_id else None
    return found.id if found else None


def open_counts(organisation_id: int) -> Counter[UUID]:
    """How many conversations of this organisation wait for each member."""
    mine = Conversation.objects.filter(
        organisation_id=organisation_id, status=Conversation.Status.OPEN, assignee__isnull=False
    )
    return Counter(dict(mine.order_by().values_list("assignee").annotate(count=Count("id"))))


def skilled_in(conversation: Conversation) -> set[UUID]:
    """Who knows what the conversation is about; nobody while it has no topic."""
    if conversation.topic is None:
        return set()
    rows = Skill.objects.filter(
        organisation_id=conversation.organisation_id, topic_group=conversation.topic.group
    )
    return set(rows.values_list("member_id", flat=True))


def waiting_for_nobody(
    organisation_id: int, most: int, now: datetime, full: Collection[Full] = ()
) -> list[UUID]:
    """Open conversations of nobody that some rule can do something with, longest waiting first.

    Those that no rule is about, or only one whose people are full, would stand before the others for ever.
    """
    rules = rules_at_work(organisation_id).prefetch_related("takers")
    wanted, decided = [], Q(pk__in=[])
    for rule in at_this_hour(organisation_id, rules, now):
        about = Q(id__in=matching(rule, now).values("id"))
        wanted.append(about & ~decided & _something_to_do(rule, full))
        decided |= about
    if not wanted:
        return []
    rows = Conversation.objects.filter(
        reduce(or_, wanted), organisation_id=organisation_id, status=Conversation.Status.OPEN, assignee=None
    )
    return list(rows.order_by("waiting_since", "id").values_list("id", flat=True)[:most])


def full_for(rule: AssignmentRule, conversation_id: UUID) -> Full:
    """What it means that a rule found nobody for this conversation."""
    if not rule.needs_skill:
        return Full(rule.id)
    row = Conversation.objects.filter(organisation_id=rule.organisation_id, id=conversation_id)
    return Full(rule.id, row.values_list("topic__group", flat=True).get() or "")


def _something_to_do(rule: AssignmentRule, full: Collection[Full]) -> Q:
    """To be given to somebody with room, or to a team that does not have it yet."""
    to_team = ~Q(covered_by_id=rule.team_id) if rule.team_id else Q(pk__in=[])
    groups = {each.topic_group for each in full if each.rule_id == rule.id}
    if None in groups or not rule.takers.all():
        return to_team
    # Nobody knows about what has no topic.
    to_somebody = Q(topic__group__isnull=False) & ~Q(topic__group__in=groups) if rule.needs_skill else Q()
    return to_team | to_somebody if rule.team_id else to_somebody


@dataclass(frozen=True)
class Trial:
    """What a condition would have done in the past month."""

    #: New conversations in that time, and how many the rule would have given away.
    asked: int
    given: int
    #: How many it matches that a rule above it takes first.
    taken_before: int
    #: The most frequent topics among those given, with their counts.
    topics: list[tuple[str, int]]
    sentence: str
    problems: list[str]


TOPICS = 5


def trial_of(
    condition: Condition, organisation_id: int, above: Iterable[AssignmentRule], now: datetime
) -> Trial:
    """Try a condition on last month, below the rules that are looked at before it."""
    answer = ask(condition, asker(organisation_id, now))
    lately = Conversation.objects.filter(organisation_id=organisation_id, created_at__gte=now - TRIED_ON)
    matched = answer.rows.filter(created_at__gte=now - TRIED_ON)
    given = matched
    for rule in above:
        given = given.exclude(id__in=matching(rule, now).filter(created_at__gte=now - TRIED_ON).values("id"))
    count = given.count()
    return Trial(
        asked=lately.count(),
        given=count,
        taken_before=matched.count() - count,
        topics=_topics(given),
        sentence=answer.sentence,
        problems=answer.problems,
    )


def _topics(rows: ConversationQuerySet) -> list[tuple[str, int]]:
    counted = (
        rows.order_by().values_list("topic__label").annotate(count=Count("id")).order_by("-count")[:TOPICS]
    )
    return [(name or "nog geen onderwerp", count) for name, count in counted]


def above(rule: AssignmentRule) -> list[AssignmentRule]:
    """The rules that are on and looked at before this one."""
    return list(rules_at_work(rule.organisation_id).filter(position__lt=rule.position).exclude(id=rule.id))


def skills_of(organisation_id: int) -> dict[UUID, set[str]]:
    """Member → the groups of topics they know."""
    known: dict[UUID, set[str]] = {}
    for member_id, group in Skill.objects.filter(organisation_id=organisation_id).values_list(
        "member_id", "topic_group"
    ):
        known.setdefault(member_id, set()).add(group)
    return known


def takers_of(rule: AssignmentRule) -> list[RuleMember]:
    """Whom a rule names, by name."""
    return list(rule.takers.select_related("member__person").order_by("member__person__name"))


def choices_for(organisation_id: int) -> tuple[list[Member], list[Organisation]]:
    """The people and the teams that a rule can name."""
    return members_answering_for(organisation_id), providers_of(organisation_id)
