"""From founded to a first answer, as a new administrator clicks."""

import re
from typing import Literal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from mijngemeente.answers.actions import Draft, write
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.platform.tenancy import acting_for
from tests.browser import is_wider_than_screen, open_page, violations
from tests.served import Served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

NEEDED = 10


@pytest.fixture
def founded(served: Served) -> Served:
    """Duinrand on its first day: only an administrator, and no mail."""
    world = served.world
    InboxAddress.objects.filter(organisation=world.duinrand, kind="email").delete()
    others = Member.objects.filter(organisation=world.duinrand).exclude(id=world.members["beheer"].id)
    others.update(left_at=timezone.now())
    with acting_for(world.national.id):
        for number in range(NEEDED):
            draft = Draft(f"Vraag {number}", "Dat kan bij de balie.", state="published")
            write(organisation=world.national, draft=draft, by=None)
    return served


def press(page: Page, role: Literal["button", "link"], name: str) -> None:
    page.get_by_role(role, name=re.compile(name)).first.click()


def has_done(page: Page, steps: int) -> None:
    """Waits until the way shows so many steps; nothing on it keeps anybody out."""
    expect(page.locator("#progress")).to_contain_text(f"{steps} van 7")
    assert violations(page) == []
    assert not is_wider_than_screen(page)


def stands_at(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def saved(page: Page) -> None:
    """Presses Bewaren, and waits until the page says that it is."""
    press(page, "button", "Bewaren")
    expect(page.locator("#toasts")).not_to_be_empty()
    assert violations(page) == []


def test_a_new_municipality_sets_itself_up_and_answers(founded: Served, chromium: Browser) -> None:
    page = open_page(chromium)
    # What fades in has too little contrast on its way.
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{founded.url}/account/login/")
    page.get_by_label("E-mailadres").fill("beheer@duinrand.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "button", "Inloggen")
    has_done(page, 0)

    press(page, "link", "Begin met Naam")
    page.get_by_label("Telefoon").fill("14 0123")
    saved(page)
    press(page, "link", "Volgende stap: Uiterlijk")
    stands_at(page, "Uiterlijk")
    saved(page)
    press(page, "link", "Terug naar beginnen")
    press(page, "button", "Ik geef zelf ook antwoord")
    has_done(page, 3)

    press(page, "link", "^Openingstijden")
    stands_at(page, "Openingstijden")
    saved(page)
    press(page, "link", "Volgende stap: Spelregels")
    stands_at(page, "Spelregels")
    page.get_by_label("je", exact=True).check()
    expect(page.get_by_text("Je kunt je oude matras")).to_be_visible()
    saved(page)
    press(page, "link", "Volgende stap: Eerste tien")
    press(page, "button", "Neem deze antwoorden over")
    press(page, "link", "Terug naar beginnen")
    has_done(page, 6)

    founded.world.ask(founded.world.duinrand, "Wanneer halen jullie het oud papier op?")
    page.reload()
    has_done(page, 7)
    press(page, "link", "Geef antwoord op de werkplek")
    page.get_by_text("oud papier").first.click()
    page.get_by_label("Antwoord aan de inwoner").press_sequentially("Elke dinsdag. ")
    press(page, "button", "Verstuur en sluit af")
    expect(page.locator("#toasts")).not_to_be_empty()
