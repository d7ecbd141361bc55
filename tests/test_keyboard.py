"""A first shift without a mouse: ten conversations, and after each act the reader is somewhere sensible."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from mijngemeente.conversations.models import Closure, Conversation, DepartmentQuestion, Designation
from mijngemeente.conversations.queries.departments import token_of_question
from mijngemeente.desk.tests.test_answer_bank import bank
from mijngemeente.organisations.models import Department, Person
from mijngemeente.platform.tenancy import acting_for
from tests.browser import open_page, violations
from tests.served import Served
from tests.test_browser import sign_in, tab_to
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

# A state is waited for, however slow the machine is.
PATIENCE = 60_000
UNDO_SECONDS = 60
ASKED = {
    "Ali": "Mijn paspoort is verlopen, wat nu?",
    "Bea": "Hoe vraag ik een nieuw paspoort aan?",
    "Cor": "Wanneer is de markt?",
    "Dirk": "De lantaarn voor ons huis in Veenwijk is stuk.",
    "Els": "Wanneer wordt de boom gesnoeid?",
    "Frits": "Hierbij maak ik bezwaar tegen uw besluit van 3 november.",
    "Gerda": "Ik weet jullie te vinden en dan zijn jullie nog niet jarig.",
    "Henk": "De foto stuur ik morgen.",
    "Ineke": "Mijn container is niet geleegd.",
    "Jan": "Is het zwembad open?",
    "Kees": "Wat kost een parkeerkaart?",
}
MENUS = {
    "a": "#menu-assign",
    "u": "#menu-status",
    "o": "#menu-topic",
    "l": "#menu-more",
    "m": "#menu-more",
    "s": "#menu-close",
}


class Keyboard:
    """The keys somebody presses, each when the page is ready for it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.wait_for_load_state()
            expect(self.page.locator("form.htmx-request, .row__link.htmx-request")).to_have_count(0)
            self.page.keyboard.press(key)

    def write(self, text: str, *, then: str = "") -> None:
        self.page.keyboard.type(text)
        if then:
            self.press(then)

    def walk_to(self, text: str, *, with_key: str) -> None:
        for _ in range(30):
            self.page.keyboard.press(with_key)
            if text in self.page.evaluate("document.activeElement.textContent"):
                return
        raise AssertionError(f"no {text} within 30 times {with_key}")

    def opened(self, name: str) -> None:
        """The conversation is open, and a screen reader reads its title."""
        expect(self.title).to_have_text(f"Vraag van {name}")
        expect(self.title).to_be_focused()

    @property
    def title(self) -> Locator:
        return self.page.locator("#conversation-title")

    def told(self, text: str) -> None:
        expect(self.page.locator("#toasts").get_by_text(text).first).to_be_visible()


def ask(served: Served, name: str, text: str, **more: object) -> Conversation:
    duinrand = served.world.duinrand
    address = f"{name.lower()}@voorbeeld.example"
    subject = more.pop("subject", f"Vraag van {name}")
    return served.world.ask(duinrand, text, name=name, email=address, subject=subject, **more)


@pytest.fixture
def asked(served: Served) -> dict[str, Conversation]:
    """What waits in the morning, with what Duinrand has set up."""
    world = served.world
    Person.objects.filter(id=world.sanne.id).update(undo_seconds=UNDO_SECONDS)
    bank(world, world.duinrand, "sanne", text_nl="Een nieuw paspoort vraagt u aan bij de balie.")
    with acting_for(world.duinrand.id):
        Department.objects.create(organisation=world.duinrand, name="Groen", email="groen@duinrand.example")
        Designation.objects.create(
            organisation=world.duinrand, kind="objection", url="https://duinrand.example/bezwaar"
        )
    waiting = {name: ask(served, name, text) for name, text in ASKED.items()}
    ask(served, "Ineke", "Het gaat om de groene.", subject="Groene container")
    return waiting


def test_ten_conversations_are_answered_by_keyboard_alone(served, chromium, asked):
    page, keys = start(served, chromium)
    look_around(page, keys)
    answer_from_the_bank(page, keys)
    cross(served, page, keys, asked["Cor"])
    hand_over(served, page, keys)
    ask_a_department(served, chromium, page, keys)
    refer_an_objection(page, keys)
    keep_a_threat_apart(page, keys)
    put_off_and_merge(page, keys)
    share_the_queue(served, chromium, page, keys)
    take_back(page, keys)
    search_and_come_back(page, keys)
    assert violations(page) == []
    with acting_for(served.world.duinrand.id):
        answered = Closure.objects.filter(reason=Closure.Reason.ANSWERED)
        # What was taken back is open again.
        assert (answered.filter(reopened_at=None).count(), answered.count()) == (7, 8)
        assert Closure.objects.get(reason=Closure.Reason.UNANSWERED).explanation == "Er is aangifte gedaan"


