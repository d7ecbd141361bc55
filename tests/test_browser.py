"""The front door as people meet it: real processes, a real browser."""

import re
from email import message_from_bytes

import pytest
from playwright.sync_api import Page, expect

from mijngemeente.conversations.actions import close, send_reply
from mijngemeente.conversations.models import PERSONAL_LINK, Closure, Conversation
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for
from tests.browser import WIDTHS, is_wider_than_screen, open_page, violations
from tests.post import connect_mail, wait_until
from tests.served import Served
from tests.test_mail import mail
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

QUESTION = "Wanneer wordt het gft opgehaald in de Dorpsstraat?"
# A form filled in faster than a person can is taken for a robot's.
READING_MILLISECONDS = 2_500


def ask(page: Page, served: Served, question: str = QUESTION) -> str:
    """Ask at Duinrand; returns the address of the personal page."""
    page.goto(f"{served.url}/duinrand/contact/")
    page.get_by_label("Wat is de vraag?").fill(question)
    page.get_by_label("Naam").fill("Fatma")
    page.wait_for_timeout(READING_MILLISECONDS)
    page.get_by_role("button", name="Vraag versturen").click()
    expect(page.get_by_role("heading", name="De vraag is ontvangen")).to_be_visible()
    return page.url


def sign_in(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.url}/account/login/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page).to_have_url(re.compile("/werkplek/"))


def answer(page: Page, text: str) -> None:
    """Put the answer above the signature and send it."""
    page.get_by_label("Antwoord aan de inwoner").fill(text)
    page.get_by_role("button", name=re.compile("Verstuur en sluit af")).click()


def test_a_resident_asks_an_agent_answers_and_the_resident_rates(served, chromium):
    resident, agent = open_page(chromium, width=WIDTHS["phone"]), open_page(chromium)
    sign_in(agent, served, "sanne@duinrand.example")
    ask(resident, served)
    # A list that is open only counts what comes later.
    wait_until(lambda: conversation_of(served), seconds=40)
    agent.goto(f"{served.url}/werkplek/?rij=vrij")
    agent.get_by_text(QUESTION[:30]).first.click()
    answer(agent, "Het gft halen wij elke dinsdag op.")
    expect(resident.get_by_text("elke dinsdag")).to_be_visible(timeout=45_000)
    resident.reload()
    resident.get_by_label("9", exact=True).check(force=True)
    resident.get_by_label(re.compile("[Ww]aarom")).fill("Snel en duidelijk")
    resident.get_by_role("button", name=re.compile("[Cc]ijfer")).click()
    expect(resident.get_by_text("Bedankt voor het cijfer")).to_be_visible()


@pytest.mark.dovecot
def test_a_mail_is_answered_in_the_browser_and_its_writer_mails_back(served, chromium, dovecot, post_office):
    inbox = served.world.inbox(served.world.duinrand, "email")
    connect_mail(inbox, **dovecot.settings(), **post_office.settings())
    agent = open_page(chromium)
    sign_in(agent, served, "sanne@duinrand.example")
    dovecot.bring(mail(message_id="vraag@voorbeeld.example", subject="Gft", text=QUESTION))
    wait_until(lambda: conversation_of(served), seconds=40)
    agent.goto(f"{served.url}/duinrand/werkplek/gesprekken/{conversation_of(served).id}/")
    agent.get_by_label("Antwoord aan de inwoner").fill("Het gft halen wij elke dinsdag op.")
    agent.get_by_role("button", name="Verstuur", exact=True).click()
    wait_until(lambda: len(post_office.letters) == 2, seconds=40)
    answer = message_from_bytes(post_office.letters[1].content)
    assert "info@duinrand.example" in answer["From"]
    dovecot.bring(
        mail(
            message_id="dank@voorbeeld.example",
            subject="Re: Gft",
            text="Dank u wel, dat weet ik dan.",
            to=answer["Reply-To"],
            In_Reply_To=answer["Message-ID"],
        )
    )
    expect(agent.get_by_text("Dank u wel, dat weet ik dan.").first).to_be_visible(timeout=40_000)


def test_a_new_question_is_announced_to_an_open_desk(served, chromium):
    agent, resident = open_page(chromium), open_page(chromium, width=WIDTHS["phone"])
    sign_in(agent, served, "sanne@duinrand.example")
    agent.goto(f"{served.url}/werkplek/?rij=vrij")
    ask(resident, served)
    expect(agent.get_by_text(re.compile("1 nieuw gesprek"))).to_be_visible(timeout=45_000)


def test_an_agent_assigns_chooses_a_topic_answers_and_closes_without_a_mouse(served, chromium):
    served.world.ask(served.world.duinrand, QUESTION, subject="Gft")
    agent = open_page(chromium)
    sign_in(agent, served, "sanne@duinrand.example")
    agent.goto(f"{served.url}/werkplek/?rij=vrij")
    press(agent, "j", "Enter")
    expect(agent.get_by_label("Antwoord aan de inwoner")).to_be_visible()
    press(agent, "a", "Enter")
    expect(agent.locator("#act-assignee")).to_contain_text("Sanne")
    press(agent, "o", *"afval", "Enter")
    expect(agent.locator("#facts")).to_contain_text("Afval")
    press(agent, "r", *"Elke dinsdag.", "Control+Enter")
    expect(agent.locator("#conversation")).not_to_contain_text(QUESTION)
    with acting_for(served.world.duinrand.id):
        assert Closure.objects.get().reason == Closure.Reason.ANSWERED


