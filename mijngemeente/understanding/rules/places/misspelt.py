"""Names written nearly right, looked for when nothing else tells the place."""

import re
from collections.abc import Iterator

from . import context, cues
from .context import Around
from .folding import Folded
from .gazetteer import Gazetteer, Name
from .mention import WEIGHTS, Mention
from .ordinary import is_word
from .spelling import SHORTEST

_WORD = re.compile(r"[a-z]\S+")
#: "D e l f t".
_SPACED = re.compile(r"(?<= )(?:[a-z] ){3,}[a-z](?= )")
#: Without a hint that a place stands here, a short word is too easily another.
UNHINTED, LONG_VILLAGE, LESS_SURE = 6, 9, 0.8
WORDS_READ = 400
#: "te" comes before a verb as often as before a place.
HINTS = cues.LOCATING - {"te", "bij", "naar"}
#: As many words a name has, where one is expected.
LENGTHS = (4, 3, 2)
#: Behind the first word of a name of more: "Capele aan den Ijsel".
CONNECTING = frozenset(("aan", "op", "bij", "ad", "a"))


def misspelt(folded: Folded, gazetteer: Gazetteer) -> list[Mention]:
    """The names that are nearly right; those with a place's words before them first."""
    doubtful = gazetteer.spelling.doubtful(folded.plain.split())
    if not doubtful and " aan de" not in folded.plain:
        return list(_spaced(folded, gazetteer))
    hinted: list[Mention] = []
    other: list[Mention] = []
    matches = list(_WORD.finditer(folded.plain))[:WORDS_READ]
    for number, match in enumerate(matches):
        before = matches[number - 1].group() if number else ""
        follows = matches[number + 1].group() if number + 1 < len(matches) else ""
        is_led = before in cues.MUNICIPAL or follows == "aan"
        if match.group() not in doubtful and not is_led:
            continue
        is_hinted = before in HINTS
        for start, end in _spans(matches, number, gazetteer, is_hinted=is_hinted):
            mention = _mention(folded, start, end, gazetteer, is_hinted=is_hinted)
            if mention:
                (hinted if is_hinted else other).append(mention)
                break
    return hinted or other or list(_spaced(folded, gazetteer))


def _spans(
    matches: list[re.Match[str]], number: int, gazetteer: Gazetteer, *, is_hinted: bool
) -> Iterator[tuple[int, int]]:
    start, end = matches[number].span()
    follows = matches[number + 1].group() if number + 1 < len(matches) else ""
    is_led = is_hinted or follows in CONNECTING
    lengths = LENGTHS if is_led else gazetteer.spelling.lengths(matches[number].group())
    for words in lengths:
        if number + words <= len(matches):
            yield start, matches[number + words - 1].end()
    if end - start >= (SHORTEST if is_hinted else UNHINTED):
        yield start, end


def _mention(
    folded: Folded, start: int, end: int, gazetteer: Gazetteer, *, is_hinted: bool
) -> Mention | None:
    written = folded.plain[start:end]
    is_capital = folded.text[folded.span(start, start + 1)[0]].isupper() and not folded.is_shouted
    near = gazetteer.spelling.nearly(
        written, mistakes=2 if is_hinted or " " in written else 1, is_name=is_hinted and is_capital
    )
    if not near or gazetteer.is_name(written):
        return None
    is_known = near.kind == "municipality" or end - start >= LONG_VILLAGE
    if not (is_known or is_hinted or is_capital):
        return None
    around = Around(folded, start, end, near)
    if not context.is_place(around) or context.is_denied(around):
        return None
    weight, tier = WEIGHTS["spelling"]
    less = 0.0 if is_hinted or around.is_capital else LESS_SURE
    codes = near.own if around.left[0] in cues.MUNICIPAL and near.own else near.codes
    return Mention("spelling", *around.where, codes, weight - less, tier)


def _spaced(folded: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    for match in _SPACED.finditer(folded.plain):
        name: Name | None = gazetteer.tags.get(match.group().replace(" ", ""))
        if name:
            around = Around(folded, *match.span(), name)
            if not name.ordinary or not is_word(around):
                weight, tier = WEIGHTS["spelling"]
                yield Mention("spelling", *around.where, name.codes, weight, tier)
