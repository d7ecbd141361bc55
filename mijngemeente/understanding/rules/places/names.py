"""The names in a text, judged by where they stand."""

from . import context, cues, phrasing
from .context import Around
from .focus import arrives, focuses, gap_between, goes_to
from .folding import Folded
from .gazetteer import Gazetteer
from .mention import NATIONAL_WEIGHT, WEIGHTS, Mention
from .ordinary import is_word

#: More names are a list, not a message about a place.
NAMES_READ = 200
#: What "gemeente" before a name adds, and what a name that is also a word lacks where nothing leads to it.
MUNICIPAL, UNLED = 0.6, 1.0
#: A street name of more municipalities tells nothing.
TELLING = 5
#: As many letters between two names, and they belong to one turn of phrase.
CLOSE = 24
#: Cities that their province is called after.
CAPITALS = ("Utrecht", "Groningen")


def named(folded: Folded, gazetteer: Gazetteer) -> tuple[list[Mention], frozenset[str]]:
    """What the names mean here, and the municipalities of the regions that are named."""
    found = gazetteer.found(folded.plain)[:NAMES_READ]
    if not found:
        return [], frozenset()
    arounds = [Around(folded, *each) for each in found]
    within: frozenset[str] = frozenset()
    places = []
    denied: Around | None = None
    for number, around in enumerate(arounds):
        province = _province(arounds, number, gazetteer)
        if province:
            within |= province
        elif context.is_denied(around) or (denied and _words_between(denied, around) in (["of"], ["noch"])):
            denied = around
        elif around.name.codes and _is_meant(arounds, number):
            places.append(around)
    mentions = [_mention(places, number, focus, gazetteer) for number, focus in enumerate(focuses(places))]
    return (_together(mentions, places, folded) if len(places) > 1 else mentions), within


def _together(mentions: list[Mention], places: list[Around], folded: Folded) -> list[Mention]:
    """Which are named together, and which to choose from; who asks for both chooses neither."""
    all_of_them = bool(phrasing.ALL.search(folded.plain))
    is_about_more = all_of_them or bool(phrasing.BOTH.search(folded.plain))
    asks_which = is_about_more and bool(phrasing.WHOSE.search(folded.plain))
    return [
        each._replace(
            is_joined=is_about_more or _is_joined(places, number),
            is_choice=asks_which or (not all_of_them and _is_choice(places, number)),
            focus=0.0 if all_of_them else each.focus,
        )
        for number, each in enumerate(mentions)
    ]


def _province(arounds: list[Around], number: int, gazetteer: Gazetteer) -> frozenset[str]:
    """The municipalities of a region; "Winsum, Groningen" names the province, not the city."""
    around = arounds[number]
    if around.name.kind == "region":
        return gazetteer.regions.get(around.plain, frozenset())
    if not number or not around.name.own or gazetteer.towns[around.name.own[0]].name not in CAPITALS:
        return frozenset()
    before, city = arounds[number - 1], gazetteer.towns[around.name.own[0]]
    same = [code for code in before.name.codes if gazetteer.towns[code].province == city.province]
    if (
        same
        and city.code not in before.name.codes
        and cues.TOWARDS.issuperset(_words_between(before, around))
    ):
        return frozenset(same)
    return frozenset()


def _is_meant(arounds: list[Around], number: int) -> bool:
    around = arounds[number]
    if _is_abroad(arounds, number) or not context.is_place(around):
        return False
    return not around.name.ordinary or _is_led(arounds, number) or not is_word(around)


def _is_led(arounds: list[Around], number: int) -> bool:
    """A name that is a word is a place beside another one: "goes en kapelle", "vries, drenthe"."""
    around = arounds[number]
    after = arounds[number + 1] if number + 1 < len(arounds) else None
    if after and around.name.ordinary == "function":
        return around.is_capital and after.name.kind == "region" and not _words_between(around, after)
    if around.name.ordinary not in ("word", "adverb", "noun", "article"):
        return False
    if after and _leads(around, after):
        return True
    before = arounds[number - 1] if number else None
    is_joined = before and before.name.kind == "municipality" and not before.name.ordinary
    return bool(is_joined and before and _words_between(before, around) in (["en"], ["of"], ["naar"]))


