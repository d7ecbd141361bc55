"""Names written nearly right, looked for when nothing else tells the place."""

import re
from collections.abc import Iterator

from . import context, cues
from .context import Around
from .folding import Folded
from .gazetteer import Gazetteer
from .mention import WEIGHTS, Mention
from .spelling import SHORTEST

_WORD = re.compile(r"[a-z]\S+")
#: Without a hint that a place stands here, a short word is too easily another.
UNHINTED = 6
WORDS_READ = 400


def misspelt(folded: Folded, gazetteer: Gazetteer) -> list[Mention]:
    """The names that are nearly right; those with a place's words before them first."""
    hinted: list[Mention] = []
    other: list[Mention] = []
    matches = list(_WORD.finditer(folded.plain))[:WORDS_READ]
    for number in range(len(matches)):
        before = matches[number - 1].group() if number else ""
        is_hinted = before in cues.LOCATING
        for start, end in _spans(matches, number, is_hinted=is_hinted):
            mention = _mention(folded, start, end, gazetteer, is_hinted=is_hinted)
            if mention:
                (hinted if is_hinted else other).append(mention)
                break
    return hinted or other


def _spans(matches: list[re.Match[str]], number: int, *, is_hinted: bool) -> Iterator[tuple[int, int]]:
    start, end = matches[number].span()
    word = matches[number].group()
    if (word in cues.LEADING or is_hinted) and number + 1 < len(matches):
        yield start, matches[number + 1].end()
    if end - start >= (SHORTEST if is_hinted else UNHINTED):
        yield start, end


def _mention(
    folded: Folded, start: int, end: int, gazetteer: Gazetteer, *, is_hinted: bool
) -> Mention | None:
    squeezed = folded.plain[start:end].replace(" ", "")
    near = gazetteer.spelling.nearly(squeezed, mistakes=2 if is_hinted else 1)
    if not near or near[0] == squeezed or any(map(gazetteer.is_name, folded.plain[start:end].split())):
        return None
    around = Around(folded, start, end, near[1])
    if not context.is_place(around) or context.is_denied(around):
        return None
    weight, tier = WEIGHTS["spelling"]
    less = 0.0 if is_hinted or around.is_capital else 0.8
    return Mention("spelling", *around.where, near[1].codes, weight - less, tier)
