"""Two phones and a laptop fill in one plot together."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot
from mijngemeente.team.models import TeamPlot
from tests.browser import is_wider_than_screen, open_page, violations
from tests.served import Served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser
TASK = "Informatie op alle kanalen gelijk houden"


@pytest.fixture
def laptop(served: Served, chromium: Browser) -> Page:
    """The presenter, at the screen of a new session."""
    world, page = served.world, open_page(chromium)
    with acting_for(world.duinrand.id):
        document = {"format": "mijngemeente-teamplot", "title": "Online", "people": []}
        keep_plot(document=document, by=world.members["baas"])
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{served.url}/account/login/?next=/duinrand/wegwijs/")
    page.get_by_label("E-mailadres").fill("baas@duinrand.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("button", name=re.compile("Vul samen in")).click()
    return page


def joined(served: Served, chromium: Browser, code: str, name: str) -> Page:
    page = open_page(chromium, width=390)
    page.goto(f"{served.url}/wegwijs/meedoen/")
    page.get_by_label("Code op het scherm").fill(code.lower())
    page.get_by_label("Je naam of je functie").fill(name)
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_role("heading", name="Over welk team gaat het?")).to_be_visible()
    return page


def ask(laptop: Page, *phones: Page, step: str, question: str) -> None:
    laptop.get_by_role("button", name=re.compile(step)).first.click()
    for each in (laptop, *phones):
        expect(each.get_by_role("heading", level=1, name=question)).to_be_visible()


def send(phone: Page) -> None:
    phone.get_by_role("button", name="Stuur naar het scherm").click()
    expect(phone.get_by_role("heading", name="Wat jij stuurde")).to_be_visible()


def does(phone: Page, hours: str) -> None:
    phone.get_by_label("Over wie gaat het?").select_option(label="Anna")
    phone.get_by_text("Regie", exact=True).click()
    phone.get_by_label(TASK, exact=True).check()
    phone.get_by_label(f"Uren per week voor {TASK}").fill(hours)


def test_two_phones_and_a_laptop_fill_in_one_plot_together(
    served: Served, chromium: Browser, laptop: Page
) -> None:
    code = laptop.locator(".session__code").inner_text()
    anna, bo = (joined(served, chromium, code, name) for name in ("Anna", "Bo"))
    expect(laptop.get_by_text("2 telefoons doen mee")).to_be_visible()
    ask(laptop, anna, bo, step="Mensen", question="Wie werken er aan online?")
    anna.get_by_label("Naam of functie").fill("Anna")
    send(anna)
    laptop.get_by_role("button", name=re.compile("Neem over.*Anna")).click()
    expect(anna.get_by_text("overgenomen")).to_be_visible()

    ask(laptop, anna, bo, step="Taken", question="Wat doe je echt?")
    does(anna, "6")
    does(bo, "2")
    bo.context.set_offline(True)
    bo.get_by_role("button", name="Stuur naar het scherm").click()
    expect(bo.get_by_role("alert").filter(has_text="geen verbinding")).to_be_visible()
    send(anna)
    bo.context.set_offline(False)
    expect(bo.get_by_role("alert").filter(has_text="geen verbinding")).to_be_hidden()
    send(bo)
    expect(laptop.get_by_text("Hier zeggen jullie niet hetzelfde")).to_be_visible()
    for page in (laptop, anna):
        assert violations(page) == []
        assert not is_wider_than_screen(page)

    # The screen goes on while somebody is still typing.
    bo.get_by_label("Over wie gaat het?").select_option(label="Anna")
    laptop.get_by_role("button", name=re.compile("Neem over.*2 uur")).click()
    expect(anna.get_by_text("opzij gelegd")).to_be_visible()
    laptop.get_by_role("button", name=re.compile("Volgende vraag")).click()
    expect(bo.get_by_text("Het scherm vraagt nu iets anders")).to_be_visible()
    expect(bo.get_by_label("Over wie gaat het?")).to_have_value("p1")

    laptop.on("dialog", lambda dialog: dialog.accept())
    laptop.get_by_role("button", name="Sluit de sessie af").click()
    expect(anna.get_by_role("heading", name="De sessie is afgelopen")).to_be_visible()
    with acting_for(served.world.duinrand.id):
        (person,) = TeamPlot.objects.get().document["people"]
    assert person["tasks"] == [{"code": "T01", "hours": 2, "owner": False}]


def test_what_a_phone_sends_while_the_screen_is_being_drawn_comes_too(
    served: Served, chromium: Browser, laptop: Page
) -> None:
    code = laptop.locator(".session__code").inner_text()
    anna, bo = (joined(served, chromium, code, name) for name in ("Anna", "Bo"))
    expect(laptop.get_by_text("2 telefoons doen mee")).to_be_visible()
    ask(laptop, anna, bo, step="Mensen", question="Wie werken er aan online?")
    laptop.evaluate("addEventListener('htmx:sseMessage', () => (window.heard = (window.heard ?? 0) + 1))")

    bo.get_by_label("Naam of functie").fill("Bo")

    def come_late(route: Route) -> None:
        drawn = route.fetch()
        send(bo)
        laptop.wait_for_function("window.heard > 1")
        route.fulfill(response=drawn)

    laptop.route(laptop.url, come_late, times=1)
    anna.get_by_label("Naam of functie").fill("Anna")
    send(anna)
    expect(laptop.get_by_text("2 antwoorden wachten op een keuze")).to_be_visible()
