"""Asking owners to look at their answers."""

from collections.abc import Iterable
from datetime import date

from mijngemeente.platform.tenancy import acting_organisation

from ..queries.bank import Known


def record_reminder(*, answers: Iterable[Known], today: date) -> None:
    """Their owner heard of these."""
    for each in answers:
        type(each).objects.filter(organisation_id=acting_organisation(), id=each.id).update(reminded_on=today)
