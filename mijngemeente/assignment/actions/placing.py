"""Giving conversations to people, as the rules say."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from .. import queries
from ..models import AssignmentRule, RuleMember
from ..rules import taker
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
            conversations.cover(conversation=conversation, covered_by_id=rule.team_id)
        candidates = queries.candidates_for(rule, conversation)
        chosen = taker(candidates, most_open=rule.most_open, needs_skill=rule.needs_skill)
        if chosen is not None:
            _give(rule, conversation, chosen)


def _give(rule: AssignmentRule, conversation: Conversation, member_id: UUID) -> None:
    member = Member.objects.select_related("person").get(id=member_id)
    if conversations.assign(conversation=conversation, to=member, by=None):
        rows = RuleMember.objects.filter(organisation_id=rule.organisation_id, rule=rule, member=member)
        rows.update(given_at=timezone.now())


def fill(*, organisation_id: int) -> int:
    """Let the rules decide about what waits for nobody, longest waiting first; returns how many were given.

    What a colleague is just taking is passed over.
    """
    now, given = timezone.now(), 0
    check_rules(organisation_id=organisation_id, now=now)
    for conversation_id in queries.waiting_for_nobody(organisation_id, ROUND, now):
        rows = Conversation.objects.select_for_update(skip_locked=True, of=("self",)).select_related("topic")
        free = rows.filter(
            organisation_id=organisation_id,
            id=conversation_id,
            assignee=None,
            status=Conversation.Status.OPEN,
        )
        with transaction.atomic():
            conversation = free.first()
            if conversation is not None and place(conversation=conversation):
                given += Conversation.objects.filter(
                    organisation_id=organisation_id, id=conversation_id, assignee__isnull=False
                ).count()
    return given
