"""Under which name residents know us, and how they reach us otherwise."""

from django.db import transaction

from mijngemeente.platform import audit

from ..models import EngagementRules, Member, Organisation


def change_details(
    *, organisation: Organisation, name: str, telephone: str, privacy_url: str, emergency: str, by: Member
) -> None:
    """Store what stands on every page of a resident; the address of those pages stays."""
    with transaction.atomic():
        Organisation.objects.filter(id=organisation.id).update(name=name)
        EngagementRules.objects.update_or_create(
            organisation_id=organisation.id,
            defaults={"telephone": telephone, "privacy_url": privacy_url, "emergency": emergency},
        )
        audit.record("organisation.changed", organisation, by=by, details=1)
