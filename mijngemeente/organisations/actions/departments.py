"""The departments that can be asked."""

from django.db import transaction

from mijngemeente.platform import audit

from ..models import Department, Member


def add_department(*, name: str, email: str, by: Member, organisation_id: int) -> Department:
    """Put a department on the list; one that was taken off by that name comes back, with this address."""
    with transaction.atomic():
        known = Department.objects.filter(organisation_id=organisation_id, name__iexact=name).first()
        department = known or Department(organisation_id=organisation_id)
        department.name, department.email, department.is_active = name, email, True
        department.save()
        audit.record("department.added", department, by=by)
    return department


def remove_department(*, department: Department, by: Member) -> bool:
    """Take it off the list; questions that were asked can still be answered."""
    rows = Department.objects.filter(organisation_id=department.organisation_id, id=department.id)
    with transaction.atomic():
        removed = rows.filter(is_active=True).update(is_active=False) == 1
        if removed:
            audit.record("department.removed", department, by=by)
    return removed
