"""A plot while it is being filled in: the document stays as it was typed, whatever is not right about it.

Names in a form are the places in the document ("people.0.hours"), so that a problem stands where it belongs.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from .meanwhile import came_since, moved_behind
from .reading import FORMAT, MOST_PEOPLE, UnreadablePlot, document_in
from .steps import Step, step_called

Document = dict[str, Any]

#: A document of more characters comes from no form of ours.
LONGEST_CHARACTERS = 1_500_000
_NUMBERS = frozenset({"hours", "fte", "inhabitants", "week_hours", "cost", "euros", "edition"})
#: Of these people write thousands apart: 28.000.
_WHOLE = frozenset({"inhabitants", "cost", "salaries", "euros"})
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_NUMBERED = frozenset({"competencies", "salaries"})
_PLAIN = frozenset({"title", "date", "inhabitants", "week_hours", "edition"})
_SECTIONS = _PLAIN | {"people", "wanted", "actions", "salaries", "scales", "discussed"}
_DEPTH = 5
_PLACE = re.compile(r"[0-9]{1,4}")
#: Of a person: rows, and names with one thing each.
_ROWS = frozenset({"tasks", "roles"})
_PAIRS = frozenset({"competencies", "evidence"})
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


def fillable(text: str | bytes) -> Document:
    """A document that forms can show. Raises UnreadablePlot for what is no plot, or has another shape."""
    document = document_in(text)
    people = document.get("people") or []
    if not are_people(people):
        raise UnreadablePlot("Dit bestand is geen teamplot: de mensen staan er anders in.")
    if len(people) > MOST_PEOPLE:
        raise UnreadablePlot(
            f"In dit bestand staan {len(people)} mensen. Een plot heeft er hooguit {MOST_PEOPLE}."
        )
    return document


def rows_in(row: Mapping[str, Any], name: str) -> list[Document]:
    """The rows of a list in a plot; none where something else stands, as in a file of one's own making."""
    rows = row.get(name)
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def are_people(value: object) -> bool:
    """Whether it is a list as ours of people, however they were filled in."""
    return isinstance(value, list) and all(map(_is_person, value))


def _is_person(value: object) -> bool:
    return isinstance(value, dict) and all(_fits(name, each) for name, each in value.items())


def _fits(name: str, value: object) -> bool:
    if name in _ROWS and isinstance(value, list):
        return all(map(_is_flat, value))
    if name in _PAIRS and isinstance(value, dict):
        return _is_flat(value)
    return not isinstance(value, list | dict)


def _is_flat(value: object) -> bool:
    return isinstance(value, dict) and not any(isinstance(each, list | dict) for each in value.values())


def place_in(text: str) -> int | None:
    """The place in a list that the text names; None for anything else."""
    return int(text) if _PLACE.fullmatch(text) else None


def with_step(document: Document, step: Step, typed: Mapping[str, str]) -> Document:
    """The document with what was typed in this step."""
    changed = copy.deepcopy(document)
    if step.is_per_person:
        _take_person(changed, step, typed)
    else:
        rows = document.get(step.name)
        typed = moved_behind(typed, step.name, len(rows) if isinstance(rows, list) else 0)
        for name, value in typed.items():
            if name.partition(".")[0] in _SECTIONS:
                _put(changed, name.split("."), value)
    # A place that no form of ours has may have made something else of them.
    return _tidy(changed) if are_people(changed.get("people") or []) else document


def changed_by(document: Document, typed: Mapping[str, str]) -> Document:
    """The document after one form: what was typed in its step, and without whoever was taken off the list."""
    if "step" in typed:
        document = with_step(document, step_called(typed["step"]), typed)
    place = place_in(typed.get("remove", ""))
    if place is not None:
        document = without_person(document, place)
    if "add" in typed:
        document = _with_action(document, typed["add"])
    return document


def _with_action(document: Document, proposal: str) -> Document:
    """The document with one action more: its kind and what it is, as a button of ours says them."""
    kind, _, what = proposal.partition("|")
    changed = copy.deepcopy(document)
    changed["actions"] = [*rows_in(changed, "actions"), {"kind": kind, "what": what}]
    return _tidy(changed)


