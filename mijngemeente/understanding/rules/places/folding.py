"""Reading letters as they are meant: no capitals, accents, look-alikes of other alphabets, hidden signs."""

import unicodedata

#: Letters of other alphabets that look like a Latin one; who hides a name writes with these.
LOOKALIKES = dict(
    zip(
        "аеікмнорстухјѕԁԛԝӏвАВЕЅІЈКМНОРСТУХԌ" + "αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ıɡɩ",
        "aeikmhopctyxjsdqwlbabesijkmhopctyxg" + "aeikvoptuxabezhikmnoptyx" + "igi",
        strict=True,
    )
)
#: Letters that decomposing leaves whole.
SPELT_OUT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "Æ": "ae", "Ø": "o"}


#: Scripts that write no spaces around a foreign name: Thai, Chinese, Japanese, Korean.
SPACELESS = (("\u0e00", "\u0e7f"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))


class _Letters(dict[int, str]):
    """What each character becomes; nothing for a hidden sign, a space for what is no letter or digit."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(character: str) -> str:
    known = LOOKALIKES.get(character) or SPELT_OUT.get(character)
    if known:
        return known
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return ""
    if any(first <= character <= last for first, last in SPACELESS):
        return " "
    parts = unicodedata.normalize("NFKD", character).lower()
    letters = "".join(LOOKALIKES.get(part, part) for part in parts if part.isalnum())
    return letters or " "


_LETTERS = _Letters()
#: The same for plain text, where Python translates in one go.
_PLAIN = {code: _fold(chr(code)) for code in range(128)}


def fold(text: str) -> str:
    """Lower case letters and digits; everything else is a space, hidden signs are gone."""
    return text.translate(_PLAIN if text.isascii() else _LETTERS)


def squeeze(text: str) -> str:
    """As in a hashtag: no spaces."""
    return fold(text).replace(" ", "")


class Folded:
    """A text as we read it, and where each letter stood."""

    __slots__ = ("_places", "is_plain", "is_shouted", "plain", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        #: All capitals: a capital tells nothing.
        self.is_shouted = text.isupper()
        self.is_plain = text.isascii()
        self._places: list[int] = []
        #: Between spaces, so that each word has one before and after it.
        self.plain = f" {fold(text)} "

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the text."""
        if self.is_plain:
            return start - 1, end - 1
        if not self._places:
            letters = enumerate(self.text)
            self._places = [place for place, letter in letters for _ in _LETTERS[ord(letter)]]
        return self._places[start - 1], self._places[end - 2] + 1
