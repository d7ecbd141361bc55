"""Whom somebody works for, and through which inboxes."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.seals import make_token, unseal
from mijngemeente.reference.queries import holidays

from .models import (
    Absence,
    ClosingDay,
    EngagementRules,
    InboxAddress,
    InboxCredentials,
    Invitation,
    Member,
    NotificationChoice,
    OpeningWeek,
    Organisation,
    Person,
    ServiceAgreement,
    ServiceLevel,
    Theme,
)
from .rules import Agreed, Coverage, Membership, Right, Role, coverage, rights_of
from .rules.covering import is_limited
from .rules.hour_words import closing_words, date_words
from .rules.hours import OpeningHours, closed_days
from .rules.levels import Case, Level, level_for


def coverage_of(person: Person) -> dict[int, Coverage]:
    """Organisation id → as whom and with which rights this person works there now."""
    return coverages_of([person.id])[person.id]


def coverages_of(people: Collection[UUID]) -> dict[UUID, dict[int, Coverage]]:
    """As `coverage_of`, for many people at once."""
    members = Member.objects.current().filter(person__in=people, organisation__is_active=True)
    memberships: dict[UUID, list[Membership]] = {each: [] for each in people}
    for person, member, number, roles in members.values_list("person_id", "id", "organisation_id", "roles"):
        memberships[person].append(Membership(member, number, frozenset(map(Role, roles))))
    providers = {each.organisation_id for own in memberships.values() for each in own}
    agreements = ServiceAgreement.objects.in_force(timezone.localdate()).filter(
        provider_id__in=providers, client__is_active=True
    )
    columns = ("provider_id", "client_id", "channels", "topic_groups", "reaches")
    # Without rows: for who covers the country each request reads hundreds.
    lent = [
        Agreed(provider, client, is_limited(channels, groups, reaches))
        for provider, client, channels, groups, reaches in agreements.values_list(*columns)
    ]
    return {person: coverage(own, lent) for person, own in memberships.items()}


def members_answering_for(organisation_id: int) -> list[Member]:
    """Everybody who may answer for this organisation now: its own people, then those of its providers."""
    return _members_who_may(Right.REPLY, organisation_id)


def members_reading(organisation_id: int) -> list[Member]:
    """Everybody who may read the conversations of this organisation now."""
    return _members_who_may(Right.READ, organisation_id)


def _members_who_may(right: Right, organisation_id: int) -> list[Member]:
    providers = ServiceAgreement.objects.in_force(timezone.localdate()).filter(client_id=organisation_id)
    members = Member.objects.current().filter(
        Q(organisation_id=organisation_id) | Q(organisation_id__in=providers.values("provider_id")),
        organisation__is_active=True,
        person__is_active=True,
        person__is_machine=False,
    )
    named = members.select_related("person", "organisation").order_by("person__name")
    own_first = sorted(named, key=lambda member: member.organisation_id != organisation_id)
    found: dict[UUID, Member] = {}
    for member in own_first:
        if right in rights_of(map(Role, member.roles)):
            found.setdefault(member.person_id, member)
    return list(found.values())


def notification_choice(person: Person) -> NotificationChoice:
    """What this person wants to be told; everything while they chose nothing."""
    return NotificationChoice.objects.filter(person=person).first() or NotificationChoice(person=person)


def people_wanting_digest(day: date) -> list[UUID]:
    """Persons who want a mail in the morning and had none on that day."""
    rows = NotificationChoice.objects.filter(wants_digest=True, person__is_active=True)
    return list(rows.exclude(digest_on=day).values_list("person_id", flat=True))


def providers_of(organisation_id: int) -> list[Organisation]:
    """The organisations whose teams answer for this one now."""
    agreements = ServiceAgreement.objects.in_force(timezone.localdate()).filter(client_id=organisation_id)
    return list(Organisation.objects.filter(id__in=agreements.values("provider_id"), is_active=True))


def credentials_of(inbox: InboxAddress) -> dict[str, Any]:
    """The settings of an inbox, unsealed; empty if the channel needs none. Inside the owner's unit."""
    kept = InboxCredentials.objects.filter(inbox=inbox).first()
    settings: dict[str, Any] = json.loads(unseal(kept.sealed)) if kept else {}
    return settings


