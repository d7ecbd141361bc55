"""The queue is part of the caller's transaction, wherever the caller runs."""

import json

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from procrastinate.testing import InMemoryConnector

from mijngemeente.platform import jobs


def lost_by(cause):
    """What Django makes of a failure of PostgreSQL."""
    failure = OperationalError(str(cause))
    failure.__cause__ = cause
    return failure


@pytest.mark.django_db
def test_a_job_queued_by_a_job_is_part_of_its_transaction_too():
    """A worker puts a connector of its own into the queue, with connections of its own."""
    with queue.replace_connector(InMemoryConnector()):
        jobs.later("intake.take_in", organisation_id=1, id=7)
    assert ProcrastinateJob.objects.filter(task_name="intake.take_in").count() == 1


@pytest.mark.django_db
def test_what_may_wait_once_waits_once():
    for _ in range(2):
        jobs.later("intake.take_in", organisation_id=1, once="just one", id=7)
    assert ProcrastinateJob.objects.filter(task_name="intake.take_in").count() == 1


@pytest.mark.django_db
def test_of_jobs_for_the_same_turn_one_runs_at_a_time_and_the_first_first():
    for number in (1, 2):
        jobs.later("intake.take_in", organisation_id=1, in_turn="a conversation", id=number)
    jobs.later("intake.take_in", organisation_id=1, id=3)
    assert [fetched(), fetched(), fetched()] == ["1", "3", None]


@pytest.mark.django_db
def test_a_button_goes_before_the_post_and_the_post_before_receipts():
    for number, haste in enumerate((jobs.Haste.CAN_WAIT, jobs.Haste.ORDINARY, jobs.Haste.PERSON)):
        jobs.later("intake.take_in", organisation_id=1, haste=haste, id=number)
    assert [fetched(), fetched(), fetched()] == ["2", "1", "0"]


def test_what_runs_by_the_clock_goes_before_everything():
    periodic = queue.periodic_registry.periodic_tasks.values()
    assert {each.configure_kwargs["priority"] for each in periodic} == {jobs.Haste.CLOCK}


def fetched():
    """The id that the next worker gets, as Procrastinate decides it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute("SELECT args FROM procrastinate_fetch_job_v2(NULL, %s)", cursor.fetchone())
        (arguments,) = cursor.fetchone()
    return json.loads(arguments)["id"] if arguments else None


def test_a_job_that_no_room_has_is_refused():
    with pytest.raises(jobs.UnknownJob):
        jobs.later("intake.no_such_job", organisation_id=1)


@pytest.mark.parametrize(
    ("name", "failure", "is_tried_again"),
    [
        ("conversations.sweep", ValueError("a fault of ours"), False),
        ("conversations.sweep", lost_by(psycopg.errors.QueryCanceled()), False),
        ("conversations.sweep", lost_by(psycopg.errors.AdminShutdown()), True),
        ("conversations.sweep", lost_by(psycopg.errors.ConnectionFailure()), True),
        (
            "intake.poll_all",
            lost_by(psycopg.OperationalError("server closed the connection unexpectedly")),
            True,
        ),
        ("intake.poll_all", InterfaceError("connection already closed"), True),
        ("clusters.gather", ExceptionGroup("a round", [InterfaceError("closed")]), True),
        ("clusters.gather", ExceptionGroup("a round", [InterfaceError("closed"), ValueError()]), False),
        ("conversations.deliver", ValueError("a fault of ours"), True),
        ("intake.take_in", InterfaceError("connection already closed"), True),
    ],
)
def test_what_runs_by_the_clock_is_tried_again_only_when_the_database_was_lost(name, failure, is_tried_again):
    job = Job(id=1, queue="default", task_name=name, lock=None, queueing_lock=None)
    decision = queue.tasks[name].retry_strategy.get_retry_decision(exception=failure, job=job)
    assert (decision is not None) == is_tried_again


@pytest.mark.django_db
def test_what_fails_for_one_organisation_keeps_no_other_from_its_turn(world):
    done = []

    def go_round():
        with jobs.in_turns() as turn:
            for organisation in (world.duinrand, world.veenwijk):
                with turn(organisation.id):
                    if organisation == world.duinrand:
                        raise ValueError
                    done.append(organisation)

    with pytest.raises(ExceptionGroup):
        go_round()
    assert done == [world.veenwijk]
