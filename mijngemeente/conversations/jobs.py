"""Conversations' part of the queue."""

from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.utils import timezone

from mijngemeente.channels.contract import WireError
from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import failpoints, jobs
from mijngemeente.platform.lines import AGAIN_SECONDS, lines
from mijngemeente.platform.tenancy import acting_for, covering

from . import actions, queries
from .actions import mails
from .models import Conversation, Delivery, DepartmentQuestion, Message, Reminder

#: The server of what we mail to colleagues; a resident's mail goes by the server of an inbox.
OWN_POST = "own post"


def deliver(*, organisation_id: int, id: str) -> None:
    """Hand one message to its channel; later, while that server keeps others waiting."""
    with acting_for(organisation_id):
        rows = Delivery.objects.select_related("message__conversation__contact", "inbox")
        delivery = rows.filter(id=id).first()
    # Gone: the conversation was erased meanwhile.
    if delivery is None:
        return
    with lines.to(delivery.inbox_id) as is_free:
        if is_free:
            _deliver(organisation_id, delivery)
            return
    _again("conversations.deliver", organisation_id, id)


def _again(task: str, organisation_id: int, id: str) -> None:
    with acting_for(organisation_id):
        soon = timezone.now() + timedelta(seconds=AGAIN_SECONDS)
        jobs.later(task, organisation_id=organisation_id, at=soon, id=id)


def _deliver(organisation_id: int, delivery: Delivery) -> None:
    """No transaction is open while we speak."""
    with acting_for(organisation_id):
        if not actions.claim(delivery):
            return
    failpoints.reach("deliver.claimed")
    wire = CHANNELS[delivery.inbox.kind].wire
    try:
        with acting_for(organisation_id):
            outgoing, credentials = queries.outgoing_of(delivery)
            actions.name_message(delivery=delivery, external_id=wire.id_of(outgoing, key=delivery.id))
        receipt = wire.send(outgoing, credentials, key=delivery.id)
    except WireError as error:
        with acting_for(organisation_id):
            actions.record_failure(delivery=delivery, error=error, is_idempotent=wire.is_idempotent)
        return
    failpoints.reach("deliver.sent")
    with acting_for(organisation_id):
        actions.record_receipt(delivery=delivery, receipt=receipt)
    failpoints.reach("deliver.recorded")


def wake(*, organisation_id: int, id: str, by: str) -> None:
    """A conversation that was put off comes back."""
    with acting_for(organisation_id):
        conversation = Conversation.objects.filter(organisation_id=organisation_id, id=id).first()
        if conversation is not None:
            actions.wake(conversation=conversation, tell=queries.member_of(UUID(by)))


def stop_waiting(*, organisation_id: int, id: str) -> None:
    """The resident was asked which municipality it is, long ago."""
    with acting_for(organisation_id):
        conversation = Conversation.objects.filter(organisation_id=organisation_id, id=id).first()
        if conversation is not None:
            actions.stop_waiting(conversation=conversation)


def remind_department(*, organisation_id: int, id: str) -> None:
    """Ask a department again what it did not answer."""
    with acting_for(organisation_id):
        question = _question(organisation_id, id)
        if question is not None:
            actions.remind_department(question=question)


def mail_question(*, organisation_id: int, id: str) -> None:
    """Mail the question with its link; run again after a broken line, it mails the same link.

    Later, while our own mail server keeps others waiting.
    """
    with acting_for(organisation_id):
        question = _question(organisation_id, id)
        inbox = queries.inbox_for(organisation_id, "email")
    if question is None or not question.is_open(timezone.now()):
        return
    with lines.to(OWN_POST) as is_free:
        if is_free:
            mails.of_question(question, inbox).send()
            return
    _again("conversations.mail_question", organisation_id, id)


def _question(organisation_id: int, id: str) -> DepartmentQuestion | None:
    rows = DepartmentQuestion.objects.select_related(
        "conversation", "department", "asked_by__person", "organisation"
    )
    return rows.filter(organisation_id=organisation_id, id=id).first()


def remind(*, organisation_id: int, id: str) -> None:
    """Tell somebody what they wanted to be reminded of."""
    with acting_for(organisation_id):
        rows = Reminder.objects.select_related("conversation", "member__person")
        reminder = rows.filter(organisation_id=organisation_id, id=id).first()
        if reminder is not None:
            actions.tell_reminder(reminder=reminder)


