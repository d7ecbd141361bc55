"""What is put together, and what is not."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from mijngemeente.clusters.jobs import gather, sweep_traces
from mijngemeente.clusters.models import Belonging, Cluster, Trace
from mijngemeente.conversations.models import Conversation
from mijngemeente.desk.jobs import sweep_drafts
from mijngemeente.desk.models import ClusterAnswer, ClusterReply
from mijngemeente.platform.tenancy import acting_for

from .steps import BURST, EVENTS, burst, change, lay_ready, only, url


def test_what_residents_write_about_one_event_is_proposed_above_the_list(sanne, four):
    banner = sanne.get(f"{EVENTS}balk/").content.decode()
    assert "4 meldingen over" in banner
    page = sanne.get(EVENTS).content.decode()
    assert "rioolwater" in page
    assert "Klopt dit?" in page


def test_three_who_write_about_three_things_are_no_event(world, sanne):
    for text in ("Waar is mijn paspoort", "De lantaarn is kapot", "Wanneer komt de markt weer"):
        world.ask(world.duinrand, text, email=f"{uuid4()}@voorbeeld.example")
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_what_is_said_of_one_village_is_not_about_one_thing_for_that(world, four):
    for each in four:
        change(each, place="Berkel-Enschot")
    stranger = world.ask(
        world.duinrand, "De stoeptegels in Berkel-Enschot liggen los", email="x@voorbeeld.example"
    )
    change(stranger, place="Berkel-Enschot")
    gather(0)
    with acting_for(world.duinrand.id):
        assert not Belonging.objects.filter(conversation=stranger).exists()


def test_one_resident_who_writes_three_times_is_no_event(world, sanne):
    for text in BURST[:3]:
        world.ask(world.duinrand, text)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_nobody_in_distress_and_nothing_formal_is_gathered(world, four):
    distressed, formal = burst(world, world.duinrand, number=2, start=10)
    change(distressed, alarm="distress")
    change(formal, formal_kind="objection")
    gather(0)
    with acting_for(world.duinrand.id):
        assert not Belonging.objects.filter(conversation__in=[distressed.id, formal.id]).exists()


def test_what_is_usual_is_no_event(world, sanne):
    """Every day some write the same: then three more are no news."""
    for each in burst(world, world.duinrand, number=60):
        change(each, created_at=timezone.now() - timedelta(hours=3))
    gather(0)
    with acting_for(world.duinrand.id):
        Cluster.objects.all().delete()
        Trace.objects.update(at=timezone.now() - timedelta(days=5))
    burst(world, world.duinrand, number=3, start=100)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""


def test_a_message_of_before_is_looked_at_once(world, four):
    gather(0)
    with acting_for(world.duinrand.id):
        assert (Trace.objects.count(), Belonging.objects.count(), Cluster.objects.count()) == (4, 4, 1)


def test_what_does_not_belong_together_is_not_proposed_again(sanne, world, four):
    cluster = only(world.duinrand)
    assert sanne.post(url(cluster, "besluit/"), {"verb": "refuse"})["Location"] == EVENTS
    burst(world, world.duinrand, number=4, start=30)
    gather(0)
    assert sanne.get(f"{EVENTS}balk/").content.strip() == b""
    assert only(world.duinrand).state == "refused"


def test_what_is_no_longer_needed_is_forgotten(sanne, world, four, confirmed):
    lay_ready(sanne, confirmed)
    with acting_for(world.duinrand.id):
        Trace.objects.update(at=timezone.now() - timedelta(days=29))
        ClusterAnswer.objects.update(at=timezone.now() - timedelta(days=2))
    sweep_traces(0)
    sweep_drafts(0)
    with acting_for(world.duinrand.id):
        assert (Trace.objects.count(), ClusterReply.objects.count(), Belonging.objects.count()) == (0, 0, 4)


def test_an_event_goes_with_the_last_of_its_conversations(world, four):
    for left in (1, 0):
        with acting_for(world.duinrand.id):
            Conversation.objects.filter(id__in=[each.id for each in four[left:]]).delete()
        sweep_traces(0)
        with acting_for(world.duinrand.id):
            assert Cluster.objects.count() == left
