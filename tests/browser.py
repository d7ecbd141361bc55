"""Debian's Chromium, driven as a person would."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
#: Milliseconds for a state to come, on a machine that is five times slower than ours.
PATIENCE = 45_000
expect.set_options(timeout=PATIENCE)
WIDTHS = {"desk": 1440, "tablet": 768, "phone": 390}
# Chromium asks its maker's hosts at every start otherwise, and waits for them.
QUIET = [
    "--lang=nl-NL",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def chromium(launched: Browser) -> Iterator[Browser]:
    """The browser for one test; what it opened is closed after it."""
    yield launched
    for context in launched.contexts:
        context.close()


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    """One browser for a module; while it runs, nothing else in this process can run an event loop."""
    if CHROMIUM is None:
        if "chromium" in os.environ.get("MIJNGEMEENTE_REQUIRE", ""):
            pytest.fail("Chromium is required here and not installed")
        pytest.skip("without Chromium the browser stories are left out")
    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def open_page(chromium: Browser, *, width: int = 1440, scripts: bool = True) -> Page:
    """A fresh visitor: no cookies, Dutch, and the width asked for."""
    context = chromium.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        bypass_csp=True,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, each as rule and place."""
    page.add_script_tag(path=str(AXE))
    # What is still fading in has no colour of its own yet.
    page.emulate_media(reduced_motion="reduce")
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: [
            'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations"""
    )
    page.emulate_media(reduced_motion="null")
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def is_wider_than_screen(page: Page) -> bool:
    """Whether a reader has to scroll the page or its main part sideways (WCAG 1.4.10)."""
    return bool(
        page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('main')]"
            ".some(each => each.scrollWidth > each.clientWidth)"
        )
    )
