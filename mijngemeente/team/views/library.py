"""The role library: national, readable without signing in, with where each line comes from."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mijngemeente.reference.rules.words import fold, lexeme_of, parts_of
from mijngemeente.team.library import Basis, factors, national, stories
from mijngemeente.team.queries import plot_rooms_of
from mijngemeente.team.rules.library import Competency, Library, Role, Size, Task
from mijngemeente.team.sheets import span

TYPED_CHARACTERS = 80
SIZES = {Size.SMALL: "Klein (tot 50.000)", Size.MEDIUM: "Middelgroot (tot 100.000)", Size.LARGE: "Groot"}
FAMILIES = {
    "verbinder": "Verbinden",
    "communitymanager": "Gemeenschap",
    "contentregisseur": "Regie",
    "data": "Gegevens",
    "webformulieren": "Formulieren",
}


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What Wegwijs is, and where to begin."""
    rooms = plot_rooms_of(request.user) if request.user.is_authenticated else []
    return render(request, "team/start.html", {"library": national(), "factors": factors(), "rooms": rooms})


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Every role; with `q` those that have to do with it."""
    typed = request.GET.get("q", "")[:TYPED_CHARACTERS].replace("\x00", "").strip()
    known = national()
    found = [each for each in known.roles.values() if _fits(each, typed, known)]
    crucial = [each for each in found if each.family]
    context = {"typed": typed, "crucial": crucial, "others": [each for each in found if not each.family]}
    return render(request, "team/roles.html", context)


def _fits(role: Role, typed: str, known: Library) -> bool:
    """Whether every word of it stands somewhere in the role, its tasks or its competencies."""
    tasks = " ".join(each.name for each in known.tasks.values() if role.code in each.roles)
    competencies = " ".join(known.competencies[code].name for code in role.levels)
    text = " ".join([role.name, *role.other_names, role.essence, tasks, competencies])
    words = _lexemes(text)
    return all(words & _lexemes(each) or fold(each) in fold(text) for each in typed.split())


def _lexemes(text: str) -> set[str]:
    """What the words come from, compounds with their parts."""
    words = [fold(each) for each in re.findall(r"\w+", text)]
    return {lexeme for word in words for lexeme in (lexeme_of(word), *parts_of(word))}


@require_GET
def role(request: HttpRequest, code: str) -> HttpResponse:
    """One role: tasks, competencies, and what is usual."""
    known = national()
    found = known.roles.get(code)
    if found is None:
        raise Http404
    context = {
        "role": found,
        "family": FAMILIES.get(found.family, ""),
        "tasks": [_marked(each) for each in known.tasks.values() if code in each.roles],
        "levels": _levels(found, known),
        "usual": [
            (words, span(found.usual_fte[size])) for size, words in SIZES.items() if size in found.usual_fte
        ],
        # Of one role a source tells how many there are in a large municipality.
        "usual_basis": "deels aanvulling" if "overige fte aanvulling" in found.basis else "aanvulling",
        "basis": Basis.of(found.basis),
    }
    return render(request, "team/role.html", context)


def _marked(task: Task) -> tuple[str, Basis]:
    return task.name, Basis.of(task.basis)


def _levels(found: Role, known: Library) -> list[tuple[Competency, int, str]]:
    """The competencies it asks, the level, and what one sees somebody do there."""
    asked = [(known.competencies[code], level) for code, level in found.levels.items()]
    return [(each, level, each.levels[level - 1]) for each, level in asked]


@require_GET
def competencies(request: HttpRequest) -> HttpResponse:
    """Every competency with its levels."""
    return render(request, "team/competencies.html", {"competencies": national().competencies.values()})


@require_GET
def success(request: HttpRequest) -> HttpResponse:
    """What makes an online team succeed."""
    told = [(each, Basis.of(each.basis)) for each in factors()]
    return render(request, "team/success.html", {"factors": told})


@require_GET
def municipalities(request: HttpRequest) -> HttpResponse:
    """What is known of the municipalities that were described."""
    told: dict[str, list[tuple[object, Basis]]] = {}
    for each in stories():
        told.setdefault(each.municipality, []).append((each, Basis.of(each.basis)))
    return render(request, "team/municipalities.html", {"told": told.items()})
