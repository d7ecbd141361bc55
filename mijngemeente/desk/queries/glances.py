"""What hangs on a conversation: most of it seldom does, and who knows that need not look for it."""

from dataclasses import dataclass

from django.db import connection

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member


@dataclass(frozen=True)
class Glance:
    """Which of the rare things there are; in the order of the statement."""

    has_merged: bool
    has_files: bool
    has_links: bool
    has_labels: bool
    has_drafts: bool
    has_pending: bool
    has_survey: bool
    has_event: bool
    is_known_spammer: bool
    #: By the member who looks.
    is_followed: bool
    #: The member was told something about it that they did not read.
    has_unread: bool


# One statement instead of ten, of which Python makes the pages of an ordinary conversation wait for each.
_SQL = """
SELECT
  EXISTS (SELECT FROM conversations_conversation
    WHERE organisation_id = %(organisation)s AND merged_into_id = %(id)s),
  EXISTS (SELECT FROM conversations_attachment AS file JOIN conversations_message AS said
    ON said.organisation_id = file.organisation_id AND said.id = file.message_id
    WHERE said.organisation_id = %(organisation)s AND said.conversation_id = %(id)s),
  EXISTS (SELECT FROM conversations_link
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s),
  EXISTS (SELECT FROM conversations_conversationlabel
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s),
  EXISTS (SELECT FROM desk_draft
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s),
  EXISTS (SELECT FROM conversations_pendingreply
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s),
  EXISTS (SELECT FROM desk_satisfaction
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s),
  EXISTS (SELECT FROM clusters_belonging
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s AND state = 'in'),
  EXISTS (SELECT FROM conversations_conversation
    WHERE organisation_id = %(organisation)s AND contact_id = %(contact)s AND kind = %(spam)s
    AND id <> %(id)s),
  EXISTS (SELECT FROM conversations_follow
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s AND member_id = %(member)s),
  EXISTS (SELECT FROM conversations_notification
    WHERE organisation_id = %(organisation)s AND conversation_id = %(id)s AND member_id = %(member)s
    AND read_at IS NULL)
"""


def glance_at(conversation: Conversation, by: Member) -> Glance:
    """What there is to look for."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "organisation": conversation.organisation_id,
                "id": conversation.id,
                "contact": conversation.contact_id,
                "spam": Conversation.Kind.SPAM.value,
                "member": by.id,
            },
        )
        return Glance(*cursor.fetchone())
