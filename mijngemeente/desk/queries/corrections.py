"""Messages of which somebody said something else than was read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from mijngemeente.conversations.models import Conversation, Correction, Message

#: What a kind is called where it is learnt, when it has another name there.
LEARNT_KINDS = {"crisis_signal": "crisis"}


@dataclass(frozen=True)
class Corrected:
    """The first message of a conversation, and what it was said to be."""

    text: str
    #: Of the resident.
    names: tuple[str, ...]
    topic: str
    kind: str
    urgent: str


def corrected(organisation_id: int) -> Iterator[Corrected]:
    """What stands there still: what was erased or made anonymous teaches nothing any more."""
    said: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = Correction.objects.filter(organisation_id=organisation_id).order_by("at")
    for conversation_id, what, became in rows.values_list("conversation_id", "what", "became"):
        said[conversation_id][what] = became
    known = Conversation.objects.filter(organisation_id=organisation_id, anonymised_at=None)
    for conversation in known.filter(id__in=said).select_related("contact").order_by("created_at"):
        text = _first_words(conversation)
        if text:
            yield _as_corrected(conversation, text, said[conversation.id])


def _as_corrected(conversation: Conversation, text: str, said: dict[str, str]) -> Corrected:
    kind = said.get(Correction.What.KIND, "")
    priority = said.get(Correction.What.URGENCY, "")
    return Corrected(
        text,
        (conversation.contact.name,),
        said.get(Correction.What.TOPIC, ""),
        LEARNT_KINDS.get(kind, kind),
        "" if not priority else "0" if priority == str(Conversation.Priority.NORMAL) else "1",
    )


def _first_words(conversation: Conversation) -> str:
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    first = rows.filter(direction=Message.Direction.INCOMING, hiding=None).order_by("id").first()
    return f"{conversation.subject}\n{first.text}".strip() if first else ""
