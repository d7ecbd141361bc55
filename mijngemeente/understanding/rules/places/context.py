"""What a name means where it stands: a place, or a person, a club, a street, a country, a word."""

from . import cues
from .folding import Folded
from .gazetteer import Name

#: As many letters to the left and right tell enough.
REACH = 60
#: As many words before a name still speak of it.
CLAUSE = 4
NOTHING = [""] * 5


class Around:
    """One found name and the words next to it."""

    __slots__ = ("end", "folded", "left", "name", "right", "start", "where")

    def __init__(self, folded: Folded, start: int, end: int, name: Name) -> None:
        self.folded, self.start, self.end, self.name = folded, start, end, name
        plain = folded.plain
        left = plain[max(0, start - REACH) : start].split()
        left.reverse()
        #: The last one first.
        self.left = left if len(left) > CLAUSE else left + NOTHING
        self.right = plain[end : end + REACH].split(None, 2) + NOTHING
        self.where = folded.span(start, end)

    @property
    def plain(self) -> str:
        """The name as folded."""
        return self.folded.plain[self.start : self.end]

    @property
    def clause(self) -> list[str]:
        """The words before it in the same part of the sentence, the last one first; at most CLAUSE."""
        text = self.folded.text[max(0, self.where[0] - REACH) : self.where[0]]
        since = max(map(text.rfind, ".!?;:,(\n"))
        return self.left[: min(CLAUSE, len(text[since + 1 :].split()))]

    @property
    def before(self) -> str:
        """The word right before it, with no comma or full stop between."""
        return self.left[0] if self.folded.plain[self.start - 2] != " " else ""

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
    """Not a person, club, street, ware or institution."""
    return not (
        is_person(around)
        or is_club(around)
        or is_street(around)
        or is_institution(around)
        or is_figure_of_speech(around)
    )


def is_figure_of_speech(around: Around) -> bool:
    """ "een doorn in het oog", "de assen", "Den Haag doet niks": the government."""
    if around.plain in ("assen", "kapelle"):
        return around.before in ("de", "een") and not around.is_capital
    if around.plain == "doorn":
        return around.right[:3] == ["in", "het", "oog"] or around.right[2].startswith("oog")
    if around.right[0] == "geweest":
        return "naar" in around.left[:2]
    if around.left[0] == "uit" and around.left[1] in cues.COMING:
        return True
    governs = around.plain == "den haag" and around.right[0] in cues.GOVERNING
    return governs and around.before not in cues.LOCATING


def is_person(around: Around) -> bool:
    """ "meneer van Breda", "dhr. J. Deventer", "Jan van Leiden"; but "burgemeester van Breda" is a place."""
    one, two, three = around.left[0], around.left[1], around.left[2]
    if (two, one) in (("dorp", "heet"), ("stad", "heet"), ("plaats", "heet")):
        return False
    is_initial = len(one) == 1 and two in cues.TITLES
    if is_initial or _is_married_name(around) or one in cues.TITLES or around.right[0] in cues.CALLED:
        return True
    if one not in cues.BEFORE_SURNAME:
        return (one in cues.FIRST_NAMES and two in cues.GREETING) or _signs(around)
    title = three if two in cues.BEFORE_SURNAME else two
    if title in cues.TITLES or title in cues.BUSINESSES:
        return True
    if (
        (two, three) == ("is", "naam")
        or _is_first_name(around, two)
        or (len(two) == 1 and two.isalpha() and two != "u")
    ):
        return True
    return _has_capital_van(around) and (two in cues.OFFICES or not _van_begins(around))


def _is_married_name(around: Around) -> bool:
    """ "mevrouw De Haan-Utrecht"."""
    joined = around.folded.text[around.where[0] - 1 : around.where[0]] == "-"
    return joined and around.where[0] > 0 and not cues.TITLES.isdisjoint(around.left[1:4])


