"""What a person says of an event."""

import pytest

from mijngemeente.clusters import actions as clusters
from mijngemeente.clusters.jobs import gather
from mijngemeente.clusters.models import Belonging
from mijngemeente.platform.tenancy import acting_for

from .steps import burst, only, url


def test_a_person_leaves_one_out_names_it_and_confirms(sanne, world, four):
    cluster = only(world.duinrand)
    page = sanne.get(url(cluster)).content.decode()
    assert "Ja, dit hoort bij elkaar" in page
    shown, picked = [each.id for each in four], [each.id for each in four[1:]]
    said = {"verb": "confirm", "name": "Leiding in de Dorpsstraat", "shown": shown, "picked": picked}
    assert sanne.post(url(cluster, "besluit/"), said).status_code == 303
    cluster = only(world.duinrand)
    assert (cluster.state, cluster.name) == ("confirmed", "Leiding in de Dorpsstraat")
    slug = world.duinrand.slug
    inside = sanne.get(f"/{slug}/werkplek/gesprekken/{four[1].id}/").content.decode()
    assert "Hoort bij “Leiding in de Dorpsstraat”" in inside
    outside = sanne.get(f"/{slug}/werkplek/gesprekken/{four[0].id}/").content.decode()
    assert "Leiding in de Dorpsstraat" not in outside


def test_what_joined_unseen_is_not_left_out_by_who_confirms(sanne, world, four):
    cluster = only(world.duinrand)
    burst(world, world.duinrand, number=1, start=20)
    gather(0)
    ids = [each.id for each in four]
    sanne.post(url(cluster, "besluit/"), {"verb": "confirm", "name": "x", "shown": ids, "picked": ids})
    with acting_for(world.duinrand.id):
        assert Belonging.objects.filter(state="in").count() == 5


def test_an_event_ends_without_a_word_too(sanne, world, confirmed):
    sanne.post(url(confirmed, "besluit/"), {"verb": "end"})
    assert only(world.duinrand).state == "over"


def test_it_gets_another_name_and_never_an_empty_one(sanne, world, confirmed):
    sanne.post(url(confirmed, "besluit/"), {"verb": "rename", "name": "Riool Dorpsstraat"})
    assert only(world.duinrand).name == "Riool Dorpsstraat"
    response = sanne.post(url(confirmed, "besluit/"), {"verb": "rename", "name": ""})
    assert (response.status_code, "Geef de gebeurtenis een naam." in response.content.decode()) == (422, True)


def test_nothing_is_brought_back_to_what_a_colleague_refused_meanwhile(sanne, world, four):
    cluster = only(world.duinrand)
    with acting_for(world.duinrand.id):
        clusters.leave_out(cluster=cluster, conversation_ids=[four[0].id], by=world.members["bram"])
        clusters.refuse(cluster=cluster, by=world.members["bram"])
    said = {"verb": "bring_back", "picked": [four[0].id]}
    page = sanne.post(url(cluster, "besluit/"), said, follow=True).content.decode()
    assert "Een collega besliste hier net al over." in page
    with acting_for(world.duinrand.id):
        assert not Belonging.objects.filter(state="in").exists()


@pytest.mark.parametrize("said", [{}, {"verb": "weg"}, {"verb": "rename", "name": "x" * 121}])
def test_a_broken_form_changes_nothing(sanne, world, four, said):
    assert sanne.post(url(only(world.duinrand), "besluit/"), said).status_code == 422
    assert only(world.duinrand).state == "proposed"


def test_a_reader_sees_it_and_judges_nothing(client, world, four):
    client.force_login(world.lezer)
    cluster = only(world.duinrand)
    page = client.get(url(cluster)).content.decode()
    assert "Ja, dit hoort bij elkaar" not in page
    assert client.post(url(cluster, "besluit/"), {"verb": "confirm"}).status_code == 404
    assert client.post(url(cluster, "antwoord/"), {"body": "x"}).status_code == 404
