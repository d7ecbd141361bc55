"""What residents write to the whole country, and where it came."""

from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.platform.tenancy import acting_for

TILES = "de stoeptegels bij de speeltuin in Berkel-Enschot liggen los"


def only(organisation):
    with acting_for(organisation.id):
        return Conversation.objects.select_related("reading", "topic").get()


def none_at(organisation):
    with acting_for(organisation.id):
        return not Conversation.objects.exists()


def said_to_resident(organisation):
    with acting_for(organisation.id):
        rows = Message.objects.filter(direction=Message.Direction.OUTGOING).order_by("id")
        return [each.text for each in rows]
