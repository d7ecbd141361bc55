"""Many about one thing, as somebody clicks: from the line above the list to an answer for all."""

import pytest
from playwright.sync_api import expect

from mijngemeente.clusters.jobs import gather
from tests.browser import is_wider_than_screen, open_page, violations
from tests.test_browser import sign_in

from .steps import burst

pytestmark = pytest.mark.browser

PATIENCE = 60_000


def test_an_event_is_judged_and_answered_from_the_list(served, chromium):
    burst(served.world, served.world.duinrand, number=4)
    gather(0)
    page = open_page(chromium)
    page.set_default_timeout(PATIENCE)
    sign_in(page, served, "sanne@duinrand.example")
    page.goto(f"{served.url}/werkplek/")
    page.get_by_role("link", name="4 meldingen over").click()
    checked(page)
    page.get_by_role("button", name="Ja, dit hoort bij elkaar").click()
    expect(page.get_by_role("link", name="Antwoord aan allen")).to_be_visible()
    checked(page)
    page.get_by_role("link", name="Antwoord aan allen").click()
    page.get_by_label("Antwoord aan allen").fill("We werken eraan.")
    checked(page)
    page.get_by_role("button", name="Bekijk hoe het eruitziet").click()
    expect(page.get_by_text("4 inwoners krijgen dit bericht.")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Verstuur aan 4 inwoners").click()
    expect(page.get_by_text("4 inwoners hebben het antwoord.")).to_be_visible(timeout=PATIENCE)
    checked(page)


def checked(page):
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert not is_wider_than_screen(page)
    page.set_viewport_size({"width": 1280, "height": 800})
