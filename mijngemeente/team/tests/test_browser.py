"""The teamplotter as people meet it: every step can be read, reached and walked, on a phone too."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.settings import DATA
from mijngemeente.team.actions import keep_plot
from mijngemeente.team.rules.steps import STEPS
from tests.browser import is_wider_than_screen, open_page, violations
from tests.served import Served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser
EXAMPLE = json.loads((DATA / "team" / "examples" / "klein.json").read_text())


def check(page: Page) -> None:
    assert violations(page) == []
    assert not is_wider_than_screen(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_every_step_of_a_plot_can_be_read(served: Served, chromium: Browser, width: int) -> None:
    page = open_page(chromium, width=width)
    page.goto(f"{served.url}/wegwijs/teamplotter/")
    check(page)
    page.get_by_role("button", name="Gemeente met 28.000 inwoners").click()
    for step in STEPS:
        page.locator(f"button.plotter__step[value={step.name}]").click()
        expect(page.get_by_role("heading", level=1, name=step.title)).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        check(page)


def test_a_verdict_is_discussed_and_stays_so(served: Served, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(f"{served.url}/wegwijs/teamplotter/")
    page.get_by_role("button", name="Gemeente met 28.000 inwoners").click()
    row = page.get_by_role("row", name=re.compile("^Communitymanager"))
    row.get_by_text("Bespreek").click()
    row.get_by_label("Wat vinden jullie?").select_option("chosen")
    row.get_by_label("Notitie").fill("Dat doet het dorp zelf.")
    row.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Wij kiezen dit: Dat doet het dorp zelf.")).to_be_visible()


def test_what_an_organisation_keeps_can_be_read(served: Served, chromium: Browser) -> None:
    world, page = served.world, open_page(chromium, width=390)
    with acting_for(world.duinrand.id):
        plot = keep_plot(document=EXAMPLE, by=world.members["baas"])
    page.goto(f"{served.url}/account/login/?next=/duinrand/wegwijs/")
    page.get_by_label("E-mailadres").fill("baas@duinrand.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1, name="Teamplots")).to_be_visible()
    pages = {
        f"{plot.id}/naast/": "Naast andere gemeenten",
        "buren/?rol=R03": "Wie bij ons in de buurt heeft deze rol?",
        "eigen/": "Eigen rollen en taken",
    }
    for path, heading in pages.items():
        page.goto(f"{served.url}/duinrand/wegwijs/{path}")
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        check(page)


def test_on_a_phone_the_steps_open_at_the_one_that_one_is_at(served: Served, chromium: Browser) -> None:
    page = open_page(chromium, width=390)
    page.goto(f"{served.url}/wegwijs/teamplotter/")
    page.get_by_role("button", name="Gemeente met 28.000 inwoners").click()
    expect(page.locator("[data-steps] [aria-current=step]")).to_be_in_viewport(ratio=1)