def _put(document: Document, path: list[str], value: str) -> None:
    """Nothing happens for a place that no form of ours has."""
    here: Any = document
    if len(path) > _DEPTH:
        return
    for step, following in pairwise(path):
        here = _inside(here, step, {} if place_in(following) is None else [])
        if here is None:
            return
    if isinstance(here, dict):
        here[path[-1]] = typed_value(path, value)


def _inside(here: Any, step: str, empty: Any) -> Any:
    if isinstance(here, dict):
        if not isinstance(here.get(step), dict | list):
            here[step] = empty
        return here[step]
    place = place_in(step)
    if isinstance(here, list) and place is not None and place < MOST_PEOPLE:
        here.extend({} for _ in range(place + 1 - len(here)))
        return here[place]
    return None


def typed_value(path: list[str], value: str) -> str | float | None:
    """A number where one belongs and was typed; otherwise the words, so that nothing is lost."""
    text = value.strip()
    if path[-1] not in _NUMBERS and not _NUMBERED.intersection(path[:-1]):
        return text
    if not text:
        return None
    if _GROUPED.fullmatch(text) and _WHOLE.intersection(path):
        text = text.replace(".", "").replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _take_person(document: Document, step: Step, typed: Mapping[str, str]) -> None:
    people = rows_in(document, "people")
    place = place_in(typed.get("person", ""))
    if place is None or place >= len(people):
        return
    person = people[place]
    if step.name == "tasks":
        chosen = _chosen(typed, "task")
        newer = came_since(rows_in(person, "tasks"), chosen, typed)
        person["tasks"] = [*(_task(code, typed) for code in chosen), *newer]
    elif step.name == "roles":
        chosen = _chosen(typed, "part")
        newer = came_since(rows_in(person, "roles"), chosen, typed)
        person["roles"] = [*(_role(code, typed) for code in chosen), *newer]
    else:
        person["competencies"] = {
            code: typed_value(["competencies", code], typed[f"level.{code}"])
            for code in _chosen(typed, "level")
        }
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


def _tidy(document: Document) -> Document:
    """Without rows that nobody filled in; each person with an id of its own."""
    document["people"] = _with_ids(
        [
            each
            for each in rows_in(document, "people")
            if _is_filled(each, ("name", "department", "hours", "ends"))
        ]
    )
    document["actions"] = [each for each in rows_in(document, "actions") if _is_filled(each, ("what",))]
    wanted = document.get("wanted")
    wishes = wanted if isinstance(wanted, dict) else {}
    document["wanted"] = {
        code: {name: value for name, value in each.items() if value not in (None, "")}
        for code, each in wishes.items()
        if isinstance(each, dict) and _is_filled(each, ("want", "fte", "where", "note", "scale"))
    }
    _tidy_money_and_words(document)
    return document


def _with_ids(people: list[Document]) -> list[Document]:
    taken = {each.get("id") for each in people}
    for each in people:
        if not each.get("id"):
            each["id"] = _free_id(taken)
            taken.add(each["id"])
    return people


def _tidy_money_and_words(document: Document) -> None:
    if "scales" in document:
        document["scales"] = [
            each for each in rows_in(document, "scales") if _is_filled(each, ("name", "euros"))
        ]
    said = document.get("discussed")
    if isinstance(said, dict):
        document["discussed"] = {
            about: each
            for about, each in said.items()
            if isinstance(each, dict) and _is_filled(each, ("choice", "note"))
        }


def _is_filled(row: Document, names: Iterable[str]) -> bool:
    return any(row.get(name) not in (None, "") for name in names)


def _free_id(taken: set[Any]) -> str:
    return next(name for number in range(1, 10_000) if (name := f"p{number}") not in taken)


def without_levels(document: Document) -> Document:
    """The document without what single persons can do."""
    kept = copy.deepcopy(document)
    for person in rows_in(kept, "people"):
        person.pop("competencies", None)
        person.pop("evidence", None)
    return kept


def without_person(document: Document, place: int) -> Document:
    """The document without that person, and without the backups that pointed there."""
    changed = copy.deepcopy(document)
    people = rows_in(changed, "people")
    if not 0 <= place < len(people):
        return changed
    gone = people.pop(place).get("id")
    for person in people:
        for task in rows_in(person, "tasks"):
            if task.get("backup") == gone:
                task["backup"] = ""
    changed["people"] = people
    return changed
