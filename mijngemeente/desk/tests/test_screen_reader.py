"""docs/schermlezer.md says what somebody hears; the pages are read as a screen reader would."""

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.world import World

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "schermlezer.md").read_text("utf-8")
#: What an element is when nobody says otherwise; a section is a region once it has a name.
ROLES = {
    "nav": "navigation",
    "main": "main",
    "aside": "complementary",
    "section": "region",
    "textarea": "textbox",
}


class Heard(HTMLParser):
    """What a page offers to jump to, and what it announces by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.places: list[tuple[str, str]] = []
        self.live: dict[str, str] = {}
        self.headings: list[str] = []
        self.links: list[str] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        role = given.get("role") or ROLES.get(tag, "")
        if role in ROLES.values():
            self.places.append((role, given.get("aria-label") or f"#{given.get('aria-labelledby', '')}"))
        if "aria-live" in given:
            self.live[given.get("id", "")] = given["aria-live"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag == "a":
            self.links.append(given.get("href", ""))
        if "id" in given and tag not in {"input", "img", "link", "meta"}:
            self._open = [given["id"]]
            self.texts[given["id"]] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open = []

    def handle_data(self, text: str) -> None:
        for each in self._open:
            self.texts[each] += text

    def named(self) -> set[tuple[str, str]]:
        """The places, by the words that name them."""
        return {(role, self._words(name)) for role, name in self.places}

    def _words(self, name: str) -> str:
        return self.texts.get(name[1:], "").strip() if name.startswith("#") else name


def table(title: str, heading: str) -> set[tuple[str, str]]:
    """The first two columns of the table with that heading, in that part of the document."""
    part = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    rows = part.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    cells = ([cell.strip() for cell in row.strip("|").split("|")] for row in rows)
    return {(first, second) for first, second, *_ in cells}


@pytest.fixture
def heard(client, world: World) -> dict[str, Heard]:
    conversation = world.ask(world.duinrand, "Wanneer komt het gft?", subject="Gft")
    client.force_login(world.sanne)
    addresses = {
        "De lijst": "/werkplek/?rij=vrij",
        "Een gesprek": f"/duinrand/werkplek/gesprekken/{conversation.id}/",
    }
    return {title: Heard(client.get(address).content.decode()) for title, address in addresses.items()}


@pytest.mark.parametrize("title", ["De lijst", "Een gesprek"])
def test_every_place_of_the_document_is_there_by_name(title, heard):
    places = table(title, "Gebied | Naam")
    assert len(places) > 4
    assert places - heard[title].named() == set()


@pytest.mark.parametrize("title", ["De lijst", "Een gesprek"])
def test_what_is_announced_is_announced_politely(title, heard):
    announced = table(title, "Onderdeel | Hoe | Wat je hoort")
    assert announced - set(heard[title].live.items()) == set()


@pytest.mark.parametrize("title", ["De lijst", "Een gesprek"])
def test_there_is_one_first_heading_and_no_level_is_left_out(title, heard):
    levels = [int(each[1]) for each in heard[title].headings]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.parametrize("title", ["De lijst", "Een gesprek"])
def test_the_first_link_leads_past_the_menu(title, heard):
    assert heard[title].links[0] == "#main"
