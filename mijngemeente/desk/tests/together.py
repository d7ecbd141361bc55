"""What happens to two conversations of one resident."""

import re
from uuid import uuid4

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation
from mijngemeente.intake.queries import shown_conversation
from mijngemeente.platform.tenancy import acting_for


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def merged(world, conversation, into, **how):
    with acting_for(world.duinrand.id):
        actions.merge(
            conversation=fresh_row(conversation), into=fresh_row(into), by=world.members["sanne"], **how
        )


def fresh_row(conversation):
    return Conversation.objects.get(id=conversation.id)


def arrives(world, text, *, conversation=None, replies_to=(), sender=None, subject=""):
    """As on the personal page or in a mail."""
    with acting_for(world.duinrand.id):
        return actions.receive_message(
            inbox=world.inbox(world.duinrand, "web"),
            incoming=Incoming(
                str(uuid4()),
                sender or Party("", "", "email"),
                text,
                subject=subject,
                conversation_id=conversation.id if conversation else None,
                replies_to=replies_to,
            ),
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )


def on_personal_page(world, conversation):
    with acting_for(world.duinrand.id):
        return [each.text for each in shown_conversation(world.duinrand, conversation.id).messages]


def on_the_desk(client, conversation):
    page = client.get(url(conversation), follow=True).content.decode()
    return re.findall(r'<div class="message__text" dir="auto">(.*?)</div>', page)
