"""Takes the picture of the README from a running demo: python tools/screenshot.py [URL]."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from mijngemeente.cli.demo.password import PASSWORD

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "werkplek.png"


def main(url: str) -> None:
    """As Sanne, who opens an angry question."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="nl-NL")
        page.goto(f"{url}/account/login/")
        page.get_by_label("E-mailadres").fill("sanne@tilburg.example")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.get_by_role("link", name="Van mijn team").click()
        page.get_by_text("J.P.M. Vermeulen").first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
