"""The house style of what people see: sheets, scripts, templates, themes and icons."""

import re
from pathlib import Path

import pytest

ROOMS = Path(__file__).resolve().parents[2]
SHEETS = sorted(ROOMS.glob("*/static/[!v]*/**/*.css"))
SCRIPTS = sorted(ROOMS.glob("*/static/[!v]*/**/*.js"))
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
THEMES = sorted((ROOMS / "web/static/web/themes").glob("*.css"))
ICONS = ROOMS / "web/static/web/icons.svg"
TOKENS = ROOMS / "web/static/web/tokens.css"

# Mail readers understand neither sheets nor classes, and a resident's own mail is shown in a frame apart.
PAGES = [each for each in TEMPLATES if "email" not in each.parts and each.name != "html.html"]

# Front, back and the ratio WCAG 2.2 asks: 1.4.3 for text, 1.4.11 for edges and focus.
PAIRS = [
    *[("ink", back, 4.5) for back in ("paper", "surface", "sunk", "action-wash", "note-wash")],
    *[("ink", back, 4.5) for back in ("positive-wash", "caution-wash", "critical-wash")],
    *[("ink-soft", back, 4.5) for back in ("paper", "surface", "sunk", "action-wash", "note-wash")],
    *[("link", back, 4.5) for back in ("paper", "surface", "sunk", "action-wash")],
    *[(tone, f"{tone}-wash", 4.5) for tone in ("action", "positive", "caution", "critical", "note")],
    *[(tone, "action-wash", 4.5) for tone in ("positive", "caution", "critical")],
    *[(tone, "surface", 4.5) for tone in ("action", "positive", "caution", "critical")],
    ("on-action", "action", 4.5),
    ("on-action", "action-strong", 4.5),
    ("on-brand", "brand", 4.5),
    *[("line-strong", back, 3.0) for back in ("paper", "surface")],
    *[("focus", back, 3.0) for back in ("paper", "surface", "action-wash")],
]


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(each, id=str(each.relative_to(ROOMS))) for each in paths]


@pytest.mark.parametrize("sheet", named(SHEETS))
def test_a_sheet_keeps_to_its_layer_and_shouts_nowhere(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert text.lstrip().startswith("@layer")
    assert "!important" not in text
    assert not re.search(r"(^|[\s,>])#[a-z][\w-]*[^;]*\{", text, flags=re.MULTILINE), "an id is no selector"
    assert not re.search(r"https?://|//[a-z]", text), "nothing comes from elsewhere"


@pytest.mark.parametrize("sheet", named(SHEETS))
def test_a_sheet_reads_from_either_side(sheet: Path) -> None:
    physical = r"^\s*((margin|padding|border)-(left|right|top|bottom)|left|right|(min-|max-)?width):|float: (left|right)"
    assert not re.search(physical, sheet.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("script", named(SCRIPTS))
def test_a_script_does_one_small_thing(script: Path) -> None:
    assert len(script.read_text().splitlines()) <= 60


#: Read from a file, where no sheet of ours can be reached.
AWAY = {"handed_over.html"}


@pytest.mark.parametrize("template", named([each for each in PAGES if each.name not in AWAY]))
def test_a_template_carries_no_style_or_script_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text)
    # A link leads elsewhere only when somebody follows it.
    fetched = re.sub(r"<a\s[^>]*>", "", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", fetched), "nothing comes from elsewhere"
    assert not re.search(r"\{#[^#]*\n[^#]*#\}", text), "a comment over two lines is printed"


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', ICONS.read_text()))
    used = {name for each in TEMPLATES for name in re.findall(r'\{% icon "([\w-]+)"', each.read_text())}
    assert used - drawn == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", named(THEMES))
def test_everything_can_be_read_in_every_theme(theme: Path, scheme: str) -> None:
    colours = roles(TOKENS.read_text(), scheme) | roles(theme.read_text(), scheme)
    dim = [
        f"{front} on {back}: {contrast(colours[front], colours[back]):.2f}"
        for front, back, least in PAIRS
        if contrast(colours[front], colours[back]) < least
    ]
    assert dim == []


def roles(text: str, scheme: str) -> dict[str, str]:
    found = re.findall(r"--mg-([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+))", text)
    return {name: plain or (light if scheme == "light" else dark) for name, light, dark, plain in found}


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
