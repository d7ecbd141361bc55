"""Who covers an organisation, as its administrator reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from django.utils import timezone

from mijngemeente.assignment.queries import Shift, agreements_of, shift_by
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import Organisation, ServiceAgreement
from mijngemeente.organisations.queries import hours_for, hours_of
from mijngemeente.organisations.rules.hour_words import week_words
from mijngemeente.organisations.rules.hours import OpeningHours

from ..rules.agreements import terms_words


@dataclass(frozen=True)
class Shown:
    """One agreement, as its line on the page."""

    row: ServiceAgreement
    words: str
    #: When the team that answers is open itself.
    hours: str
    has_begun: bool
    #: Its people see only what they get.
    is_limited: bool


def covered_by(client: Organisation) -> list[Shown]:
    """Who answers for us now or later, in the order in which they are looked at."""
    return _all_shown(agreements_of(client.id))


def shown(row: ServiceAgreement) -> Shown:
    """The agreement in words."""
    return _shown(row, hours_of(row.provider_id))


def _all_shown(rows: Iterable[ServiceAgreement]) -> list[Shown]:
    found = list(rows)
    hours = hours_for({each.provider_id for each in found})
    return [_shown(each, hours[each.provider_id]) for each in found]


def _shown(row: ServiceAgreement, hours: OpeningHours) -> Shown:
    channels = [CHANNELS[each].name if each in CHANNELS else each for each in row.channels]
    return Shown(
        row,
        words=terms_words(row.terms, channels, row.topic_groups),
        hours=week_words(hours.week),
        has_begun=row.starts_on <= timezone.localdate(),
        is_limited=row.terms.is_limited,
    )


def ended(client: Organisation) -> list[ServiceAgreement]:
    """What is over, newest first."""
    rows = ServiceAgreement.objects.filter(client=client, ends_on__lt=timezone.localdate())
    return list(rows.select_related("provider").order_by("-ends_on")[:ENDED])


#: Older ones stand in the audit.
ENDED = 10


def covers(provider: Organisation) -> list[Shown]:
    """For whom we answer now or later."""
    rows = ServiceAgreement.objects.lasting(timezone.localdate()).filter(provider=provider)
    return _all_shown(rows.select_related("client", "provider").order_by("client__name"))


def trial_of(tried: ServiceAgreement) -> Shift:
    """What it would have done last month, below those above it that are on."""
    before = takewhile(lambda each: each.id != tried.id, agreements_of(tried.client_id))
    return shift_by(tried, [each for each in before if each.is_on], timezone.now())
