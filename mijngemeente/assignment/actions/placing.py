"""Giving conversations to people, as the rules say."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from .. import queries
from ..models import AssignmentRule, RuleMember
from ..rules import Full, taker
from .covering import cover_of
from .rules import check_rules, switch_off

#: Of those who wait for nobody, so many are looked at in one round.
ROUND = 200


def place(*, conversation: Conversation) -> AssignmentRule | None:
    """Let the rules decide about an open conversation of nobody; the rule that did, or None.

    A rule that names somebody who is gone switches itself off, and the next one is asked.
    """
    now = timezone.now()
    for rule in list(queries.rules_at_work(conversation.organisation_id)):
        if queries.first_that_holds(conversation, [rule], now) is None:
            continue
        problem = queries.trouble_of(rule, now)
        if not problem:
            _follow(rule, conversation)
            return rule
        switch_off(rule=rule, by=None, problem=problem)
    return None


def _follow(rule: AssignmentRule, conversation: Conversation) -> None:
    with transaction.atomic():
        if rule.team_id:
            cover = cover_of(rule, timezone.now())
            conversations.cover(
                conversation=conversation,
                by_team=rule.team_id,
                because=cover.because,
                until=cover.until,
                rule_id=rule.id,
            )
        candidates = queries.candidates_for(rule, conversation)
        chosen = taker(candidates, most_open=rule.most_open, needs_skill=rule.needs_skill)
        if chosen is not None:
            _give(rule, conversation, chosen)


def _give(rule: AssignmentRule, conversation: Conversation, member_id: UUID) -> None:
    member = Member.objects.select_related("person").get(id=member_id)
    if conversations.assign(conversation=conversation, to=member, by=None, rule_id=rule.id):
        rows = RuleMember.objects.filter(organisation_id=rule.organisation_id, rule=rule, member=member)
        rows.update(given_at=timezone.now())


def fill(*, organisation_id: int) -> int:
    """Let the rules decide about what waits for nobody, longest waiting first; returns how many were given.

    What a colleague is just taking is passed over, and so is the rest of what a rule is about once everybody
    in it has enough.
    """
    now, given, full, looked_at = timezone.now(), 0, set[Full](), set[UUID]()
    check_rules(organisation_id=organisation_id, now=now)
    while given < ROUND:
        waiting = queries.waiting_for_nobody(organisation_id, ROUND, now, full)
        new = [each for each in waiting if each not in looked_at]
        if not new:
            break
        for conversation_id in new:
            looked_at.add(conversation_id)
            rule, is_given = _place_waiting(organisation_id, conversation_id)
            given += is_given
            found = queries.full_for(rule, conversation_id) if rule and not is_given else None
            if found is not None and found not in full:
                full.add(found)
                break
    return given


def _place_waiting(organisation_id: int, conversation_id: UUID) -> tuple[AssignmentRule | None, bool]:
    """The rule that decided, and whether somebody has it now."""
    rows = Conversation.objects.filter(organisation_id=organisation_id, id=conversation_id)
    free = rows.filter(assignee=None, status=Conversation.Status.OPEN).select_related("topic")
    with transaction.atomic():
        conversation = free.select_for_update(skip_locked=True, of=("self",)).first()
        rule = place(conversation=conversation) if conversation is not None else None
        return rule, rule is not None and rows.filter(assignee__isnull=False).exists()
