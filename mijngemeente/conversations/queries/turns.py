"""Who waits for whom. In every transaction: first these, then conversations, then all else."""

import hashlib
from uuid import UUID

from django.db import connection

from mijngemeente.channels.contract import Incoming

from ..models import Contact

# Any number that nobody else uses: the first half of the key to an organisation's residents.
RESIDENTS = 20_261_101


def take_turns(organisation_id: int, incoming: Incoming) -> None:
    """Wait, until the end of the transaction, for every other message that names one of the same ids.

    Otherwise a question and its answer that are read at the same moment would not find each other. In one
    order, so that nobody waits in a circle. As `keep_residents`, besides.
    """
    ids = () if incoming.conversation_id else (incoming.external_id, *incoming.replies_to)
    keys = {_lock_key(organisation_id, each) for each in filter(None, ids)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, %s)"
            " UNION ALL SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key",
            [RESIDENTS, organisation_id, sorted(keys)],
        )


def _lock_key(organisation_id: int, external_id: str) -> int:
    digest = hashlib.blake2b(f"{organisation_id} {external_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def keep_residents(organisation_id: int) -> None:
    """Until the end of the transaction no resident is made one with another, or removed.

    For who is about to find a resident and give them something.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [RESIDENTS, organisation_id])


def have_residents_alone(organisation_id: int) -> None:
    """Wait for everybody who is giving a resident something; the next waits for the end of the transaction.

    Before any row is read. A lock on the rows themselves would come too late for whoever read which resident
    it is already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RESIDENTS, organisation_id])


def standing(organisation_id: int, contact_id: UUID) -> Contact:
    """The contact, or the one it went up in meanwhile. Raises Contact.DoesNotExist."""
    contact = Contact.objects.get(organisation_id=organisation_id, id=contact_id)
    while contact.merged_into is not None:
        contact = contact.merged_into
    return contact
