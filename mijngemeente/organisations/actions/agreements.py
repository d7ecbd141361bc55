"""Who covers whom."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from mijngemeente.platform import audit

from ..errors import AgreementExists
from ..models import Member, Organisation, ServiceAgreement


def agree(
    *,
    client: Organisation,
    provider: Organisation,
    starts_on: date,
    ends_on: date | None,
    by: Member,
) -> ServiceAgreement:
    """Let the people of `provider` answer for `client` from that day, on every channel.

    Raises AgreementExists.
    """
    try:
        with transaction.atomic():
            agreement = ServiceAgreement.objects.create(
                provider=provider,
                client=client,
                starts_on=starts_on,
                ends_on=ends_on,
            )
            audit.record("agreement.made", client, by=by, agreement=agreement.id, provider=provider.id)
    except IntegrityError as error:
        raise AgreementExists from error
    return agreement


def end_agreement(*, agreement: ServiceAgreement, by: Member) -> None:
    """From now on the provider's people no longer answer; ending it twice is the same."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic():
        open_ended = ServiceAgreement.objects.filter(id=agreement.id).exclude(ends_on__lte=yesterday)
        if open_ended.update(ends_on=yesterday):
            audit.record("agreement.ended", agreement.client, by=by, agreement=agreement.id)
