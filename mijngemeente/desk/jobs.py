"""The desk's part of the queue."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from mijngemeente.conversations.models import PendingReply
from mijngemeente.organisations.actions import begin_digest
from mijngemeente.organisations.models import Organisation, Person
from mijngemeente.organisations.queries import coverage_of, coverages_of, people_wanting_digest
from mijngemeente.platform import failpoints, jobs
from mijngemeente.platform.tenancy import acting_for, covering

from . import actions
from .models import BulkAct, ClusterAnswer
from .queries import choices, notifications

AT_A_TIME = 25
#: An answer to all that was laid ready so long ago is looked at anew.
PREPARED_AGE = timedelta(days=1)


def carry_out(*, organisation_id: int, id: str) -> None:
    """Do what was asked with many conversations, some at a time so that the screen sees it go."""
    _go_on(organisation_id, id, actions.carry_out)


def release_reply(*, organisation_id: int, id: str) -> None:
    """Send an answer whose moment has come."""
    with acting_for(organisation_id):
        rows = PendingReply.objects.select_related(
            "conversation__contact", "conversation__organisation", "author__person"
        )
        reply = rows.filter(organisation_id=organisation_id, id=id).first()
        if reply is not None:
            actions.release(reply=reply)


def undo_bulk(*, organisation_id: int, id: str) -> None:
    """Take it back from each."""
    _go_on(organisation_id, id, actions.undo)


def _go_on(organisation_id: int, id: str, step: Callable[..., bool]) -> None:
    has_more = True
    while has_more:
        with acting_for(organisation_id):
            act = BulkAct.objects.select_related("by__person").get(organisation_id=organisation_id, id=id)
            has_more = step(act, most=AT_A_TIME)


def answer_all(*, organisation_id: int, id: str) -> None:
    """Send one answer to all who write about one event, some at a time."""
    has_more = True
    while has_more:
        with acting_for(organisation_id):
            rows = ClusterAnswer.objects.select_related("by__person", "cluster")
            answer = rows.filter(
                organisation_id=organisation_id, id=id, state=ClusterAnswer.State.SENDING
            ).first()
            has_more = answer is not None and actions.answer_some(answer, most=AT_A_TIME)
        failpoints.reach("cluster.answered")


@jobs.every("50 3 * * *")
def sweep_drafts(timestamp: int) -> None:
    """Forget drafts that nobody came back to."""
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.values_list("id", flat=True):
            with turn(organisation_id):
                actions.forget_drafts(organisation_id=organisation_id, now=timezone.now())
                actions.forget_prepared(organisation_id=organisation_id, before=timezone.now() - PREPARED_AGE)


@jobs.every("55 3 * * *")
def sweep_bulk(timestamp: int) -> None:
    """Forget what was done with many conversations a month ago."""
    for organisation_id in Organisation.objects.values_list("id", flat=True):
        with acting_for(organisation_id):
            actions.forget_bulk(organisation_id=organisation_id, now=timezone.now())


@jobs.every("10 4 * * *")
def judge_answers(timestamp: int) -> None:
    """Find out which answers of the bank helped: by the resident's mark, or by their silence."""
    with jobs.in_turns() as turn:
        for organisation_id in Organisation.objects.values_list("id", flat=True):
            with turn(organisation_id):
                actions.judge_answers(organisation_id=organisation_id, now=timezone.now())


@jobs.every("0 6 * * *")
def send_digests(timestamp: int) -> None:
    """Each morning a mail to whoever wants one; one that fails does not keep the others."""
    people = coverages_of(people_wanting_digest(timezone.localdate()))
    for person_id, covered in people.items():
        if covered:
            jobs.later("desk.send_digest", organisation_id=min(covered), id=person_id)


def send_digest(*, organisation_id: int, id: str) -> None:
    """How many notifications somebody has not read; no mail when there are none, and never two a day."""
    person = Person.objects.get(id=UUID(id))
    workplace = choices.workplace_of(coverage_of(person))
    with covering(workplace.ids):
        count = notifications.unread_count(workplace)
    if count == 0 or not begin_digest(person=person, day=timezone.localdate()):
        return
    url = f"{settings.PUBLIC_URL}{reverse('desk:notifications')}"
    context = {"person": person, "count": count, "url": url}
    EmailMessage(
        subject="Ongelezen meldingen in MijnGemeente",
        body=render_to_string("desk/mail/digest.txt", context),
        to=[person.email],
    ).send()
