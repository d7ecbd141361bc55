"""Rows written together are what Django would have written one by one."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from mijngemeente.conversations.models import Contact, ContactAddress, Message
from mijngemeente.platform import rows
from mijngemeente.platform.tenancy import acting_for


def test_rows_of_several_tables_are_written_in_one_statement(world, django_assert_num_queries):
    contact = Contact(organisation_id=world.duinrand.id, name="Fatma “%s”")
    addresses = [
        ContactAddress(organisation_id=world.duinrand.id, contact=contact, kind="email", value=value)
        for value in ("fatma@voorbeeld.example", "fatma@werk.example")
    ]
    with acting_for(world.duinrand.id):
        with django_assert_num_queries(1):
            rows.add(*addresses, contact)
        assert Contact.objects.get(name="Fatma “%s”").addresses.count() == 2
        contact.name = "Fatma"
        contact.save()
        assert Contact.objects.get().name == "Fatma"


def test_every_kind_of_column_comes_back_as_it_went_in(world):
    conversation = world.ask(world.duinrand, "Wanneer is de markt?")
    with acting_for(world.duinrand.id):
        message = Message.objects.get(conversation=conversation)
        message.pk, message.external_id = message._meta.pk.get_default(), ""
        message.problems, message.recipients = ["één", "twee"], []
        rows.add(message)
        stored = Message.objects.get(pk=message.pk)
    assert [getattr(stored, f.attname) for f in Message._meta.concrete_fields] == [
        getattr(message, f.attname) for f in Message._meta.concrete_fields
    ]


def test_what_is_there_is_not_added_again(world):
    def address():
        return ContactAddress(
            organisation_id=world.duinrand.id, contact=contact, kind="email", value="fatma@voorbeeld.example"
        )

    with acting_for(world.duinrand.id):
        contact = Contact.objects.create(organisation_id=world.duinrand.id, name="Fatma")
        assert [rows.add_once(address()), rows.add_once(address())] == [True, False]
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.add(address())


def test_the_wall_between_organisations_stands(world):
    with acting_for(world.duinrand.id), pytest.raises(ProgrammingError), transaction.atomic():
        rows.add(Contact(organisation_id=world.veenwijk.id, name="Fatma"))
