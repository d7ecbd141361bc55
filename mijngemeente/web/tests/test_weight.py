"""What a page of the desk costs the first time (ui.md): at most 100 KB over the wire, and nobody else is asked."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import open_page
from tests.served import Served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

LIST_BYTES, CONVERSATION_BYTES = 85_000, 95_000
REQUESTS = 20
ROWS = 50


class Scale:
    """Weighs what comes in, headers included, compressed as it travels."""

    def __init__(self, wire: CDPSession) -> None:
        self.bytes = self.answers = 0
        self.hosts: set[str] = set()
        self.refused: list[str] = []
        wire.on("Network.loadingFinished", self._weigh)
        wire.on("Network.responseReceived", self._note)
        wire.send("Network.enable")

    def _weigh(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _note(self, event: dict[str, dict[str, Any]]) -> None:
        answer = event["response"]
        self.answers += 1
        self.hosts.add(urlsplit(answer["url"]).netloc)
        if answer["status"] >= 400:
            self.refused.append(answer["url"])


def test_the_first_page_of_the_desk_is_light_and_comes_from_here(served: Served, chromium: Browser) -> None:
    for number in range(ROWS):
        asked = served.world.ask(served.world.duinrand, f"Vraag {number}: mag dit bij het oud papier?")
    signed_in = sign_in(served, chromium)

    page, scale = weigh(served, chromium, signed_in, "/werkplek/?rij=vrij")
    assert page.get_by_text("Vraag 1:").count() > 0
    assert scale.bytes < LIST_BYTES, f"{scale.bytes} bytes"

    page, scale = weigh(served, chromium, signed_in, f"/duinrand/werkplek/gesprekken/{asked.id}/?rij=vrij")
    expect(page.locator("#rows")).to_be_attached(timeout=45_000)
    assert scale.bytes < CONVERSATION_BYTES, f"{scale.bytes} bytes"


def sign_in(served: Served, chromium: Browser) -> Any:
    """Cookies of somebody who has fetched nothing else yet."""
    visitor = open_page(chromium)
    visitor.goto(f"{served.url}/account/login/")
    visitor.get_by_label("E-mailadres").fill("sanne@duinrand.example")
    visitor.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    visitor.get_by_role("button", name="Inloggen").click()
    expect(visitor).to_have_url(re.compile("/werkplek/"), timeout=45_000)
    return visitor.context.cookies()


def weigh(served: Served, chromium: Browser, signed_in: Any, path: str) -> tuple[Page, Scale]:
    """The page as a browser that knows nothing of us gets it."""
    page = open_page(chromium)
    page.context.add_cookies(signed_in)
    scale = Scale(page.context.new_cdp_session(page))
    page.goto(f"{served.url}{path}", wait_until="load")
    page.wait_for_timeout(1_000)
    assert scale.refused == []
    assert scale.hosts == {urlsplit(served.url).netloc}
    assert scale.answers <= REQUESTS, f"{scale.answers} answers"
    return page, scale
