"""Whom somebody works for, and through which inboxes."""

import json
from typing import Any

from django.utils import timezone

from mijngemeente.platform.seals import unseal

from .models import EngagementRules, InboxAddress, InboxCredentials, Member, Person, ServiceAgreement
from .rules import Coverage, Membership, Role, coverage


def coverage_of(person: Person) -> dict[int, Coverage]:
    """Organisation id → as whom and with which rights this person works there now."""
    members = Member.objects.current().filter(person=person, organisation__is_active=True)
    memberships = [Membership(m.id, m.organisation_id, frozenset(map(Role, m.roles))) for m in members]
    agreements = ServiceAgreement.objects.in_force(timezone.localdate()).filter(
        provider_id__in=[m.organisation_id for m in memberships], client__is_active=True
    )
    return coverage(memberships, agreements.values_list("provider_id", "client_id"))


def credentials_of(inbox: InboxAddress) -> dict[str, Any]:
    """The settings of an inbox, unsealed; empty if the channel needs none. Inside the owner's unit."""
    kept = InboxCredentials.objects.filter(inbox=inbox).first()
    settings: dict[str, Any] = json.loads(unseal(kept.sealed)) if kept else {}
    return settings


def rules_of(organisation_id: int) -> EngagementRules:
    """The engagement rules, or the defaults of the country while none were written."""
    kept = EngagementRules.objects.filter(organisation_id=organisation_id).first()
    return kept or EngagementRules(organisation_id=organisation_id)
