"""After every migrate: row-level security, composite keys and the app's rights on each table.

Everything here is idempotent and runs as the owner. Policies as in promises.md, rule 2: inline, no
sub-selects, because those were measured seventy times slower.
"""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from .tenancy import OrganisationModel, ReferenceModel, SharedModel

READ = "organisation_id = any (string_to_array(current_setting('app.organisation_ids', true), ',')::int[])"
WRITE = "organisation_id = nullif(current_setting('app.acting_organisation_id', true), '')::int"


#: The functions that reach past row security, each reviewed: it keeps to `app.organisation_ids` by itself,
#: whatever it is asked, or tells only the middle of five or more; and has a fixed `search_path`. Name → why.
DEFINERS = {
    "search_entries": "an index on words may not be used under row security (promises, rule 5)",
    "search_spellings": "the same",
    "team_medians": "figures of others who chose to share them, never of fewer than five and never by name",
}


def guard(using: str, app_role: str) -> None:
    """Make every table in the database as its kind demands; `app_role` is who the app connects as."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '500ms'")
        _grant_everything(cursor, app_role)
        present = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            # A migrate to an older state leaves later tables out.
            if model._meta.db_table not in present:
                continue
            if issubclass(model, OrganisationModel | SharedModel):
                _protect(cursor, model)
            _restrict(cursor, model, app_role)
        _lend_definers(cursor, app_role)
        cursor.execute("RESET lock_timeout")


def _grant_everything(cursor: CursorWrapper, app_role: str) -> None:
    """Django's, allauth's and Procrastinate's own tables hold no tenant data: plain rights."""
    role = sql.Identifier(app_role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    ):
        cursor.execute(sql.SQL(statement).format(role))


def _lend_definers(cursor: CursorWrapper, app_role: str) -> None:
    """Only the app may call what reaches past row security."""
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' AND p.proname = ANY (%s)",
        [list(DEFINERS)],
    )
    for (signature,) in cursor.fetchall():
        # As PostgreSQL itself writes it.
        function = sql.SQL(signature)
        role = sql.Identifier(app_role)
        cursor.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(function))
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))


def _restrict(cursor: CursorWrapper, model: type[models.Model], app_role: str) -> None:
    table, role = sql.Identifier(model._meta.db_table), sql.Identifier(app_role)
    if issubclass(model, ReferenceModel):
        cursor.execute(sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(table, role))
    if getattr(model, "append_only", False):
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(table, role))


def _protect(cursor: CursorWrapper, model: type[models.Model]) -> None:
    """Row security is lifted while keys are made: under it they would be checked against no rows."""
    table = model._meta.db_table
    missing = list(_missing_keys(cursor, model))
    if missing:
        cursor.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
        for statement in missing:
            cursor.execute(statement)
    if not _is_forced(cursor, table):
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
        cursor.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    _make_policies(cursor, model)


def _is_forced(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
    )
    return bool(cursor.fetchone()[0])


#: What a policy says, as PostgreSQL keeps it: command, roles, USING, WITH CHECK, and whether it lets through.
Kept = tuple[str, str, str | None, str | None, bool]


def _clauses(model: type[models.Model]) -> dict[str, str]:
    read = "true" if issubclass(model, SharedModel) else READ
    return {
        "may_read": f"FOR SELECT USING ({read})",
        "may_insert": f"FOR INSERT WITH CHECK ({WRITE})",
        "may_update": f"FOR UPDATE USING ({WRITE}) WITH CHECK ({WRITE})",
        "may_delete": f"FOR DELETE USING ({WRITE})",
    }


def _make_policies(cursor: CursorWrapper, model: type[models.Model]) -> None:
    """In one transaction: nobody finds the table between an old policy and the new one."""
    table, clauses = model._meta.db_table, _clauses(model)
    with transaction.atomic(using=cursor.db.alias):
        present, wanted = _policies_on(cursor, table), _as_kept(cursor, clauses)
        for name in present:
            # Also what the wall does not know of: it may let rows through.
            if present[name] != wanted.get(name):
                drop = sql.SQL("DROP POLICY {} ON {}")
                cursor.execute(drop.format(sql.Identifier(name), sql.Identifier(table)))
        for name, clause in clauses.items():
            if present.get(name) != wanted[name]:
                _make_policy(cursor, table, name, clause)


def _as_kept(cursor: CursorWrapper, clauses: Mapping[str, str]) -> dict[str, Kept]:
    """PostgreSQL writes the words of a policy in its own way: so does it of the same on an empty table."""
    cursor.execute("CREATE TEMPORARY TABLE wall_as_wanted (organisation_id integer) ON COMMIT DROP")
    for name, clause in clauses.items():
        _make_policy(cursor, "wall_as_wanted", name, clause)
    wanted = _policies_on(cursor, "wall_as_wanted")
    cursor.execute("DROP TABLE wall_as_wanted")
    return wanted


