"""How soon an organisation wants to answer. Each change moves what is due."""

from django.db import IntegrityError, transaction

from mijngemeente.platform import audit

from ..errors import LevelExists
from ..models import Member, ServiceLevel
from .hours import recompute_clocks


def change_level(*, level: ServiceLevel, by: Member) -> None:
    """Store a service level as filled in. Raises LevelExists for conversations that have one already."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                level.save()
        except IntegrityError as error:
            raise LevelExists from error
        audit.record("levels.changed", level, by=by)
        recompute_clocks(level.organisation_id)


def remove_level(*, level: ServiceLevel, by: Member) -> None:
    """Let the less specific levels hold again."""
    with transaction.atomic():
        audit.record("levels.changed", level, by=by, removed=1)
        ServiceLevel.objects.filter(organisation_id=level.organisation_id, id=level.id).delete()
        recompute_clocks(level.organisation_id)
