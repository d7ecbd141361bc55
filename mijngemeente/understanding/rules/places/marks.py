"""Accounts, hashtags, addresses, postcodes and telephone numbers."""

import re
from collections.abc import Iterator

from . import cues
from .folding import Folded, squeeze
from .gazetteer import Gazetteer
from .mention import WEIGHTS, Mention

_MARK = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<account>(?<!\w)@\w[\w.-]*(?:@[\w-]+(?:\.[\w-]+)+)?)"
    r"|(?P<hashtag>#\w[\w-]*)"
    r"|(?P<url>(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:nl|eu|org|info|com|frl|net|amsterdam)\b)",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:https?://)?(?:[^/@]*@)?([\w.-]+)")
_INSIDE_A_WORD = re.compile(r"\w\.\w")
_DIGITS = re.compile(r"\d{3}|14 0")
_NUMBER = re.compile(
    r" (?:(?P<phone>14 ?0\d{1,3})"
    r"|(?P<postcode>[1-9]\d{3}) ?(?P<letters>[a-z]{2})"
    r"|(?P<bare>[1-9]\d{3})"
    r"|(?P<area>0[1-9]\d{1,2})(?P<rest> ?\d[\d ]{4,})?)(?= )"
)
_PART_OF_NUMBER = re.compile(r"[-/€#%]")
_YEARS = frozenset(map(str, range(1900, 2036)))
#: Around a municipality's name in an account: gemeente_tilburg, TilburgGemeente.
_BEFORE = re.compile(r"^(?:degemeente|gemeentehuis|gemeente|gem|stad|webcare|wij)")
_BEHIND = re.compile(r"(?:gemeente|webcare|online|officieel|nl|0\d+)$")


def take_marks(text: str, gazetteer: Gazetteer) -> tuple[str, list[Mention]]:
    """The text with a blank for each mark, and what the marks mean; a name inside one counts no more."""
    if "@" not in text and "#" not in text and not _INSIDE_A_WORD.search(text):
        return text, []
    found, pieces, reached = [], [], 0
    for match in _MARK.finditer(text):
        start, end = match.span()
        pieces += [text[reached:start], " " * (end - start)]
        reached = end
        kind = match.lastgroup or ""
        codes = _MEANING[kind](match.group(), gazetteer)
        if codes:
            found.append(_mention(_KIND[kind], start, end, codes))
    return "".join((*pieces, text[reached:])), found


def written_to(address: str, gazetteer: Gazetteer) -> Mention | None:
    """What the account, handle, mail address or domain says that was written to."""
    cleaned = address.strip()
    codes = _of_account(cleaned, gazetteer) if cleaned.startswith("@") or "." not in cleaned else ()
    codes = codes or _of_address(cleaned, gazetteer) or _of_account(cleaned.partition("@")[0], gazetteer)
    return _mention("written_to", -1, -1, codes) if codes else None


def numbers(folded: Folded, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Postcodes and telephone numbers."""
    if not _DIGITS.search(folded.plain):
        return
    for match in _NUMBER.finditer(folded.plain):
        kind = match.lastgroup or ""
        start, end = folded.span(match.start() + 1, match.end())
        if kind == "phone":
            yield from _named("phone", start, end, gazetteer.areas.get(match["phone"][2:].strip()))
        elif kind == "letters" and not _is_word(match["letters"], folded.text[start:end]):
            yield from _named("postcode", start, end, gazetteer.postcodes.get(match["postcode"]))
        elif kind in ("bare", "letters"):
            digits = match["bare"] or match["postcode"]
            if _is_postcode(digits, folded, start, match.start() + 5):
                yield from _named("postcode", start, start + 4, gazetteer.postcodes.get(digits))
        elif kind in ("area", "rest"):
            yield from _telephone(match, start, end, gazetteer)


def _is_postcode(digits: str, folded: Folded, start: int, reached: int) -> bool:
    """Four digits in a place's stead: after "postcode" or "in", between brackets, first or last."""
    before = folded.plain[: reached - 4].split()[-1:] or [""]
    after = folded.plain[reached:].split(maxsplit=1)[:1] or [""]
    if before[0] in cues.POSTCODE or " postcode " in folded.plain:
        return True
    around = folded.text[max(0, start - 1) : start] + folded.text[start + 4 : start + 5]
    if digits in _YEARS or after[0] in cues.COUNTED or _PART_OF_NUMBER.search(around):
        return False
    is_end = not start or (before[0] not in cues.NUMBERED and not folded.text[start + 4 :].strip(" ?!.)"))
    return before[0] in cues.BEFORE_DIGITS or is_end or around == "()"


def _telephone(match: re.Match[str], start: int, end: int, gazetteer: Gazetteer) -> Iterator[Mention]:
    area = match["area"]
    codes = gazetteer.areas.get(area) or gazetteer.areas.get(area[:3] if match["rest"] else "")
    yield from _named("number" if match["rest"] else "area_code", start, end, codes)


def _is_word(letters: str, written: str) -> bool:
    return letters in cues.NO_POSTCODE and not written.endswith(letters.upper()) and " " in written


def _named(kind: str, start: int, end: int, codes: tuple[str, ...] | None) -> Iterator[Mention]:
    if codes:
        yield _mention(kind, start, end, codes)


def _mention(kind: str, start: int, end: int, codes: tuple[str, ...]) -> Mention:
    weight, tier = WEIGHTS[kind]
    return Mention(kind, start, end, codes, weight, tier)


def _of_address(address: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """By the end of its host: mijn.tilburg.nl is of tilburg.nl."""
    host = _HOST.match(address.lower())
    labels = host.group(1).strip(".").split(".") if host else []
    for first in range(max(0, len(labels) - 3), len(labels) - 1):
        code = gazetteer.domains.get(".".join(labels[first:]))
        if code:
            return (code,)
    return ()


def _of_account(account: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    name, _, host = account.lstrip("@").partition("@")
    called = squeeze(name)
    bare = _bare(called)
    for each in (called, *bare):
        if each in gazetteer.owners:
            return gazetteer.owners[each]
    for each in (called, *bare):
        known = gazetteer.tags.get(each)
        if known and (each != called or (len(known.codes) == 1 and known.kind in _OWN)):
            return known.own or known.codes
    return _of_address(host or name, gazetteer) if host or "." in name else ()


#: A bare @name is somebody's own account; only these are sooner a municipality's.
_OWN = frozenset(("municipality", "former", "place"))


def _bare(called: str) -> tuple[str, ...]:
    """gemeentetilburg, tilburgnl → tilburg; what is left of gemstadskanaal is stadskanaal first."""
    led, ended = _BEFORE.sub("", called), _BEHIND.sub("", called)
    both = (led, ended, _BEHIND.sub("", led), _BEFORE.sub("", led))
    return tuple(each for each in dict.fromkeys(both) if each != called and each)


def _of_hashtag(tag: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    called = squeeze(tag)
    if called in gazetteer.areas:
        return gazetteer.areas[called]
    known = gazetteer.tags.get(called)
    if known:
        return () if known.ordinary and tag[1:].islower() and known.ordinary != "word" else known.codes
    owned = (gazetteer.owners[each] for each in _bare(called) if each in gazetteer.owners)
    return next(owned, ())


_MEANING = {"mail": _of_address, "account": _of_account, "hashtag": _of_hashtag, "url": _of_address}
_KIND = {"mail": "domain", "account": "account", "hashtag": "hashtag", "url": "domain"}
