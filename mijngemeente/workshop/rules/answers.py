"""Answers from phones: what each says, where in the plot it belongs, and how it goes in.

A place is "step.rest": two answers with the same place are about the same thing, and a person chooses.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mijngemeente.team.rules.amounts import shown
from mijngemeente.team.rules.documents import Document, rows_in
from mijngemeente.team.rules.library import Library
from mijngemeente.team.rules.plot import (
    LONGEST_WEEK_HOURS,
    MOST_FTE,
    MOST_INHABITANTS,
    PART_WORDS,
    WANT_WORDS,
)
from mijngemeente.team.rules.proposals import KINDS
from mijngemeente.team.rules.reading import MOST_PEOPLE

from .codes import LONGEST_NAME
from .texts import Unclear, line, number

Content = dict[str, Any]

WANTS = {each.value: words for each, words in WANT_WORDS.items()}
PARTS = {each.value: words for each, words in PART_WORDS.items()}
#: A sentence; a screen has no room for more.
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Given:
    """One answer of one phone."""

    place: str
    content: Content


@dataclass(frozen=True)
class Said:
    """An answer as it stands on the screen."""

    about: str
    words: str


class Outdated(ValueError):
    """What an answer is about is no longer in the plot; the message says so in Dutch."""


@dataclass(frozen=True)
class Matter:
    """The plot as it is now, and the words for what is in it."""

    document: Document
    library: Library

    @property
    def people(self) -> dict[str, Document]:
        """Id → person."""
        return {str(each.get("id")): each for each in rows_in(self.document, "people")}

    @property
    def wishes(self) -> dict[str, Document]:
        """Role code → what is wanted, as far as a file of somebody's own making has that."""
        wanted = self.document.get("wanted")
        rows = wanted.items() if isinstance(wanted, dict) else ()
        return {code: each for code, each in rows if isinstance(each, dict)}

    def person(self, id: str) -> Document:
        """Raises Outdated for who was taken off the list."""
        if id not in self.people:
            raise Outdated("Deze persoon staat niet meer in de plot.")
        return self.people[id]


def given(step: str, typed: Mapping[str, str], matter: Matter) -> list[Given]:
    """What a phone sent for a step. Raises Unclear, which leaves all of it out."""
    made = _READERS[step](typed, matter) if step in _READERS else []
    if not made:
        raise Unclear("Er is nog niets ingevuld.")
    return made


def _scope(typed: Mapping[str, str], _: Matter) -> list[Given]:
    title = line(typed.get("title", ""), longest=LONGEST_TEXT, what="Naam van de plot")
    count = number(typed, "inhabitants", most=MOST_INHABITANTS, what="Inwoners")
    return [
        *([Given("scope.title", {"title": title})] if title else []),
        *([Given("scope.inhabitants", {"inhabitants": count})] if count is not None else []),
    ]


def _people(typed: Mapping[str, str], _: Matter) -> list[Given]:
    name = line(typed.get("name", ""), longest=LONGEST_NAME, what="Naam of functie")
    department = line(typed.get("department", ""), longest=LONGEST_NAME, what="Afdeling")
    hours = number(typed, "hours", most=LONGEST_WEEK_HOURS, what="Uren per week")
    if not name and (department or hours is not None):
        raise Unclear("Vul ook een naam of functie in.")
    content = {"name": name, "department": department, "hours": hours}
    return [Given(f"people.{name.casefold()}", content)] if name else []


def _tasks(typed: Mapping[str, str], matter: Matter) -> list[Given]:
    who = _who(typed, matter)
    return [
        Given(
            f"tasks.{who}.{code}",
            {
                "hours": number(
                    typed, f"hours.{code}", most=LONGEST_WEEK_HOURS, what=matter.library.tasks[code].name
                ),
                "owner": bool(typed.get(f"owner.{code}")),
            },
        )
        for code in _named(typed, "task", matter.library.tasks)
    ]


def _roles(typed: Mapping[str, str], matter: Matter) -> list[Given]:
    who = _who(typed, matter)
    chosen = {code: typed[f"part.{code}"] for code in _named(typed, "part", matter.library.roles)}
    return [Given(f"roles.{who}.{code}", {"part": part}) for code, part in chosen.items() if part in PARTS]


def _who(typed: Mapping[str, str], matter: Matter) -> str:
    who = typed.get("person", "")
    if who not in matter.people:
        raise Unclear("Kies over wie het gaat.")
    return who


def _named(typed: Mapping[str, str], kind: str, known: Iterable[str]) -> list[str]:
    return [code for code in known if typed.get(f"{kind}.{code}")]


def _wanted(typed: Mapping[str, str], matter: Matter) -> list[Given]:
    role, want = typed.get("role", ""), typed.get("want", "")
    if role not in matter.library.roles or want not in WANTS:
        raise Unclear("Kies een rol, en of jullie die willen.")
    content = {
        "want": want,
        "fte": number(typed, "fte", most=MOST_FTE, what="Fte"),
        "where": line(typed.get("where", ""), longest=LONGEST_NAME, what="Waar"),
    }
    return [Given(f"wanted.{role}", content)]


def _gap(typed: Mapping[str, str], matter: Matter) -> list[Given]:
    role = typed.get("role", "")
    note = line(typed.get("note", ""), longest=LONGEST_TEXT, what="Wat je opvalt")
    if role not in matter.library.roles or not note:
        raise Unclear("Kies een rol en schrijf op wat je opvalt.")
    return [Given(f"gap.{role}", {"note": note})]


