"""What a team says of itself, and where it stands by that.

The rule is our own completion, as are the statements: the growth model it follows was meant to talk about,
not to measure by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .model import LEVELS, THEMES, Model, Step, Theme

#: A level is reached when this part of its statements is so, and of those of every level below.
ENOUGH = 0.8
LOWEST, HIGHEST = 1, 5
NO, YES = 0, 1


@dataclass(frozen=True)
class Judgement:
    """One score or one yes or no, and what shows it."""

    #: 1 to 5 for a success factor, 0 or 1 for a statement; None: not judged.
    value: int | None = None
    evidence: str = ""


#: Code → what is said of it.
Given = Mapping[str, Judgement]


@dataclass(frozen=True)
class Standing:
    """Where a team stands on one theme."""

    theme: Theme
    #: 0: the first level is not reached.
    level: int
    #: For each level the part of its statements that is so.
    shares: tuple[float, ...]
    #: What to do first on the way to the next level; None at the top.
    step: Step | None
    #: How many statements nobody judged yet.
    unjudged: int

    @property
    def name(self) -> str:
        """The theme, as one reads it."""
        return THEMES[self.theme]


def standing(theme: Theme, given: Given, model: Model) -> Standing:
    """The highest level at which, and below which, enough is so."""
    shares = tuple(_share(theme, level, given, model) for level in LEVELS)
    level = next((number for number, share in enumerate(shares) if share < ENOUGH), len(shares))
    codes = [each.code for each in model.statements if each.theme is theme]
    unjudged = sum(given.get(code, Judgement()).value is None for code in codes)
    return Standing(theme, level, shares, model.steps.get((theme, level + 1)), unjudged)


def _share(theme: Theme, level: int, given: Given, model: Model) -> float:
    statements = model.of(theme, level)
    said = sum(given.get(each.code, Judgement()).value == YES for each in statements)
    return said / len(statements) if statements else 0.0


def standings(given: Given, model: Model) -> tuple[Standing, ...]:
    """On every theme."""
    return tuple(standing(theme, given, model) for theme in Theme)


@dataclass(frozen=True)
class Factors:
    """The success factors together."""

    #: Of what was scored; None when nothing was.
    mean: float | None
    scored: int
    of: int
    #: Codes of the lowest scores, where there is most to win; nothing that is already high.
    lowest: tuple[str, ...]


def factors_of(given: Given, model: Model) -> Factors:
    """What the scores say together."""
    scores = {code: given[code].value for code in model.factors if code in given}
    known = {code: score for code, score in scores.items() if score is not None}
    mean = round(sum(known.values()) / len(known), 1) if known else None
    low = sorted((code for code, score in known.items() if score < HIGHEST - 1), key=lambda code: known[code])
    return Factors(mean, len(known), len(model.factors), tuple(low[:3]))


def unproven(given: Given, model: Model) -> tuple[str, ...]:
    """Codes that are said to be so, or to go well, without anything that shows it."""
    return tuple(
        code for code, each in given.items() if code in model.codes and _needs_proof(code, each, model)
    )


def _needs_proof(code: str, judgement: Judgement, model: Model) -> bool:
    least = HIGHEST - 1 if code in model.factors else YES
    return judgement.value is not None and judgement.value >= least and not judgement.evidence


@dataclass(frozen=True)
class Clash:
    """One thing that two people judged otherwise."""

    code: str
    theirs: Judgement
    mine: Judgement


def merged(base: Given, theirs: Given, mine: Given) -> tuple[dict[str, Judgement], tuple[Clash, ...]]:
    """What to write down, and what two people said otherwise; `base` is what I began with."""
    nothing = Judgement()
    changed, clashes = {}, []
    for code, said in mine.items():
        began, here = base.get(code, nothing), theirs.get(code, nothing)
        if said in (began, here):
            continue
        if here == began:
            changed[code] = said
        else:
            clashes.append(Clash(code, here, said))
    return changed, tuple(clashes)


@dataclass(frozen=True)
class Moment:
    """How everything stood at the end of a day on which something was judged."""

    on: date
    standings: tuple[Standing, ...]
    factors: Factors


def history(said: Iterable[tuple[date, str, Judgement]], model: Model, most: int) -> Sequence[Moment]:
    """The latest `most` days, oldest first; `said` in the order in which it was said."""
    given: dict[str, Judgement] = {}
    days: dict[date, dict[str, Judgement]] = {}
    for on, code, judgement in said:
        given = given | {code: judgement}
        days[on] = given
    latest = list(days.items())[-most:]
    return [Moment(on, standings(each, model), factors_of(each, model)) for on, each in latest]