def rules_of(organisation_id: int) -> EngagementRules:
    """The engagement rules, or the defaults of the country while none were written."""
    kept = EngagementRules.objects.filter(organisation_id=organisation_id).first()
    return kept or EngagementRules(organisation_id=organisation_id)


def opening_week_of(organisation_id: int) -> OpeningWeek:
    """When the organisation is open, or office hours while it never said so."""
    kept = OpeningWeek.objects.filter(organisation_id=organisation_id).first()
    return kept or OpeningWeek(organisation_id=organisation_id)


def hours_of(organisation_id: int) -> OpeningHours:
    """The clock of an organisation, with holidays and its own closing days; in any unit, or outside."""
    return hours_as(opening_week_of(organisation_id))


def hours_as(week: OpeningWeek) -> OpeningHours:
    """As `hours_of`, for a week that is not stored yet."""
    return _clock(week, ClosingDay.objects.filter(organisation_id=week.organisation_id))


def hours_for(organisation_ids: Iterable[int]) -> dict[int, OpeningHours]:
    """Organisation id → its clock, for many at once."""
    ids = list(organisation_ids)
    weeks = {each.organisation_id: each for each in OpeningWeek.objects.filter(organisation_id__in=ids)}
    closings: dict[int, list[ClosingDay]] = {}
    for each in ClosingDay.objects.filter(organisation_id__in=ids):
        closings.setdefault(each.organisation_id, []).append(each)
    return {
        number: _clock(weeks.get(number) or OpeningWeek(organisation_id=number), closings.get(number, []))
        for number in ids
    }


def _clock(week: OpeningWeek, closings: Iterable[ClosingDay]) -> OpeningHours:
    own = [each.closing for each in closings]
    return OpeningHours(week.hours.week, closed_days(holidays(), week.choice, own))


@dataclass(frozen=True)
class Closed:
    """When an organisation is closed, and why."""

    starts_on: date
    when: str
    reason: str
    #: The closing day that says so; None for a holiday.
    closing_id: UUID | None = None


def closed_ahead(week: OpeningWeek, today: date) -> list[Closed]:
    """The holidays and closing days of a year to come, by date."""
    until = today + timedelta(days=365)
    national = [
        Closed(day, date_words(day), name)
        for day, name in holidays()
        if today <= day <= until and week.choice.closes_on(day, name)
    ]
    rows = ClosingDay.objects.filter(organisation_id=week.organisation_id, ends_on__gte=today)
    own = [Closed(each.starts_on, closing_words(each.closing), each.reason, each.id) for each in rows]
    return sorted([*national, *own], key=lambda each: each.starts_on)


@dataclass(frozen=True)
class Recount:
    """What changed hours or norms did to what was open."""

    at: datetime
    #: None while it still runs.
    moved: int | None


def recount_of(organisation_id: int) -> Recount | None:
    """The last recomputing that somebody asked for; None if nobody ever did."""
    lines = AuditLine.objects.filter(organisation_id=organisation_id, conversation_id=None)
    asked = lines.filter(verb__in=("hours.changed", "levels.changed")).order_by("-id").first()
    if asked is None:
        return None
    done = lines.filter(verb="levels.recomputed", id__gt=asked.id).order_by("-id").first()
    return Recount(done.at, int(done.detail["moved"])) if done else Recount(asked.at, None)


def levels_of(organisation_id: int) -> list[Level]:
    """The service levels that an organisation set; none for one that keeps the usual."""
    return [each.level for each in ServiceLevel.objects.filter(organisation_id=organisation_id)]


def first_reply_norm(organisation_id: int) -> timedelta | None:
    """How soon an ordinary question is answered."""
    return level_for(levels_of(organisation_id), Case("", "", 0, "")).first_reply


def token_of(invitation: Invitation) -> str:
    """The secret in the mailed link: 128 bits of keyed hash, another one each time it is renewed."""
    moment = int(invitation.expires_at.timestamp() * 1_000_000)
    return make_token(f"invitation {moment}", invitation.id)


