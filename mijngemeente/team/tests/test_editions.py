"""A newer national edition never changes a plot that was made with an older one."""

import json
import shutil
from pathlib import Path

import pytest

from mijngemeente.settings import DATA
from mijngemeente.team.library import library, library_of
from mijngemeente.team.rules.documents import Document
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.reading import Read, read
from mijngemeente.team.rules.result import Result

from .plots import TODAY

EXAMPLES = DATA / "team" / "examples"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The library with a second edition: a role more, one that asks more hours, one that is gone."""
    folder = tmp_path / "team"
    shutil.copytree(DATA / "team", folder)
    roles = (folder / "roles.csv").read_text("utf-8").splitlines()
    header = [f"{roles[0]},until"]
    first = [f"{row},1" if row.startswith("R13,") else f"{row}," for row in roles[1:]]
    second = [
        "R01,Verbinder nieuwe stijl,,verbinder,1,Doet meer.,,2,2,2,aanvulling,2,",
        "R90,Promptregisseur,,regie2,1,Stuurt de taalmodellen.,,1,1,1,aanvulling,2,",
    ]
    (folder / "roles.csv").write_text("\n".join([*header, *first, *second]) + "\n", "utf-8")
    levels = (folder / "required_levels.csv").read_text("utf-8").splitlines()
    more = [f"{levels[0]},since", *(f"{row},1" for row in levels[1:]), "R03,C01,4,2"]
    (folder / "required_levels.csv").write_text("\n".join(more) + "\n", "utf-8")
    return folder


def computed(document: Document, folder: Path) -> tuple[Result, Read]:
    known = library_of(document, folder)
    found = read(document, known, TODAY)
    return result_of(found.plot, known), found


@pytest.mark.parametrize("name", ["klein", "middelgroot", "groot"])
def test_an_older_plot_stays_as_it_was(newer: Path, name: str) -> None:
    document = json.loads((EXAMPLES / f"{name}.json").read_text()) | {"edition": 1}
    assert computed(document, newer) == computed(document, DATA / "team")


def test_a_new_plot_counts_with_the_new_edition(newer: Path) -> None:
    known = library(newer)
    assert known.edition == 2
    assert known.roles["R01"].name == "Verbinder nieuwe stijl"
    assert known.roles["R90"].family == "regie2"
    assert "R13" not in known.roles
    assert known.roles["R03"].levels["C01"] == 4


def test_who_goes_over_to_the_new_edition_hears_what_is_gone(newer: Path) -> None:
    document = json.loads((EXAMPLES / "middelgroot.json").read_text()) | {"edition": 2}
    result, found = computed(document, newer)
    assert "R90" in {each.code for each in result.roles}
    assert any("Rol “R13” staat niet in de lijst." in each.sentence for each in found.problems)


@pytest.mark.parametrize("edition", [None, 0, -1, 99, "1", 2.5, [1], True])
def test_an_edition_that_is_none_is_the_newest(newer: Path, edition: object) -> None:
    found = library_of({"edition": edition}, newer).edition
    assert found == (1 if edition is True else 2)


def test_a_role_keeps_its_place_when_it_changes(newer: Path) -> None:
    assert next(iter(library(newer).roles)) == "R01"
