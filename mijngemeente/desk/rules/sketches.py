"""A condition while somebody is making it: rows and groups, as a plain form posts them.

Every control is named by its place: `v` is the outer group, `v.0` its first part, `v.1.0` the first part of
its second, with `.field`, `.operator`, `.value` and `.unit` behind a row and `.mode` behind a group.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from mijngemeente.conversations.rules.conditions import DEPTH, LEAVES, All, Condition, Either, Leaf, Not
from mijngemeente.conversations.rules.fields import FIELDS, Operator, Takes

ROOT = "v"
_NAME = re.compile(r"v(?:\.[0-9]{1,2}){0,6}\.(?:field|operator|value|unit|mode)")

Posted: TypeAlias = Mapping[str, Sequence[str]]


class Mode(StrEnum):
    """How the parts of a group go together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True)
class Row:
    """One comparison, perhaps not filled in yet."""

    field: str = "status"
    operator: Operator = Operator.IS
    values: tuple[str, ...] = ()
    #: m, h or d, with a length of time.
    unit: str = "h"

    @property
    def takes(self) -> Takes:
        """What stands behind the operator."""
        return FIELDS[self.field].operators[self.operator]


@dataclass(frozen=True)
class Group:
    """Rows and groups together."""

    mode: Mode = Mode.ALL
    parts: tuple["Part", ...] = ()


Part: TypeAlias = Row | Group


def draft_in(posted: Posted) -> Group:
    """The draft in a posted form; whatever it cannot hold is left out or set to the first choice."""
    names = {name for name in posted if _NAME.fullmatch(name)}
    return _group(posted, names, ROOT, DEPTH)


def _group(posted: Posted, names: set[str], path: str, room: int) -> Group:
    mode = _one(posted, f"{path}.mode")
    parts: list[Part] = []
    for number in _numbers(names, path)[:LEAVES]:
        place = f"{path}.{number}"
        if f"{place}.mode" not in names:
            parts.append(_row(posted, place))
        elif room > 1:
            parts.append(_group(posted, names, place, room - 1))
    return Group(Mode(mode) if mode in set(Mode) else Mode.ALL, tuple(parts))


def _numbers(names: set[str], path: str) -> list[int]:
    start = f"{path}."
    heads = {name[len(start) :].split(".")[0] for name in names if name.startswith(start)}
    return sorted(int(head) for head in heads if head.isdecimal())


def _row(posted: Posted, path: str) -> Row:
    field = _one(posted, f"{path}.field")
    name = field if field in FIELDS else "status"
    operators = list(FIELDS[name].operators)
    asked = _one(posted, f"{path}.operator")
    operator = Operator(asked) if asked in operators else operators[0]
    unit = _one(posted, f"{path}.unit")
    values = tuple(each for each in posted.get(f"{path}.value", ()) if each)
    return _fitting(Row(name, operator, values, unit if unit in ("m", "h", "d") else "h"))


def _fitting(row: Row) -> Row:
    """A row of one value keeps only the first, as after another operator was chosen."""
    if row.takes is Takes.NOTHING:
        return replace(row, values=())
    return row if row.takes is Takes.CHOICES else replace(row, values=row.values[:1])


def _one(posted: Posted, name: str) -> str:
    return next(iter(posted.get(name, ())), "")


def edited(draft: Group, deed: str) -> Group:
    """The draft after a press on "row:v.1", "group:v" or "drop:v.0"; unknown deeds change nothing."""
    verb, _, path = deed.partition(":")
    steps = [int(each) for each in path.split(".")[1:] if each.isdecimal() and len(each) < 3]
    if verb == "row":
        return _added(draft, steps, Row())
    if verb == "group" and len(steps) + 2 < DEPTH:
        return _added(draft, steps, Group(Mode.ANY, (Row(),)))
    return _dropped(draft, steps) if verb == "drop" and steps else draft


def _added(group: Group, steps: Sequence[int], part: Part) -> Group:
    if not steps:
        return replace(group, parts=(*group.parts, part))
    inner = _at(group, steps[0])
    return _put(group, steps[0], _added(inner, steps[1:], part)) if isinstance(inner, Group) else group


def _dropped(group: Group, steps: Sequence[int]) -> Group:
    inner = _at(group, steps[0])
    if len(steps) > 1:
        return _put(group, steps[0], _dropped(inner, steps[1:])) if isinstance(inner, Group) else group
    return replace(group, parts=tuple(each for i, each in enumerate(group.parts) if i != steps[0]))


def _at(group: Group, number: int) -> Part | None:
    return group.parts[number] if number < len(group.parts) else None


def _put(group: Group, number: int, part: Part) -> Group:
    return replace(group, parts=(*group.parts[:number], part, *group.parts[number + 1 :]))


def draft_of(condition: Condition) -> Group:
    """The draft that stands for a condition; its outside is always a group."""
    part = _part_of(condition)
    return part if isinstance(part, Group) else Group(Mode.ALL, (part,))


def _part_of(condition: Condition) -> Part:
    if isinstance(condition, Leaf):
        return _row_of(condition)
    if isinstance(condition, Not):
        inner = condition.part
        denied = inner.parts if isinstance(inner, Either) else (inner,)
        return Group(Mode.NONE, tuple(map(_part_of, denied)))
    mode = Mode.ALL if isinstance(condition, All) else Mode.ANY
    return Group(mode, tuple(map(_part_of, condition.parts)))


def _row_of(leaf: Leaf) -> Row:
    row = Row(leaf.field, leaf.operator, leaf.values)
    if row.takes is Takes.DURATION:
        return replace(row, values=(leaf.values[0][:-1],), unit=leaf.values[0][-1])
    return row


def json_in(draft: Group) -> dict[str, object]:
    """The condition that a draft stands for, as `condition_of` reads it; groups without rows are left out."""
    parts = [_json(each) for each in draft.parts if isinstance(each, Row) or each.parts]
    if draft.mode is Mode.NONE:
        return {"not": {"any": parts}}
    return {draft.mode.value: parts}


def _json(part: Part) -> dict[str, object]:
    if isinstance(part, Group):
        return json_in(part)
    values = [f"{each}{part.unit}" if part.takes is Takes.DURATION else each for each in part.values]
    return {"field": part.field, "operator": part.operator.value, "values": values}
