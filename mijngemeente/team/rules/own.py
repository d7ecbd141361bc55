"""What an organisation adds to the national list, inside its plots."""

from .documents import Document, rows_in

Rows = list[Document]


def with_own(document: Document, roles: Rows, tasks: Rows) -> Document:
    """The document with these own roles and tasks, and with those that it uses but are offered no longer.

    A plot so carries all it needs, also in a file, and nothing breaks when a role is retired.
    """
    used = _used(document)
    told = {"own_roles": _joined(document, "own_roles", roles, used)}
    told["own_tasks"] = _joined(document, "own_tasks", tasks, used)
    return document | {name: rows for name, rows in told.items() if rows or document.get(name)}


def _joined(document: Document, name: str, offered: Rows, used: set[str]) -> Rows:
    known = {each["code"] for each in offered}
    kept = [each for each in rows_in(document, name) if each.get("code") in used - known]
    return [*offered, *kept]


def _used(document: Document) -> set[str]:
    """Codes of roles and tasks that somebody has, or that something is said of."""
    people = rows_in(document, "people")
    rows = [row for each in people for name in ("tasks", "roles") for row in rows_in(each, name)]
    wanted = document.get("wanted")
    return {str(row.get("code")) for row in rows} | set(wanted if isinstance(wanted, dict) else ())
