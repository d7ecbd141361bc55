"""A municipality's own design tokens: which we take, and whether their colours can be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# A token file is a few hundred lines; more is a mistake.
TOKENS = 2_000
VALUE_CHARACTERS = 300

# WCAG 2.2: 1.4.3 for text, 1.4.11 for the edge of a control and the focus outline.
TEXT_RATIO = 4.5
CONTROL_RATIO = 3.0

Tokens = Mapping[str, str]

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.IGNORECASE)
# Colours, lengths, numbers and names of fonts; nothing that could end the rule or fetch a file.
_VALUE = re.compile(r"[\w#.,%()'\" +\-/*]+")
_FETCHES = re.compile(r"url\s*\(|image\s*\(|image-set\s*\(|expression\s*\(|attr\s*\(", re.IGNORECASE)
_REFERENCE = re.compile(r"\{([^{}]+)\}")
_VARIABLE = re.compile(r"var\(\s*--([a-z0-9-]+)\s*\)", re.IGNORECASE)


class UnusableTokens(ValueError):
    """The file cannot be used; the text says why, in Dutch."""


@dataclass(frozen=True)
class Pair:
    """Two tokens that are seen on top of each other."""

    #: As an administrator reads it.
    name: str
    front: str
    back: str
    ratio: float


#: Checked wherever a file sets one of the two; our own theme supplies the other.
PAIRS = (
    Pair("de tekst op de pagina", "mg-ink", "mg-paper", TEXT_RATIO),
    Pair("de tekst in een kader", "mg-ink", "mg-surface", TEXT_RATIO),
    Pair("de kleine tekst op de pagina", "mg-ink-soft", "mg-paper", TEXT_RATIO),
    Pair("een link op de pagina", "mg-link", "mg-paper", TEXT_RATIO),
    Pair("de tekst op een knop", "mg-on-action", "mg-action", TEXT_RATIO),
    Pair("de tekst in de kop", "mg-on-brand", "mg-brand", TEXT_RATIO),
    Pair("de tekst op de pagina", "utrecht-document-color", "utrecht-document-background-color", TEXT_RATIO),
    Pair("een kop op de pagina", "utrecht-heading-color", "utrecht-document-background-color", TEXT_RATIO),
    Pair("een link op de pagina", "utrecht-link-color", "utrecht-document-background-color", TEXT_RATIO),
    Pair(
        "de tekst op een knop",
        "utrecht-button-primary-action-color",
        "utrecht-button-primary-action-background-color",
        TEXT_RATIO,
    ),
    Pair(
        "de tekst op een tweede knop",
        "utrecht-button-secondary-action-color",
        "utrecht-button-secondary-action-background-color",
        TEXT_RATIO,
    ),
    Pair(
        "de tekst in een invoerveld",
        "utrecht-form-control-color",
        "utrecht-form-control-background-color",
        TEXT_RATIO,
    ),
    Pair(
        "de rand van een invoerveld",
        "utrecht-form-control-border-color",
        "utrecht-form-control-background-color",
        CONTROL_RATIO,
    ),
    Pair("de rand van een knop", "mg-action", "mg-paper", CONTROL_RATIO),
    Pair("de rand om wat u aanwijst", "mg-focus", "mg-paper", CONTROL_RATIO),
    Pair(
        "de rand om wat u aanwijst",
        "utrecht-focus-outline-color",
        "utrecht-document-background-color",
        CONTROL_RATIO,
    ),
)

#: What every theme of ours comes down to, in the names of NL Design System.
DEFAULTS: Tokens = {
    "mg-ink": "#14242a",
    "mg-ink-soft": "#4b5b61",
    "mg-paper": "#ffffff",
    "mg-surface": "#ffffff",
    "mg-link": "#0b5a66",
    "mg-action": "#0b5a66",
    "mg-on-action": "#ffffff",
    "mg-brand": "#0d2f38",
    "mg-on-brand": "#eef6f5",
    "mg-focus": "#0b5a66",
    "mg-line-strong": "#76868b",
    "utrecht-document-color": "var(--mg-ink)",
    "utrecht-document-background-color": "var(--mg-paper)",
    "utrecht-heading-color": "var(--mg-ink)",
    "utrecht-link-color": "var(--mg-link)",
    "utrecht-button-primary-action-color": "var(--mg-on-action)",
    "utrecht-button-primary-action-background-color": "var(--mg-action)",
    "utrecht-button-secondary-action-color": "var(--mg-action)",
    "utrecht-button-secondary-action-background-color": "var(--mg-surface)",
    "utrecht-form-control-color": "var(--mg-ink)",
    "utrecht-form-control-background-color": "var(--mg-surface)",
    "utrecht-form-control-border-color": "var(--mg-line-strong)",
    "utrecht-focus-outline-color": "var(--mg-focus)",
}


def read_tokens(content: object) -> dict[str, str]:
    """Token name → CSS value, from a parsed token file: nested with `value` or `$value`, or flat.

    References such as `{utrecht.document.color}` are followed. Raises UnusableTokens.
    """
    if not isinstance(content, dict):
        raise UnusableTokens("Dit is geen bestand met design tokens.")
    tokens = dict(_flatten(content, ()))
    if not tokens:
        raise UnusableTokens("In dit bestand staan geen design tokens.")
    if len(tokens) > TOKENS:
        raise UnusableTokens(f"In dit bestand staan te veel design tokens: meer dan {TOKENS}.")
    return {name: _checked(name, _resolve(value, tokens)) for name, value in tokens.items()}


def _flatten(content: dict[str, object], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    # Deeper than any token file; a file nested on purpose must not exhaust the stack.
    if len(path) > 12:
        raise UnusableTokens("Dit bestand is te diep genest.")
    for key, value in content.items():
        name = (*path, key.removeprefix("--"))
        if isinstance(value, dict):
            leaf = value.get("$value", value.get("value"))
            if isinstance(leaf, str | int | float):
                yield _joined(name), str(leaf)
            else:
                yield from _flatten(value, name)
        elif isinstance(value, str | int | float) and not path:
            yield _joined(name), str(value)


def _joined(path: tuple[str, ...]) -> str:
    return "-".join(path).replace(".", "-").lower()


def _resolve(value: str, tokens: Tokens) -> str:
    # A reference to a reference occurs; a circle must end.
    for _ in range(10):
        found = _REFERENCE.search(value)
        if found is None:
            return value
        name = _joined(tuple(found[1].removesuffix(".value").split(".")))
        if name not in tokens:
            raise UnusableTokens(f"Het token {name} ontbreekt in dit bestand.")
        value = value[: found.start()] + tokens[name] + value[found.end() :]
        if len(value) > VALUE_CHARACTERS:
            break
    raise UnusableTokens("In dit bestand verwijzen tokens naar elkaar zonder einde.")


def _checked(name: str, value: str) -> str:
    value = value.strip()
    fits = len(value) <= VALUE_CHARACTERS and _NAME.fullmatch(name) and _VALUE.fullmatch(value)
    if not fits or "/*" in value or "//" in value or _FETCHES.search(value):
        raise UnusableTokens(f"De waarde van {name[:80]} kunnen wij niet gebruiken.")
    return value


def unreadable_pairs(tokens: Tokens) -> list[str]:
    """A Dutch sentence for each pair of colours with too little contrast; empty if all can be read.

    Only pairs the file touches; a colour in a form we cannot calculate counts as unreadable.
    """
    every = {**DEFAULTS, **tokens}
    return [
        sentence
        for pair in PAIRS
        if _is_touched(pair, tokens, every) and (sentence := _judge(pair, every)) is not None
    ]


def _is_touched(pair: Pair, tokens: Tokens, every: Tokens) -> bool:
    return any(name in tokens for token in (pair.front, pair.back) for name in _names_behind(token, every))


def _names_behind(name: str, every: Tokens) -> list[str]:
    """The token and those it takes its colour from."""
    names = [name]
    while (found := _VARIABLE.fullmatch(every.get(names[-1], ""))) and found[1] not in names:
        names.append(found[1])
    return names


def _judge(pair: Pair, every: Tokens) -> str | None:
    front, back = (_colour(every[_names_behind(each, every)[-1]]) for each in (pair.front, pair.back))
    if front is None or back is None:
        unclear = pair.front if front is None else pair.back
        return f"De kleur {unclear} kunnen wij niet lezen. Schrijf kleuren als #1a2b3c."
    ratio = contrast(front, back)
    if ratio >= pair.ratio:
        return None
    return (
        f"Te weinig contrast voor {pair.name}: {_decimal(ratio)} op 1, nodig is {_decimal(pair.ratio)} op 1 "
        f"({pair.front} op {pair.back})."
    )


def _decimal(ratio: float) -> str:
    # Rounded down, so that a refused 4.49 does not read as 4.5.
    return f"{int(ratio * 100) / 100:g}".replace(".", ",")


Colour = tuple[int, int, int]
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)", re.IGNORECASE)
_HSL = re.compile(r"hsl\(\s*([\d.]+)(?:deg)?\s*[, ]\s*([\d.]+)%\s*[, ]\s*([\d.]+)%\s*\)", re.IGNORECASE)
_NAMED: Mapping[str, Colour] = {"white": (255, 255, 255), "black": (0, 0, 0)}


def _colour(value: str) -> Colour | None:
    """Red, green and blue of 0 to 255, or None for a form we do not calculate with."""
    if found := _HEX.fullmatch(value):
        digits = found[1] if len(found[1]) == 6 else "".join(each * 2 for each in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(value):
        return min(int(found[1]), 255), min(int(found[2]), 255), min(int(found[3]), 255)
    if found := _HSL.fullmatch(value):
        return _from_hsl(float(found[1]) % 360, float(found[2]) / 100, float(found[3]) / 100)
    return _NAMED.get(value.lower())


def _from_hsl(hue: float, saturation: float, lightness: float) -> Colour:
    saturation, lightness = min(saturation, 1.0), min(lightness, 1.0)
    reach = saturation * min(lightness, 1 - lightness)

    def channel(offset: int) -> int:
        place = (offset + hue / 30) % 12
        return round(255 * (lightness - reach * max(-1.0, min(place - 3, 9 - place, 1.0))))

    return channel(0), channel(8), channel(4)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio from 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    # WCAG 2.2, "relative luminance".
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def stylesheet(tokens: Tokens) -> str:
    """The tokens as CSS, in the layer of a theme (web/static/web/tokens.css)."""
    lines = "".join(f"    --{name}: {value};\n" for name, value in sorted(tokens.items()))
    return f"@layer theme {{\n  :root {{\n{lines}  }}\n}}\n"
