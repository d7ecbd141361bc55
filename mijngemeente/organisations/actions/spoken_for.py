"""How an organisation wants to be spoken for."""

from django.db import transaction

from mijngemeente.platform import audit

from ..models import EngagementRules, Member


def change_engagement_rules(*, rules: EngagementRules, by: Member) -> None:
    """Store the rules as filled in; the first time they are written, a row is made."""
    with transaction.atomic():
        fields = [
            field.name for field in rules._meta.concrete_fields if field.name not in {"id", "organisation"}
        ]
        EngagementRules.objects.update_or_create(
            organisation_id=rules.organisation_id, defaults={name: getattr(rules, name) for name in fields}
        )
        audit.record("organisation.changed", by.organisation, by=by, rules=1)
