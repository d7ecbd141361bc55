"""The walls: kinds of tables, row security, and a database that keeps organisations apart."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import IntegrityError, ProgrammingError, connection, models, transaction

from mijngemeente.conversations.models import Contact, Conversation, Message
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.guard import DEFINERS, is_powerless, tenant_keys
from mijngemeente.platform.tenancy import (
    KINDS,
    OrganisationModel,
    ReferenceModel,
    SharedModel,
    UnitError,
    acting_for,
    covering,
)
from mijngemeente.privacy.register import REGISTER

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("mijngemeente.")]
TENANT_MODELS = [model for model in OUR_MODELS if issubclass(model, OrganisationModel | SharedModel)]

#: Tables of libraries: they hold no row of a tenant.
LIBRARIES = {"auth", "contenttypes", "sessions", "account", "mfa", "usersessions", "procrastinate"}


def names(rows):
    return [row[0] for row in rows]


def catalogue(query, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_table_has_exactly_one_kind(model):
    assert sum(issubclass(model, kind) for kind in KINDS) == 1


def test_no_library_brings_a_table_we_did_not_weigh():
    others = {model._meta.app_label for model in apps.get_models() if model not in OUR_MODELS}
    assert others <= LIBRARIES


@pytest.mark.django_db
@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model.__name__)
class TestTenantTable:
    def test_has_forced_row_security(self, model):
        rows = catalogue(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
            model._meta.db_table,
        )
        assert rows == [(True, True)]

    def test_has_a_policy_for_each_command(self, model):
        rows = catalogue(
            "SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s ORDER BY cmd",
            model._meta.db_table,
        )
        assert names(rows) == ["DELETE", "INSERT", "SELECT", "UPDATE"]
        assert all("SELECT" not in f"{qual} {check}".upper() for _, qual, check in rows)

    def test_has_composite_keys_to_other_tenant_tables(self, model):
        for field in tenant_keys(model):
            rows = catalogue(
                "SELECT array_agg(a.attname ORDER BY a.attnum = any(c.conkey[1:1]) DESC)"
                " FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = any(c.conkey)"
                " WHERE c.conrelid = %s::regclass AND c.contype = 'f' GROUP BY c.oid"
                " HAVING %s = any(array_agg(a.attname::text))",
                model._meta.db_table,
                field.column,
            )
            assert names(rows) == [["organisation_id", field.column]]

    def test_unique_keys_start_with_the_organisation(self, model):
        rows = catalogue(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
            " AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary",
            model._meta.db_table,
        )
        assert set(names(rows)) <= {"organisation_id"}


def texts_of(model):
    """The columns in which anything may be written; what is chosen from a list says nothing of a person."""
    kinds = (
        models.CharField,
        models.TextField,
        models.JSONField,
        models.BinaryField,
        ArrayField,
        SearchVectorField,
    )
    columns = [each for each in model._meta.concrete_fields if isinstance(each, kinds) and not each.choices]
    ids = [each for each in columns if isinstance(getattr(each, "base_field", None), models.UUIDField)]
    return {each.name for each in columns if each not in ids}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_somebody_decided_about_every_column_that_can_hold_something_of_a_person(model):
    """Rule 24. Add the column to mijngemeente/privacy/register: may it be kept, or what does erasing do?"""
    decided = {each.table.lower(): each.decided for each in REGISTER}.get(
        model._meta.label_lower, frozenset()
    )
    if not issubclass(model, ReferenceModel):
        assert texts_of(model) - decided == set()
        assert decided - {each.name for each in model._meta.concrete_fields} == set()


def test_the_register_names_no_table_that_is_gone():
    labels = {model._meta.label for model in OUR_MODELS}
    assert {each.table for each in REGISTER} - labels == set()


def test_each_table_stands_in_the_register_once():
    tables = [each.table for each in REGISTER]
    assert sorted(set(tables)) == sorted(tables)


@pytest.mark.django_db
def test_the_app_connects_without_power():
    assert is_powerless(connection)


@pytest.mark.django_db
def test_reference_tables_are_read_only_for_the_app():
    for model in OUR_MODELS:
        if issubclass(model, ReferenceModel):
            with pytest.raises(ProgrammingError), transaction.atomic():
                model.objects.all()._raw_delete("default")


def test_a_forgetful_view_finds_nothing(world):
    world.ask(world.duinrand, "Wanneer is de markt?")
    for model in TENANT_MODELS:
        if issubclass(model, OrganisationModel):
            assert not model.objects.exists(), model
    with acting_for(world.veenwijk.id):
        assert not Conversation.objects.exists()
        assert not Message.objects.exists()


def test_covering_reads_everywhere_and_writes_nowhere(world):
    world.ask(world.duinrand, "Wanneer is de markt?")
    world.ask(world.veenwijk, "Waar is de markt?")
    with covering([world.duinrand.id, world.veenwijk.id]):
        assert Conversation.objects.count() == 2
    with pytest.raises(Exception, match="read-only"), covering([world.duinrand.id]):
        Contact.objects.create(organisation=world.duinrand)


def test_a_row_for_another_organisation_is_refused(world):
    with pytest.raises(ProgrammingError, match="row-level security"), acting_for(world.duinrand.id):
        Contact.objects.create(organisation=world.veenwijk)


def test_a_row_that_points_to_anothers_row_is_refused(world):
    theirs = world.ask(world.veenwijk, "Waar is de markt?")
    inbox = world.inbox(world.duinrand, "web")
    with acting_for(world.duinrand.id):
        Message.objects.create(
            organisation=world.duinrand, conversation_id=theirs.id, direction="in", inbox=inbox
        )
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_units_do_not_nest(world):
    with acting_for(world.duinrand.id), pytest.raises(UnitError), acting_for(world.veenwijk.id):
        pass


def test_audit_lines_cannot_be_changed_or_removed(world):
    world.ask(world.duinrand, "Wanneer is de markt?")
    for change in (
        lambda: AuditLine.objects.update(verb="x"),
        lambda: AuditLine.objects.all()._raw_delete("default"),
    ):
        with acting_for(world.duinrand.id), pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_what_reaches_past_row_security_is_reviewed_and_keeps_its_search_path():
    rows = catalogue(
        "SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
    )
    assert set(names(rows)) == set(DEFINERS)
    assert all("search_path=pg_catalog, pg_temp" in settings for _, settings in rows)
