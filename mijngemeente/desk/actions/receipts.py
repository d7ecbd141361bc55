"""What comes in gets a receipt."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from mijngemeente.assignment.actions import place, settle
from mijngemeente.conversations.actions import Received, close, send_automatic, silence_loop
from mijngemeente.conversations.models import Closure, Conversation
from mijngemeente.conversations.queries import personal_url
from mijngemeente.organisations.queries import rules_of

from .. import rules
from .blocks import put_aside
from .formals import receipt_at_once

LOOP = "Deze afzender stuurt veel automatische berichten en is een dag stilgezet."


def accept(*, received: Received, is_automatic: bool, is_mass: bool) -> None:
    """Take a received message onto the desk: the resident gets a receipt for a new conversation."""
    if admit(received=received, is_automatic=is_automatic):
        welcome(received=received, is_automatic=is_automatic, is_mass=is_mass)


def admit(*, received: Received, is_automatic: bool) -> bool:
    """Whether somebody should look at it.

    What a machine sends without end is put aside, but never a question that a person asked before; so is what
    a blocked sender sends.
    """
    if is_automatic and silence_loop(message=received.message) and received.is_new_conversation:
        close(conversation=received.conversation, by=None, reason=Closure.Reason.UNANSWERED, explanation=LOOP)
        return False
    return not put_aside(received)


def welcome(*, received: Received, is_automatic: bool, is_mass: bool) -> None:
    """Say who takes a new conversation, and send the receipt for it."""
    if received.is_new_conversation:
        settle(conversation=received.conversation, at=timezone.now())
        place(conversation=received.conversation)
    wanted = rules.needs_receipt(
        is_new=received.is_new_conversation,
        is_automatic=is_automatic,
        is_mass=is_mass,
        is_recorded=received.message.author_id is not None,
        sent_at=received.message.sent_at,
        received_at=received.message.created_at,
    )
    if wanted and not receipt_at_once(received):
        send_automatic(conversation=received.conversation, text=_receipt_for(received.conversation))


def _receipt_for(conversation: Conversation) -> str:
    """In the language the resident writes in; without je or u, as each municipality has its own."""
    organisation = conversation.organisation
    spoken = conversation.language if conversation.language in dict(settings.LANGUAGES) else "nl"
    with override(spoken):
        paragraphs = (
            gettext("Het bericht is ontvangen. Het nummer is {number}.").format(number=conversation.number),
            _promise_of(conversation) if spoken == "nl" else "",
            gettext("Het bericht en het antwoord staan ook hier:")
            + "\n"
            + personal_url(conversation, organisation.slug),
            gettext("Dit is een automatisch bericht.") + "\n" + organisation.full_name,
        )
    return "\n\n".join(filter(None, paragraphs))


def _promise_of(conversation: Conversation) -> str:
    """In the municipality's own words, so in Dutch; whoever is in danger is not told to wait."""
    return "" if conversation.alarm else rules_of(conversation.organisation_id).answer_promise