def start(served: Served, chromium) -> tuple[Page, Keyboard]:
    page = open_page(chromium)
    keys = Keyboard(page)
    page.goto(f"{served.url}/account/login/")
    expect(page.locator("#id_login")).to_be_focused()
    keys.write("sanne@duinrand.example", then="Tab")
    keys.write(PASSWORD, then="Enter")
    expect(page.get_by_role("heading", name="Nog van niemand")).to_be_visible()
    return page, keys


def look_around(page: Page, keys: Keyboard) -> None:
    assert violations(page) == []
    keys.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).to_be_visible()
    assert violations(page) == []
    keys.press("Escape", "j", "Enter")
    keys.opened("Ali")
    assert violations(page) == []
    for key, menu in MENUS.items():
        keys.press(key)
        expect(page.locator(f"{menu}:popover-open")).to_be_visible()
        assert violations(page) == [], menu
        assert hangs_under_its_button(page, menu), menu
        keys.press("Escape")
        # Back where one was, or on the button of the menu.
        expect(page.locator("#conversation-title:focus, #acts button:focus")).to_have_count(1)


def hangs_under_its_button(page: Page, menu: str) -> bool:
    button = page.locator(f"[popovertarget='{menu[1:]}']").first.bounding_box()
    box = page.locator(menu).bounding_box()
    assert button and box
    return box["y"] >= button["y"] + button["height"] and box["x"] < button["x"] + button["width"] < box[
        "x"
    ] + (box["width"] + button["width"])


def answer_from_the_bank(page: Page, keys: Keyboard) -> None:
    box = page.get_by_label("Antwoord aan de inwoner")
    for name, following in (("Ali", "Bea"), ("Bea", "Cor")):
        expect(page.locator("#suggestions [data-insert]")).to_have_count(1)
        keys.press("1")
        expect(box).to_be_focused()
        expect(box).to_have_value(re.compile("bij de balie"))
        if name == "Bea":
            tab_to(page, "[name=then][value=stay]")
            keys.press("Enter")
            expect(page.locator("#thread")).to_contain_text("bij de balie")
            expect(keys.title).to_be_focused()
            keys.press("e")
            keys.told("Het gesprek met Bea is gesloten.")
        else:
            keys.press("Control+Enter")
            keys.told("Verstuurd aan Ali.")
        keys.opened(following)


def cross(served: Served, page: Page, keys: Keyboard, asked: Conversation) -> None:
    box = page.get_by_label("Antwoord aan de inwoner")
    keys.press("r")
    keys.write("De markt is op dinsdag.")
    ask(served, "Cor", "Ik bedoel de kermis.", conversation_id=asked.id)
    keys.press("Control+Enter")
    expect(page.locator("#reply-errors")).to_contain_text("Ik bedoel de kermis.")
    expect(box).to_be_focused()
    keys.write(" De kermis is in juli.")
    # Where somebody was writing, not after the signature.
    expect(box).to_have_value(re.compile("dinsdag. De kermis is in juli."))
    assert violations(page) == []
    keys.press("Control+Enter")
    keys.opened("Dirk")


def hand_over(served: Served, page: Page, keys: Keyboard) -> None:
    keys.press("d")
    expect(page.get_by_role("heading", name="Overdragen")).to_be_focused()
    assert violations(page) == []
    keys.press("Tab")
    keys.write("Veen")
    expect(page.get_by_label("Bij wie hoort deze vraag?")).to_have_value(str(served.world.veenwijk.id))
    tab_to(page, "form button")
    keys.press("Enter")
    keys.opened("Els")
    keys.told("Overgedragen aan gemeente Veenwijk.")


def ask_a_department(served: Served, chromium, page: Page, keys: Keyboard) -> None:
    keys.press("v")
    heading = page.get_by_role("heading", name="Vraag aan een afdeling")
    expect(heading).to_be_focused()
    keys.press("Escape")
    keys.opened("Els")
    keys.press("v")
    expect(heading).to_be_focused()
    assert violations(page) == []
    keys.press("Tab")
    keys.write("Gr", then="Tab")
    keys.write("Wanneer snoeien jullie?", then="Tab")
    keys.press("Space")
    tab_to(page, "form button")
    keys.press("Enter")
    keys.opened("Els")
    keys.told("De vraag is verstuurd.")
    with acting_for(served.world.duinrand.id):
        link = token_of_question(DepartmentQuestion.objects.get())
    department = open_page(chromium)
    department.goto(f"{served.url}/duinrand/contact/afdeling/{link}/")
    tab_to(department, "textarea")
    department.keyboard.type("In maart.")
    tab_to(department, "form button")
    department.keyboard.press("Enter")
    expect(department.get_by_text("je antwoord is aangekomen")).to_be_visible()
    expect(page.locator("#unread")).to_contain_text("1")
    expect(page.locator("#thread")).to_contain_text("In maart.")
    keys.press("r")
    keys.write("De boom wordt in maart gesnoeid.", then="Control+Enter")
    keys.opened("Frits")


