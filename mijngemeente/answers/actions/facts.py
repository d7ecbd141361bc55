"""Keeping the facts that fill blanks."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit

from ..models import Fact
from ..rules.blanks import blank_name


def keep_fact(*, organisation: Organisation, name: str, kind: str, value: str, by: Member | None) -> Fact:
    """Write a fact, looked up today; the same name again replaces its value."""
    with transaction.atomic():
        fact, _ = Fact.objects.update_or_create(
            organisation=organisation,
            name=blank_name(name),
            defaults={"kind": kind, "value": value, "checked_on": timezone.localdate()},
        )
        audit.record("fact.changed", fact, by=by)
    return fact


def check_fact(*, fact: Fact, by: Member) -> None:
    """Somebody looked, and it is still so."""
    with transaction.atomic():
        Fact.objects.filter(organisation_id=fact.organisation_id, id=fact.id).update(
            checked_on=timezone.localdate()
        )
        audit.record("fact.checked", fact, by=by)


def remove_fact(*, fact: Fact, by: Member) -> None:
    """The blank of that name stays open from now on."""
    with transaction.atomic():
        audit.record("fact.removed", fact, by=by)
        fact.delete()
