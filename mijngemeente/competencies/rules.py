"""What may be written down of a person, what may be told of a team, and for how long it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

#: Fewer people than this are no group: a number about them would be about somebody.
SMALLEST_GROUP = 5
#: So few of a group are told as "fewer than".
FEW = 3
#: "Selectielijst gemeenten 2020" (VNG), 4.1.11, assessment: as long as it stands, and one year.
KEPT_MONTHS = 12
HIGHEST = 4
LONGEST_EVIDENCE = 200


@dataclass(frozen=True)
class Scored:
    """One competency as somebody scored it."""

    competency: str
    level: int
    evidence: str = ""


@dataclass(frozen=True)
class Form:
    """What was typed: the scores that can be kept, and what is not right by competency."""

    scores: tuple[Scored, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


def typed_scores(typed: Mapping[str, str], known: Iterable[str]) -> Form:
    """The scores of one person about themselves: each level above 0 with a sentence that shows it."""
    scores, problems = [], {}
    for code in known:
        level, evidence = typed.get(f"level.{code}", ""), _line(typed.get(f"evidence.{code}", ""))
        problem = _problem(level, evidence)
        if problem:
            problems[code] = problem
        elif level:
            scores.append(Scored(code, int(level), evidence))
    return Form(tuple(scores), problems)


def _problem(level: str, evidence: str) -> str:
    if level and level not in _LEVELS:
        return "Kies een niveau uit de lijst."
    if len(evidence) > LONGEST_EVIDENCE:
        return f"Deze zin is te lang. Hooguit {LONGEST_EVIDENCE} tekens passen."
    if level not in ("", "0") and not evidence:
        return "Schrijf in één zin waaraan je dat ziet."
    return "Kies ook een niveau." if evidence and not level else ""


_LEVELS = frozenset(map(str, range(HIGHEST + 1)))


def typed_levels(typed: Mapping[str, str], known: Iterable[str]) -> tuple[Scored, ...]:
    """The levels that a manager chose; anything else is left out."""
    chosen = {code: typed.get(f"level.{code}", "") for code in known}
    return tuple(Scored(code, int(level)) for code, level in chosen.items() if level in _LEVELS)


def _line(text: str) -> str:
    """One line without what no screen shows."""
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())


@dataclass(frozen=True)
class Total:
    """What may be told of a team about one competency."""

    competency: str
    #: None: fewer people than SMALLEST_GROUP scored it.
    people: int | None
    #: How many at level 2 or higher, and at 3 or higher, in words; "" as above.
    applying: str = ""
    advanced: str = ""


def totals(levels: Mapping[str, list[int]], known: Iterable[str]) -> list[Total]:
    """Competency → levels of the people who scored it, without who they are."""
    return [_total(code, levels.get(code, [])) for code in known]


def _total(code: str, levels: list[int]) -> Total:
    people = len(levels)
    if people < SMALLEST_GROUP:
        return Total(code, None)
    applying, advanced = (sum(each >= level for each in levels) for level in (2, 3))
    told = _told(applying, people)
    # Beside a number, the next one tells by its difference how many are at just that level.
    return Total(code, people, told, _told(advanced, applying if told == str(applying) else people))


def _told(count: int, of: int) -> str:
    """A number about one or two people, or about all but those, would be about somebody."""
    if count < FEW:
        return f"minder dan {FEW}"
    most = max(FEW, of - FEW + 1)
    return f"{most} of meer" if count >= most else str(count)


def kept_from(today: date) -> date:
    """What was filled in for the last time before this day is over time on `today`."""
    year, month = today.year - KEPT_MONTHS // 12, today.month
    # 29 February has no day a year earlier.
    return date(year, month, min(today.day, 28) if month == 2 else today.day)
