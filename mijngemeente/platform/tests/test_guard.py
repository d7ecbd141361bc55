"""The wall is built anew wherever it is not as it should be."""

import pytest
from django.conf import settings
from django.db import connections

from mijngemeente.platform.guard import guard

TABLE = "conversations_conversation"


@pytest.fixture
def owner(own_database, django_db_blocker):
    with django_db_blocker.unblock(), connections[settings.OWNER_DB_ALIAS].cursor() as cursor:
        yield cursor


def policies(cursor):
    cursor.execute(
        "SELECT p.oid, polname, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
        " FROM pg_policy p WHERE polrelid = %s::regclass",
        [TABLE],
    )
    return {name: tuple(rest) for number, name, *rest in cursor.fetchall()}


def numbers(cursor):
    cursor.execute("SELECT oid FROM pg_policy WHERE polrelid = %s::regclass", [TABLE])
    return {number for (number,) in cursor.fetchall()}


def test_a_policy_that_says_something_else_is_replaced_and_a_strange_one_goes(owner):
    right = policies(owner)
    owner.execute(f"ALTER POLICY may_read ON {TABLE} USING (true)")
    owner.execute(f"ALTER POLICY may_update ON {TABLE} WITH CHECK (true)")
    owner.execute(f"DROP POLICY may_insert ON {TABLE}")
    owner.execute(f"CREATE POLICY back_door ON {TABLE} USING (true)")
    guard(settings.OWNER_DB_ALIAS, settings.APP_ROLE)
    assert policies(owner) == right
    assert "app.organisation_ids" in right["may_read"][1]


def test_what_is_right_is_left_alone(owner):
    before = numbers(owner)
    guard(settings.OWNER_DB_ALIAS, settings.APP_ROLE)
    assert numbers(owner) == before
