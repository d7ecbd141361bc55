"""Whose question is it: from what is known of the inbox, and what the message says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mijngemeente.conversations.rules import Understood
from mijngemeente.understanding.rules.outcome import Decision, Guess, Sign, Understanding

from .alarms import alarm_of

# At these probabilities a person rarely has to mend it; measured with `make train`, see docs/report-card.md.
TOPIC_FROM = 0.5
LANGUAGE_FROM = 0.9
#: Below this haste is a guess, as of a lamp that blinks. Of 1,163 ordinary messages 113 have the sign and 71
#: so much of it; of 203 that cannot wait 188. Danger is seen by its words, however sure it is (alarms.py).
HASTE_FROM = 0.2
#: A message about two municipalities names both with at least this.
BOTH_FROM = 0.5
#: Fewer is no choice, more is no help.
OFFERED = 5

#: The topic of everything that has none of its own.
REST = "overig"
#: Of rubbish; a short "hallo" looks like it, so it takes more than looks.
SPAM = "reclame-spam"

NORMAL, HIGH, URGENT = range(3)
#: Evidence of these kinds is the name of a town or village.
PLACES = frozenset({"place", "district"})
#: A part of a name, and those that take no capital: Berkel-Enschot, Alphen aan den Rijn, 's-Gravenmoer.
NAME_PART = re.compile(r"[^\W\d_]+")
SMALL_WORDS = frozenset({"aan", "bij", "de", "den", "der", "en", "in", "op", "over", "s", "t", "te", "van"})


@dataclass(frozen=True)
class Evidence:
    """What is known of a message before it has a conversation."""

    #: Organisation that owns the inbox it came in on.
    inbox_organisation_id: int
    #: The inbox is the whole country's: the message still has to find its municipality.
    is_national: bool = False
    #: None: it was not read, as a note of a colleague.
    understanding: Understanding | None = None
    #: What was read: danger stands in words that no probability weighs.
    text: str = ""
    model_version: str = ""
    #: Municipality code → its organisation, of those that take part.
    taking_part: Mapping[str, int] = field(default_factory=dict)
    #: Topics that stand in the national list here; the weights may know others.
    topics: frozenset[str] = frozenset()
    #: Language of the page it was typed in; empty if unknown.
    page_language: str = ""


@dataclass(frozen=True)
class Route:
    """Where a message goes, and why."""

    #: Where its conversation begins.
    organisation_id: int
    covered_by_id: int
    understood: Understood | None = None
    #: Organisation that it is passed on to at once; None when it stays.
    passes_on_to: int | None = None
    #: Municipalities to choose from, when the resident is asked which one it is.
    asks: tuple[str, ...] = ()


def decide_route(evidence: Evidence) -> Route:
    """The conversation begins where it was written to; the national front door finds the municipality.

    A municipality keeps what was written to it, also when it seems to be about another one: passing that on
    is for a person to do (Awb 2:3), with one key.
    """
    owner = evidence.inbox_organisation_id
    said = evidence.understanding
    if said is None:
        return Route(owner, owner)
    understood = understood_from(said, evidence)
    if not evidence.is_national:
        return Route(owner, owner, understood)
    # Whoever is in danger waits for a person, never for an answer to our question.
    asks = () if understood.alarm else _asks(said)
    return Route(owner, owner, understood, _passes_on_to(said, evidence), asks)


def _passes_on_to(said: Understanding, evidence: Evidence) -> int | None:
    """Only when one is meant, and it takes part."""
    meant = [each for each in said.where.candidates if each.probability >= BOTH_FROM]
    if said.where.decision != Decision.CERTAIN or len(meant) != 1:
        return None
    return evidence.taking_part.get(meant[0].code)


def _asks(said: Understanding) -> tuple[str, ...]:
    """Also one that does not take part: then the national team passes it on."""
    codes = tuple(each.code for each in said.where.candidates[:OFFERED])
    meant = [each for each in said.where.candidates if each.probability >= BOTH_FROM]
    is_open = said.where.decision == Decision.ASK or (
        said.where.decision == Decision.CERTAIN and len(meant) > 1
    )
    return codes if is_open and len(codes) > 1 else ()


def understood_from(said: Understanding, evidence: Evidence) -> Understood:
    """What follows for the conversation."""
    topic = said.topics[0] if said.topics else None
    alarm = alarm_of(said, evidence.text)
    return Understood(
        understanding=said,
        topic_slug=topic.value if topic and not alarm and _is_telling(topic, said, evidence) else None,
        language=_language(said, evidence.page_language),
        priority=URGENT if alarm else HIGH if _is_pressing(said) or said.threat.value else NORMAL,
        alarm=alarm,
        place=place_of(said),
        because=because_of(said, evidence),
        model_version=evidence.model_version,
    )


def _is_telling(topic: Guess, said: Understanding, evidence: Evidence) -> bool:
    """The topic for everything else tells nothing: then a person still has to choose.

    Nor is there one for despair or danger: "ik zie het niet meer zitten" is about no bench, and a child in
    the water not about what drifts there.
    """
    if topic.value == REST or (topic.value == SPAM and said.kind.value != "spam"):
        return False
    return topic.probability >= TOPIC_FROM and topic.value in evidence.topics


def _is_pressing(said: Understanding) -> bool:
    return said.urgent.value and said.urgent.probability >= HASTE_FROM


def _language(said: Understanding, page_language: str) -> str:
    """Who chose a language on the page meant that; Dutch is what stands there while nobody chooses."""
    if page_language not in ("", "nl"):
        return page_language
    return said.language.value if said.language.probability >= LANGUAGE_FROM else page_language


def place_of(said: Understanding) -> str:
    """The town or village of the most probable municipality."""
    if not said.where.candidates or said.where.decision == Decision.UNKNOWN:
        return ""
    found = (each.text for each in said.where.candidates[0].evidence if each.kind in PLACES)
    return as_name(next(found, ""))[:80]


def as_name(written: str) -> str:
    """With the capitals of a name: "REESHOF" and "reeshof" are one place."""
    if not (written.isupper() or written.islower()):
        return written
    return NAME_PART.sub(lambda part: _capital(part.group()), written.lower())


def _capital(part: str) -> str:
    if part in SMALL_WORDS:
        return part
    return "IJ" + part[2:] if part.startswith("ij") else part.capitalize()


def because_of(said: Understanding, evidence: Evidence) -> tuple[str, ...]:
    """Why, in Dutch, as an agent reads it."""
    return tuple(filter(None, (_where_words(said, evidence), *_sign_words(said))))


def _where_words(said: Understanding, evidence: Evidence) -> str:
    if not said.where.candidates:
        return "In het bericht staat geen plaats."
    first = said.where.candidates[0]
    words = list(dict.fromkeys(f"“{each.text}”" for each in first.evidence if each.start >= 0))
    why = f"door {' en '.join(words[:3])}" if words else "omdat het daarheen is geschreven"
    if said.where.decision == Decision.ASK:
        names = " of ".join(each.name for each in said.where.candidates[:OFFERED])
        return f"Het kan {names} zijn, {why}."
    is_absent = evidence.is_national and first.code not in evidence.taking_part
    absent = " Deze gemeente doet nog niet mee." if is_absent else ""
    return f"Het gaat over {first.name}, {why}.{absent}"


def _sign_words(said: Understanding) -> list[str]:
    return [
        f"{words}: {_quoted(sign)}." if sign.because else f"{words}."
        for words, sign, is_given in (
            ("Iemand lijkt in nood", said.distress, said.distress.value),
            ("Het lijkt dringend", said.urgent, _is_pressing(said)),
            ("Er lijkt een bedreiging in te staan", said.threat, said.threat.value),
            ("Er lijkt te worden gescholden", said.abuse, said.abuse.value),
        )
        if is_given
    ]


def _quoted(sign: Sign) -> str:
    return ", ".join(f"“{each}”" for each in sign.because[:3])
