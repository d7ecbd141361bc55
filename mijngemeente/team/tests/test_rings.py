"""The picture: every role a piece, every person a mark, nothing outside the paper."""

import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mijngemeente.settings import DATA
from mijngemeente.team import pictures
from mijngemeente.team.library import library
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.plot import Plot
from mijngemeente.team.rules.reading import read_text
from mijngemeente.team.rules.rings import CENTRE_X, CENTRE_Y, CRUCIAL, HEIGHT, WIDTH, rings

from .plots import LIBRARY, TODAY, main, person, plot

NATIONAL = library(DATA / "team")


def sample(name: str) -> Plot:
    return read_text((DATA / "team" / "examples" / f"{name}.json").read_bytes(), NATIONAL, TODAY).plot


@pytest.mark.parametrize("name", ["klein", "middelgroot", "groot"])
def test_every_role_is_drawn_with_its_people_and_names_stay_apart(name: str) -> None:
    team = sample(name)
    result = result_of(team, NATIONAL)
    drawn = rings(team, result, NATIONAL).segments
    assert {each.code for each in drawn} == {each.code for each in result.roles}
    lines = [line for each in drawn for line in each.lines]
    assert len({(line.x, line.y) for line in lines}) == len(lines)
    places = [(each.x, each.y) for segment in drawn for each in [*segment.marks, *segment.lines]]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)


@pytest.mark.parametrize("name", ["klein", "middelgroot", "groot"])
def test_names_of_crucial_roles_cross_no_edge_of_their_ring(name: str) -> None:
    team = sample(name)
    for each in rings(team, result_of(team, NATIONAL), NATIONAL).segments:
        wide = 0.55 * (13 if each.is_small else 17)
        for line in each.lines if not each.leader else ():
            half = len(line.words) * wide / 2
            corners = [math.hypot(line.x + side - CENTRE_X, line.y - CENTRE_Y) for side in (-half, half)]
            assert max(corners) < CRUCIAL[1], each.name


def test_no_mark_stands_on_the_name_of_a_crucial_role() -> None:
    crowd = [person(f"{code}-{number}", 36, main(code)) for code in NATIONAL.roles for number in range(4)]
    team = plot(*crowd)
    drawn = rings(team, result_of(team, NATIONAL), NATIONAL).segments
    assert any(len(each.marks) == 4 for each in drawn)
    for each in drawn:
        for line in each.lines if not each.leader else ():
            half = len(line.words) * 0.55 * (13 if each.is_small else 17) / 2
            for mark in each.marks:
                beside = max(abs(mark.x - line.x) - half, 0)
                assert math.hypot(beside, mark.y - line.y + 5) > 13, (each.name, mark.words)


def test_a_fragile_role_has_a_crack_and_a_missing_one_is_empty() -> None:
    team = plot(person("anna", 36, main("R1")))
    drawn = {each.code: each for each in rings(team, result_of(team, LIBRARY), LIBRARY).segments}
    assert drawn["R1"].crack
    assert not drawn["R2"].filled
    assert not drawn["R2"].marks


def test_forty_people_on_one_role_are_told_as_a_number() -> None:
    team = plot(*(person(f"p{number}", 36, main("R1")) for number in range(40)))
    (piece, *_) = rings(team, result_of(team, LIBRARY), LIBRARY).segments
    assert [mark.words for mark in piece.marks][-1] == "+35"


def test_the_drawing_is_sound_xml_whatever_a_team_is_called() -> None:
    team = replace(sample("klein"), title='Wij & <script>"')
    drawing = pictures.svg(team, result_of(team, NATIONAL), NATIONAL)
    ElementTree.fromstring(drawing)
    assert "<script" not in drawing
    # A Dutch comma inside a number would break every path.
    assert not re.search(r'(?:x|y|cx|cy)="\d+,\d', drawing)


def test_the_picture_says_what_it_shows_in_a_sentence() -> None:
    team = sample("middelgroot")
    told = rings(team, result_of(team, NATIONAL), NATIONAL).sentence
    assert told.startswith("2 van de 5 cruciale rollen zijn ingevuld. Van alle rollen: 2 ontbreekt")


def test_on_paper_it_is_an_accessible_pdf() -> None:
    team = sample("klein")
    made = pictures.paper(team, result_of(team, NATIONAL), NATIONAL)
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made
