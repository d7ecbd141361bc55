"""What is known of an answer that somebody writes, to look at it before it leaves."""

import csv
from functools import cache

from django.conf import settings

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.errors import NoAddress
from mijngemeente.conversations.models import Conversation, PendingReply
from mijngemeente.conversations.queries import way_to
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.queries import rules_of

from ..rules import Finding, Occasion, PlainWords, findings_in, unread
from .pages import as_whom


@cache
def plain_words() -> PlainWords:
    """Our own list of hard words (data/plain_words.csv)."""
    with (settings.DATA / "plain_words.csv").open(encoding="utf-8", newline="") as file:
        return PlainWords({each["word"]: each["plain"] for each in csv.DictReader(file)})


def check(
    text: str, conversation: Conversation, organisation: Organisation, by: Member, *, has_files: bool
) -> list[Finding]:
    """What to look at again in this answer; nothing while there is no answer yet."""
    letter = as_whom(conversation, organisation, by)
    if letter is None or text.split() in ([], letter.opening.split()):
        return []
    engagement = rules_of(organisation.id)
    addresses = conversation.contact.addresses.values_list("value", flat=True)
    occasion = Occasion(
        addresses=letter.addresses,
        language=conversation.language,
        is_public=_is_public(conversation),
        is_letter=bool(letter.opening),
        has_files=has_files,
        opening=letter.opening,
        salutation=engagement.salutation,
        signature=letter.signature,
        names=(conversation.contact.name, by.person.name, organisation.name),
        own=(*addresses, engagement.telephone, by.person.email),
    )
    return findings_in(text, occasion, plain_words())


def doubts_of(reply: PendingReply, text: str, by: Member, sure: str = "") -> list[Finding]:
    """What nobody has pressed on after, in an answer that waits and would be sent with this text."""
    conversation, has_files = reply.conversation, reply.files.exists()
    return unread(check(text, conversation, conversation.organisation, by, has_files=has_files), sure)


def _is_public(conversation: Conversation) -> bool:
    try:
        inbox, _ = way_to(conversation)
    except NoAddress:
        return False
    return CHANNELS[inbox.kind].is_public
