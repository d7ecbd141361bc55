"""What an agent does, done in this process."""

import os
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from .ground import Database

if TYPE_CHECKING:
    from chaos.world import Town


def prepare_django(database: Database) -> None:
    """Django in this process, on that database; a second time it leaves the first."""
    import django

    os.environ.update(database.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mijngemeente.settings"
    django.setup()
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL only
    connection.settings_dict["NAME"] = database.name


def new_conversation(town: "Town") -> UUID:
    """A resident asks."""
    from mijngemeente.channels.contract import Incoming, Party
    from mijngemeente.conversations.actions import receive_message
    from mijngemeente.platform.tenancy import acting_for

    party = Party("Fatma", "fatma@provider.example", "email")
    incoming = Incoming(external_id=f"bench-{uuid4()}", sender=party, text="Wanneer is de markt?")
    number = town.organisation.id
    with acting_for(number):
        received = receive_message(
            inbox=town.web, incoming=incoming, organisation_id=number, covered_by_id=number
        )
    return received.conversation.id


def changed(town: "Town", conversation_id: UUID) -> str:
    """An agent writes a note; returns the conversation's id as screens hear it."""
    from django.db import close_old_connections

    from mijngemeente.conversations.actions import add_note
    from mijngemeente.conversations.models import Conversation
    from mijngemeente.platform.tenancy import acting_for

    with acting_for(town.organisation.id):
        conversation = Conversation.objects.get(id=conversation_id)
        add_note(conversation=conversation, by=town.agent, text="Gebeld.", key=uuid4())
    close_old_connections()
    return str(conversation_id)
