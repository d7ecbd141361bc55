"""An import runs: part by part, each with how far it is. Stopping loses and doubles nothing."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils import timezone

from mijngemeente.conversations.actions import (
    add_to_old_conversation,
    keep_old_contacts,
    keep_old_conversation,
)
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.conversations.rules import external_id_kept
from mijngemeente.conversations.rules.history import OldContact, OldConversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform import failpoints
from mijngemeente.platform.tenancy import acting_for

from ..models import Import, Imported
from ..queries.files import authors_of, layout_of, opened
from ..rules.layouts import Entry, Kind
from ..rules.reading import entries
from .showing import PROBLEMS_KEPT, remove_file

#: Rows in one transaction: intake waits for the number of a conversation no longer than one part takes.
PART = {Kind.CONTACTS: 500, Kind.CONVERSATIONS: 20}
#: How long a note of another system is kept here.
NOTE_DAYS = 365


def bring_in(*, organisation_id: int, import_id: str) -> None:
    """Everything that is not in yet; outside any unit. Run again it goes on where it was."""
    with ExitStack() as stack:
        with acting_for(organisation_id):
            running = Import.objects.select_related("file").get(id=import_id)
            if running.state != Import.State.RUNNING or running.file is None:
                return
            layout, position = layout_of(running), running.position
            file = stack.enter_context(opened(running.file))
        listed = entries(file, layout, after=position)
        while part := bring_in_part(organisation_id, import_id, position, listed):
            position += part


def bring_in_part(organisation_id: int, import_id: str, position: int, listed: Iterator[Entry]) -> int:
    """One part, together with how far it is; how many entries it was, 0 when nothing is left to do."""
    with acting_for(organisation_id):
        rows = Import.objects.select_for_update(of=("self",)).select_related(
            "by__organisation", "inbox", "file"
        )
        running = rows.get(id=import_id)
        if running.state != Import.State.RUNNING or running.position != position:
            return 0
        part = list(islice(listed, PART[Kind(running.kind)]))
        _keep(running, part)
        running.position += len(part)
        if not part:
            running.state, running.ended_at = Import.State.DONE, timezone.now()
        running.save(update_fields=["position", "made", "skipped", "failed", "problems", "state", "ended_at"])
        if not part and not running.failed:
            remove_file(running)
        failpoints.reach("imports.part_kept")
    return len(part)


def _keep(running: Import, part: Sequence[Entry]) -> None:
    if running.kind == Kind.CONTACTS:
        _keep_contacts(running, [each.old for each in part if isinstance(each.old, OldContact)])
        return
    authors, at = authors_of(running.organisation_id), timezone.now()
    for each in part:
        if isinstance(each.old, OldConversation):
            _keep_conversation(running, each.number, each.old, authors, at)


def _keep_contacts(running: Import, olds: Sequence[OldContact]) -> None:
    known = set(
        Imported.objects.filter(
            organisation_id=running.organisation_id, digest__in=[_digest(each.key) for each in olds]
        ).values_list("digest", flat=True)
    )
    new = list(
        {_digest(each.key): each for each in reversed(olds) if _digest(each.key) not in known}.values()
    )
    until = timezone.localdate() + timedelta(days=NOTE_DAYS)
    made = keep_old_contacts(olds=new[::-1], note_until=until, by=running.by)
    Imported.objects.bulk_create(
        Imported(organisation_id=running.organisation_id, batch=running, digest=_digest(key), contact=contact)
        for key, contact in made.items()
    )
    running.made += len(made)
    running.skipped += len(olds) - len(made)


def _keep_conversation(
    running: Import, number: int, old: OldConversation, authors: dict[str, Member], at: datetime
) -> None:
    try:
        with transaction.atomic():
            is_made = _conversation_is_made(running, old, authors, at)
    except DatabaseError:
        # Nobody can foresee all that may stand in a file; one row must not hold up the others.
        running.failed += 1
        running.problems = [*running.problems, [number, "Dit gesprek kon niet worden bewaard."]][
            :PROBLEMS_KEPT
        ]
        return
    running.made += is_made
    running.skipped += not is_made


def _conversation_is_made(
    running: Import, old: OldConversation, authors: dict[str, Member], at: datetime
) -> bool:
    """False when all of it was here already."""
    if running.inbox is None:
        return False
    known = _known(running, old)
    if known is not None:
        is_old = known.imported_at is not None
        return is_old and add_to_old_conversation(conversation=known, old=old, authors=authors) > 0
    conversation = keep_old_conversation(old=old, inbox=running.inbox, authors=authors, at=at, by=running.by)
    made = Imported(organisation_id=running.organisation_id, batch=running, conversation=conversation)
    made.digest = _digest(old.key)
    made.save(force_insert=True)
    if conversation.contact.created_at >= at:
        Imported.objects.create(
            organisation_id=running.organisation_id, batch=running, contact_id=conversation.contact_id
        )
    return True


def _known(running: Import, old: OldConversation) -> Conversation | None:
    """The conversation that was read before, or in which one of these messages stands."""
    organisation_id = running.organisation_id
    before = Imported.objects.filter(organisation_id=organisation_id, digest=_digest(old.key))
    for row in before.select_related("conversation__contact"):
        return row.conversation
    ids = [external_id_kept(each.external_id) for each in old.messages]
    said = Message.objects.filter(organisation_id=organisation_id, external_id__in=ids)
    for message in said.select_related("conversation__contact"):
        return message.conversation
    return None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
