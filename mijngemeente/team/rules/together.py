"""What two people typed in one step of a plot: what only one of them changed stays, the rest is told."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .documents import LONGEST_CHARACTERS, Document, place_in, rows_in, typed_value
from .library import Library
from .meanwhile import HAD, ROWS
from .steps import Step, step_called
from .storable import loaded

#: A form says here what stood in the plot when it was drawn: the place there → what.
WAS = "was"
Stood = Mapping[str, Any]
#: Step of one person → what its fields begin with, that what says it is chosen first.
_ROW_FIELDS = {"tasks": ("task", "hours", "backup", "owner"), "roles": ("part", "hours")}
#: Fields on the page of a step that the step is not named for.
_SECTIONS = {
    "scope": ("title", "date", "inhabitants", "week_hours"),
    "people": ("people",),
    "wanted": ("wanted", "salaries", "scales"),
    "gap": ("discussed",),
    "actions": ("actions",),
}


@dataclass(frozen=True)
class Lost:
    """Something that was typed, and not taken: a colleague changed it since the form was drawn."""

    #: As in a form: "people.0.hours"; of one person "tasks.T01"; the person itself "person".
    place: str
    typed: str


@dataclass(frozen=True)
class Together:
    """What of a form may be written down, and what may not."""

    typed: dict[str, str]
    lost: tuple[Lost, ...]


def stood(document: Document, step: Step, place: int) -> dict[str, Any]:
    """What a form of this step is drawn from."""
    if step.name in _ROW_FIELDS:
        people = rows_in(document, "people")
        person = people[place] if place < len(people) else {}
        rows = {f"{step.name}.{each.get('code')}": _plain(each) for each in rows_in(person, step.name)}
        return {"person": person.get("id"), **rows}
    sections = {name: document.get(name) for name in _SECTIONS.get(step.name, ())}
    return dict(_leaves(sections, ""))


def _leaves(value: object, place: str) -> Iterable[tuple[str, Any]]:
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    elif value not in (None, ""):
        yield place, value
    for name, each in pairs:
        if name not in ("tasks", "roles", "competencies", "evidence"):
            yield from _leaves(each, f"{place}.{name}" if place else str(name))


def _plain(row: Document) -> Document:
    return {name: value for name, value in row.items() if value not in (None, "", False)}


def together(document: Document, typed: Mapping[str, str]) -> Together:
    """The form without what a colleague changed since it was drawn; all of it where a form does not say."""
    was = _was(typed)
    if was is None:
        return Together(dict(typed), ())
    step = step_called(typed.get("step", ""))
    now = stood(document, step, place_in(typed.get("person", "")) or 0)
    if step.name in _ROW_FIELDS:
        return _of_person(was, now, step, typed)
    return _of_places(was, now, step, typed)


def _was(typed: Mapping[str, str]) -> Stood | None:
    try:
        was = loaded(typed.get(WAS, "")[:LONGEST_CHARACTERS])
    except ValueError:
        return None
    return was if isinstance(was, dict) else None


def _of_places(was: Stood, now: Stood, step: Step, typed: Mapping[str, str]) -> Together:
    kept, lost = dict(typed), []
    for name, text in typed.items():
        began, here = was.get(name), now.get(name)
        if began == here or _is_new_row(name, step, typed):
            continue
        mine = _value(name, text)
        if mine != here:
            del kept[name]
            lost += [] if mine == began else [Lost(name, text.strip())]
    whom = f"people.{typed.get('remove', '')}.id"
    if "remove" in typed and was.get(whom) != now.get(whom):
        del kept["remove"]
        lost.append(Lost("person", ""))
    return Together(kept, tuple(lost))


def _value(name: str, text: str) -> str | float | None:
    value = typed_value(name.split("."), text)
    return None if value == "" else value


def _is_new_row(name: str, step: Step, typed: Mapping[str, str]) -> bool:
    """Whether it stands below the rows that there were: those go behind what was added (`moved_behind`)."""
    section, _, rest = name.partition(".")
    place, had = place_in(rest.partition(".")[0]), place_in(typed.get(ROWS, ""))
    return section == step.name and place is not None and had is not None and place >= had


def _of_person(was: Stood, now: Stood, step: Step, typed: Mapping[str, str]) -> Together:
    kept = dict(typed)
    if was.get("person") != now.get("person"):
        del kept["person"]
        return Together(kept, (Lost("person", ""),))
    lost, fields = [], _ROW_FIELDS[step.name]
    codes = {name.partition(".")[2] for name in typed if name.partition(".")[0] == fields[0]}
    for code in sorted(codes | {name.partition(".")[2] for name in was if name != "person"}):
        place = f"{step.name}.{code}"
        began, here, mine = was.get(place), now.get(place), _row(code, fields, typed)
        if here in (began, mine):
            continue
        for each in fields:
            kept.pop(f"{each}.{code}", None)
        kept[HAD] = " ".join(one for one in kept.get(HAD, "").split() if one != code)
        lost += [] if mine == began else [Lost(place, typed.get(f"hours.{code}", "").strip())]
    return Together(kept, tuple(lost))


def _row(code: str, fields: tuple[str, ...], typed: Mapping[str, str]) -> Document | None:
    """What the form says of this task or role; None when it is not chosen."""
    chosen = typed.get(f"{fields[0]}.{code}", "").strip()
    if not chosen:
        return None
    hours = typed_value(["hours"], typed.get(f"hours.{code}", ""))
    if fields[0] == "part":
        return _plain({"code": code, "part": chosen, "hours": hours})
    owner = bool(typed.get(f"owner.{code}"))
    backup = typed.get(f"backup.{code}", "")
    return _plain({"code": code, "hours": hours, "backup": backup, "owner": owner})


#: Last part of a place → what stands there.
_WORDS = {
    "title": "de naam van de plot",
    "date": "de dag die de plot beschrijft",
    "inhabitants": "het aantal inwoners",
    "week_hours": "de uren van één fte",
    "name": "naam",
    "department": "afdeling",
    "hours": "uren per week",
    "ends": "contract tot en met",
    "want": "gewenst of niet",
    "fte": "fte",
    "where": "waar",
    "note": "toelichting",
    "scale": "schaal",
    "euros": "bedrag per jaar",
    "default": "wat één fte per jaar kost",
    "what": "wat",
    "kind": "soort",
    "owner": "wie",
    "when": "wanneer",
    "cost": "kosten",
    "choice": "keuze",
}


def words_of(lost: Lost, document: Document, library: Library) -> str:
    """What it is about and what was typed there: 'Anna, uren per week (jij typte “20”)'."""
    typed = f" (jij typte “{lost.typed[:80]}”)" if lost.typed else ""
    return f"{_about(lost.place, document, library)}{typed}"


def _about(place: str, document: Document, library: Library) -> str:
    section, _, rest = place.partition(".")
    code, _, last = rest.partition(".")
    if section == "person":
        return "de lijst met mensen"
    if section == "tasks":
        return f"de taak {library.tasks[code].name}" if code in library.tasks else "een taak"
    if section in ("roles", "wanted", "salaries") and code in library.roles:
        return ", ".join(filter(None, (f"de rol {library.roles[code].name}", _WORDS.get(last, ""))))
    people, row = rows_in(document, "people"), place_in(code)
    if section == "people" and row is not None and row < len(people):
        return f"{people[row].get('name') or 'iemand zonder naam'}, {_WORDS.get(last, last)}"
    if row is not None:
        return f"rij {row + 1}, {_WORDS.get(last, last)}"
    return _WORDS.get(last or code or section, "wat jullie ervan vinden")


def about_place(place: str, library: Library) -> str:
    """What stands at a place outside the list of people; "" for what a form has no words for."""
    section, _, rest = place.partition(".")
    code, _, last = rest.partition(".")
    if section in ("wanted", "salaries") and code in library.roles:
        return ", ".join(filter(None, (library.roles[code].name, _WORDS.get(last, ""))))
    if section in ("actions", "scales") and code.isdigit():
        return f"Rij {int(code) + 1}, {_WORDS.get(last, last)}"
    return _WORDS.get(code if code in _WORDS else section, "")


def carried_in_form(document: Document, step: Step, place: int) -> str:
    """What the form of a step brings back, to know what a colleague changed meanwhile."""
    return json.dumps(stood(document, step, place), ensure_ascii=False)
