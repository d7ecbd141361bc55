"""One condition language: for saved views, rules, figures, exports and bulk acts.

A condition is a tree of all, either and not, with comparisons as its leaves. This module reads, writes and
tells such trees; `queries/conditions.py` asks the database.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from ..errors import UnreadableCondition
from .fields import FIELDS, ME, NOBODY, Field, Operator, Source, Takes

#: What a person can still oversee; a machine could ask more, and would make the database slow for others.
DEPTH = 5
LEAVES = 50
VALUES = 100
TEXT_CHARACTERS = 200


@dataclass(frozen=True)
class Leaf:
    """One comparison: a field of FIELDS, and values as its operator takes them."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class All:
    """Each of the parts holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Either:
    """One of the parts holds, or more."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition: TypeAlias = Leaf | All | Either | Not

#: Source → value → its name; what is not in it does not exist any more.
Names: TypeAlias = Mapping[Source, Mapping[str, str]]


def condition_of(found: object) -> Condition:
    """The condition in what JSON held. Raises UnreadableCondition, with what to mend.

    A leaf is {"field": "status", "operator": "is", "values": ["open"]}; a group {"all": […]} or
    {"any": […]}; and {"not": …} goes around one of these.
    """
    condition = _node(found, DEPTH)
    if sum(1 for _ in leaves_of(condition)) > LEAVES:
        raise UnreadableCondition(f"Gebruik hoogstens {LEAVES} voorwaarden.")
    return condition


def _node(found: object, room: int) -> Condition:
    if not isinstance(found, dict):
        raise UnreadableCondition
    if room == 0:
        raise UnreadableCondition(f"Groepen in groepen kan hoogstens {DEPTH} diep.")
    if found.keys() == {"all"}:
        return All(_parts(found["all"], room))
    if found.keys() == {"any"}:
        return Either(_parts(found["any"], room))
    if found.keys() == {"not"}:
        return Not(_node(found["not"], room - 1))
    return _leaf(found)


def _parts(found: object, room: int) -> tuple[Condition, ...]:
    if not isinstance(found, list):
        raise UnreadableCondition
    if not found:
        raise UnreadableCondition("Kies ten minste één voorwaarde.")
    if len(found) > LEAVES:
        raise UnreadableCondition(f"Gebruik hoogstens {LEAVES} voorwaarden.")
    return tuple(_node(each, room - 1) for each in found)


def _leaf(found: Mapping[str, object]) -> Leaf:
    if not found.keys() <= {"field", "operator", "values"}:
        raise UnreadableCondition
    name, asked, values = found.get("field"), found.get("operator"), found.get("values", [])
    if not isinstance(name, str) or name not in FIELDS:
        raise UnreadableCondition(f"Op “{str(name)[:40]}” kun je niet zoeken.")
    field = FIELDS[name]
    if not isinstance(asked, str) or asked not in field.operators:
        raise UnreadableCondition(f"Kies bij {field.name} hoe je wilt vergelijken.")
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise UnreadableCondition
    operator = Operator(asked)
    return Leaf(name, operator, _values(field, field.operators[operator], values))


def _values(field: Field, takes: Takes, values: list[str]) -> tuple[str, ...]:
    """The values as they are compared. Raises UnreadableCondition."""
    filled = tuple(dict.fromkeys(each.strip() for each in values if each.strip()))
    if takes is Takes.NOTHING:
        return ()
    if not filled:
        raise UnreadableCondition(f"Vul in wat je zoekt bij {field.name}.")
    if len(filled) > (VALUES if takes is Takes.CHOICES else 1):
        most = f"hoogstens {VALUES} waarden" if takes is Takes.CHOICES else "één waarde"
        raise UnreadableCondition(f"Kies bij {field.name} {most}.")
    for each in filled:
        _check(field, takes, each)
    return filled


def _check(field: Field, takes: Takes, value: str) -> None:
    if len(value) > TEXT_CHARACTERS or "\0" in value:
        raise UnreadableCondition(f"De tekst bij {field.name} is te lang of niet leesbaar.")
    if takes is Takes.NUMBER and not re.fullmatch(r"[0-9]{1,9}", value):
        raise UnreadableCondition(f"Vul bij {field.name} een getal in.")
    if takes is Takes.DAY and not _is_day(value):
        raise UnreadableCondition(f"Vul bij {field.name} een datum in.")
    if takes is Takes.DURATION and not _DURATION.fullmatch(value):
        raise UnreadableCondition(f"Vul bij {field.name} een aantal minuten, uren of dagen in.")


_DURATION = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": ("minutes", "minuut", "minuten"), "h": ("hours", "uur", "uur"), "d": ("days", "dag", "dagen")}


def _is_day(value: str) -> bool:
    try:
        return 2000 <= date.fromisoformat(value).year <= 2100
    except ValueError:
        return False


