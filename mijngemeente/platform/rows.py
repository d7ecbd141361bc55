"""Writing new rows in as few statements as can be: intake lives on it.

For rows that were just made and whose key is known. Keys between them are checked at commit, so their order
does not matter.
"""

from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models


def add(*rows: models.Model) -> None:
    """Insert new rows, also of different tables, in one statement."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(map(type, rows))), [value for row in rows for value in _values(row)])
    for row in rows:
        _mark_stored(row)


def add_once(row: models.Model) -> bool:
    """Insert the row unless a unique key is there already; True if it was not.

    Waits for another transaction that is just adding the same.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_insert(type(row)) + " ON CONFLICT DO NOTHING", _values(row))
        is_new: bool = cursor.rowcount == 1
    if is_new:
        _mark_stored(row)
    return is_new


def _values(row: models.Model) -> list[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    return [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in row._meta.concrete_fields
    ]


@lru_cache(maxsize=200)
def _statement(kinds: tuple[type[models.Model], ...]) -> str:
    """One insert after another (PostgreSQL manual, "Data-Modifying Statements in WITH")."""
    if len(kinds) == 1:
        return _insert(kinds[0])
    parts = (f"row_{number} AS ({_insert(kind)})" for number, kind in enumerate(kinds))
    return f"WITH {', '.join(parts)} SELECT"


@lru_cache
def _insert(kind: type[models.Model]) -> str:
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = kind._meta.concrete_fields
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(map(_place, fields))
    return f"INSERT INTO {quoted(kind._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own models


def _place(field: "models.Field[Any, Any]") -> str:
    """Arrays and search vectors have to be named: what is empty, or a text, has no type of its own."""
    is_named = field.get_internal_type() in ("ArrayField", "SearchVectorField")
    return f"%s::{field.db_type(connections[DEFAULT_DB_ALIAS])}" if is_named else "%s"


def _mark_stored(row: models.Model) -> None:
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS
