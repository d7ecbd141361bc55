"""What the desk does with conversations."""

from django.db import transaction

from mijngemeente.conversations.actions import Received, close, send_automatic, silence_loop
from mijngemeente.conversations.models import Closure, Conversation
from mijngemeente.conversations.queries import personal_url
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform import audit, live

from . import rules
from .models import Satisfaction

RECEIPT = (
    "Wij hebben uw bericht ontvangen. Het nummer is {number}. {promise}\n\n"
    "U kunt uw bericht en ons antwoord ook hier lezen:\n{link}\n\n"
    "Dit is een automatisch bericht.\n{organisation}"
)

LOOP = "Deze afzender stuurt veel automatische berichten en is een dag stilgezet."


def accept(*, received: Received, is_automatic: bool, is_mass: bool) -> None:
    """Take a received message onto the desk: the resident gets a receipt for a new conversation."""
    if is_automatic and silence_loop(message=received.message):
        close(conversation=received.conversation, by=None, reason=Closure.Reason.UNANSWERED, explanation=LOOP)
        return
    wanted = rules.needs_receipt(
        is_new=received.is_new_conversation,
        is_automatic=is_automatic,
        is_mass=is_mass,
        is_recorded=received.message.author_id is not None,
    )
    if wanted:
        send_automatic(conversation=received.conversation, text=_receipt_for(received.conversation))


def _receipt_for(conversation: Conversation) -> str:
    organisation = conversation.organisation
    return RECEIPT.format(
        number=conversation.number,
        promise=rules_of(organisation.id).answer_promise,
        link=personal_url(conversation, organisation.slug),
        organisation=organisation.full_name,
    )


def record_satisfaction(*, conversation: Conversation, score: int, reason: str) -> Satisfaction:
    """Keep the resident's mark; a second one replaces the first."""
    with transaction.atomic():
        satisfaction, _ = Satisfaction.objects.update_or_create(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            defaults={"score": score, "reason": reason},
        )
        audit.record("conversation.rated", conversation, score=score)
        live.publish(conversation)
    return satisfaction
