"""What a name means where it stands: a place, or a person, a club, a street, a country, a word."""

from . import cues
from .folding import Folded
from .gazetteer import Name

#: As many letters to the left and right tell enough.
REACH = 60


class Around:
    """One found name and the words next to it."""

    __slots__ = ("end", "folded", "left", "name", "right", "start", "where")

    def __init__(self, folded: Folded, start: int, end: int, name: Name) -> None:
        self.folded, self.start, self.end, self.name = folded, start, end, name
        plain = folded.plain
        left = plain[max(0, start - REACH) : start].split()
        self.left = ["", "", "", "", "", *left][:0:-1] if len(left) < 6 else left[::-1]
        self.right = [*plain[end : end + REACH].split(), "", "", "", ""]
        self.where = folded.span(start, end)

    @property
    def is_capital(self) -> bool:
        """A capital that tells something: not of a sentence, nor in a text all of capitals."""
        return self.folded.text[self.where[0]].isupper() and not self.folded.is_shouted

    @property
    def begins_sentence(self) -> bool:
        """Everybody gets a capital here."""
        before = self.folded.text[: self.where[0]].rstrip(" \t\"'(*-")
        return not before or before[-1] in ".!?:\n\r…"


def is_place(around: Around) -> bool:
    """Not a person, club, street, ware or ordinary word."""
    return not (
        is_person(around)
        or is_club(around)
        or is_street(around)
        or is_institution(around)
        or (around.name.ordinary and is_word(around))
    )


def is_person(around: Around) -> bool:
    """ "meneer van Breda", "Jan van Leiden", "J. de Wit"; but "burgemeester van Breda" is a place."""
    one, two, three = around.left[0], around.left[1], around.left[2]
    if one in cues.TITLES:
        return True
    if one not in cues.BEFORE_SURNAME:
        return one in cues.FIRST_NAMES and two in cues.GREETING
    if two in cues.TITLES or (two in cues.BEFORE_SURNAME and three in cues.TITLES):
        return True
    if two in cues.FIRST_NAMES or (len(two) == 1 and two.isalpha() and two not in "uà"):
        return not (one in ("van", "de") and two in ("ad", "ger", "max") and not around.is_capital)
    if (two == "is" and three == "naam") or two in ("heet", "heette"):
        return True
    return _has_capital_van(around) and (two in cues.OFFICES or not _van_begins(around))


def _has_capital_van(around: Around) -> bool:
    before = around.folded.text[: around.where[0]].rstrip()
    return before.endswith(("Van", "Vd", "V.d."))


def _van_begins(around: Around) -> bool:
    before = around.folded.text[: around.where[0]].rstrip()[:-3].rstrip(" \"'(")
    return not before or before[-1] in ".!?:\n\r…" or around.folded.is_shouted


def is_club(around: Around) -> bool:
    return around.left[0] in cues.CLUBS or around.right[0] in cues.CLUB_AFTER


def is_street(around: Around) -> bool:
    """ "Amsterdamse Poort", "Goudse kaas", "laan van Utrecht"."""
    following = around.right[0]
    if around.name.kind == "adjective":
        return following in cues.STREETS or following in cues.WARES
    if following in ("kaas", "straat", "laan", "straatweg", "singel"):
        return around.folded.text[around.where[1] : around.where[1] + 1] != ","
    return around.left[0] in ("van", "naar") and around.left[1] in cues.STREET_BEFORE


def is_institution(around: Around) -> bool:
    if around.left[0] in cues.PROVINCES:
        return True
    return around.left[0] in cues.INSTITUTIONS or (
        around.left[0] == "van" and around.left[1] in ("verdrag", "vrede", "unie", "universiteit")
    )


def is_word(around: Around) -> bool:
    """No place: "het is best lastig", "mijn buren", "de wijk"."""
    before = around.left[0]
    if before in cues.MUNICIPAL or (before in ("van", "in", "de") and around.left[1] in cues.MUNICIPAL):
        return False
    kind = around.name.ordinary
    if kind == "province":
        return not (before == "dorp" or around.left[1] == "dorp")
    if kind == "article":
        return not _has_inner_capital(around)
    is_located = before in cues.LOCATING or before in cues.DISTRICT
    lives = before == "in" and not cues.LIVING.isdisjoint(around.left[1:4])
    if around.is_capital and not around.begins_sentence:
        return kind == "noun" and not is_located and before in ("de", "het", "een", "mijn", "onze", "van")
    if kind == "noun":
        return not lives
    return not is_located


def _has_inner_capital(around: Around) -> bool:
    words = around.folded.text[slice(*around.where)].split()
    return (len(words) > 1 and words[-1].lstrip("'").istitle() and words[0].lstrip("'")[:1].isupper()) or (
        words[0].startswith("'") and words[-1].istitle()
    )


def is_denied(around: Around) -> bool:
    """ "niet in Tilburg", "in plaats van Breda"; not "niet alleen in Tilburg"."""
    for place, word in enumerate(around.left[:5]):
        if word in cues.NEGATING:
            return around.left[place + 1] not in ("waarom", "wel") or place == 0
        if word == "plaats" and around.left[place + 1] == "in":
            return True
        if word not in cues.BINDING:
            return False
    return False


def is_aside(around: Around) -> bool:
    """Spoken of beside what it is about: compared with, on the way to, where somebody was born."""
    nearest = around.left[:4]
    if nearest[0] in cues.COMPARING or (
        nearest[0] in ("in", "bij", "te", "van") and nearest[1] in cues.COMPARING
    ):
        return True
    return any(word in cues.BESIDES for word in nearest)
