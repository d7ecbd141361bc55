"""How each role of a plot is filled, and why we say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .amounts import amount
from .library import LEVEL_NAMES, Library
from .plot import Choice, Part, Person, Plot, Said, Want, Wish
from .result import CrucialResult, RoleResult, Status
from .shares import hours_by_role

_FRAGILE_UNDER = 0.5
_FILLED_FROM = 0.9
# Who rounds 0.9 fte of 36 hours to 32.4 must not fall short by a rounding.
_TOLERANCE = 1e-9


def role_results(plot: Plot, library: Library) -> list[RoleResult]:
    """Every role that is wanted, done elsewhere or claimed, in the order of the library."""
    hours = [hours_by_role(each, library) for each in plot.people]
    asked = set(plot.wishes) | {each.role for person in plot.people for each in person.claims}
    crucial = {code for code, role in library.roles.items() if role.family}
    return [
        _result_of(code, plot, library, hours)
        for code in library.roles
        if code in asked | crucial and not _is_unwanted(code, plot, library)
    ]


def _is_unwanted(code: str, plot: Plot, library: Library) -> bool:
    """A role that nobody wants and nobody has is no finding; nor one that is unusual for this size."""
    if any(claim.role == code for person in plot.people for claim in person.claims):
        return False
    wish = wish_for(code, plot)
    return wish.want is not Want.ELSEWHERE and want_fte(code, plot, library) == 0


def wish_for(code: str, plot: Plot) -> Wish:
    """What is wanted with this role; wanted as usual where the plot says nothing."""
    return plot.wishes.get(code) or Wish()


def want_fte(code: str, plot: Plot, library: Library) -> float | None:
    """What is wanted, or usual for this size; 0 for what is not wanted or done elsewhere."""
    wish = wish_for(code, plot)
    if wish.want is not Want.YES:
        return 0.0
    if wish.fte is not None:
        return wish.fte
    usual = library.roles[code].usual_fte.get(plot.size)
    return usual.middle if usual else None


@dataclass(frozen=True)
class _Filling:
    """What there is for one role."""

    have: float
    want: float | None
    fillers: list[Person]
    backups: list[Person]
    #: What nobody can do yet, in Dutch; or "".
    short: str


def _result_of(code: str, plot: Plot, library: Library, hours: list[dict[str, float]]) -> RoleResult:
    wish = wish_for(code, plot)
    fillers = _people_with(code, plot.people, (Part.MAIN, Part.SIDE))
    filling = _Filling(
        have=sum(each.get(code, 0.0) for each in hours) / plot.week_hours,
        want=want_fte(code, plot, library),
        fillers=fillers,
        backups=_people_with(code, plot.people, (Part.BACKUP,)),
        short=_level_short(required_levels(code, wish, library), fillers, plot, library),
    )
    status, because = _verdict(wish, filling)
    said = said_of_role(code, plot)
    return RoleResult(
        code=code,
        name=library.roles[code].name,
        status=status,
        have_fte=round(filling.have, 2),
        want_fte=filling.want,
        people=tuple(each.id for each in fillers),
        backups=tuple(each.id for each in filling.backups),
        because=because,
        note=said.note,
        choice=said.choice,
    )


def said_of_role(code: str, plot: Plot) -> Said:
    """What the team says of how this role is filled; a note beside the wish means that it chose so."""
    said = plot.said.get(f"role-{code}") or Said()
    note = wish_for(code, plot).note
    if not note:
        return said
    both = f"{note} {said.note}" if said.note and said.note != note else note
    return Said(said.choice or Choice.CHOSEN, both)


def _people_with(code: str, people: Iterable[Person], parts: tuple[Part, ...]) -> list[Person]:
    found = [
        (parts.index(claim.part), place, person)
        for place, person in enumerate(people)
        for claim in person.claims
        if claim.role == code and claim.part in parts
    ]
    return [person for _, _, person in sorted(found, key=lambda row: row[:2])]


def _verdict(wish: Wish, filling: _Filling) -> tuple[Status, str]:
    fillers = filling.fillers
    if wish.want is Want.ELSEWHERE:
        return Status.ELSEWHERE, f"Belegd bij {wish.where or 'een ander'}."
    if not fillers:
        return Status.MISSING, "Niemand heeft deze rol."
    if filling.have <= 0:
        return Status.MISSING, f"Deze rol hoort bij {_named(fillers)}, maar er zijn geen uren voor."
    if len(fillers) == 1 and not filling.backups:
        return Status.FRAGILE, f"Alleen {fillers[0].name} heeft deze rol, en er is geen achtervang."
    return _verdict_on_size(filling.have, filling.want, filling.short)


def _verdict_on_size(have: float, want: float | None, short: str) -> tuple[Status, str]:
    share = have / want + _TOLERANCE if want else 1.0
    size = f"{amount(have)} van {amount(want)} fte" if want else f"{amount(have)} fte"
    if share < _FRAGILE_UNDER:
        return Status.FRAGILE, f"Minder dan de helft: {size}."
    if share < _FILLED_FROM:
        return Status.PARTIAL, f"Een deel: {size}."
    if short:
        return Status.PARTIAL, f"Genoeg uren ({size}), maar {short}."
    return Status.FILLED, f"Ingevuld: {size}, en er is meer dan één die het kan."


def _level_short(required: Mapping[str, int], fillers: list[Person], plot: Plot, library: Library) -> str:
    """What the people of a role cannot do yet; "" if nothing, or if nobody in the plot scored."""
    if not any(each.levels for each in plot.people):
        return ""
    for competency, level in required.items():
        best = max((each.levels.get(competency, 0) for each in fillers), default=0)
        if best < level:
            name = library.competencies[competency].name
            return f"niemand haalt {LEVEL_NAMES[level]} bij {name} (hoogste: {LEVEL_NAMES[best]})"
    return ""


def required_levels(code: str, wish: Wish, library: Library) -> Mapping[str, int]:
    """Competency code → level that this role asks in this plot."""
    return {**library.roles[code].levels, **wish.levels}


def _named(people: list[Person]) -> str:
    names = [each.name for each in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def crucial_result(results: list[RoleResult], library: Library) -> CrucialResult:
    """A family is filled when one of its roles is."""
    statuses = {each.code: each.status for each in results}
    found = {
        family: {statuses.get(code, Status.MISSING) for code in codes}
        for family, codes in library.families.items()
    }
    filled = [family for family, seen in found.items() if Status.FILLED in seen]
    elsewhere = [
        family for family, seen in found.items() if Status.ELSEWHERE in seen and family not in filled
    ]
    missing = [family for family in found if family not in filled and family not in elsewhere]
    return CrucialResult(len(filled), len(found), tuple(missing), tuple(elsewhere))
