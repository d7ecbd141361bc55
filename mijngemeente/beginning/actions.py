"""What a new municipality does in one go."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from mijngemeente.answers.actions import adopt, keep_fact
from mijngemeente.answers.models import Fact
from mijngemeente.organisations.actions import change_roles
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules import Role
from mijngemeente.platform import audit

from .queries import unadopted


def put_away(*, organisation: Organisation, by: Member) -> None:
    """Lead nobody along the steps any more; the page itself stays."""
    audit.record("beginning.put_away", organisation, by=by)


def answer_as_well(*, member: Member) -> bool:
    """Let an administrator answer residents too; True if that changed anything.

    No more than they may do for themselves among the colleagues, and written down in the same way.
    """
    return change_roles(member=member, roles={*member.roles, Role.AGENT.value}, by=member)


def adopt_together(*, organisation: Organisation, ids: Iterable[UUID], by: Member) -> int:
    """Say yes to the newest text of these shared answers; returns how many were new."""
    chosen = unadopted(organisation.id, ids)
    with transaction.atomic():
        for answer in chosen:
            adopt(answer=answer, version=answer.version, parts={}, by=by)
    return len(chosen)


def keep_facts(*, organisation: Organisation, values: Mapping[str, str], by: Member) -> int:
    """Write these facts by name; an empty one stays open. Returns how many were written."""
    written = {name: value for name, value in values.items() if value}
    with transaction.atomic():
        for name, value in written.items():
            keep_fact(organisation=organisation, name=name, kind=Fact.Kind.of(name), value=value, by=by)
    return len(written)
