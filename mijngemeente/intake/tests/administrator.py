"""Where an administrator works, and what is written down of it."""

from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

BASE = "/duinrand/beheer/"


def lines(organisation) -> list[str]:
    with acting_for(organisation.id):
        rows = AuditLine.objects.filter(conversation_id__isnull=True).order_by("id")
        return list(rows.values_list("verb", flat=True))
