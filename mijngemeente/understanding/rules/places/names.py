"""The names in a text, judged by where they stand."""

from collections.abc import Iterator

from . import context, cues
from .context import Around
from .folding import Folded
from .gazetteer import Gazetteer
from .mention import NATIONAL_WEIGHT, WEIGHTS, Mention

#: More names are a list, not a message about a place.
NAMES_READ = 200


def named(folded: Folded, gazetteer: Gazetteer) -> tuple[list[Mention], frozenset[str]]:
    """What the names mean here, and the municipalities of the regions that are named."""
    found = gazetteer.found(folded.plain)[:NAMES_READ]
    arounds = [Around(folded, *each) for each in found]
    mentions: list[Mention] = []
    within: frozenset[str] = frozenset()
    for number, around in enumerate(arounds):
        if around.name.kind == "region":
            within |= gazetteer.regions.get(folded.plain[around.start : around.end], frozenset())
        elif around.name.codes and not _is_abroad(arounds, number):
            mentions += _mention(arounds, number, gazetteer)
    return mentions, within


def _mention(arounds: list[Around], number: int, gazetteer: Gazetteer) -> Iterator[Mention]:
    around = arounds[number]
    if not context.is_place(around) or context.is_denied(around):
        return
    weight, tier = _worth(around, gazetteer)
    yield Mention(
        around.name.kind,
        *around.where,
        _meant(around),
        weight,
        tier,
        is_aside=context.is_aside(around) or _is_beside(arounds, number),
        is_choice=_is_choice(arounds, number),
    )


def _worth(around: Around, gazetteer: Gazetteer) -> tuple[float, int]:
    kind = around.name.kind
    if (kind == "street" and gazetteer.covers_streets) or (
        kind == "neighbourhood" and gazetteer.covers_neighbourhoods
    ):
        return NATIONAL_WEIGHT
    weight, tier = WEIGHTS[kind]
    if around.left[0] in ("gemeente", "gem"):
        return weight + 0.6, 2 if around.left[1] in cues.SALUTATIONS else tier
    if around.name.ordinary and around.left[0] not in cues.LOCATING:
        return weight - 1.5, 1
    return weight, tier


def _meant(around: Around) -> tuple[str, ...]:
    """ "gemeente Rijswijk" is the municipality, not a village of that name."""
    is_municipal = around.left[0] in cues.MUNICIPAL or (
        around.left[0] == "van" and around.left[1] in cues.MUNICIPAL
    )
    return around.name.own if is_municipal and around.name.own else around.name.codes


def _between(one: Around, other: Around) -> list[str]:
    return one.folded.plain[one.end : other.start].split() if other.start - one.end < 24 else ["", "", ""]


def _is_abroad(arounds: list[Around], number: int) -> bool:
    """ "Bergen in Noorwegen", "Haarlem (USA)", "het Noorse Bergen"."""
    around = arounds[number]
    if number + 1 < len(arounds) and arounds[number + 1].name.kind == "country":
        words = _between(around, arounds[number + 1])
        if cues.TOWARDS.issuperset(words[:2]):
            return True
    if number and arounds[number - 1].name.kind in ("country", "abroad_adjective"):
        words = _between(arounds[number - 1], around)
        return len(words) < 2 and cues.TOWARDS.issuperset(words)
    return False


def _is_beside(arounds: list[Around], number: int) -> bool:
    """ "Rijswijk bij Den Haag" is Rijswijk; "ik woon in Tilburg maar in Goirle ..." is Goirle."""
    around = arounds[number]
    if number and _between(arounds[number - 1], around) in (
        ["bij"],
        ["nabij"],
        ["onder"],
        ["naast"],
        ["vlakbij"],
    ):
        return True
    if cues.HOME.isdisjoint(around.left[:3]) or number + 1 == len(arounds):
        return False
    following = around.folded.plain[around.end : arounds[number + 1].start + 1]
    return any(turn in following for turn in cues.TURNING)


def _is_choice(arounds: list[Around], number: int) -> bool:
    around = arounds[number]
    pairs = [(number - 1, number)] if number else []
    pairs += [(number, number + 1)] if number + 1 < len(arounds) else []
    return any(_chooses(_between(arounds[one], arounds[other])) for one, other in pairs if around)


def _chooses(words: list[str]) -> bool:
    return bool(words) and words[0] in cues.CHOOSING and len(words) < 4
