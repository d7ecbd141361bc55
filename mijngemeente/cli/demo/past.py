"""The demo plays months in seconds; afterwards every time it wrote is moved to the moment it played.

Actions know one time: now. So the loader notes when it played what, and at the end the owner of the
tables moves each timestamp. The app itself could not: it may not alter an audit line.
"""

from datetime import datetime
from itertools import pairwise

import psycopg
from django.apps import apps
from django.db import connections, models
from django.utils import timezone
from psycopg import sql

from mijngemeente.platform.tenancy import OrganisationModel


class Past:
    """Which real moment was played since when."""

    def __init__(self) -> None:
        self._began: list[tuple[datetime, datetime]] = []

    def play(self, at: datetime) -> None:
        """From here on it is `at`."""
        self._began.append((timezone.now(), at))

    def move(self, using: str) -> None:
        """Move every time in every tenant table, as the owner. Afterwards nothing is left to move."""
        self.play(timezone.now())
        connection = connections[using]
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            self._bring_along(cursor)
            for model in tenant_models():
                for field in times_of(model):
                    move_times(cursor, model._meta.db_table, field.column)
        self._began.clear()

    def _bring_along(self, cursor: psycopg.Cursor) -> None:
        cursor.execute(
            "CREATE TEMPORARY TABLE moment (began timestamptz PRIMARY KEY, ended timestamptz, at timestamptz)"
        )
        with cursor.copy("COPY moment FROM STDIN") as copy:
            for (began, at), (ended, _) in pairwise(self._began):
                copy.write_row((began, ended, at))
        cursor.execute("ANALYZE moment")


def tenant_models() -> list[type[OrganisationModel]]:
    return [model for model in apps.get_models() if issubclass(model, OrganisationModel)]


def times_of(model: type[models.Model]) -> list["models.DateTimeField[datetime, datetime]"]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]


def move_times(cursor: psycopg.Cursor, table: str, column: str | None) -> None:
    """Times that were not written while playing stay: those of a real event, or planned for later."""
    cursor.execute(
        sql.SQL(
            "UPDATE {table} t SET {column} = m.at + (t.{column} - m.began) FROM moment m"
            " WHERE m.began = (SELECT max(began) FROM moment WHERE began <= t.{column})"
            " AND t.{column} < m.ended"
        ).format(table=sql.Identifier(table), column=sql.Identifier(str(column)))
    )
