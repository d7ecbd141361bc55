"""An event over more municipalities: only for who covers them."""

import pytest
from django.utils import timezone

from mijngemeente.clusters.jobs import gather
from mijngemeente.desk.queries.choices import workplace_of
from mijngemeente.desk.queries.clusters import events_in
from mijngemeente.organisations.models import EngagementRules, Person, ServiceAgreement
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.reference.models import Topic

from .steps import answer, answers_to, burst, change, confirm, only, url


@pytest.fixture
def region(world):
    """The region answers for Duinrand too, where one resident writes, and three do in Veenwijk."""
    ServiceAgreement.objects.create(
        provider=world.region, client=world.duinrand, starts_on=timezone.localdate()
    )
    topic = _topic()
    asked = [*burst(world, world.veenwijk), *burst(world, world.duinrand, number=1)]
    for each in asked:
        change(each, topic=topic)
    gather(0)
    return asked


def _topic():
    return Topic.objects.order_by("slug").first()


def events_of(person: Person, *states: str):
    workplace = workplace_of(coverage_of(person))
    with covering(workplace.ids):
        return events_in(workplace, *states)


def test_who_covers_both_sees_one_event_and_each_municipality_only_its_own(world, region):
    (seen,) = events_of(world.regio, "proposed")
    assert seen.sentence.startswith("4 meldingen")
    assert sorted(seen.places) == ["Duinrand", "Veenwijk"]
    (own,) = events_of(world.vera, "proposed")
    assert own.places == ["Veenwijk"]
    assert events_of(world.sanne, "proposed") == []


def test_one_message_of_an_event_elsewhere_tells_its_own_municipality_nothing(client, world, region):
    client.force_login(world.sanne)
    assert client.get(url(only(world.duinrand))).status_code == 404


def test_each_municipality_answers_in_its_own_voice(client, world, region, run_jobs):
    for organisation, form in ((world.duinrand, "je"), (world.veenwijk, "u")):
        with acting_for(organisation.id):
            EngagementRules.objects.update_or_create(
                organisation=organisation,
                defaults={
                    "form_of_address": form,
                    "signature": "Team {organisatie}",
                    "salutation": "Dag,",
                },
            )
    client.force_login(world.regio)
    cluster = only(world.veenwijk)
    ids = [each.id for each in region]
    client.post(url(cluster, "besluit/"), {"verb": "confirm", "name": "Riool", "shown": ids, "picked": ids})
    assert {only(each).state for each in (world.duinrand, world.veenwijk)} == {"confirmed"}
    answer(client, cluster, run_jobs, body="{U krijgt|Je krijgt} hulp.")
    assert answers_to(region[-1]) == ["Dag,\n\nJe krijgt hulp.\n\nTeam gemeente Duinrand"]
    assert answers_to(region[0]) == ["Dag,\n\nU krijgt hulp.\n\nTeam gemeente Veenwijk"]


def test_a_part_that_nobody_judged_gets_no_answer_and_is_judged_beside_the_others(
    client, world, region, run_jobs
):
    confirm(world, world.veenwijk, "vera")
    client.force_login(world.regio)
    cluster, alone = only(world.veenwijk), region[-1]
    answer(client, cluster, run_jobs)
    assert [len(answers_to(each)) for each in region] == [1, 1, 1, 0]
    assert "hetzelfde antwoord" not in client.get(url(cluster)).content.decode()
    preview = client.post(url(cluster, "zelfde-antwoord/"))["Location"]
    client.post(preview)
    run_jobs()
    assert answers_to(alone) == []
    assert "Ja, dit hoort bij elkaar" in client.get(url(cluster)).content.decode()
    said = {"verb": "confirm", "name": "Riool", "shown": [alone.id], "picked": [alone.id]}
    client.post(url(cluster, "besluit/"), said)
    assert only(world.duinrand).state == "confirmed"
    assert "Geef 1 inwoner hetzelfde antwoord" in client.get(url(cluster)).content.decode()


def test_two_events_of_neighbours_become_one_while_nobody_judged_them(world):
    asked = burst(world, world.veenwijk), burst(world, world.duinrand)
    for each in (*asked[0], *asked[1]):
        change(each, topic=_topic())
    ServiceAgreement.objects.create(
        provider=world.region, client=world.duinrand, starts_on=timezone.localdate()
    )
    gather(0)
    gather(0)
    assert only(world.veenwijk).event == only(world.duinrand).event


def test_without_a_provider_for_both_nothing_is_put_together(world):
    asked = [*burst(world, world.veenwijk), *burst(world, world.duinrand)]
    for each in asked:
        change(each, topic=_topic())
    gather(0)
    assert only(world.veenwijk).event != only(world.duinrand).event
