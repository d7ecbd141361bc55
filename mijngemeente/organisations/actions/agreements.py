"""Who covers whom, for which conversations, and in which order."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from mijngemeente.platform import audit, jobs
from mijngemeente.platform.order import moved

from ..errors import AgreementExists, AgreementOver
from ..models import Member, Organisation, ServiceAgreement, ServiceAgreementQuerySet

#: What can be changed of an agreement while it holds.
TERMS = ("channels", "topic_groups", "reaches", "moment", "helps_above", "most_open", "ends_on")


def agree(
    *,
    client: Organisation,
    provider: Organisation,
    starts_on: date,
    ends_on: date | None,
    by: Member,
) -> ServiceAgreement:
    """Let the people of `provider` answer for `client` from that day, whatever they are given.

    Nothing goes there by itself until it is switched on. Raises AgreementExists.
    """
    rows = ServiceAgreement.objects.filter(client=client)
    try:
        with transaction.atomic():
            agreement = ServiceAgreement.objects.create(
                provider=provider,
                client=client,
                starts_on=starts_on,
                ends_on=ends_on,
                position=(rows.aggregate(last=Max("position"))["last"] or 0) + 1,
            )
            audit.record("agreement.made", client, by=by, agreement=agreement.id, provider=provider.id)
    except IntegrityError as error:
        raise AgreementExists from error
    return agreement


def change_terms(*, agreement: ServiceAgreement, by: Member) -> None:
    """Store for which conversations it is, as filled in; it is off until it was tried.

    Raises AgreementOver: terms of before it was ended do not bring it back.
    """
    values = {name: getattr(agreement, name) for name in TERMS}
    with transaction.atomic():
        lasting = _same(agreement).lasting(timezone.localdate())
        if not lasting.update(**values, is_on=False, problem=""):
            raise AgreementOver
        audit.record("agreement.changed", agreement.client, by=by, agreement=agreement.id)
        look_again(agreement.client_id)


def switch_agreement_on(*, agreement: ServiceAgreement, by: Member) -> bool:
    """Let its team get conversations by itself from now on; False if it did."""
    with transaction.atomic():
        switched = _same(agreement).filter(is_on=False).update(is_on=True, problem="") == 1
        if switched:
            audit.record("agreement.switched_on", agreement.client, by=by, agreement=agreement.id)
            look_again(agreement.client_id)
    return switched


def switch_agreement_off(*, agreement: ServiceAgreement, by: Member | None, problem: str = "") -> bool:
    """Its team gets nothing by itself any more; False if it did not. Without `by` it switches itself off."""
    with transaction.atomic():
        switched = _same(agreement).filter(is_on=True).update(is_on=False, problem=problem[:300]) == 1
        if switched:
            audit.record("agreement.switched_off", agreement.client, by=by, agreement=agreement.id)
            look_again(agreement.client_id)
    return switched


def move_agreement(*, agreement: ServiceAgreement, by: Member, steps: int) -> None:
    """Put it so many places further down among those of the client that are not over.

    Raises AgreementOver.
    """
    with transaction.atomic():
        rows = ServiceAgreement.objects.select_for_update().filter(client_id=agreement.client_id)
        lasting = rows.lasting(timezone.localdate()).order_by("position", "starts_on", "id")
        try:
            wanted = moved(list(lasting.values_list("id", flat=True)), agreement.id, steps)
        except ValueError as error:
            raise AgreementOver from error
        for position, each in enumerate(wanted, 1):
            rows.filter(id=each).update(position=position)
        audit.record("agreement.moved", agreement.client, by=by, agreement=agreement.id)
        look_again(agreement.client_id)


def end_agreement(*, agreement: ServiceAgreement, by: Member) -> None:
    """From now on the provider's people no longer answer; ending it twice is the same."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic():
        open_ended = ServiceAgreement.objects.filter(id=agreement.id).exclude(ends_on__lte=yesterday)
        if open_ended.update(ends_on=yesterday):
            audit.record("agreement.ended", agreement.client, by=by, agreement=agreement.id)
            look_again(agreement.client_id)


def look_again(organisation_id: int) -> None:
    """Have everything open of an organisation asked anew who covers it, in the background."""
    name = f"look again {organisation_id}"
    jobs.later("assignment.look_again", organisation_id=organisation_id, once=name, in_turn=name)


def _same(agreement: ServiceAgreement) -> ServiceAgreementQuerySet:
    return ServiceAgreement.objects.filter(id=agreement.id, client_id=agreement.client_id)
