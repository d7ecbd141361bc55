"""From evidence to certain, ask or unknown."""

from ..outcome import Decision
from .calibration import probability
from .focus import NEAR
from .gazetteer import Gazetteer
from .mention import Mention
from .sharing import settle

#: Below this a wrong delivery costs more than a question back.
CERTAIN = 0.83
#: Evidence of this weight or less tells which of two, never which at all.
SUPPORTING = 0.85
#: A message is about two municipalities at most; more to choose from than OFFERED is no question.
ABOUT, OFFERED = 2, 5
#: What each further piece of evidence adds, and what one for another municipality takes.
AGREEING, DISAGREEING, MOST_DISAGREEING = 0.3, 0.1, 5.0
#: What naming a place again says, and naming something in it.
AGAIN, BACKED = 1.0, 1.5
#: How often the one that is meant stands among those of a shared name.
AMONG = 0.97
#: Surer than a district, which may have a namesake in the town that is mentioned.
_PARTS = frozenset(("landmark", "street", "neighbourhood", "postcode"))
_SOLID = frozenset(("municipality", "place", "former", "postcode", "frisian"))

Chances = dict[str, float]


def decide(mentions: list[Mention], within: frozenset[str], gazetteer: Gazetteer) -> tuple[Decision, Chances]:
    """The decision, and the probability of each municipality that is worth telling."""
    if not mentions:
        return Decision.UNKNOWN, {}
    if len(mentions) == 1 and len(mentions[0].codes) == 1 and mentions[0].weight > SUPPORTING:
        return _certain({mentions[0].codes[0]: probability(mentions[0].weight)})
    base = [settle(each, mentions, within, gazetteer) for each in _about(mentions)]
    chances = {code: probability(score) for code, score in _scores(base, mentions).items()}
    shared = [each.codes for each in base if len(each.codes) > 1 and chances.keys().isdisjoint(each.codes)]
    choices = list(dict.fromkeys(code for codes in shared for code in codes))
    if not base or len(chances) + len(choices) > OFFERED:
        return Decision.UNKNOWN, {}
    if choices:
        return Decision.ASK, _evenly(choices, list(chances))
    if len(chances) > ABOUT or (len(chances) > 1 and not _is_about_all(base)):
        return Decision.ASK, _evenly(list(chances), [])
    return _certain(chances)


def _is_about_all(base: list[Mention]) -> bool:
    """Places that only stand in the same message are no reason to deliver it twice."""
    return any(each.is_joined for each in base) and not any(each.is_choice for each in base)


def _certain(chances: Chances) -> tuple[Decision, Chances]:
    return (Decision.CERTAIN if min(chances.values()) >= CERTAIN else Decision.ASK), chances


def _about(mentions: list[Mention]) -> list[Mention]:
    """The evidence that counts: what it is about before what is said beside it, places before accounts."""
    telling = [each for each in mentions if each.weight > SUPPORTING]
    nearest = min((each.tier for each in telling), default=0)
    chosen = [each for each in telling if each.tier == nearest]
    reached = max((each.focus for each in chosen), default=0.0)
    chosen = [each for each in telling if each.kind == "landmark" and each.focus > reached + NEAR] or chosen
    focus = _backed(_focus(chosen), [each for each in mentions if each not in chosen])
    best = max(focus.values(), default=0.0)
    chosen = [each for each in chosen if focus[each.codes] >= best - NEAR]
    solid = {code for each in chosen if each.kind in _SOLID for code in each.codes}
    return [each for each in chosen if each.kind != "district" or not solid or solid & set(each.codes)]


def _focus(chosen: list[Mention]) -> dict[tuple[str, ...], float]:
    """Of what is named again, the best of its mentions and a bit."""
    found: dict[tuple[str, ...], float] = {}
    for each in chosen:
        again = AGAIN if each.codes in found else 0.0
        found[each.codes] = max(found.get(each.codes, each.focus), each.focus) + again
    return found


def _backed(focus: dict[tuple[str, ...], float], others: list[Mention]) -> dict[tuple[str, ...], float]:
    """A street or a park in one of them says which it is about."""
    backing = {each.codes for each in others if len(each.codes) == 1 and each.kind in _PARTS}
    return {codes: points + (BACKED if codes in backing else 0.0) for codes, points in focus.items()}


def _scores(base: list[Mention], mentions: list[Mention]) -> dict[str, float]:
    best: dict[str, float] = {}
    for each in base:
        if len(each.codes) == 1:
            best[each.codes[0]] = max(best.get(each.codes[0], 0.0), each.weight)
    return {code: score + _rest(code, score, mentions) for code, score in best.items()}


def _rest(code: str, score: float, mentions: list[Mention]) -> float:
    agreeing = sum(each.weight for each in mentions if code in each.codes) - score
    against = sum(each.weight for each in mentions if code not in each.codes and each.weight > SUPPORTING)
    return AGREEING * max(agreeing, 0.0) - DISAGREEING * min(against, MOST_DISAGREEING)


def _evenly(choices: list[str], named: list[str]) -> Chances:
    """Nobody knows which: each as likely as the next. Somebody named beside them is less likely to be all."""
    return {code: AMONG / len(choices) for code in choices} | dict.fromkeys(named, 0.49)
