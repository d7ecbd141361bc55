"""Work that does not succeed, once more."""

from django.db import transaction

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit, jobs


def retry_job(*, organisation: Organisation, number: int, by: Member) -> bool:
    """Do the organisation's work with this number at once; False if that is no longer needed."""
    with transaction.atomic():
        is_asked = jobs.at_once(number)
        if is_asked:
            audit.record("job.retried", organisation, by=by, job=number)
    return is_asked