def refer_an_objection(page: Page, keys: Keyboard) -> None:
    expect(page.locator("#formal")).to_contain_text("Dit lijkt een bezwaar")
    keys.press("f")
    expect(page.locator("#formal")).to_contain_text("De ontvangst is bevestigd")
    expect(page.locator("#formal")).to_be_focused()
    keys.press("e")
    keys.opened("Gerda")


def keep_a_threat_apart(page: Page, keys: Keyboard) -> None:
    facts = page.locator("#facts")
    keys.press("n")
    keys.write("Dit is een dreiging. @br")
    expect(page.get_by_role("option", name="Bram")).to_be_visible()
    keys.press("Enter")
    keys.write("kijk jij mee?", then="Control+Enter")
    expect(page.locator("#thread")).to_contain_text("@Bram kijk jij mee?")
    keys.press("Escape")
    expect(keys.title).to_be_focused()
    keys.press("p")
    keys.walk_to("Spoed", with_key="ArrowDown")
    keys.press("Enter")
    expect(facts).to_contain_text("Spoed")
    expect(page.locator("[data-said]")).to_have_text("Voorrang Spoed: bewaard.")
    keys.press("l")
    keys.write("dreiging", then="Enter")
    expect(facts).to_contain_text("dreiging")
    keys.press("Escape", "s")
    keys.write("Er is aangifte gedaan")
    keys.press("Tab", "Enter")
    keys.opened("Henk")


def put_off_and_merge(page: Page, keys: Keyboard) -> None:
    keys.press("u", "Enter")
    keys.told("Het gesprek met Henk is uitgesteld tot ")
    keys.opened("Ineke")
    keys.press("m")
    keys.walk_to("Samenvoegen", with_key="ArrowUp")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Samenvoegen")).to_be_focused()
    assert violations(page) == []
    tab_to(page, "[name=other]")
    keys.press("Space")
    tab_to(page, "form[method=post] button")
    keys.press("Enter")
    keys.told("gaat verder in gesprek")
    expect(keys.title).to_be_focused()
    keys.press("r")
    keys.write("De container wordt morgen geleegd.", then="Control+Enter")
    keys.opened("Jan")


def share_the_queue(served: Served, chromium, page: Page, keys: Keyboard) -> None:
    other = open_page(chromium)
    sign_in(other, served, "bram@duinrand.example")
    Keyboard(other).press("w")
    expect(other.locator("#conversation-title")).to_have_text("Vraag van Jan")
    expect(page.locator("#act-assignee")).to_contain_text("Bram")
    keys.press("w")
    keys.opened("Kees")


def take_back(page: Page, keys: Keyboard) -> None:
    box = page.get_by_label("Antwoord aan de inwoner")
    keys.press("r")
    keys.write("Een parkeerkaart kost 20 euro.", then="Control+Enter")
    keys.told("Verstuurd aan Kees.")
    keys.press("z")
    keys.opened("Kees")
    expect(box).to_have_value(re.compile("20 euro"))
    keys.press("r", "Control+Enter")
    keys.told("Verstuurd aan Kees.")


def search_and_come_back(page: Page, keys: Keyboard) -> None:
    keys.press("/")
    found = page.locator("#found").get_by_text("1 gesprek gevonden")
    expect(page.locator("#search_zoek")).to_be_focused()
    keys.write("kermis")
    expect(found).to_be_visible()
    keys.press("Tab", "j", "Enter")
    expect(keys.title).to_have_text("Vraag van Cor")
    page.go_back()
    expect(page.get_by_role("heading", name="Zoeken")).to_be_visible()
    expect(found).to_be_visible()


def test_what_is_typed_while_the_search_page_loads_stands_in_its_box(served, chromium):
    ask(served, "Cor", ASKED["Cor"])
    page, keys = start(served, chromium)
    held, search = [], re.compile("/zoeken/$")
    page.route(search, lambda route: held.append(route))
    with page.expect_request(search):
        keys.press("/")
    page.keyboard.type("markt")
    held[0].continue_()
    expect(page.locator("#search_zoek")).to_have_value("markt")
    expect(page.locator("#found").get_by_text("1 gesprek gevonden")).to_be_visible()


def test_late_news_of_one_conversation_never_lands_in_another(served, chromium):
    cor, els = (ask(served, name, ASKED[name]) for name in ("Cor", "Els"))
    page, keys = start(served, chromium)
    keys.press("j", "Enter")
    keys.opened("Cor")
    held = []
    page.route(re.compile(f"{cor.id}/nieuws/"), lambda route: held.append(route))
    with page.expect_request(re.compile(f"{cor.id}/nieuws/")):
        ask(served, "Cor", "Ik bedoel de kermis.", conversation_id=cor.id)
    keys.press("j", "Enter")
    keys.opened("Els")
    with page.expect_response(re.compile(f"{cor.id}/nieuws/")):
        held[0].continue_()
    ask(served, "Els", "Het gaat om de eik.", conversation_id=els.id)
    expect(page.locator("#thread")).to_contain_text("Het gaat om de eik.")
    expect(page.locator("#thread")).not_to_contain_text("kermis")
