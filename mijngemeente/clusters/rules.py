"""When messages speak of one event: what binds two of them, and when many are more than usual."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

#: Fewer say nothing: two neighbours may well write on one day.
FEWEST = 3
#: Over several organisations, each with a message or two, it takes more.
FEWEST_APART = 4
#: Messages further apart are hardly about one event.
WINDOW = timedelta(hours=24)
#: Nothing joins an event that nobody wrote about for so long.
QUIET = timedelta(hours=72)
#: Who has not heard that it is over may still write.
AFTERMATH = timedelta(hours=12)
#: What is usual is seen in these weeks, or in as much of them as there is.
HISTORY = timedelta(days=28)
SHORTEST_HISTORY = timedelta(days=7)
#: So rarely may chance alone bring as many together.
CHANCE = 0.001

#: Of one message; who writes more repeats it.
MOST_WORDS = 24
#: Words that an event is known by.
CORE = 8
#: With fewer messages before it, nobody knows which words are usual.
TELLING_FROM = 30
UNKNOWN_RARITY = 0.6
#: The topic of everything that has none of its own.
REST = "overig"


@dataclass(frozen=True)
class Said:
    """What counts of a first message, or of all of an event."""

    #: Slugs and names, empty when unknown.
    topic: str
    place: str
    #: Lexemes.
    words: frozenset[str]
    at: datetime

    @property
    def anywhere(self) -> "Said":
        """The same, for who compares municipalities: there the places differ by themselves."""
        return replace(self, place="")


@dataclass(frozen=True)
class Usual:
    """In how many of the messages of the past weeks each word stood."""

    total: int = 0
    found: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, word: str) -> float:
        """From 0, everybody writes it, to 1, nobody did."""
        if self.total < TELLING_FROM:
            return UNKNOWN_RARITY
        return math.log((self.total + 1) / (self.found.get(word, 0) + 1)) / math.log(self.total + 1)


def usual_in(messages: Iterable[Iterable[str]]) -> Usual:
    """What is usual, from the words of each message."""
    each = [set(words) for words in messages]
    return Usual(len(each), Counter(word for words in each for word in words))


@dataclass(frozen=True)
class Bond:
    """What two messages have in common."""

    #: The rarest first.
    words: tuple[str, ...]
    #: Of the words together; three rare ones are as good as ten.
    weight: float
    is_same_topic: bool
    is_same_place: bool
    is_elsewhere: bool

    @property
    def holds(self) -> bool:
        """Whether they may speak of one event: the less else they share, the rarer their words must be."""
        strength = self.weight + self.is_same_topic + self.is_same_place - 1.5 * self.is_elsewhere
        known = self.is_same_topic + self.is_same_place
        return strength >= 2 and self.weight >= (1.8, 0.8, 0.5)[known]


def bond_of(one: Said, other: Said, usual: Usual) -> Bond:
    """What these two share."""
    shared = sorted(one.words & other.words, key=lambda word: (-usual.rarity(word), word))
    return Bond(
        tuple(shared),
        weight=min(3.0, sum(map(usual.rarity, shared))),
        is_same_topic=one.topic == other.topic != "",
        is_same_place=one.place == other.place != "",
        is_elsewhere=bool(one.place and other.place) and one.place != other.place,
    )


def core_of(messages: Sequence[Said], usual: Usual) -> Said:
    """What most of these messages share: by that the event is known from now on."""
    counts = Counter(word for each in messages for word in each.words)
    enough = max(2, math.ceil(len(messages) * 0.4))
    telling = [word for word, count in counts.items() if count >= enough]
    telling.sort(key=lambda word: (-counts[word] * usual.rarity(word), word))
    return Said(
        topic=_commonest(each.topic for each in messages),
        place=_commonest(each.place for each in messages),
        words=frozenset(telling[:CORE]),
        at=max(each.at for each in messages),
    )


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(filter(None, values))
    return counts.most_common(1)[0][0] if counts else ""


def expected_in(found: int, seen_for: timedelta, span: timedelta) -> float:
    """How many of the same would come in a `span`, when `found` came in the time that we looked."""
    return found * (span / max(seen_for, SHORTEST_HISTORY))


def is_unusual(count: int, expected: float, fewest: int = FEWEST) -> bool:
    """Whether so many at once are hardly chance (Poisson: arrivals that know nothing of each other)."""
    if count < fewest:
        return False
    term = below = math.exp(-expected)
    for number in range(1, count):
        term *= expected / number
        below += term
    return 1 - below <= CHANCE


def name_of(topic: str, place: str, words: Sequence[str]) -> str:
    """What the event is called until somebody says it better: "Riolering in Berkel-Enschot"."""
    # What stands between brackets in the national list are examples.
    about = topic.partition(" (")[0] or " en ".join(words[:2]).capitalize() or "Hetzelfde"
    return f"{about} in {place}"[:120] if place else about[:120]


def told(count: int, name: str, since: datetime, now: datetime) -> str:
    """ "7 meldingen over riolering in Berkel-Enschot sinds 9:10"; both times in the reader's zone."""
    return f"{_number(count)} over {_lowered(name)} sinds {since_words(since, now)}"


def counted(count: int, since: datetime, now: datetime) -> str:
    """ "7 meldingen sinds 9:10": beneath the name."""
    return f"{_number(count)} sinds {since_words(since, now)}"


def _number(count: int) -> str:
    return "1 melding" if count == 1 else f"{count} meldingen"


def _lowered(name: str) -> str:
    """A sentence goes on with it; a name with capitals keeps them."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def since_words(since: datetime, now: datetime) -> str:
    """ "9:10", "gisteren 21:05" or "3-11 9:10"."""
    days = (now.date() - since.date()).days
    hour = f"{since:%-H:%M}"
    return {0: hour, 1: f"gisteren {hour}"}.get(days, f"{since:%-d-%-m} {hour}")
