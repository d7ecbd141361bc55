"""What was said, for other systems."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework.response import Response

from mijngemeente.conversations.actions import add_note, view
from mijngemeente.conversations.models import Conversation, Message
from mijngemeente.conversations.queries import family_ids
from mijngemeente.desk.actions import Answer, answer
from mijngemeente.desk.queries.threads import spoken_until
from mijngemeente.organisations.rules import Right

from ..describe import PAGE, described, page_shape
from ..door import ApiRequest, endpoint, key_of
from ..pages import page_of
from ..shapes import MessageShape, NewMessageShape
from .conversations import found

TAG = "berichten"


@described(
    "GET",
    "berichten",
    "De berichten van een gesprek, het oudste eerst",
    tag=TAG,
    parameters=PAGE,
    answers={200: page_shape("Berichten", MessageShape)},
)
@described(
    "POST",
    "schrijfBericht",
    "Antwoord de inwoner, of schrijf een notitie",
    tag=TAG,
    asks=NewMessageShape,
    answers={201: MessageShape},
)
@endpoint(GET=Right.READ, POST=Right.REPLY)
def messages(request: ApiRequest, conversation_id: UUID) -> Response:
    """What was said, or something new."""
    asked = found(request, conversation_id)
    if request.method == "POST":
        return Response(MessageShape(_written(request, asked)).data, status=201)
    view(conversation=asked, by=request.member)
    return page_of(request, _rows(asked), MessageShape, newest_first=False)


def _written(request: ApiRequest, conversation: Conversation) -> Message:
    typed = NewMessageShape(data=request.data)
    typed.is_valid(raise_exception=True)
    values = typed.validated_data
    key = key_of(request)
    if values["richting"] == Message.Direction.NOTE:
        return add_note(conversation=conversation, by=request.member, text=values["tekst"], key=key)
    seen = spoken_until(conversation, values["gelezenTot"])
    return answer(conversation=conversation, by=request.member, written=Answer(values["tekst"], key, seen))


def _rows(conversation: Conversation) -> "QuerySet[Message]":
    """Those of conversations that were merged into it too; what was never sent is no message."""
    rows = Message.objects.filter(
        organisation_id=conversation.organisation_id, conversation__in=family_ids(conversation)
    ).exclude(direction=Message.Direction.WITHDRAWN)
    return rows.select_related("author__person", "delivery").prefetch_related("attachments")