def invitation_url(invitation: Invitation) -> str:
    """Where the invited person accepts: whoever has it can."""
    return settings.PUBLIC_URL + reverse("people:invitation", args=[token_of(invitation)])


def digest_of(token: str) -> str:
    """What we keep of a mailed secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation a mailed link was made for, open or not."""
    rows = Invitation.objects.select_related("organisation", "invited_by__person")
    return rows.filter(token_digest=digest_of(token)).first()


def tokens_of(organisation_id: int) -> dict[str, str]:
    """An organisation's own design tokens, checked when they were loaded; empty if it has none."""
    theme = Theme.objects.filter(organisation_id=organisation_id).first()
    return dict(theme.tokens) if theme else {}


def has_second_factor(person: Person) -> bool:
    """They sign in with a code from their telephone as well."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    return bool(rows.exists())


def must_set_up_second_factor(person: Person) -> bool:
    """They may not work before they have one."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and not has_second_factor(person)


def people_kept_out(people: Collection[UUID]) -> set[UUID]:
    """Those who may not work before they have a second factor."""
    return set(people) - _with_second_factor(people) if settings.SECOND_FACTOR_REQUIRED else set()


def people_with_second_factor(members: Iterable[Member]) -> set[UUID]:
    """Those of the members' people who have one."""
    return _with_second_factor([member.person_id for member in members])


def _with_second_factor(people: Collection[UUID]) -> set[UUID]:
    rows = Authenticator.objects.filter(user_id__in=people, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))


def members_of(organisation: Organisation) -> QuerySet[Member]:
    """Everybody who works there now, by name."""
    return (
        Member.objects.current()
        .filter(organisation=organisation, person__is_machine=False)
        .select_related("person")
        .order_by("person__name", "id")
    )


def waiting_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Those neither accepted nor withdrawn, expired ones included."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).order_by("-invited_at")


@dataclass(frozen=True)
class Workplace:
    """An organisation somebody works for."""

    organisation: Organisation
    rights: frozenset[Right]
    #: As what, in Dutch; empty when they come through a service agreement.
    roles: list[str]

    @property
    def is_own(self) -> bool:
        """They are a member there, rather than lent."""
        return bool(self.roles)


def first_of(organisation_ids: Iterable[int]) -> str:
    """The slug of the first by name."""
    rows = Organisation.objects.filter(id__in=list(organisation_ids)).order_by("name")
    return rows.values_list("slug", flat=True)[0]


def workplaces_of(person: Person) -> list[Workplace]:
    """Everything somebody works for now, by name."""
    return workplaces_in(coverage_of(person), person)


def workplaces_in(covered: Mapping[int, Coverage], person: Person) -> list[Workplace]:
    """As `workplaces_of`, for who knows already what this person covers."""
    own = {each.organisation_id: each for each in Member.objects.current().filter(person=person)}
    return [
        Workplace(each, covered[each.id].rights, own[each.id].role_names if each.id in own else [])
        for each in Organisation.objects.filter(id__in=covered).order_by("name")
    ]


def absences_on(people: Iterable[UUID], day: date) -> dict[UUID, Absence]:
    """Person id → why they are not here on that day; whoever works is not in it."""
    rows = Absence.objects.filter(person__in=list(people), starts_on__lte=day, ends_on__gte=day)
    return {each.person_id: each for each in rows}


def absence_of(person: Person) -> Absence | None:
    """What somebody said of being away, if that is not over."""
    rows = Absence.objects.filter(person=person, ends_on__gte=timezone.localdate())
    return rows.select_related("stand_in").first()


def colleagues_of(person: Person) -> list[Person]:
    """Everybody else who works where this person is a member, by name."""
    mine = Member.objects.current().filter(person=person).values("organisation_id")
    members = Member.objects.current().filter(organisation_id__in=mine, person__is_active=True)
    rows = Person.objects.filter(id__in=members.values("person_id"))
    return list(rows.exclude(id=person.id).order_by("name"))