def test_an_answer_that_does_not_go_is_told_and_kept(served, chromium):
    served.world.ask(served.world.duinrand, QUESTION, subject="Gft")
    agent = open_page(chromium)
    sign_in(agent, served, "sanne@duinrand.example")
    agent.goto(f"{served.url}/werkplek/?rij=vrij")
    agent.get_by_text(QUESTION[:30]).first.click()
    agent.get_by_label("Antwoord aan de inwoner").press_sequentially("Elke dinsdag.")
    agent.context.clear_cookies()
    agent.get_by_role("button", name=re.compile("Verstuur en sluit af")).click()
    agent.get_by_role("link", name="Laad de pagina opnieuw").click()
    agent.get_by_label("E-mailadres").fill("sanne@duinrand.example")
    agent.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    agent.get_by_role("button", name="Inloggen").click()
    expect(agent.get_by_label("Antwoord aan de inwoner")).to_have_value(re.compile("Elke dinsdag."))


def press(page: Page, *keys: str) -> None:
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def test_the_residents_path_works_without_scripts(served, chromium):
    resident = open_page(chromium, width=WIDTHS["phone"], scripts=False)
    personal = ask(resident, served)
    wait_until(lambda: conversation_of(served))
    conversation = conversation_of(served)
    with acting_for(served.world.duinrand.id):
        send_reply(
            conversation=conversation, by=served.world.members["sanne"], text="Elke dinsdag.", key=uuid7()
        )
        close(conversation=conversation, by=served.world.members["sanne"], reason=Closure.Reason.ANSWERED)
    resident.goto(personal)
    expect(resident.get_by_text("Elke dinsdag.")).to_be_visible()
    resident.get_by_label("8", exact=True).check(force=True)
    resident.get_by_role("button", name=re.compile("[Cc]ijfer")).click()
    expect(resident.get_by_text("Bedankt voor het cijfer")).to_be_visible()
    resident.get_by_role("textbox", name="Bericht").fill("Dank je wel!")
    resident.wait_for_timeout(READING_MILLISECONDS)
    resident.get_by_role("button", name="Versturen").click()
    expect(resident.get_by_text("Dank je wel!").first).to_be_visible()


def test_the_residents_path_works_by_keyboard_alone(served, chromium):
    resident = open_page(chromium)
    resident.goto(f"{served.url}/duinrand/contact/")
    tab_to(resident, "textarea")
    resident.keyboard.type(QUESTION)
    resident.wait_for_timeout(READING_MILLISECONDS)
    tab_to(resident, "button[type=submit], form button:not([type])")
    resident.keyboard.press("Enter")
    expect(resident.get_by_role("heading", name="De vraag is ontvangen")).to_be_visible()
    expect(resident.get_by_text(QUESTION).first).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element, as somebody without a mouse would."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"no {selector} within 40 tabs")


def conversation_of(served: Served) -> Conversation | None:
    """The one conversation there is at Duinrand, if the worker took it in."""
    with acting_for(served.world.duinrand.id):
        return Conversation.objects.select_related("contact", "inbox").first()


PUBLIC = [
    "/",
    "/duinrand/contact/",
    "/duinrand/contact/?taal=en",
    "/duinrand/contact/?taal=fy",
    "/duinrand/contact/chat/",
]
PUBLIC += ["/duinrand/contact/widget/", "/account/login/", "/account/password/reset/", "/bestaat-niet/"]
AGENT = [
    "/werkplek/",
    "/werkplek/?rij=vrij",
    "/werkplek/?rij=gesloten",
    "/duinrand/werkplek/contact-vastleggen/",
]
AGENT += ["/account/profiel/", "/account/2fa/", "/account/sessions/", "/account/password/change/"]
ADMINISTRATOR = [
    "",
    "postvakken/",
    "mensen/",
    "mensen/uitnodigen/",
    "spelregels/",
    "uiterlijk/",
    "afspraken/",
]
ADMINISTRATOR += ["post/", "post/in/"]


def checked(page: Page, url: str) -> None:
    """No axe violation and no sideways scrolling, at three widths."""
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(url)
        assert response is not None
        assert response.status < 500
        assert violations(page) == [], (url, width)
        assert not is_wider_than_screen(page), (url, width)


def test_axe_finds_nothing_on_the_residents_pages(served, chromium):
    page = open_page(chromium)
    for path in PUBLIC:
        checked(page, served.url + path)
    conversation = served.world.ask(served.world.duinrand, QUESTION, subject="Gft")
    personal = f"{served.url}/duinrand/contact/{make_token(PERSONAL_LINK, conversation.id)}/"
    checked(page, personal)
    with acting_for(served.world.duinrand.id):
        send_reply(
            conversation=conversation, by=served.world.members["sanne"], text="Elke dinsdag.", key=uuid7()
        )
        close(conversation=conversation, by=served.world.members["sanne"], reason=Closure.Reason.ANSWERED)
    checked(page, personal)
    page.goto(f"{served.url}/duinrand/contact/")
    page.get_by_role("button", name="Vraag versturen").click()
    assert violations(page) == []


def test_axe_finds_nothing_on_the_desk(served, chromium):
    page = open_page(chromium)
    sign_in(page, served, "sanne@duinrand.example")
    for path in AGENT:
        checked(page, served.url + path)
    conversation = served.world.ask(served.world.duinrand, QUESTION, subject="Gft")
    here = f"{served.url}/duinrand/werkplek/gesprekken/{conversation.id}/"
    for address in (here, f"{here}?schrijf=notitie", f"{here}overdracht/"):
        checked(page, address)


def test_axe_finds_nothing_in_administration(served, chromium):
    page = open_page(chromium)
    sign_in_administrator(page, served)
    for path in ADMINISTRATOR:
        checked(page, f"{served.url}/duinrand/beheer/{path}")


def sign_in_administrator(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/account/login/?next=/duinrand/beheer/")
    page.get_by_label("E-mailadres").fill("beheer@duinrand.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page).to_have_url(re.compile("/beheer/"))