@jobs.every("* * * * * */15")
def sweep(timestamp: int) -> None:
    """Find deliveries whose worker was lost."""
    everywhere = Organisation.objects.filter(is_active=True).values_list("id", flat=True)
    with covering(everywhere):
        lost = queries.lost_deliveries(timezone.now())
    with jobs.in_turns() as turn:
        for organisation_id, delivery_id in lost:
            failpoints.reach("sweep.found")
            with turn(organisation_id):
                _abandon(delivery_id)


def _abandon(delivery_id: UUID) -> None:
    """Nothing when the conversation was erased since it was found."""
    for delivery in Delivery.objects.select_related("message__conversation", "inbox").filter(id=delivery_id):
        wire = CHANNELS[delivery.inbox.kind].wire
        actions.abandon(delivery=delivery, is_idempotent=wire.is_idempotent)


def refresh_search(*, organisation_id: int, id: str) -> None:
    """What one resident is found by has changed."""
    with acting_for(organisation_id):
        actions.refresh_contact(organisation_id=organisation_id, contact_id=UUID(id))


@jobs.every("* * * * *")
def refresh_emptied(timestamp: int) -> None:
    """Make findable again what the database emptied, as something changed under it."""
    everywhere = Organisation.objects.filter(is_active=True).values_list("id", flat=True)
    with covering(everywhere):
        emptied = queries.organisations_with_emptied_entries()
    with jobs.in_turns() as turn:
        for organisation_id in emptied:
            with turn(organisation_id):
                actions.refresh_emptied(organisation_id=organisation_id)


def complete_hand_over(*, organisation_id: int, from_organisation: str, id: str, new_id: str) -> None:
    """Begin the handed-over conversation at the other organisation."""
    with acting_for(organisation_id, reading=[int(from_organisation)]):
        actions.complete_hand_over(
            original=Conversation.objects.select_related("contact").get(id=id),
            to=Organisation.objects.get(id=organisation_id),
            new_id=UUID(new_id),
        )


def complete_addition(*, organisation_id: int, from_organisation: str, id: str, to: str) -> None:
    """What a resident added goes after what was handed over; again later while that does not stand there."""
    with acting_for(organisation_id, reading=[int(from_organisation)]):
        message = Message.objects.select_related("conversation", "organisation").filter(id=id).first()
        # Gone: it was erased meanwhile.
        if message is not None:
            actions.complete_addition(message=message, organisation_id=organisation_id, to=UUID(to))


def record_arrival(*, organisation_id: int, id: str, new_id: str, stands_in: str = "") -> None:
    """What was handed over stands there now."""
    with acting_for(organisation_id):
        actions.record_arrival(
            original=Conversation.objects.get(id=id),
            new_id=UUID(new_id),
            stands_in=UUID(stands_in) if stands_in else None,
        )


@jobs.every("* * * * *")
def watch(timestamp: int) -> None:
    """Say of each clock that turned amber or red that it did."""
    everywhere = Organisation.objects.filter(is_active=True).values_list("id", flat=True)
    now = timezone.now()
    with covering(everywhere):
        turned = sorted(queries.turning(now))
    with jobs.in_turns() as turn:
        for organisation_id, group in groupby(turned, key=itemgetter(0)):
            with turn(organisation_id):
                for conversation in Conversation.objects.filter(id__in=[each for _, each in group]):
                    actions.tell_of_clock(conversation=conversation, at=now)


def recompute(*, organisation_id: int, because: str, after: str = "", moved: str = "0") -> None:
    """Set the clocks of an organisation by the norms of now, some at a time."""
    with acting_for(organisation_id):
        actions.recompute(
            organisation=Organisation.objects.get(id=organisation_id),
            because=because,
            after=UUID(after) if after else None,
            moved=int(moved),
        )


@jobs.every("20 2 * * *")
def recompute_everywhere(timestamp: int) -> None:
    """Every night: a new list of holidays, or a clock that was missed."""
    for organisation_id in Organisation.objects.filter(is_active=True).values_list("id", flat=True):
        jobs.later(
            "conversations.recompute",
            organisation_id=organisation_id,
            in_turn=f"recompute {organisation_id}",
            because="night",
        )