def _leads(around: Around, after: Around) -> bool:
    """Whether what follows makes it a place: a province, a town near which it lies, or one beside it."""
    gap = _words_between(around, after)
    if after.name.kind == "region":
        return cues.FILLERS.issuperset(gap)
    if after.name.ordinary:
        return False
    if gap and gap[0] in cues.NEXT_TO:
        return after.name.kind in ("municipality", "place")
    is_beside = after.name.kind == "municipality" and gap in (["en"], ["of"], ["naar"], ["en", "in"])
    return is_beside and around.name.ordinary in ("word", "article") and around.before in cues.IN | {""}


def _mention(places: list[Around], number: int, focus: float, gazetteer: Gazetteer) -> Mention:
    around = places[number]
    weight, tier = _worth(around, gazetteer)
    return Mention(around.name.kind, *around.where, _meant(around), weight, tier, focus)


def _worth(around: Around, gazetteer: Gazetteer) -> tuple[float, int]:
    kind = around.name.kind
    if kind in gazetteer.national and len(around.name.codes) <= TELLING:
        return NATIONAL_WEIGHT
    weight, tier = WEIGHTS[kind]
    if around.left[0] in ("gemeente", "gem"):
        return weight + MUNICIPAL, 2 if around.left[1] in cues.SALUTATIONS else tier
    if kind == "adjective" and around.right[0] not in cues.CIVIC:
        return WEIGHTS["street"]
    if around.name.ordinary and around.left[0] not in cues.LOCATING:
        return weight - UNLED, tier
    return weight, tier


def _meant(around: Around) -> tuple[str, ...]:
    """ "gemeente Rijswijk" is the municipality, not a village of that name."""
    is_municipal = around.left[0] in cues.MUNICIPAL or (
        around.left[0] == "van" and around.left[1] in cues.MUNICIPAL
    )
    return around.name.own if is_municipal and around.name.own else around.name.codes


def _is_abroad(arounds: list[Around], number: int) -> bool:
    """ "Bergen in Noorwegen", "Haarlem (USA)", "het Noorse Bergen", "New Amsterdam"."""
    around = arounds[number]
    if around.before == "new":
        return True
    if number + 1 < len(arounds) and arounds[number + 1].name.kind in ("country", "abroad"):
        words = _words_between(around, arounds[number + 1])
        if cues.TOWARDS.issuperset(words[:2]):
            return True
    if number and arounds[number - 1].name.kind in ("country", "abroad_adjective"):
        words = _words_between(arounds[number - 1], around)
        return len(words) < 2 and cues.TOWARDS.issuperset(words)
    return False


def _is_choice(places: list[Around], number: int) -> bool:
    """ "in Tilburg of Goirle"."""
    around = places[number]
    neighbours = [(each, around) for each in places[number - 1 : number] if number]
    neighbours += [(around, each) for each in places[number + 1 : number + 2]]
    return any(_chooses(_words_between(one, other)) for one, other in neighbours)


def _is_joined(places: list[Around], number: int) -> bool:
    """ "Tilburg en Goirle", "Tilburg, Goirle", "de weg van Tilburg naar Goirle"."""
    if not number:
        return False
    before, around = places[number - 1], places[number]
    gap = " ".join(gap_between(before, around))
    is_route = goes_to(before, around) and not arrives(before, around)
    return around.left[0] in ("en", "and") or is_route or bool(phrasing.TOGETHER.fullmatch(gap))


def _chooses(words: list[str]) -> bool:
    return bool(words) and words[0] in cues.CHOOSING and len(words) < 4


def _words_between(one: Around, other: Around) -> list[str]:
    """The words between two that stand close together."""
    return gap_between(one, other, CLOSE)
