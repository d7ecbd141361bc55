"""What dies halfway, and who comes at once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from mijngemeente.cli.tests.commands import ROOT
from mijngemeente.clusters import actions as clusters
from mijngemeente.clusters.actions.gathering import take_turn
from mijngemeente.clusters.errors import DecidedAlready
from mijngemeente.clusters.jobs import gather
from mijngemeente.clusters.models import Belonging, Cluster
from mijngemeente.desk import actions
from mijngemeente.desk.jobs import answer_all
from mijngemeente.desk.models import ClusterAnswer
from mijngemeente.desk.rules.clusters import Purpose
from mijngemeente.platform.tenancy import acting_for
from tests.database import address_of

from .steps import answers_to, burst, confirm, lay_ready, only


def test_a_worker_that_dies_between_two_rounds_answers_nobody_twice_and_passes_nobody_over(
    sanne, world, confirmed, four
):
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    with acting_for(world.duinrand.id):
        sending = ClusterAnswer.objects.select_related("by__person", "cluster").get()
        assert actions.answer_some(sending, most=2)
    # The job begins anew, as the queue gives it to another worker.
    for _ in range(2):
        answer_all(organisation_id=world.duinrand.id, id=str(sending.id))
    assert [len(answers_to(each)) for each in four] == [1] * 4


WORK = """
import sys, django
django.setup()
from mijngemeente.desk.jobs import answer_all
answer_all(organisation_id=int(sys.argv[1]), id=sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["cluster.answered", "send_reply.written:28"])
def test_a_worker_that_is_killed_answers_nobody_twice_and_passes_nobody_over(
    committed_world, own_database, gap
):
    world = committed_world
    asked = burst(world, world.duinrand, number=30)
    gather(0)
    cluster = confirm(world, world.duinrand, "sanne")
    with acting_for(world.duinrand.id):
        made = actions.prepare_answer(
            cluster=cluster, batch=uuid4(), by=world.members["sanne"], text="Ja", purpose=Purpose.NEWS
        )
        actions.begin_sending(answer=made, by=world.members["sanne"])
    killed = subprocess.run(
        [sys.executable, "-c", WORK, str(world.duinrand.id), str(made.id)],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": address_of(own_database),
            "DJANGO_SETTINGS_MODULE": "mijngemeente.settings",
            "MIJNGEMEENTE_FAILPOINT": gap,
        },
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    assert sum(len(answers_to(each)) for each in asked) == 25
    answer_all(organisation_id=world.duinrand.id, id=str(made.id))
    assert [len(answers_to(each)) for each in asked] == [1] * len(asked)


def test_a_round_that_fails_leaves_no_half_answer(sanne, world, confirmed, four):
    sanne.post(lay_ready(sanne, confirmed))
    with suppress(ZeroDivisionError), acting_for(world.duinrand.id):
        sending = ClusterAnswer.objects.select_related("by__person", "cluster").get()
        actions.answer_some(sending, most=2)
        raise ZeroDivisionError
    assert [answers_to(each) for each in four] == [[]] * 4
    answer_all(organisation_id=world.duinrand.id, id=str(sending.id))
    assert [len(answers_to(each)) for each in four] == [1] * 4


def at_once(*deeds: Callable[[], object]) -> None:
    for each in [in_thread(deed) for deed in deeds]:
        each.join(30)


def in_thread(deed: Callable[[], object]) -> Thread:
    def run() -> None:
        try:
            with suppress(DecidedAlready):
                deed()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_of_two_who_judge_at_once_one_decides(committed_world):
    world = committed_world
    asked = burst(world, world.duinrand)
    gather(0)
    cluster = only(world.duinrand)

    def judged(verb: Callable[..., None], who: str) -> Callable[[], None]:
        def judge() -> None:
            with acting_for(world.duinrand.id):
                verb(cluster=cluster, by=world.members[who])

        return judge

    at_once(judged(clusters.confirm, "sanne"), judged(clusters.refuse, "bram"))
    decided = only(world.duinrand)
    who = {"confirmed": "sanne", "refused": "bram"}[decided.state]
    assert decided.decided_by == world.members[who]
    with acting_for(world.duinrand.id):
        inside = Belonging.objects.filter(state="in").count()
    assert inside == (len(asked) if decided.state == "confirmed" else 0)


def test_of_two_who_bring_one_back_to_two_events_one_does(committed_world):
    world = committed_world
    duinrand, (asked, *_) = world.duinrand, burst(world, world.duinrand)
    gather(0)
    first = only(duinrand)
    with acting_for(duinrand.id):
        clusters.leave_out(cluster=first, conversation_ids=[asked.id], by=world.members["sanne"])
        now = timezone.now()
        second = Cluster.objects.create(
            organisation=duinrand, event=uuid4(), name="Anders", first_at=now, last_at=now
        )
        Belonging.objects.create(organisation=duinrand, cluster=second, conversation=asked, state="out")
    brought = []

    def bring_back(cluster: Cluster) -> None:
        with acting_for(duinrand.id):
            ids, by = [asked.id], world.members["sanne"]
            brought.append(clusters.bring_back(cluster=cluster, conversation_ids=ids, by=by))

    with acting_for(duinrand.id):
        take_turn(duinrand.id)
        threads = [in_thread(lambda each=each: bring_back(each)) for each in (first, second)]
        until_waiting(len(threads))
    for each in threads:
        each.join(30)
    assert sorted(brought) == [0, 1]


def until_waiting(number: int) -> None:
    """Until so many connections wait for a lock that another has."""
    until = monotonic() + 30
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
            if cursor.fetchone()[0] >= number:
                return
        sleep(0.02)
    raise AssertionError(number)


def test_two_workers_that_gather_and_answer_at_once_do_it_once(committed_world):
    world = committed_world
    asked = burst(world, world.duinrand, number=8)
    at_once(lambda: gather(0), lambda: gather(0))
    cluster = confirm(world, world.duinrand, "sanne")
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == len(asked)
        made = actions.prepare_answer(
            cluster=cluster, batch=uuid4(), by=world.members["sanne"], text="Ja", purpose=Purpose.NEWS
        )
        actions.begin_sending(answer=made, by=world.members["sanne"])

    def send() -> None:
        answer_all(organisation_id=world.duinrand.id, id=str(made.id))

    at_once(send, send)
    send()
    assert [len(answers_to(each)) for each in asked] == [1] * len(asked)


def test_two_answers_to_all_at_once_reach_nobody_twice(sanne, world, four, confirmed, run_jobs):
    first, second = lay_ready(sanne, confirmed, body="Een"), lay_ready(sanne, confirmed, body="Twee")
    sanne.post(first)
    sanne.post(second)
    run_jobs()
    assert [len(answers_to(each)) for each in four] == [1] * 4