def _make_policy(cursor: CursorWrapper, table: str, name: str, clause: str) -> None:
    statement = sql.SQL("CREATE POLICY {} ON {} ").format(sql.Identifier(name), sql.Identifier(table))
    cursor.execute(statement + sql.SQL(clause))


def _policies_on(cursor: CursorWrapper, table: str) -> dict[str, Kept]:
    cursor.execute(
        "SELECT polname, polcmd::text, polroles::text, pg_get_expr(polqual, polrelid),"
        " pg_get_expr(polwithcheck, polrelid), polpermissive FROM pg_policy WHERE polrelid = %s::regclass",
        [table],
    )
    return {name: tuple(kept) for name, *kept in cursor.fetchall()}


def _missing_keys(cursor: CursorWrapper, model: type[models.Model]) -> Iterator[sql.Composable]:
    table = model._meta.db_table
    unique = f"{table}_of_organisation"
    if not _has_constraint(cursor, table, unique):
        yield sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE (organisation_id, id)").format(
            sql.Identifier(table), sql.Identifier(unique)
        )
    for field in tenant_keys(model):
        yield from _missing_key(cursor, table, field)
    for each in model._meta.concrete_fields:
        if each.primary_key or not each.column:
            continue
        change = _missing_unique if each.unique else _outlived_unique
        yield from change(cursor, table, each.column)


def tenant_keys(model: type[models.Model]) -> Iterator["models.ForeignKey[models.Model]"]:
    """The foreign keys of a tenant table that point to a tenant table."""
    for field in model._meta.concrete_fields:
        target = field.remote_field.model if isinstance(field, models.ForeignKey) else None
        if isinstance(target, type) and issubclass(target, OrganisationModel):
            yield field  # type: ignore[misc]  # narrowed by the isinstance above


def _missing_key(
    cursor: CursorWrapper, table: str, field: "models.ForeignKey[models.Model]"
) -> Iterator[sql.Composable]:
    name = f"{table}_{field.column}_composite"
    if _has_constraint(cursor, table, name):
        return
    # A table that refers to itself gets its own key just before, in the same round.
    if field.remote_field.model is not field.model:
        _guard_target(cursor, field.remote_field.model)
    for plain in _plain_keys(cursor, table, field.column):
        yield sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
            sql.Identifier(table), sql.Identifier(plain)
        )
    yield sql.SQL(
        "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY (organisation_id, {})"
        " REFERENCES {} (organisation_id, id) DEFERRABLE INITIALLY DEFERRED"
    ).format(
        sql.Identifier(table),
        sql.Identifier(name),
        sql.Identifier(field.column),
        sql.Identifier(field.remote_field.model._meta.db_table),
    )


def _missing_unique(cursor: CursorWrapper, table: str, column: str) -> Iterator[sql.Composable]:
    """A one-to-one key is unique per organisation, so that it tells nothing about another's rows."""
    name = f"{table}_{column}_once"
    if _has_constraint(cursor, table, name):
        return
    for plain in _plain_keys(cursor, table, column, kind="u"):
        yield sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
            sql.Identifier(table), sql.Identifier(plain)
        )
    yield sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE (organisation_id, {})").format(
        sql.Identifier(table), sql.Identifier(name), sql.Identifier(column)
    )


def _outlived_unique(cursor: CursorWrapper, table: str, column: str) -> Iterator[sql.Composable]:
    """Django leaves what we made of its own constraint when the key is no longer one-to-one."""
    name = f"{table}_{column}_once"
    if _has_constraint(cursor, table, name):
        yield sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name))


def _guard_target(cursor: CursorWrapper, target: type[models.Model]) -> None:
    """The referenced table needs its own composite key first."""
    table = target._meta.db_table
    if not _has_constraint(cursor, table, f"{table}_of_organisation"):
        _protect(cursor, target)


def _has_constraint(cursor: CursorWrapper, table: str, name: str) -> bool:
    cursor.execute(
        "SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = left(%s, 63)", [table, name]
    )
    return cursor.fetchone() is not None


def _plain_keys(cursor: CursorWrapper, table: str, column: str, *, kind: str = "f") -> list[str]:
    """Names of constraints of that `pg_constraint.contype` on this column alone."""
    cursor.execute(
        "SELECT c.conname FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = c.conrelid AND c.conkey = array[a.attnum]"
        " WHERE c.conrelid = %s::regclass AND c.contype = %s AND a.attname = %s",
        [table, kind, column],
    )
    return [name for (name,) in cursor.fetchall()]


def is_powerless(connection: BaseDatabaseWrapper) -> bool:
    """True if the connected role is neither superuser, nor past row security, nor owner of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relowner = r.oid AND n.nspname = 'public')"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        return not cursor.fetchone()[0]
