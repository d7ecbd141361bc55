"""Judging growth: without an account, and kept in an organisation by two people at once."""

import pytest
from django.test import Client
from django.urls import reverse

from mijngemeente.growth.actions import say
from mijngemeente.growth.rules.judging import Judgement
from mijngemeente.growth.rules.model import THEMES
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for
from tests.world import World

pytestmark = pytest.mark.django_db
FIRST = {
    f"W1{letter}.{part}": text for letter in "abc" for part, text in (("value", "1"), ("evidence", "ja"))
}


def url(name: str, organisation: Organisation, *more: object) -> str:
    return reverse(f"growths:{name}", args=[organisation.slug, *more])


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def test_somebody_without_an_account_sees_how_far_the_team_is_and_what_to_do_first(client: Client) -> None:
    empty = client.get("/wegwijs/groei/").content.decode()
    assert "aanvulling" in empty
    assert "Zeg hieronder wat er al is" in empty
    shown = client.post("/wegwijs/groei/", FIRST).content.decode()
    assert "Webcare en online dienstverlening: niveau 1, ontdekken." in shown
    assert "Breng alle kanalen samen in één postvak" in shown
    assert "/wegwijs/rollen/R13/" in shown


def test_the_factors_show_where_most_is_to_win(client: Client) -> None:
    typed = {"F1.value": "2", "F1.evidence": "", "F2.value": "5", "F2.evidence": ""}
    shown = client.post("/wegwijs/groei/succesfactoren/", typed).content.decode()
    assert "2 van de 14 ingevuld, gemiddeld <strong>3,5</strong>" in shown
    assert "Hier is de meeste winst" in shown
    assert "1 keer staat er niet bij waaraan je het ziet" in shown
    drawn = client.post("/wegwijs/groei/stand/", typed | {"part": "succesfactoren"}).content.decode()
    assert drawn.strip().startswith("<div")
    assert "De succesfactoren, van 1 tot 5" in drawn


def test_what_was_said_in_a_browser_is_kept_and_leaves_what_was_there(world: World, manager: Client) -> None:
    with acting_for(world.duinrand.id):
        say(given={"W1a": Judgement(0, "gevraagd")}, seen=0, by=world.members["baas"])
    assert "Bewaar bij Duinrand" in manager.get("/wegwijs/groei/").content.decode()
    answer = manager.post(url("keep", world.duinrand), FIRST)
    assert answer.status_code == 409
    page = manager.get(url("maturity", world.duinrand)).content.decode()
    assert 'name="W1a.evidence" value="gevraagd"' in page
    assert 'name="W1b.evidence" value="ja"' in page


def test_two_people_at_once_lose_nothing(world: World, manager: Client) -> None:
    say_url = url("say", world.duinrand)
    manager.post(
        say_url,
        {
            "part": "succesfactoren",
            "seen": "0",
            "F1.value": "4",
            "F1.evidence": "A4 hangt er",
            "F2.evidence": "",
        },
    )
    typed = {
        "part": "succesfactoren",
        "seen": "0",
        "F1.value": "2",
        "F1.evidence": "kent niemand",
        "F2.value": "3",
        "F2.evidence": "",
    }
    answer = manager.post(say_url, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Jij zei: 2, “kent niemand”" in page
    assert f"{world.baas.name} zei hier intussen iets anders" in page
    assert 'value="A4 hangt er"' in page
    past = manager.get(url("past", world.duinrand)).content.decode()
    assert "kent niemand" in past
    assert "Niet overgenomen" in past
    again = {"part": "succesfactoren", "seen": "2", "F1.value": "2", "F1.evidence": "kent niemand"}
    assert manager.post(say_url, again).status_code == 302
    assert 'value="kent niemand"' in manager.get(url("factors", world.duinrand)).content.decode()


def test_the_past_tells_the_levels_of_each_day(world: World, manager: Client) -> None:
    assert "Begin bij" in manager.get(url("past", world.duinrand)).content.decode()
    manager.post(url("say", world.duinrand), FIRST | {"seen": "0"})
    page = manager.get(url("past", world.duinrand)).content.decode()
    assert all(f'data-label="{each}"' in page for each in (*THEMES.values(), "Succesfactoren"))
    assert "niveau 1" in page
    assert "Er zijn geen" not in page


def test_only_who_manages_writes_and_nobody_sees_another_organisation(world: World, client: Client) -> None:
    with acting_for(world.veenwijk.id):
        say(given={"F1": Judgement(5, "geheim van Veenwijk")}, seen=0, by=world.members["vera"])
    client.force_login(world.data)
    assert "geheim van Veenwijk" not in client.get(url("factors", world.duinrand)).content.decode()
    assert client.get(url("factors", world.veenwijk)).status_code == 404
    assert client.post(url("say", world.duinrand), {}).status_code == 404