def _signs(around: Around) -> bool:
    """ "Vriendelijke groet, Annelies Hoogeveen": a name behind a greeting, and another word before it."""
    written = around.folded.text[: around.where[0]].rstrip(" -\n").rpartition(" ")[2]
    is_named = written[:1].isupper() and written[-1:].isalpha()
    return is_named and not cues.GREETING.isdisjoint(around.left[1:4])


def _is_first_name(around: Around, word: str) -> bool:
    """ "Wil van Tilburg" inside a sentence; not "ik wil van Tilburg"."""
    if word not in cues.FIRST_NAMES or word not in cues.ALSO_WORDS:
        return word in cues.FIRST_NAMES
    before = around.folded.text[: around.where[0]].split()
    return len(before) > 2 and before[-2].istitle()


def _has_capital_van(around: Around) -> bool:
    before = around.folded.text[: around.where[0]].rstrip()
    return before.endswith(("Van", "Vd", "V.d."))


def _van_begins(around: Around) -> bool:
    before = around.folded.text[: around.where[0]].rstrip()[:-3].rstrip(" \"'(")
    return not before or before[-1] in ".!?:\n\r…" or around.folded.is_shouted


def is_club(around: Around) -> bool:
    spelt_out = "".join(around.left[2::-1])  # N.E.C. Nijmegen
    before, after = around.left[0], around.right[0]
    return before in cues.CLUBS or after in cues.CLUB_AFTER or spelt_out in cues.CLUBS


def is_street(around: Around) -> bool:
    """ "Amsterdamse Poort", "Goudse kaas", "laan van Utrecht"."""
    following = around.right[0]
    joined = around.folded.text[around.where[1] : around.where[1] + 1] == "-"
    if joined and following.endswith(cues.STREET_ENDS):
        return True
    if around.name.kind == "adjective":
        return following in cues.STREETS or following in cues.WARES
    if following in cues.STREETS_ALONE or following in cues.WARES:
        return around.folded.text[around.where[1] : around.where[1] + 1] not in (",", ":", ".")
    if around.left[0] in cues.STREET_ADJECTIVES and _follows_capital(around):
        return True
    if around.left[:2] == ["naar", "weg"]:
        return True
    return around.left[0] in ("van", "naar") and around.left[1] in cues.STREET_BEFORE


def _follows_capital(around: Around) -> bool:
    """ "Lange Delft"; not "het oude Delft"."""
    before = around.folded.text[: around.where[0]].split()
    return before[-1][:1].isupper() and not around.folded.is_shouted


def is_institution(around: Around) -> bool:
    """ "universiteit Utrecht", "vrede van Utrecht", "provincie Groningen", "Amsterdam Bakery"."""
    one, two = around.left[0], around.left[1]
    if one == "richting" and two in cues.TRAINS:
        return True
    if one in ("firma", "fa", "gebroeders"):
        return True
    if around.right[0] in cues.BUSINESS_AFTER:
        return around.folded.text[around.where[1] : around.where[1] + 1] == " "
    return one in cues.INSTITUTIONS or one in cues.PROVINCES or (one == "van" and two in cues.INSTITUTIONS)


def is_denied(around: Around) -> bool:
    """ "niet in Tilburg", "in plaats van Breda"; not "niet alleen in Tilburg"."""
    if "gemeente" in around.left[:1] and "meer" in (around.right[0], *around.left[2:4]):
        return False  # "sinds we geen gemeente Uden meer zijn", "niet meer onder gemeente Boxmeer"
    for place, word in enumerate(around.left[:5]):
        if word in cues.NEGATING or (word == "plaats" and around.left[place + 1] == "in"):
            return not _is_parted(around, word)
        if word not in cues.BINDING:
            return False
    return False


def _is_parted(around: Around, word: str) -> bool:
    """Whether the word ends its sentence, or its part of one: "Zwolle niet, Hattem wel"."""
    since = around.folded.plain.rfind(f" {word} ", 0, around.start)
    between = slice(around.folded.span(since + 1, since + 2)[0], around.where[0])
    written = around.folded.text[between]
    ends_part = around.left[0] == word and written[len(word) :].startswith(",")
    return ends_part or any(mark in written for mark in ".!?;:")