def duration_of(value: str) -> timedelta:
    """How long "30m", "2h" or "3d" is."""
    found = _DURATION.fullmatch(value)
    if found is None:
        raise UnreadableCondition
    return timedelta(**{_UNITS[found[2]][0]: int(found[1])})


def json_of(condition: Condition) -> dict[str, object]:
    """What `condition_of` reads back."""
    if isinstance(condition, All):
        return {"all": [json_of(each) for each in condition.parts]}
    if isinstance(condition, Either):
        return {"any": [json_of(each) for each in condition.parts]}
    if isinstance(condition, Not):
        return {"not": json_of(condition.part)}
    return {"field": condition.field, "operator": condition.operator.value, "values": [*condition.values]}


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """Every comparison in it."""
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves_of(condition.part)
    else:
        for each in condition.parts:
            yield from leaves_of(each)


def inwards(condition: Condition, *, is_denied: bool = False) -> Condition:
    """The same condition, with each `Not` right at a leaf.

    Only there can a comparison with something that is gone match nothing, denied or not.
    """
    if isinstance(condition, Not):
        return inwards(condition.part, is_denied=not is_denied)
    if isinstance(condition, Leaf):
        return Not(condition) if is_denied else condition
    parts = tuple(inwards(each, is_denied=is_denied) for each in condition.parts)
    return All(parts) if isinstance(condition, All) is not is_denied else Either(parts)


def told(condition: Condition, names: Names) -> str:
    """The condition as a sentence: "status is open en inwoner wacht langer dan 2 uur"."""
    if isinstance(condition, Leaf):
        return _leaf_told(condition, names)
    if isinstance(condition, Not):
        return f"niet ({told(condition.part, names)})"
    word = " en " if isinstance(condition, All) else " of "
    return word.join(_part_told(each, names) for each in condition.parts)


def _part_told(part: Condition, names: Names) -> str:
    text = told(part, names)
    return f"({text})" if isinstance(part, All | Either) and len(part.parts) > 1 else text


def _leaf_told(leaf: Leaf, names: Names) -> str:
    field = FIELDS[leaf.field]
    takes = field.operators[leaf.operator]
    value = " of ".join(_value_told(field, takes, each, names) for each in leaf.values)
    return field.words_of(leaf.operator).sentence.format(name=field.name, value=value)


def _value_told(field: Field, takes: Takes, value: str, names: Names) -> str:
    if field.source is not None:
        return name_of(field.source, value, names) or f"{_shown(field.source, value)} (bestaat niet meer)"
    if takes is Takes.DURATION:
        amount, (_, one, more) = int(value[:-1]), _UNITS[value[-1]]
        return f"{amount} {one if amount == 1 else more}"
    if takes is Takes.DAY:
        day = date.fromisoformat(value)
        return f"{day.day}-{day.month}-{day.year}"
    return value if takes is Takes.NUMBER else f"“{value}”"


def name_of(source: Source, value: str, names: Names) -> str | None:
    """What a value is called; None when it does not exist any more."""
    if source is Source.MEMBER and value in _NOT_A_MEMBER:
        return _NOT_A_MEMBER[value]
    found = names.get(source, {})
    return found.get(value.lower() if source is Source.LABEL else value)


_NOT_A_MEMBER = {ME: "mijzelf", NOBODY: "niemand"}


def _shown(source: Source, value: str) -> str:
    """A value that is gone: only a label still says its own name."""
    return f"“{value}”" if source in (Source.LABEL, Source.TOPIC, Source.TOPIC_GROUP) else "een keuze"


def is_gone(leaf: Leaf, names: Names) -> bool:
    """It compares with something that does not exist any more."""
    source = FIELDS[leaf.field].source
    return source is not None and any(name_of(source, each, names) is None for each in leaf.values)


def problems_in(condition: Condition, names: Names) -> list[str]:
    """A sentence for each comparison that can match nothing, as what it names is gone."""
    gone = [leaf for leaf in leaves_of(condition) if is_gone(leaf, names)]
    return list(dict.fromkeys(_problem(leaf, names) for leaf in gone))


def _problem(leaf: Leaf, names: Names) -> str:
    field = FIELDS[leaf.field]
    source = field.source
    if source is None:
        raise UnreadableCondition
    first = next(each for each in leaf.values if name_of(source, each, names) is None)
    return _GONE.get(source, "Een keuze bij {field} bestaat niet meer.").format(field=field.name, value=first)


_GONE: Mapping[Source, str] = {
    Source.LABEL: "Het label “{value}” bestaat niet meer. Kies een ander label of haal de voorwaarde weg.",
    Source.TOPIC: "Het onderwerp “{value}” bestaat niet meer. Kies een ander onderwerp.",
    Source.INBOX: "Een postvak uit deze voorwaarden bestaat niet meer. Kies een ander postvak.",
    Source.MEMBER: "Een collega uit deze voorwaarden werkt hier niet meer. Kies een andere collega.",
    Source.ORGANISATION: "Voor een organisatie uit deze voorwaarden werk je niet (meer). Kies een andere.",
}
