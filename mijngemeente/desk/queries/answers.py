"""The answer bank beside one conversation: what to suggest, and what fills its blanks."""

from django.utils import timezone

from mijngemeente.answers.actions import InsertedText
from mijngemeente.answers.queries.facts import values_of
from mijngemeente.answers.queries.suggestions import Filled, filled_by_id, suggest
from mijngemeente.answers.rules.blanks import people
from mijngemeente.answers.rules.ranking import Question
from mijngemeente.conversations.models import Conversation, Message, Reading
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import MemberRequest

from ..rules import Picked, picked_in

#: As many as there are keys for.
SUGGESTED = 5
#: What somebody asked long ago says less; so many messages of the resident are read.
MESSAGES_READ = 3
#: Of one message; a forwarded newsletter is not a question.
CHARACTERS_READ = 4000


def suggestions_for(conversation: Conversation, request: MemberRequest, typed: str) -> list[Filled]:
    """What fits the conversation, or what somebody looks for, ready to be put in the reply.

    For whoever is in danger or distress no answer lies ready but the first one: an address for rubbish beside
    "my husband beats me" is worse than nothing.
    """
    if conversation.alarm and not typed:
        return []
    question = Question(typed, language=conversation.language) if typed else _question(conversation)
    values = values_for(conversation, request.member)
    return suggest(question, request.organisation, values, limit=SUGGESTED)


def _question(conversation: Conversation) -> Question:
    rows = Message.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    said = rows.filter(direction=Message.Direction.INCOMING).order_by("-id").values_list("text", flat=True)
    texts = [text[:CHARACTERS_READ] for text in said[:MESSAGES_READ]]
    reading: Reading | None = getattr(conversation, "reading", None)
    topic = conversation.topic_id or (reading.likely_topic if reading else "")
    return Question("\n".join([conversation.subject, *texts]), topic, conversation.language)


def values_for(conversation: Conversation, by: Member) -> dict[str, str]:
    """Blank → what it means in an answer here."""
    organisation = conversation.organisation
    return {
        **values_of(organisation, timezone.localdate()),
        **people(
            resident=conversation.contact.name,
            agent=by.person.name,
            organisation=organisation.full_name,
        ),
        "gespreksnummer": str(conversation.number),
    }


def filled_for(conversation: Conversation, by: Member, picked: Picked) -> Filled | None:
    """One answer as it would stand in the reply; None if it cannot be used here."""
    values = values_for(conversation, by)
    return filled_by_id(conversation.organisation, picked.answer_id, values, picked.language)


def inserted_in(conversation: Conversation, by: Member, answers: str) -> list[InsertedText]:
    """What stood in the reply right after each was put in; `answers` as the form of the reply has them."""
    filled = [filled_for(conversation, by, each) for each in picked_in(answers)]
    return [InsertedText(each.id, each.language, each.text) for each in filled if each]
