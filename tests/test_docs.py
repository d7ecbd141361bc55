"""What the documents say is so: links lead somewhere, commands and settings exist, pins are clean."""

import re
from pathlib import Path

import pytest

from mijngemeente.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")]
    if page.is_file()
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"^(?:\.venv/bin/)?mijngemeente ([a-z]+)|`(?:\.venv/bin/)?mijngemeente ([a-z]+)", re.M)
TARGET = re.compile(r"(?:^|`)make ([a-z-]+)", re.M)
SETTING = re.compile(r"^\| `([A-Z_]+)`", re.M)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_file(page):
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_that_are_named_exist(page):
    named = {one or other for one, other in COMMAND.findall(page.read_text("utf-8"))}
    assert named <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_that_are_named_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(TARGET.findall(page.read_text("utf-8"))) <= targets


def test_settings_that_are_named_are_read_somewhere():
    code = "".join(file.read_text("utf-8") for file in ROOT.glob("mijngemeente/**/*.py"))
    named = SETTING.findall((ROOT / "docs" / "running.md").read_text("utf-8"))
    assert len(named) > 5
    assert [name for name in named if f'"{name}"' not in code] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_have_a_hash_each_and_name_no_index_and_no_folder(name):
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)+", text, re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9].*==", text, re.M)) > 10
    assert not re.search(r"://|--(?:extra-)?index|find-links|file:|^/", text, re.M)


def test_the_readme_fits_on_a_screen_and_shows_a_picture():
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 50
    assert "](docs/images/" in text
