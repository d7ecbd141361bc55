"""Roles and tasks of a municipality's own: used in its plots, seen nowhere else, never lost from a plot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import add_own, keep_plot
from mijngemeente.team.models import OwnEntry, TeamPlot
from mijngemeente.team.queries import document_of
from mijngemeente.team.rules.documents import Document, begun
from mijngemeente.team.rules.own import with_own
from tests.world import World

from .plots import TODAY

pytestmark = pytest.mark.django_db


def url(name: str, *more: object) -> str:
    return reverse(f"plots:{name}", args=["duinrand", *more])


def plot_of(world: World) -> TeamPlot:
    document = begun(1, TODAY) | {"people": [{"id": "p1", "name": "Anna", "hours": 20}]}
    with acting_for(world.duinrand.id):
        return keep_plot(document=document, by=world.members["baas"])


def read_back(plot: TeamPlot) -> Document:
    with acting_for(plot.organisation_id):
        return TeamPlot.objects.get(id=plot.id).document


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def test_an_own_role_and_task_are_used_in_a_plot(world: World, manager: Client) -> None:
    plot = plot_of(world)
    manager.post(url("add_own"), {"kind": "role", "name": "Dorpsdichter", "essence": "Schrijft mee."})
    manager.post(url("add_own"), {"kind": "task", "name": "Rijmen", "roles": ["ER1", "R03"]})
    page = manager.get(url("own")).content.decode()
    assert "Dorpsdichter, Contentregisseur" in page
    assert "Rijmen" in manager.get(url("plot", plot.id, "tasks")).content.decode()
    manager.post(url("change", plot.id), {"step": "tasks", "person": "0", "task.ET1": "1"})
    manager.post(url("change", plot.id), {"step": "roles", "person": "0", "part.ER1": "main"})
    assert "Alleen Anna heeft deze rol" in manager.get(url("plot", plot.id, "gap")).content.decode()
    assert read_back(plot)["own_roles"] == [
        {"code": "ER1", "name": "Dorpsdichter", "essence": "Schrijft mee."}
    ]


def test_pressed_twice_is_added_once(world: World, manager: Client) -> None:
    for name in ("Dorpsdichter", "dorpsdichter", "Omroeper"):
        manager.post(url("add_own"), {"kind": "role", "name": name})
    manager.post(url("add_own"), {"kind": "task", "name": "Dorpsdichter"})
    with acting_for(world.duinrand.id):
        assert sorted(OwnEntry.objects.values_list("code", flat=True)) == ["ER1", "ER2", "ET1"]


def test_what_is_retired_stays_in_the_plot_that_uses_it(world: World, manager: Client) -> None:
    plot = plot_of(world)
    for name in ("Dorpsdichter", "Omroeper"):
        manager.post(url("add_own"), {"kind": "role", "name": name})
    manager.post(url("change", plot.id), {"step": "roles", "person": "0", "part.ER1": "main"})
    with acting_for(world.duinrand.id):
        entries = list(OwnEntry.objects.all())
    for each in entries:
        manager.post(url("retire_own", each.id))
        manager.post(url("retire_own", each.id))
    assert "Dorpsdichter" in manager.get(url("plot", plot.id, "gap")).content.decode()
    assert "Omroeper" not in manager.get(url("plot", plot.id, "roles")).content.decode()
    manager.post(url("use_own_again", entries[1].id))
    assert "Omroeper" in manager.get(url("plot", plot.id, "roles")).content.decode()


def test_another_organisation_sees_nothing_of_it(world: World, manager: Client) -> None:
    with acting_for(world.veenwijk.id):
        other = add_own(
            kind=OwnEntry.Kind.ROLE, name="Turfsteker", essence="", roles=[], by=world.members["vera"]
        )
    plot = plot_of(world)
    assert "Turfsteker" not in manager.get(url("own")).content.decode()
    assert "Turfsteker" not in manager.get(url("plot", plot.id, "roles")).content.decode()
    assert manager.post(url("retire_own", other.id)).status_code == 404
    assert "Turfsteker" not in manager.get("/wegwijs/rollen/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "role", "name": " "},
        {"kind": "mens", "name": "x"},
        {"kind": "task", "name": "x", "roles": "Z"},
    ],
)
def test_what_cannot_be_added_is_refused_and_stays_typed(
    world: World, manager: Client, typed: dict[str, str]
) -> None:
    page = manager.post(url("add_own"), typed | {"essence": "Wat ik typte"})
    assert page.status_code == 422
    assert "Wat ik typte" in page.content.decode()


def test_an_analyst_looks_and_does_not_add(world: World, client: Client) -> None:
    client.force_login(world.data)
    assert "Voeg toe" not in client.get(url("own")).content.decode()
    assert client.post(url("add_own"), {"kind": "role", "name": "x"}).status_code in (403, 404)


def test_a_plot_without_own_roles_stays_as_it_was(world: World) -> None:
    plot = plot_of(world)
    with acting_for(world.duinrand.id):
        assert document_of(plot) == plot.document


@pytest.mark.parametrize("people", [None, "x", [1], [{"roles": [2]}], [{"roles": None}]])
def test_a_plot_of_another_shape_breaks_nothing(people: object) -> None:
    document = {"people": people, "wanted": [], "own_roles": "x"}
    assert with_own(document, [], [])["own_roles"] == []


def test_an_own_role_and_task_come_in_with_a_spreadsheet(world: World, manager: Client) -> None:
    plot = plot_of(world)
    manager.post(url("add_own"), {"kind": "role", "name": "Dorpsdichter"})
    manager.post(url("add_own"), {"kind": "task", "name": "Rijmen"})
    rows = b"naam;uren;rol;taak\nBo;8;Dorpsdichter;Rijmen\n"
    answer = manager.post(url("people_file", plot.id), {"people_file": SimpleUploadedFile("team.csv", rows)})
    assert answer.status_code == 200
    assert "Dorpsdichter" in answer.content.decode()
