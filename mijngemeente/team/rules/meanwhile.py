"""What came into a plot after a form of it was drawn, as from a session: the form takes none of it away."""

from collections.abc import Iterable, Mapping
from typing import Any

#: A form says here which codes it showed as chosen, and how many rows it had before the empty ones.
HAD, ROWS = "had", "rows"


def came_since(
    rows: Iterable[dict[str, Any]], chosen: Iterable[str], typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Tasks or roles of a person that the form neither showed as chosen nor chose."""
    if HAD not in typed:
        return []
    known = {*typed[HAD].split(), *chosen}
    return [each for each in rows if str(each.get("code")) not in known]


def moved_behind(typed: Mapping[str, str], section: str, count: int) -> Mapping[str, str]:
    """The form with its new rows behind the `count` that there are now, not on top of those."""
    told = typed.get(ROWS, "")
    had = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else count
    return {_moved(name, section, had, max(0, count - had)): value for name, value in typed.items()}


def _moved(name: str, section: str, had: int, more: int) -> str:
    parts = name.split(".")
    is_new = len(parts) == 3 and parts[0] == section and parts[1].isdecimal() and parts[1].isascii()
    if not is_new or len(parts[1]) > 4 or int(parts[1]) < had:
        return name
    return f"{section}.{int(parts[1]) + more}.{parts[2]}"
