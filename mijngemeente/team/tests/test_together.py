"""Two screens with one plot: what one of both changed stays, and who is second hears what was not taken."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.rules.documents import Document, begun
from tests.world import World

from .plots import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def plot(world: World) -> TeamPlot:
    people = [
        {"id": "p1", "name": "Anna", "hours": 20, "tasks": [{"code": "T01", "hours": 4}]},
        {"id": "p2", "name": "Bo", "hours": 16},
    ]
    with acting_for(world.duinrand.id):
        return keep_plot(document=begun(1, TODAY) | {"people": people}, by=world.members["baas"])


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def drawn(client: Client, plot: TeamPlot, step: str) -> str:
    """What a screen that is opened now brings back."""
    page = client.get(reverse("plots:plot", args=["duinrand", plot.id, step])).content.decode()
    found = re.search(r'name="was" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def sent(client: Client, plot: TeamPlot, **typed: str) -> str:
    """The page that follows a form."""
    answer = client.post(reverse("plots:change", args=["duinrand", plot.id]), typed, follow=True)
    return html.unescape(answer.content.decode())


def document(plot: TeamPlot) -> Document:
    with acting_for(plot.organisation_id):
        return TeamPlot.objects.get(id=plot.id).document


def test_who_is_second_in_a_field_hears_who_was_first(world: World, plot: TeamPlot, manager: Client) -> None:
    was = drawn(manager, plot, "scope")
    sent(manager, plot, step="scope", was=was, title="Team een", inhabitants="")
    page = sent(manager, plot, step="scope", was=was, title="Team twee", inhabitants="28.000", go="people")
    assert f"{world.baas.name} veranderde dit intussen ook" in page
    assert "de naam van de plot (jij typte “Team twee”)" in page
    assert (document(plot)["title"], document(plot)["inhabitants"]) == ("Team een", 28000)
    again = drawn(manager, plot, "scope")
    assert "intussen" not in sent(manager, plot, step="scope", was=again, title="Team twee")
    assert document(plot)["title"] == "Team twee"


def test_what_i_did_not_touch_takes_nothing_of_a_colleague_away(plot: TeamPlot, manager: Client) -> None:
    was = drawn(manager, plot, "people")
    both = {"people.0.name": "Anna", "people.0.hours": "20", "people.1.name": "Bo", "people.1.hours": "16"}
    sent(manager, plot, step="people", rows="2", was=was, **(both | {"people.0.hours": "24"}))
    page = sent(manager, plot, step="people", rows="2", was=was, **(both | {"people.1.hours": "8"}))
    assert "intussen" not in page
    assert [each["hours"] for each in document(plot)["people"]] == [24, 8]


def test_one_task_that_two_people_change_is_told(plot: TeamPlot, manager: Client) -> None:
    was = drawn(manager, plot, "tasks")
    form = {"step": "tasks", "person": "0", "had": "T01", "was": was, "task.T01": "1"}
    sent(manager, plot, **form, **{"hours.T01": "6", "task.T02": "1"})
    page = sent(manager, plot, **form, **{"hours.T01": "8", "task.T03": "1"})
    assert "de taak Informatie op alle kanalen gelijk houden (jij typte “8”)" in page
    tasks = {each["code"]: each.get("hours") for each in document(plot)["people"][0]["tasks"]}
    assert tasks == {"T01": 6, "T02": None, "T03": None}


def test_nobody_else_is_taken_off_or_written_over_in_a_list_that_moved(
    plot: TeamPlot, manager: Client
) -> None:
    people, tasks = drawn(manager, plot, "people"), drawn(manager, plot, "tasks")
    sent(manager, plot, step="people", rows="2", was=people, remove="0")
    assert "de lijst met mensen" in sent(manager, plot, step="people", rows="2", was=people, remove="0")
    form = {"step": "tasks", "person": "0", "had": "T01", "was": tasks, "task.T01": "1", "hours.T01": "9"}
    assert "de lijst met mensen" in sent(manager, plot, **form)
    assert [(each["name"], each.get("tasks")) for each in document(plot)["people"]] == [("Bo", None)]


@pytest.mark.parametrize("was", ["", "x", "[]", "{", '{"title": {"a": 1}}'])
def test_a_form_of_ones_own_making_breaks_nothing(plot: TeamPlot, manager: Client, was: str) -> None:
    sent(manager, plot, step="people", was=was, remove="7")
    sent(manager, plot, step="scope", was=was, title="Anders")
    assert [each["name"] for each in document(plot)["people"]] == ["Anna", "Bo"]
