"""What the pages of growth show, for whoever keeps it in a browser and for an organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mijngemeente.platform.http import typed_in
from mijngemeente.team.library import Basis, factors, national
from mijngemeente.team.rules.library import Factor

from .library import model
from .rules.forms import judgements_in
from .rules.judging import (
    HIGHEST,
    LOWEST,
    NO,
    YES,
    Clash,
    Given,
    Judgement,
    Standing,
    factors_of,
    standings,
    unproven,
)
from .rules.model import LEVELS, THEMES, Kind, Step, Theme
from .rules.pictures import HEIGHT, ROW, WIDTH, dots, stairs

SCORES = tuple((str(score), str(score)) for score in range(LOWEST, HIGHEST + 1))
YES_OR_NO = ((str(YES), "ja"), (str(NO), "nee"))
_WORDS = {YES: "ja", NO: "nee"}


class Part(StrEnum):
    """What is judged on one page."""

    MATURITY = "volwassenheid"
    FACTORS = "succesfactoren"


@dataclass(frozen=True)
class Overruled:
    """What I said, and who said otherwise before."""

    words: str
    by: str


@dataclass(frozen=True)
class Question:
    """One thing to judge."""

    code: str
    words: str
    about: str
    basis: Basis
    choices: tuple[tuple[str, str], ...]
    value: str
    evidence: str
    #: What I said while somebody else said otherwise; None when that did not happen.
    mine: Overruled | None = None


def part_in(typed: dict[str, str]) -> Part:
    """Which page a form is of."""
    return Part.FACTORS if typed.get("part") == Part.FACTORS else Part.MATURITY


def drawn_standing(request: HttpRequest) -> HttpResponse:
    """Where a team stands by what is in the form now."""
    typed = typed_in(request)
    context = standing_of(part_in(typed), judgements_in(typed, model()))
    return render(request, "growth/_standing.html", context)


def form_of(
    part: Part, given: Given, clashes: Sequence[Clash] = (), sayers: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """Everything to judge on one page, with what was said and `sayers`: by code, who said what clashes."""
    mine = {each.code: Overruled(_told(each.mine, each.code), sayers.get(each.code, "")) for each in clashes}
    if part is Part.FACTORS:
        return {"part": part, "factors": [_factor(each, given, mine) for each in factors()]}
    return {"part": part, "themes": [_theme(each, given, mine) for each in Theme]}


def _factor(factor: Factor, given: Given, mine: dict[str, Overruled]) -> Question:
    said, basis = given.get(factor.code, Judgement()), Basis.of(factor.basis)
    value = "" if said.value is None else str(said.value)
    return Question(
        factor.code,
        factor.name,
        factor.question,
        basis,
        SCORES,
        value,
        said.evidence,
        mine.get(factor.code),
    )


def _theme(theme: Theme, given: Given, mine: dict[str, Overruled]) -> dict[str, Any]:
    levels = [
        {
            "level": level,
            "basis": Basis.of(level.basis),
            "questions": [
                _statement(each.code, each.words, given, mine) for each in model().of(theme, level.number)
            ],
        }
        for level in model().levels
    ]
    return {"code": theme.value, "name": THEMES[theme], "levels": levels}


def _statement(code: str, words: str, given: Given, mine: dict[str, Overruled]) -> Question:
    said = given.get(code, Judgement())
    value = "" if said.value is None else str(said.value)
    return Question(code, words, "", Basis.of("aanvulling"), YES_OR_NO, value, said.evidence, mine.get(code))


def value_words(value: int | None, code: str) -> str:
    """A score, or yes or no."""
    if value is None:
        return "niets"
    return str(value) if code in model().factors else _WORDS[value]


def _told(said: Judgement, code: str) -> str:
    value = value_words(said.value, code)
    return f"{value}, “{said.evidence}”" if said.evidence else value


def standing_of(part: Part, given: Given) -> dict[str, Any]:
    """Where a team stands, in a picture and in words."""
    if part is Part.FACTORS:
        return {"part": part, **_factors_standing(given)}
    found = standings(given, model())
    names = [each.name for each in model().levels]
    return {
        "part": part,
        "is_begun": any(given.get(each.code, Judgement()).value is not None for each in model().statements),
        "stairs": stairs(found, names),
        "size": (WIDTH, HEIGHT),
        "rows": [_row(each, names) for each in found],
        "level_numbers": LEVELS,
        "unproven": len([each for each in unproven(given, model()) if each not in model().factors]),
    }


def _row(standing: Standing, names: list[str]) -> dict[str, Any]:
    return {
        "name": THEMES[standing.theme],
        "level": standing.level,
        "level_name": names[standing.level - 1] if standing.level else "nog niet bij 1",
        "shares": [f"{round(100 * share)}%" for share in standing.shares],
        "unjudged": standing.unjudged,
        "step": standing.step,
        "link": _link(standing.step) if standing.step else None,
    }


def _link(step: Step) -> tuple[str, str]:
    """What a step leads to, and how that is called."""
    if step.kind is Kind.ROLE:
        name = national().roles[step.target].name
        return reverse("team:role", args=[step.target]), f"Lees over de rol {name[0].lower() + name[1:]}"
    if step.kind is Kind.PRACTICE:
        return reverse("team:municipalities"), f"Lees hoe {step.target} het deed"
    return reverse("course:write"), f"Zet op de koers: {step.target}"


def _factors_standing(given: Given) -> dict[str, Any]:
    told = factors_of(given, model())
    names = {each.code: each for each in factors()}
    return {
        "is_begun": bool(told.scored),
        "told": told,
        "mean": f"{told.mean:.1f}".replace(".", ",") if told.mean is not None else "–",
        "lowest": [names[code] for code in told.lowest],
        "bars": dots([(each.name, _score(given, each.code)) for each in factors()]),
        "scores": [(each.name, _score(given, each.code) or "–") for each in factors()],
        "height": ROW * len(names),
        "unproven": len([each for each in unproven(given, model()) if each in model().factors]),
    }


def _score(given: Given, code: str) -> int:
    return given.get(code, Judgement()).value or 0
