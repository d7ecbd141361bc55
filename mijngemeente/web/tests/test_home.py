"""The first page of all."""

import pytest

from mijngemeente.reference.models import Municipality

pytestmark = pytest.mark.django_db


def test_who_takes_part_is_on_the_page(client, world):
    content = client.get("/").content.decode()
    assert 'href="/duinrand/contact/"' in content
    assert "Regio Noorderkust" not in content


def test_a_colleague_who_is_signed_in_is_led_to_the_own_work(client, world):
    assert "Inloggen voor medewerkers" in client.get("/").content.decode()
    client.force_login(world.sanne)
    assert "Inloggen" not in client.get("/").content.decode()
    assert client.get("/account/login/")["Location"] == "/werkplek/"


def test_a_search_leads_to_the_front_door(client, world):
    world.duinrand.municipality = Municipality.objects.get(name="Tilburg")
    world.duinrand.save()
    content = client.get("/", {"q": "Berkel-Enschot"}).content.decode()
    found = content[content.index("found-title") : content.index("towns-title")]
    assert '<a class="towns__link" href="/duinrand/contact/">Tilburg</a>' in found


def test_who_takes_no_part_yet_is_said_kindly(client, world):
    content = client.get("/", {"q": "Zeewolde"}).content.decode()
    assert "Zeewolde doet nog niet mee." in content
    assert 'href="https://www.zeewolde.nl/"' in content


@pytest.mark.parametrize("typed", ["xyzzy", "\x00", "<script>alert(1)</script>", "é" * 5000, "%"])
def test_whatever_is_typed_the_page_answers(client, world, typed):
    response = client.get("/", {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert not response.cookies


def test_who_has_stopped_is_not_on_it(client, world):
    world.duinrand.is_active = False
    world.duinrand.save()
    assert "/duinrand/" not in client.get("/").content.decode()


def test_an_address_of_a_button_opened_as_a_page_says_so_in_words(client, world):
    client.force_login(world.sanne)
    for address in ("/werkplek/tegelijk/", "/werkplek/oppakken/"):
        response = client.get(address, headers={"Accept": "text/html"})
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert "Dit adres hoort bij een knop" in response.content.decode()
