"""The resident's pages in a real browser: by keyboard, without JavaScript, live, and inside another site."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from mijngemeente.conversations.actions import close, send_reply
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tenancy import acting_for
from tests.browser import is_wider_than_screen, open_page, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A form sent faster is a robot's.
TYPING_MILLISECONDS = 2_200
RECEIVED_MILLISECONDS = 45_000


def tab_to(page, selector):
    """Press Tab until the element has focus, as somebody without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def answer(world, text):
    with acting_for(world.duinrand.id):
        conversation = Conversation.objects.get()
        send_reply(conversation=conversation, by=world.members["sanne"], text=text, key=uuid4())


def finish(world):
    with acting_for(world.duinrand.id):
        close(conversation=Conversation.objects.get(), by=world.members["sanne"], reason="answered")


def looks_right(page):
    assert violations(page) == []
    assert not is_wider_than_screen(page)


def test_without_javascript_and_mouse_a_resident_asks_reads_adds_and_rates(served, chromium):
    page = open_page(chromium, width=390, scripts=False)
    page.goto(f"{served.url}/duinrand/contact/")
    tab_to(page, "#id_text")
    page.keyboard.type("Wanneer is de markt?")
    page.wait_for_timeout(TYPING_MILLISECONDS)
    tab_to(page, "#contact button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/*/")
    # The page asks again by itself until the worker has read the question.
    page.wait_for_selector("text=Gesprek 1.", timeout=RECEIVED_MILLISECONDS)
    tab_to(page, "#id_text")
    page.keyboard.type("En waar?")
    tab_to(page, "#add button")
    page.keyboard.press("Enter")
    page.wait_for_selector("li >> text=En waar?")
    page.wait_for_selector("meta[http-equiv=refresh]", state="detached", timeout=RECEIVED_MILLISECONDS)
    answer(served.world, "Op vrijdag, op het plein.")
    finish(served.world)
    page.reload()
    page.wait_for_selector("text=Op vrijdag, op het plein.")
    tab_to(page, "input[name=score]")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    tab_to(page, "#rating button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Bedankt voor het cijfer")
    assert page.inner_text(".rating__number") == "8"


def test_a_chat_is_live_and_keeps_what_is_being_typed(served, chromium):
    page = open_page(chromium, width=390)
    page.goto(f"{served.url}/duinrand/contact/chat/")
    looks_right(page)
    page.fill("#id_text", "Bent u daar?")
    page.wait_for_timeout(TYPING_MILLISECONDS)
    page.click("#contact button")
    page.wait_for_selector("#status .number", timeout=RECEIVED_MILLISECONDS)
    page.evaluate("window.isSamePage = true")
    page.fill("#add #id_text", "Ik heb nog")
    answer(served.world, "Ja hoor!")
    page.wait_for_selector("li >> text=Ja hoor!")
    assert page.input_value("#add #id_text") == "Ik heb nog"
    page.click("#add button:not([type=button])")
    page.wait_for_selector("li >> text=Ik heb nog")
    expect(page.locator("#add #id_text")).to_be_focused()
    page.click("#add button:not([type=button])")
    page.wait_for_selector("#error-summary:focus")
    looks_right(page)
    finish(served.world)
    page.wait_for_selector("#rating input")
    looks_right(page)
    assert page.evaluate("window.isSamePage")
    assert page.context.cookies() == []


def test_a_wrong_form_in_another_language_looks_right_on_every_screen(served, chromium):
    for width in (1440, 768, 390, 320):
        page = open_page(chromium, width=width)
        page.goto(f"{served.url}/duinrand/contact/?taal=fy")
        looks_right(page)
        page.fill("#id_email", "fout")
        page.click("#contact button")
        page.wait_for_selector("#error-summary")
        assert page.input_value("#id_email") == "fout"
        looks_right(page)


@contextmanager
def another_site(served) -> Iterator[str]:
    """A web site of somebody else, with our one script tag."""
    script = f'<script src="{served.url}/duinrand/contact/widget.js"></script>'
    body = f"<!doctype html><title>Site</title><h1>Site</h1>{script}"

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def allow(world, site):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(organisation=world.duinrand, widget_sites=[site])


def test_the_widget_works_inside_an_allowed_site_without_cookies(served, chromium):
    with another_site(served) as elsewhere:
        site = elsewhere.replace("127.0.0.1", "localhost")
        allow(served.world, site)
        context = chromium.new_context(locale="nl-NL")
        page = context.new_page()
        page.goto(site)
        page.click("text=Stel een vraag")
        frame = page.frame_locator("iframe")
        frame.locator("#id_text").fill("Vraag vanaf een andere site")
        page.wait_for_timeout(TYPING_MILLISECONDS)
        frame.locator("#add button").click()
        frame.locator("li >> text=Vraag vanaf een andere site").wait_for(timeout=RECEIVED_MILLISECONDS)
        assert context.cookies() == []


def test_the_widget_stays_shut_inside_any_other_site(served, chromium):
    with another_site(served) as elsewhere:
        page = chromium.new_context(locale="nl-NL").new_page()
        page.goto(elsewhere)
        page.click("text=Stel een vraag")
        page.wait_for_timeout(1_000)
        assert page.frame_locator("iframe").locator("#id_text").count() == 0
