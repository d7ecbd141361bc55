"""Names that are ordinary words too: Best, Houten, De Wijk, Een. When is one a place?"""

from collections.abc import Callable

from . import cues
from .context import Around


def is_word(around: Around) -> bool:
    """No place: "het is best lastig", "mijn buren", "de wijk"."""
    kind, before = around.name.ordinary, around.before
    is_called = before in cues.MUNICIPAL or (before in ("van", "in") and around.left[1] in cues.MUNICIPAL)
    if around.plain == around.folded.plain.strip():
        return kind in ("function", "province")  # nothing else was said: an answer to "which municipality?"
    # "de gemeente een" and "kan de gemeente best": only a capital makes these a name.
    if is_called and kind != "province" and (kind in ("word", "noun") or around.is_capital):
        return False
    return not _IS_PLACE[kind](around)


def heads_message(around: Around) -> bool:
    """ "Goes: de fietsenstalling is vol", "nes, hek kapot"."""
    start, end = around.where
    mark = around.folded.text[end : end + 1]
    return (around.begins_sentence and mark == ":") or (not start and mark == ",")


def _word(around: Around) -> bool:
    """Goes, Leiden: only in lower case another word; De Vries is somebody."""
    if around.before in ("de", "het", "een"):
        return False
    if around.folded.is_shouted:
        return _is_located(around) or around.where[0] == 0
    return around.is_capital or _is_located(around) or heads_message(around)


def _adverb(around: Around) -> bool:
    """Best, Hoek: another word at the beginning of a sentence too, but never after a bare "in"."""
    if around.is_capital and not around.begins_sentence:
        return _is_located(around) or around.left[0] not in cues.ARTICLES
    return (around.before in cues.IN and around.before != "te") or heads_message(around)


def _noun(around: Around) -> bool:
    """Houten, Dieren: "in houten kisten" and "voor dieren" mean no place."""
    if around.is_capital and not around.begins_sentence:
        return _is_located(around) or around.left[0] not in cues.ARTICLES
    lives = around.before == "in" and not cues.LIVING.isdisjoint(around.left[1:4])
    return lives or heads_message(around)


def _function(around: Around) -> bool:
    """Een, Heel: "in een" is nearly always no place."""
    return around.is_capital and not around.begins_sentence and around.before in cues.IN


def _first_name(around: Around) -> bool:
    """Erica, Axel: people are called so."""
    return around.before in cues.IN


def _province(around: Around) -> bool:
    """Zeeland, Nederland: a village that nobody means."""
    return "dorp" in around.left[:2]


def _article(around: Around) -> bool:
    """De Wijk, 't Zand: with the capitals of a name."""
    start, end = around.where
    words = around.folded.text[start:end].split()
    if not words[-1][:1].isupper() or around.folded.is_shouted:
        return False
    quoted = around.folded.text[start - 1 : start] in ("'", "’", "‘") and start > 0
    return quoted or words[0][:1].isupper() or around.before in cues.IN


def _is_located(around: Around) -> bool:
    before = around.before
    if before == "te" and not around.is_capital:
        return False  # "te leiden" is a verb
    return before in cues.LOCATING or before in cues.DISTRICT or before.endswith(cues.STREET_ENDS)


_IS_PLACE: dict[str, Callable[[Around], bool]] = {
    "word": _word,
    "adverb": _adverb,
    "noun": _noun,
    "function": _function,
    "first_name": _first_name,
    "province": _province,
    "article": _article,
}
