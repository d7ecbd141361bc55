"""The reply box as somebody uses it: remarks while writing, a draft elsewhere, a plan, and a way back."""

import re

import pytest
from playwright.sync_api import expect

from mijngemeente.organisations.models import Person
from tests.browser import is_wider_than_screen, open_page, violations
from tests.test_browser import sign_in

pytestmark = pytest.mark.browser

PATIENCE = 60_000
LETTER = "Beste Fatma,\n\n{}\n\nMet vriendelijke groet,\nSanne\ngemeente Duinrand"


def test_an_answer_is_looked_at_kept_planned_and_taken_back(served, chromium):
    Person.objects.update(undo_seconds=20)
    served.world.ask(served.world.duinrand, "Waarom is de brug dicht?", name="Fatma")
    page = open_page(chromium)
    page.set_default_timeout(PATIENCE)
    sign_in(page, served, "sanne@duinrand.example")
    page.goto(f"{served.url}/werkplek/?rij=vrij")
    page.get_by_text("Waarom is de brug").first.click()
    box = page.get_by_label("Antwoord aan de inwoner")
    box.click()  # The first look at it puts the caret where writing starts.
    box.fill(LETTER.format("Jij kunt derhalve omrijden. Het kost {bedrag}."))
    expect(page.get_by_text("Hier moet nog iets worden ingevuld.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Toon “Jij”").click()
    assert box.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == "Jij"
    assert violations(page) == []

    page.reload()
    expect(box).to_have_value(re.compile("derhalve omrijden"), timeout=PATIENCE)

    box.click()
    box.fill(LETTER.format("U kunt morgen omrijden."))
    page.get_by_role("button", name="Later of eerst laten lezen").click()
    assert violations(page) == []
    page.get_by_role("button", name="Morgen 9.00 uur").last.click()
    expect(page.get_by_text("Gaat weg: morgen 9.00 uur")).to_be_visible(timeout=PATIENCE)

    box.click()
    box.fill(LETTER.format("De brug is open."))
    page.get_by_role("button", name="Verstuur", exact=True).click()
    page.get_by_role("button", name="Ongedaan maken").click(timeout=PATIENCE)
    expect(box).to_have_value(re.compile("De brug is open"), timeout=PATIENCE)
    assert not is_wider_than_screen(page)
    assert violations(page) == []
