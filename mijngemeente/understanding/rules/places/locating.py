"""Which municipality a message is about."""

from ..outcome import Candidate, Evidence, Where
from . import phrasing
from .deciding import decide
from .focus import LED_BY
from .folding import Folded
from .gazetteer import Gazetteer
from .marks import numbers, take_marks, written_to
from .mention import WEIGHTS, Mention
from .misspelt import misspelt
from .names import named

#: What stands behind it is not read.
CHARACTERS_READ = 20_000


def locate(
    text: str, gazetteer: Gazetteer, *, to: str = "", channel: str = "", history: tuple[str, ...] = ()
) -> Where:
    """The municipality, with how sure we are and why.

    `to` is the account, handle, mail address or domain written to; `history` the codes of the resident's
    earlier conversations with this organisation.
    """
    cut = text[:CHARACTERS_READ]
    mentions, within = _inside(cut, gazetteer)
    if to or history:
        mentions += _outside(gazetteer, to, history)
    decision, chances = decide(mentions, within, gazetteer)
    evidence = _Evidence(cut, to, mentions)
    return Where(
        decision,
        tuple(
            Candidate(code, gazetteer.towns[code].full_name, round(chances[code], 4), evidence.of(code))
            for code in sorted(chances, key=lambda code: -chances[code])
        ),
    )


def _inside(text: str, gazetteer: Gazetteer) -> tuple[list[Mention], frozenset[str]]:
    unmarked, marks = take_marks(text, gazetteer)
    folded = Folded(unmarked)
    mentions, within = named(folded, gazetteer)
    mentions += marks
    mentions += numbers(folded, gazetteer)
    doubted = [each for each in mentions if _is_doubted(each, folded)]
    if doubted or not any(each.tier < 2 and len(each.codes) == 1 for each in mentions):
        spelt = misspelt(folded, gazetteer)
        mentions = [each for each in mentions if not _gives_way(each, spelt, doubted)] + spelt
    return mentions, within


def _is_doubted(mention: Mention, folded: Folded) -> bool:
    """Whether it may only begin a name, or only say near what the place lies."""
    start, end = mention.start, mention.end
    is_beside = phrasing.NEAR_A_NAME.search(folded.text, max(start - LED_BY, 0), max(start, 0))
    return bool(is_beside or phrasing.GOES_ON.match(folded.text, end))


def _gives_way(mention: Mention, spelt: list[Mention], doubted: list[Mention]) -> bool:
    """Bergen is no place of its own in "Bergen po Zoom", nor is Nijmegen in "Wichen bij Nijmegen"."""
    if any(each.start <= mention.start and mention.end <= each.end for each in spelt):
        return True
    return mention in doubted and any(
        mention.start - len(" onder ") <= each.end <= mention.start for each in spelt
    )


def _outside(gazetteer: Gazetteer, to: str, history: tuple[str, ...]) -> list[Mention]:
    address = written_to(to, gazetteer) if to else None
    weight, tier = WEIGHTS["history"]
    earlier = dict.fromkeys(code for code in history if code in gazetteer.towns)
    past = [Mention("history", -1, -1, (code,), weight, tier) for code in earlier]
    return [address, *past] if address else past


class _Evidence:
    """What speaks for each municipality, in the words of the message."""

    def __init__(self, text: str, to: str, mentions: list[Mention]) -> None:
        self._text, self._mentions = text, mentions
        self._outside = {"written_to": to}

    def of(self, code: str) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(each.kind, self._words(each), each.start, each.end)
            for each in self._mentions
            if code in each.codes
        )

    def _words(self, mention: Mention) -> str:
        if mention.start < 0:
            return self._outside.get(mention.kind, "")
        return self._text[mention.start : mention.end]