def _actions(typed: Mapping[str, str], _: Matter) -> list[Given]:
    what = line(typed.get("what", ""), longest=LONGEST_TEXT, what="Wat")
    kind = typed.get("kind", "")
    content = {
        "what": what,
        "kind": kind if kind in KINDS else KINDS[0],
        "owner": line(typed.get("owner", ""), longest=LONGEST_NAME, what="Wie"),
        "when": line(typed.get("when", ""), longest=LONGEST_NAME, what="Wanneer"),
    }
    return [Given(f"actions.{what.casefold()}", content)] if what else []


#: Steps that are asked of phones. What single people can do is theirs alone, and no part of a session.
_READERS = {
    "scope": _scope,
    "people": _people,
    "tasks": _tasks,
    "roles": _roles,
    "wanted": _wanted,
    "gap": _gap,
    "actions": _actions,
}
ASKED = frozenset(_READERS)


def said(place: str, content: Content, matter: Matter) -> Said:
    """As it stands on the screen; for what was taken off the plot too."""
    step, _, rest = place.partition(".")
    return Said(_about(step, rest, content, matter), _words(step, content))


def _about(step: str, rest: str, content: Content, matter: Matter) -> str:
    who, _, code = rest.rpartition(".")
    if step == "scope":
        return "Naam van de plot" if rest == "title" else "Inwoners"
    if step in ("people", "actions"):
        return str(content.get("name") or content.get("what"))
    if step in ("wanted", "gap"):
        return _name_in(matter.library.roles, code)
    known = matter.library.tasks if step == "tasks" else matter.library.roles
    name = matter.people.get(who, {}).get("name") or "Iemand die niet meer in de plot staat"
    return f"{name}: {_name_in(known, code)}"


def _name_in(known: Mapping[str, Any], code: str) -> str:
    return str(known[code].name) if code in known else code


def _words(step: str, content: Content) -> str:
    if step == "scope":
        return shown(next(iter(content.values())))
    return {
        "people": lambda: _listed(content.get("department"), _hours(content)),
        "tasks": lambda: _listed("doet dit", _hours(content), "gaat erover" if content.get("owner") else ""),
        "roles": lambda: PARTS.get(content.get("part", ""), ""),
        "wanted": lambda: _listed(
            WANTS.get(content.get("want", ""), ""), _fte(content), content.get("where")
        ),
        "gap": lambda: str(content["note"]),
        "actions": lambda: _listed(content.get("kind"), content.get("owner"), content.get("when")),
    }[step]()


def _listed(*words: str | None) -> str:
    return ", ".join(each for each in words if each) or "verder niets ingevuld"


def _hours(content: Content) -> str:
    hours = content.get("hours")
    return "" if hours is None else f"{shown(hours)} uur per week"


def _fte(content: Content) -> str:
    fte = content.get("fte")
    return "" if fte is None else f"{shown(fte)} fte"


def standing(place: str, matter: Matter) -> Content | None:
    """What the plot says at this place now; None when it says nothing there yet."""
    step, _, rest = place.partition(".")
    who, _, code = rest.rpartition(".")
    if step == "scope":
        return {rest: matter.document[rest]} if matter.document.get(rest) else None
    if step in ("wanted", "gap"):
        wish = matter.wishes.get(code, {})
        return wish if wish.get("want" if step == "wanted" else "note") else None
    if step in ("people", "actions"):
        return _named_row(rows_in(matter.document, step), step, rest)
    rows = rows_in(matter.people.get(who, {}), step)
    return next((each for each in rows if each.get("code") == code), None)


def _named_row(rows: Iterable[Document], step: str, name: str) -> Document | None:
    key = "name" if step == "people" else "what"
    return next((each for each in rows if str(each.get(key, "")).casefold() == name), None)


def with_answers(answers: Iterable[Given], matter: Matter) -> Document:
    """The plot with all of these in it, in this order. Raises Outdated."""
    changed = Matter(copy.deepcopy(matter.document), matter.library)
    for each in answers:
        _put(each, changed)
    return changed.document


def _put(answer: Given, matter: Matter) -> None:
    step, _, rest = answer.place.partition(".")
    who, _, code = rest.rpartition(".")
    filled = {name: value for name, value in answer.content.items() if value not in (None, "")}
    document = matter.document
    if step == "scope":
        document.update(filled)
    elif step in ("wanted", "gap"):
        wishes = matter.wishes
        document["wanted"] = {**wishes, code: {**wishes.get(code, {}), **filled}}
    elif step in ("tasks", "roles"):
        person = matter.person(who)
        person[step] = _with_row(rows_in(person, step), {"code": code}, filled)
    else:
        document[step] = _added(rows_in(document, step), step, rest, filled)


def _with_row(rows: list[Document], found_by: Content, filled: Content) -> list[Document]:
    """With it in the row that it is about, or in a new one."""
    row = next((each for each in rows if found_by.items() <= each.items()), None)
    if row is None:
        return [*rows, {**found_by, **filled}]
    row.update(filled)
    return rows


def _added(rows: list[Document], step: str, name: str, filled: Content) -> list[Document]:
    row = _named_row(rows, step, name)
    if row is not None:
        row.update(filled)
        return rows
    if len(rows) >= MOST_PEOPLE:
        raise Outdated(f"Er passen er hooguit {MOST_PEOPLE} in een plot.")
    taken = {each.get("id") for each in rows}
    free = next(name for number in range(1, 10_000) if (name := f"p{number}") not in taken)
    return [*rows, {**({"id": free} if step == "people" else {}), **filled}]
