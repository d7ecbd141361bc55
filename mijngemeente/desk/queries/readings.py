"""What was understood of a conversation, as the desk tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mijngemeente.conversations.models import Conversation, Message, Reading
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.reference.queries import topics
from mijngemeente.understanding.rules.outcome import Decision

from .. import rules


@dataclass(frozen=True)
class Told:
    """One thing that was understood."""

    what: str
    value: str
    certainty: str


@dataclass(frozen=True)
class Suggested:
    """A value that a person may choose instead."""

    value: str
    name: str
    is_on: bool


@dataclass(frozen=True)
class ShownReading:
    """What was understood, with what may be chosen instead."""

    #: In a sentence; the rest stands behind it.
    line: str
    because: list[str]
    told: list[Told]
    #: Municipalities that it may belong to, other than this one.
    elsewhere: list[Suggested]
    #: Name of the municipality that it seems to be about, when that is another one.
    belongs_to: Suggested | None
    topics: list[Suggested]
    kinds: list[Suggested]


def reading_of(conversation: Conversation, organisation: Organisation) -> ShownReading | None:
    """None for what was never read: older conversations, and what a colleague wrote down."""
    reading: Reading | None = getattr(conversation, "reading", None)
    if reading is None:
        return None
    elsewhere = _elsewhere(reading, organisation)
    is_sure = reading.decision == Decision.CERTAIN and len(reading.offered) > 0
    is_ours = is_sure and reading.offered[0].code == organisation.municipality_id
    return ShownReading(
        line=_line(reading, conversation),
        because=reading.because[1:],
        told=list(_told(reading, conversation)),
        elsewhere=elsewhere,
        belongs_to=elsewhere[0] if elsewhere and is_sure and not is_ours else None,
        topics=_topics(reading, conversation),
        kinds=_kinds(reading, conversation),
    )


def _line(reading: Reading, conversation: Conversation) -> str:
    """Why it is here, and the topic that it may have while nobody chose one."""
    likely = (
        "" if conversation.topic_id or conversation.alarm else _topic_names().get(reading.likely_topic, "")
    )
    where = reading.because[0] if reading.because else ""
    return f"{where} Misschien: {likely}." if likely else where


@lru_cache(maxsize=1)
def _topic_names() -> Mapping[str, str]:
    return {each.slug: each.label for each in topics()}


def _elsewhere(reading: Reading, organisation: Organisation) -> list[Suggested]:
    return [
        Suggested(each.code, each.name, is_on=False)
        for each in reading.offered
        if each.code != organisation.municipality_id
    ]


def _told(reading: Reading, conversation: Conversation) -> Iterator[Told]:
    if reading.likely_topic and not conversation.alarm:
        slug, probability = reading.topics[0]
        yield Told("Onderwerp", _topic_names().get(slug, slug), rules.certainty(probability))
    if reading.kind:
        name = dict(Conversation.Kind.choices).get(reading.kind, reading.kind)
        yield Told("Soort", str(name), rules.certainty(reading.kind_probability))
    if reading.language:
        yield Told(
            "Taal", rules.language_name(reading.language), rules.certainty(reading.language_probability)
        )
    if reading.sentiment:
        yield Told(
            "Toon", rules.MOODS.get(reading.sentiment, ""), rules.certainty(reading.sentiment_probability)
        )


def _topics(reading: Reading, conversation: Conversation) -> list[Suggested]:
    """Of somebody who despairs none: what it looks like then is a dead animal, or a bench."""
    if conversation.alarm == Conversation.Alarm.DISTRESS:
        return []
    names = _topic_names()
    return [
        Suggested(slug, names[slug], is_on=slug == conversation.topic_id)
        for slug, _ in reading.topics
        if slug in names
    ]


def _kinds(reading: Reading, conversation: Conversation) -> list[Suggested]:
    """The one it looks like first."""
    every = [Suggested(each.value, str(each.label), each == conversation.kind) for each in Conversation.Kind]
    return sorted(every, key=lambda each: each.value != reading.kind)


@dataclass(frozen=True)
class ShownAlarm:
    """That somebody may be in danger or distress, and what to do first."""

    kind: str
    #: The words that told it.
    words: list[str]
    #: What the municipality says of emergencies.
    emergency: str
    #: What the first answer says; empty once it was sent.
    answer: str


def alarm_of(conversation: Conversation) -> ShownAlarm | None:
    """None while nobody seems in danger."""
    if not conversation.alarm or conversation.is_closed:
        return None
    reading: Reading | None = getattr(conversation, "reading", None)
    name = "distress" if conversation.alarm == Conversation.Alarm.DISTRESS else "urgent"
    return ShownAlarm(
        kind=conversation.alarm,
        words=list(reading.sign(name).because) if reading else [],
        emergency=rules_of(conversation.organisation_id).emergency,
        answer="" if _is_sent(conversation) else first_answer_of(conversation),
    )


def _is_sent(conversation: Conversation) -> bool:
    rows = Message.objects.filter(organisation_id=conversation.organisation_id)
    return rows.filter(key=rules.first_answer_key(conversation.id)).exists()


def first_answer_of(conversation: Conversation) -> str:
    """What a person sends first, without greeting and signature."""
    engagement = rules_of(conversation.organisation_id)
    return rules.first_answer(
        conversation.alarm,
        addressed_as=engagement.form_of_address,
        language=conversation.language,
        emergency=engagement.emergency,
    )
