"""A plot while it is being filled in: the document stays as it was typed, whatever is not right about it.

Names in a form are the places in the document ("people.0.hours"), so that a problem stands where it belongs.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from .reading import FORMAT, MOST_PEOPLE
from .steps import Step, step_called

Document = dict[str, Any]

#: A document of more characters comes from no form of ours.
LONGEST_CHARACTERS = 1_500_000
_NUMBERS = frozenset({"hours", "fte", "inhabitants", "week_hours", "cost"})
_NUMBERED = frozenset({"competencies", "salaries"})
_PLAIN = frozenset({"title", "date", "inhabitants", "week_hours"})
_SECTIONS = _PLAIN | {"people", "wanted", "actions", "salaries"}
_DEPTH = 5
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,4})?")


def begun(edition: int, today: date) -> Document:
    """An empty plot."""
    return {
        "format": FORMAT,
        "edition": edition,
        "title": "Ons online team",
        "date": today.isoformat(),
        "people": [],
        "wanted": {},
        "actions": [],
    }


def with_step(document: Document, step: Step, typed: Mapping[str, str]) -> Document:
    """The document with what was typed in this step."""
    changed = copy.deepcopy(document)
    if step.is_per_person:
        _take_person(changed, step, typed)
    else:
        for name, value in typed.items():
            if name.partition(".")[0] in _SECTIONS:
                _put(changed, name.split("."), value)
    return _tidy(changed)


def changed_by(document: Document, typed: Mapping[str, str]) -> Document:
    """The document after one form: what was typed in its step, and without whoever was taken off the list."""
    if "step" in typed:
        document = with_step(document, step_called(typed["step"]), typed)
    if typed.get("remove", "").isdigit():
        document = without_person(document, int(typed["remove"]))
    return document


def _put(document: Document, path: list[str], value: str) -> None:
    """Nothing happens for a place that no form of ours has."""
    here: Any = document
    if len(path) > _DEPTH:
        return
    for step, following in pairwise(path):
        here = _inside(here, step, [] if following.isdigit() else {})
        if here is None:
            return
    if isinstance(here, dict):
        here[path[-1]] = typed_value(path, value)


def _inside(here: Any, step: str, empty: Any) -> Any:
    if isinstance(here, dict):
        if not isinstance(here.get(step), dict | list):
            here[step] = empty
        return here[step]
    if isinstance(here, list) and step.isdigit() and int(step) < MOST_PEOPLE:
        here.extend({} for _ in range(int(step) + 1 - len(here)))
        return here[int(step)]
    return None


def typed_value(path: list[str], value: str) -> str | float | None:
    """A number where one belongs and was typed; otherwise the words, so that nothing is lost."""
    text = value.strip()
    if path[-1] not in _NUMBERS and not _NUMBERED.intersection(path[:-1]):
        return text
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _take_person(document: Document, step: Step, typed: Mapping[str, str]) -> None:
    people = _people(document)
    place = typed.get("person", "")
    if not (place.isdigit() and int(place) < len(people)):
        return
    person = people[int(place)]
    if step.name == "tasks":
        person["tasks"] = [_task(code, typed) for code in _chosen(typed, "task")]
    elif step.name == "roles":
        person["roles"] = [_role(code, typed) for code in _chosen(typed, "part")]
    else:
        chosen = {
            code: typed_value(["competencies", code], typed[f"level.{code}"])
            for code in _chosen(typed, "level")
        }
        person["competencies"] = chosen
        person["evidence"] = {code: typed[f"evidence.{code}"].strip() for code in _chosen(typed, "evidence")}


def _chosen(typed: Mapping[str, str], kind: str) -> list[str]:
    return [
        name.partition(".")[2]
        for name, value in typed.items()
        if name.startswith(f"{kind}.") and value.strip()
    ]


def _task(code: str, typed: Mapping[str, str]) -> Document:
    return {
        "code": code,
        "hours": typed_value(["hours"], typed.get(f"hours.{code}", "")),
        "backup": typed.get(f"backup.{code}", ""),
        "owner": bool(typed.get(f"owner.{code}")),
    }


def _role(code: str, typed: Mapping[str, str]) -> Document:
    hours = typed_value(["hours"], typed.get(f"hours.{code}", ""))
    return {"code": code, "part": typed[f"part.{code}"]} | ({} if hours is None else {"hours": hours})


def _people(document: Document) -> list[Document]:
    people = document.get("people")
    return [each for each in people if isinstance(each, dict)] if isinstance(people, list) else []


def _tidy(document: Document) -> Document:
    """Without rows that nobody filled in; each person with an id of its own."""
    people = [each for each in _people(document) if _is_filled(each, ("name", "department", "hours", "ends"))]
    taken = {each.get("id") for each in people}
    for each in people:
        if not each.get("id"):
            each["id"] = _free_id(taken)
            taken.add(each["id"])
    document["people"] = people
    actions = document.get("actions")
    rows = actions if isinstance(actions, list) else []
    wanted = document.get("wanted")
    wishes = wanted if isinstance(wanted, dict) else {}
    document["wanted"] = {
        code: {name: value for name, value in each.items() if value not in (None, "")}
        for code, each in wishes.items()
        if isinstance(each, dict) and _is_filled(each, ("want", "fte", "where", "note"))
    }
    document["actions"] = [each for each in rows if isinstance(each, dict) and _is_filled(each, ("what",))]
    return document


def _is_filled(row: Document, names: Iterable[str]) -> bool:
    return any(row.get(name) not in (None, "") for name in names)


def _free_id(taken: set[Any]) -> str:
    return next(name for number in range(1, 10_000) if (name := f"p{number}") not in taken)


def without_levels(document: Document) -> Document:
    """The document without what single persons can do."""
    kept = copy.deepcopy(document)
    for person in _people(kept):
        person.pop("competencies", None)
        person.pop("evidence", None)
    return kept


def without_person(document: Document, place: int) -> Document:
    """The document without that person, and without the backups that pointed there."""
    changed = copy.deepcopy(document)
    people = _people(changed)
    if not 0 <= place < len(people):
        return changed
    gone = people.pop(place).get("id")
    for person in people:
        for task in person.get("tasks") or []:
            if isinstance(task, dict) and task.get("backup") == gone:
                task["backup"] = ""
    changed["people"] = people
    return changed
