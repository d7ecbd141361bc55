"""Who may see which rows: the four kinds of table, the unit, and the guard.

Tenant tables are empty outside a unit. `acting_for` opens one to work for one organisation,
`covering` a read-only one over several. The database itself keeps organisations apart with
forced row-level security; the policies and their measurements are in docs/decisions.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ClassVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from .ids import uuid7


class OrganisationModel(models.Model):
    """A tenant table: rows are read by who covers the organisation, written by who acts for it."""

    #: The app may add rows but never alter or remove them.
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation_id: int

    class Meta:
        abstract = True


class SharedModel(models.Model):
    """Everybody reads; the owning organisation writes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation_id: int

    class Meta:
        abstract = True


class DirectoryModel(models.Model):
    """Small, and read before a tenant is known: who we are and which addresses are ours."""

    class Meta:
        abstract = True


class ReferenceModel(models.Model):
    """National facts, filled by the owner from data/; the app only reads."""

    class Meta:
        abstract = True


KINDS = (OrganisationModel, SharedModel, DirectoryModel, ReferenceModel)


class UnitError(RuntimeError):
    """A unit was opened inside another one."""


@dataclass(frozen=True)
class Unit:
    """What one transaction may reach."""

    #: Organisation that is written for; None in a read-only unit.
    acting: int | None
    reading: frozenset[int]


_unit: ContextVar[Unit | None] = ContextVar("unit", default=None)

#: Organisation → the teams whose rows alone may be reached there (docs/decisions/0019).
Parts = Mapping[int, frozenset[int]]

_parts: ContextVar[Parts] = ContextVar("parts")


@contextmanager
def keeping_to(parts: Parts) -> Iterator[None]:
    """Whatever is read meanwhile of these organisations is of those teams alone, in every unit."""
    token = _parts.set(parts)
    try:
        yield
    finally:
        _parts.reset(token)


def parts() -> Parts:
    """Of which organisations only a part may be reached now; of the others all that the unit reads."""
    return _parts.get({})


def acting_organisation() -> int:
    """The organisation this unit writes for; raises UnitError outside such a unit."""
    unit = _unit.get()
    if unit is None or unit.acting is None:
        raise UnitError("no organisation to act for: open acting_for() first")
    return unit.acting


@contextmanager
def acting_for(organisation_id: int, *, reading: Iterable[int] = ()) -> Iterator[None]:
    """One transaction that reads and writes for one organisation.

    `reading` adds organisations that are read only, as for a hand-over. Raises UnitError inside
    another unit.
    """
    unit = Unit(organisation_id, frozenset({organisation_id, *reading}))
    with _open(unit):
        yield


@contextmanager
def covering(organisation_ids: Iterable[int]) -> Iterator[None]:
    """One read-only transaction over several organisations. Raises UnitError inside a unit."""
    with _open(Unit(None, frozenset(organisation_ids))):
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


@contextmanager
def _open(unit: Unit) -> Iterator[None]:
    if _unit.get() is not None:
        raise UnitError("units do not nest")
    token = _unit.set(unit)
    try:
        with transaction.atomic(durable=True):
            _set_scope(unit)
            try:
                yield
            finally:
                _clear_scope()
    finally:
        _unit.reset(token)


def _set_scope(unit: Unit) -> None:
    acting = "" if unit.acting is None else str(unit.acting)
    reading = ",".join(map(str, sorted(unit.reading)))
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.acting_organisation_id', %s, true),"
            " set_config('app.organisation_ids', %s, true)",
            [acting, reading],
        )


def _clear_scope() -> None:
    """Undo the scope when a surrounding transaction (a test's) goes on after the unit.

    A released savepoint keeps `set_config(…, true)`, so without this the scope would leak.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if len(connection.savepoint_ids) > 0 and not connection.needs_rollback:
        _set_scope(Unit(None, frozenset()))
