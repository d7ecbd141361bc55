"""What comes in later, or after it is over."""

from datetime import timedelta

from django.utils import timezone

from mijngemeente.clusters.jobs import gather
from mijngemeente.clusters.models import Belonging, Cluster
from mijngemeente.platform.tenancy import acting_for

from .steps import answer, answers_to, burst, change, lay_ready, url


def test_a_new_arrival_joins_and_can_be_taken_out_and_put_back(sanne, world, confirmed):
    later = burst(world, world.duinrand, number=1, start=40)[0]
    gather(0)
    page = sanne.get(url(confirmed)).content.decode()
    assert "Later gekomen" in page
    for verb, state in (("leave_out", "out"), ("bring_back", "in")):
        sanne.post(url(confirmed, "besluit/"), {"verb": verb, "picked": [later.id]})
        with acting_for(world.duinrand.id):
            assert Belonging.objects.get(conversation=later).state == state
    timeline = sanne.get(f"/duinrand/werkplek/gesprekken/{later.id}/").content.decode()
    assert "zei dat dit niet hoort bij “Gesprongen leiding”" in timeline


def test_who_came_later_gets_the_same_answer(sanne, world, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs, body="We werken eraan.")
    later, last = burst(world, world.duinrand, number=2, start=50)
    gather(0)
    page = sanne.get(url(confirmed)).content.decode()
    assert "Geef 2 inwoners hetzelfde antwoord" in page
    of_one = f"/duinrand/werkplek/gesprekken/{later.id}/"
    assert "Stuur hetzelfde antwoord" in sanne.get(of_one).content.decode()
    sanne.post(f"{of_one}zelfde-antwoord/")
    assert "We werken eraan." in answers_to(later)[0]
    preview = sanne.post(url(confirmed, "zelfde-antwoord/"))["Location"]
    sanne.post(preview)
    run_jobs()
    assert [len(answers_to(each)) for each in (later, last)] == [1, 1]


def test_one_key_is_refused_for_who_asked_on(sanne, world, four, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs)
    change(four[0], waiting_since=timezone.now())
    response = sanne.post(f"/duinrand/werkplek/gesprekken/{four[0].id}/zelfde-antwoord/")
    assert "Antwoord zelf" in response.content.decode()
    assert len(answers_to(four[0])) == 1


def test_late_reports_join_what_is_just_over_and_no_later(sanne, world, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs, purpose="closing")
    burst(world, world.duinrand, number=1, start=60)
    gather(0)
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == 5
        Cluster.objects.update(ended_at=timezone.now() - timedelta(days=1))
    burst(world, world.duinrand, number=1, start=61)
    gather(0)
    with acting_for(world.duinrand.id):
        assert Belonging.objects.count() == 5


def test_a_new_arrival_while_all_are_answered_joins_and_is_asked_about(sanne, world, confirmed, run_jobs):
    sanne.post(lay_ready(sanne, confirmed))
    late = burst(world, world.duinrand, number=1, start=70)[0]
    gather(0)
    run_jobs()
    assert answers_to(late) == []
    assert "Geef 1 inwoner hetzelfde antwoord" in sanne.get(url(confirmed)).content.decode()
