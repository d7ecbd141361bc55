"""Giving conversations to the team that is there, as agreements and rules say."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Conversation, ConversationQuerySet
from mijngemeente.organisations import actions as organisations
from mijngemeente.organisations.models import Member, ServiceAgreement
from mijngemeente.organisations.queries import hours_of
from mijngemeente.organisations.rules.covering import Because, Cover, Crowd, Moment

from .. import queries
from ..errors import NotWorking
from ..models import AssignmentRule
from ..queries import Covering

#: They stay locked until they are stored: nobody may wait for that longer than a blink.
ROUND = 100


def settle(*, conversation: Conversation, at: datetime) -> bool:
    """Let the team cover it that does so now; True if another one did. As it comes in.

    A rule that names a team goes before the agreements: it was made for just these conversations.
    """
    covering = _covering(conversation.organisation_id)
    return covering is not None and _settle(conversation, covering, at)


def _settle(conversation: Conversation, covering: Covering | None, at: datetime) -> bool:
    cover = _by_rule(conversation, at) or _by_agreement(conversation, covering, at)
    return conversations.cover(
        conversation=conversation,
        by_team=cover.provider_id or conversation.organisation_id,
        because=cover.because,
        until=cover.until,
        rule_id=cover.rule_id,
    )


def _covering(organisation_id: int) -> Covering | None:
    """None where nobody covers anything: most organisations."""
    found = queries.agreements_at_work(organisation_id)
    agreements = [each for each in found if each.provider.is_active]
    return Covering(organisation_id, agreements) if agreements else None


def _by_agreement(conversation: Conversation, covering: Covering | None, at: datetime) -> Cover:
    if covering is None:
        return Cover()
    # Counted anew for each: who moves makes room here, and takes it there.
    crowd = queries.crowd_of(conversation.organisation_id) if covering.counts_crowds else Crowd()
    return covering.of(queries.asked_of(conversation), crowd, at)


def _by_rule(conversation: Conversation, at: datetime) -> Cover | None:
    rules = queries.rules_at_work(conversation.organisation_id)
    if not rules.filter(team__isnull=False).exists():
        return None
    rule = queries.first_that_holds(conversation, rules, at)
    if rule is None or rule.team_id is None or queries.trouble_of(rule, at):
        return None
    return cover_of(rule, at)


def cover_of(rule: AssignmentRule, at: datetime) -> Cover:
    """What a rule with a team says: until the hour changes, if it looks at the hour."""
    is_always = rule.moment == Moment.ALWAYS
    until = None if is_always else hours_of(rule.organisation_id).next_change(at)
    return Cover(rule.team_id, Because.RULE, until, rule.id)


def move(*, organisation_id: int, at: datetime) -> bool:
    """Move the next that wait for nobody and whose hour has come; True while there may be more.

    What somebody is just doing something with is passed over until the next time; so two workers at once move
    nothing twice.
    """
    covering = _covering(organisation_id)
    with transaction.atomic():
        rows = _due(organisation_id, at).select_for_update(skip_locked=True, of=("self",))
        some = list(rows.select_related("topic").order_by("covers_until", "id")[:ROUND])
        for each in some:
            _settle(each, covering, at)
    return len(some) == ROUND


def _due(organisation_id: int, at: datetime) -> ConversationQuerySet:
    return Conversation.objects.filter(
        organisation_id=organisation_id,
        status=Conversation.Status.OPEN,
        assignee__isnull=True,
        covers_until__lte=at,
    )


def switch_agreement_on(*, agreement: ServiceAgreement, by: Member) -> bool:
    """Let its team get conversations by itself; False if it did.

    Raises NotWorking when it could take none.
    """
    problem = queries.trouble_with(agreement)
    if problem:
        raise NotWorking(f"Deze afspraak kan niet aan. {problem}")
    return organisations.switch_agreement_on(agreement=agreement, by=by)


def check_agreements(*, organisation_id: int) -> list[UUID]:
    """Switch off each agreement whose team or place is gone; returns those."""
    gone = []
    for agreement in queries.agreements_at_work(organisation_id):
        problem = queries.trouble_with(agreement)
        if not problem:
            continue
        if organisations.switch_agreement_off(agreement=agreement, by=None, problem=problem):
            gone.append(agreement.id)
    return gone
