"""Plots that an organisation keeps: who may, what is kept, and what stays behind the wall."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.settings import DATA
from mijngemeente.team.actions import keep_plot, keep_version
from mijngemeente.team.models import TeamPlot
from tests.world import World

pytestmark = pytest.mark.django_db
EXAMPLE = json.loads((DATA / "team" / "examples" / "middelgroot.json").read_text())


def url(name: str, organisation: Organisation, *more: object) -> str:
    return reverse(f"plots:{name}", args=[organisation.slug, *more])


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def kept(world: World) -> TeamPlot:
    with acting_for(world.duinrand.id):
        return keep_plot(document=EXAMPLE, by=world.members["baas"])


def read_back(world: World) -> TeamPlot:
    with acting_for(world.duinrand.id):
        return TeamPlot.objects.latest("changed_at")


def test_a_plot_made_without_an_account_is_kept_without_what_people_can_do(
    world: World, manager: Client
) -> None:
    answer = manager.post(url("keep", world.duinrand), {"document": json.dumps(EXAMPLE)}, follow=True)
    assert "Voorbeeld: een gemeente van 55.000 inwoners" in answer.content.decode()
    assert "competencies" not in json.dumps(read_back(world).document)


def test_a_manager_fills_it_in_step_by_step(world: World, manager: Client) -> None:
    page = manager.post(url("new", world.duinrand), follow=True)
    assert "Afbakening" in page.content.decode()
    plot = read_back(world)
    typed = {"step": "people", "go": "tasks", "people.0.name": "Anna", "people.0.hours": "52"}
    page = manager.post(url("change", world.duinrand, plot.id), typed, follow=True)
    assert "Anna: 52 kan niet" in page.content.decode()
    assert read_back(world).document["people"][0]["hours"] == 52


def test_what_cannot_be_kept_is_left_out(world: World, manager: Client) -> None:
    plot = kept(world)
    typed = {"step": "scope", "go": "people", "title": "Ons\x00 team"}
    assert manager.post(url("change", world.duinrand, plot.id), typed).status_code == 302
    assert manager.post(url("version", world.duinrand, plot.id), {"name": "Na\x00jaar"}).status_code == 302
    assert (
        manager.post(url("what_if", world.duinrand, plot.id), {"what_if": "Als\x00 dan"}).status_code == 302
    )
    assert read_back(world).title == "Als dan"
    assert manager.get(url("plot", world.duinrand, plot.id, "people"), {"vanaf": "²"}).status_code == 200


def test_a_version_stays_as_it_was_and_compares_with_now(world: World, manager: Client) -> None:
    plot = kept(world)
    manager.post(url("version", world.duinrand, plot.id), {"name": "Najaar"})
    hired = {"step": "people", "go": "gap", "people.5.name": "Communitymanager", "people.5.hours": "18"}
    manager.post(url("change", world.duinrand, plot.id), hired)
    role = {"step": "roles", "person": "5", "part.R02": "main"}
    manager.post(url("change", world.duinrand, plot.id), role)
    with acting_for(world.duinrand.id):
        version = plot.versions.get()
    page = manager.get(url("compare", world.duinrand, plot.id), {"met": str(version.id)}).content.decode()
    assert "Vergeleken met Najaar" in page
    assert "ontbreekt, 0 fte" in page
    assert "kwetsbaar, 0,5 fte" in page
    assert "beter" in page


def test_a_what_if_is_a_copy_that_compares_with_its_plot(world: World, manager: Client) -> None:
    plot = kept(world)
    manager.post(url("what_if", world.duinrand, plot.id), {"what_if": "Als de regio webcare doet"})
    with acting_for(world.duinrand.id):
        copy = TeamPlot.objects.get(what_if_of=plot)
    assert copy.title == "Als de regio webcare doet"
    page = manager.get(url("compare", world.duinrand, copy.id), {"met": str(plot.id)})
    assert "gelijk" in page.content.decode()


def test_what_was_taken_away_comes_back(world: World, manager: Client) -> None:
    plot = kept(world)
    manager.post(url("remove", world.duinrand, plot.id))
    page = manager.get(url("plots", world.duinrand)).content.decode()
    assert "Zet terug" in page
    manager.post(url("bring_back", world.duinrand, plot.id))
    assert "Zet terug" not in manager.get(url("plots", world.duinrand)).content.decode()


@pytest.mark.parametrize("name", ["plot", "compare", "export"])
def test_a_plot_of_another_organisation_does_not_exist(world: World, manager: Client, name: str) -> None:
    with acting_for(world.veenwijk.id):
        other = keep_plot(document=EXAMPLE, by=world.members["vera"])
        keep_version(plot=other, name="x", by=world.members["vera"])
    more = {"plot": ["gap"], "export": ["json"]}.get(name, [])
    assert manager.get(url(name, world.duinrand, other.id, *more)).status_code == 404


def test_an_agent_sees_no_plots_and_nobody_makes_a_strange_comparison(world: World, client: Client) -> None:
    plot = kept(world)
    client.force_login(world.sanne)
    assert client.get(url("plots", world.duinrand)).status_code == 404
    client.force_login(world.baas)
    for met in ("", "x", str(plot.id)):
        assert client.get(url("compare", world.duinrand, plot.id), {"met": met}).status_code == 404


def test_a_form_that_was_open_meanwhile_takes_nothing_away(world: World, manager: Client) -> None:
    """As when the screen of a session takes over answers while its plot is open in another tab."""
    plot = kept(world)
    people = EXAMPLE["people"]
    meanwhile = [*people, {"id": "p9", "name": "Anna", "hours": 8}]
    first = {**people[0], "tasks": [*people[0]["tasks"], {"code": "T64", "hours": 1}]}
    with acting_for(world.duinrand.id):
        TeamPlot.objects.update(document={**EXAMPLE, "people": [first, *meanwhile[1:]]})
    url_of_change = url("change", world.duinrand, plot.id)
    had, spare = str(len(people)), f"people.{len(people)}.name"
    manager.post(url_of_change, {"step": "people", "rows": had, spare: "", "people.0.hours": "20"})
    manager.post(url_of_change, {"step": "people", "rows": had, spare: "Bo"})
    names = [each["name"] for each in read_back(world).document["people"]]
    assert names[-2:] == ["Anna", "Bo"]
    codes = [each["code"] for each in people[0]["tasks"]]
    typed = {"step": "tasks", "person": "0", "had": " ".join(codes), f"task.{codes[0]}": "1"}
    manager.post(url_of_change, typed)
    assert [each["code"] for each in read_back(world).document["people"][0]["tasks"]] == [codes[0], "T64"]


def test_a_longer_list_asks_the_database_no_more(world: World, manager: Client) -> None:
    counts = []
    for _ in range(2):
        with acting_for(world.duinrand.id):
            for _ in range(4):
                plot = keep_plot(document=EXAMPLE, by=world.members["baas"])
                keep_version(plot=plot, name="Najaar", by=world.members["baas"])
        with CaptureQueriesContext(connection) as asked:
            assert "Najaar" in manager.get(url("plots", world.duinrand)).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_step_of_the_a4_says_what_to_take_from_the_plot(world: World, manager: Client) -> None:
    plot = kept(world)
    page = manager.get(url("plot", world.duinrand, plot.id, "course")).content.decode()
    assert "Wat jullie tekortkomen, per rol" in page
    assert "per jaar" in page
    assert reverse("courses:courses", args=[world.duinrand.slug]) in page


def test_a_new_plot_begins_with_what_fte_cost_in_the_latest(world: World, manager: Client) -> None:
    first = kept(world)
    with acting_for(world.duinrand.id):
        money = {"salaries": {"default": 81000}, "scales": [{"name": "10", "euros": 90000}]}
        TeamPlot.objects.filter(id=first.id).update(document={**first.document, **money})
    manager.post(url("new", world.duinrand))
    document = read_back(world).document
    assert document["people"] == []
    assert {name: document[name] for name in money} == money


def test_wegwijs_leads_on_to_the_plots_of_where_one_may_read_them(world: World, client: Client) -> None:
    link = f'href="{url("plots", world.duinrand)}"'
    assert link not in client.get("/wegwijs/").content.decode()
    client.force_login(world.baas)
    assert link in client.get("/wegwijs/").content.decode()
    client.force_login(world.sanne)
    assert link not in client.get("/wegwijs/").content.decode()
