"""The library as anybody reads it, and the facts as they stand in data/team/."""

import pytest
from django.test import Client

from mijngemeente.team.library import factors, national, sources, stories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page",
    [
        "",
        "rollen/",
        "rollen/R03/",
        "rollen/R33/",
        "competenties/",
        "succesfactoren/",
        "gemeenten/",
        "teamplotter/",
    ],
)
def test_every_page_is_open_to_everybody(client: Client, page: str) -> None:
    shown = client.get(f"/wegwijs/{page}")
    assert shown.status_code == 200
    assert "lijst van de VNG" not in shown.content.decode()


def test_what_we_completed_ourselves_says_so_on_screen(client: Client) -> None:
    told = client.get("/wegwijs/rollen/R03/").content.decode()
    assert "deels aanvulling" in told
    assert 'in fte <span class="badge">aanvulling' in told
    assert "over een groter online team, tip 1" in client.get("/wegwijs/rollen/R01/").content.decode()
    assert '<span class="badge">aanvulling</span>' in client.get("/wegwijs/rollen/R33/").content.decode()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("formulieren", "Specialist webformulieren"),
        ("chef dag", "Contentregisseur"),
        ("kadernota", "Verbinder"),
    ],
)
def test_a_role_is_found_by_its_names_and_its_tasks(client: Client, typed: str, name: str) -> None:
    assert name in client.get("/wegwijs/rollen/", {"q": typed}).content.decode()


def test_what_fits_nothing_says_so_and_a_role_that_is_none_is_no_page(client: Client) -> None:
    assert "Geen rol past bij" in client.get("/wegwijs/rollen/", {"q": "zwemles\x00"}).content.decode()
    assert client.get("/wegwijs/rollen/R99/").status_code == 404


def test_every_line_points_at_something_that_exists() -> None:
    known = national()
    assert {code for role in known.roles.values() for code in role.levels} <= set(known.competencies)
    assert {code for task in known.tasks.values() for code in task.roles} <= set(known.roles)
    assert list(known.families) == [
        "verbinder",
        "communitymanager",
        "contentregisseur",
        "data",
        "webformulieren",
    ]
    assert [each.code for each in factors()] == [f"F{number}" for number in range(1, 15)]
    assert len({each.municipality for each in stories()}) == 7
    lines = [*known.roles.values(), *known.tasks.values(), *factors(), *stories()]
    assert all("aanvulling" in each.basis or any(code in each.basis for code in sources()) for each in lines)
    assert all(len(each.levels) == 4 for each in known.competencies.values())
