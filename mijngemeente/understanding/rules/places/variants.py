"""The ways in which people write a name."""

from collections.abc import Iterator

from .folding import fold, squeeze

#: How a province is written behind a name that others have too: Hengelo Gld.
PROVINCE_MARKS = {
    "Noord-Brabant": ("nb", "n b", "noord brabant", "brabant"),
    "Gelderland": ("gld", "gelderland", "g", "gelre"),
    "Zuid-Holland": ("zh", "z h", "zuid holland"),
    "Noord-Holland": ("nh", "n h", "noord holland"),
    "Limburg": ("l", "lb", "limb", "limburg", "noord limburg", "zuid limburg"),
    "Utrecht": ("ut", "u", "utr", "utrecht"),
    "Overijssel": ("ov", "o", "overijssel"),
    "Fryslân": ("fr", "frl", "f", "friesland", "fryslan"),
    "Zeeland": ("z", "zld", "zl", "zeeland"),
    "Drenthe": ("dr", "d", "drenthe"),
    "Groningen": ("gn", "gr", "gron", "groningen"),
    "Flevoland": ("fl", "flevoland"),
}
REPLACED = (
    (" aan den ", (" aan de ", " a d ", " ad ", " a den ", " ")),
    (" aan de ", (" a d ", " ad ", " aan den ")),
    (" op den ", (" o d ",)),
    (" bij ", (" b ",)),
    (" a d ", (" a d  ",)),
    ("sint ", ("st ", "st  ", "sint ")),
    ("s gravenhage", ("sgravenhage", "gravenhage")),
    ("s hertogenbosch", ("shertogenbosch", "hertogenbosch", "s bosch", "sbosch")),
)
#: Between a shared name and its municipality; two spaces are a comma or a bracket.
BEFORE_TOWN = (" gemeente", "  gemeente", " gem", "  gem", " in de gemeente", " in", " ", "")
#: A shorter name run together is too often another word.
SQUEEZED_LETTERS = 7
ADJECTIVE_LETTERS = 6


def written(name: str) -> Iterator[str]:
    """The folded name and how else it is written, the name itself first."""
    plain = " ".join(fold(name).split())
    yield plain
    if (spaced := fold(name).strip()) != plain:
        yield spaced
    for long, shorts in REPLACED:
        if long in plain:
            yield from (plain.replace(long, short) for short in shorts)
    if " " in plain and len(plain) > SQUEEZED_LETTERS and not plain.startswith(("de ", "het ", "t ")):
        yield squeeze(name)
    if "ij" in plain and len(plain) >= ADJECTIVE_LETTERS:
        yield plain.replace("ij", "y")


def adjectives(plain: str) -> Iterator[str]:
    """Tilburgs, Tilburgse, Maassluise; of one longer word only."""
    if " " in plain or len(plain) < ADJECTIVE_LETTERS or plain.endswith("sch"):
        return
    if plain.endswith("s"):
        yield plain + "e"
        return
    yield plain + "se"
    if plain[-1] not in "aeiou":
        yield plain + "s"


def polish(plain: str) -> Iterator[str]:
    """From Tilburg and in Tilburg: do Tilburga, w Tilburgu."""
    if " " not in plain and len(plain) >= ADJECTIVE_LETTERS and plain[-1] not in "aeiou":
        yield plain + "a"
        yield plain + "u"


def bracketed(plain: str, province: str) -> Iterator[str]:
    """A name that is a word too, with its province in brackets or behind a comma: Erica (Dr)."""
    return (f"{plain}  {mark}" for mark in PROVINCE_MARKS.get(province, ()) if len(mark) > 1)


def told_apart(base_name: str, province: str, town: str) -> Iterator[str]:
    """A shared name with what people add to say which one."""
    base = " ".join(fold(base_name).split())
    for mark in PROVINCE_MARKS.get(province, ()):
        yield f"{base} {mark}"
        yield f"{base}  {mark}"
        if len(mark) > 2:
            yield f"{base} in {mark}"
    town = " ".join(fold(town).split())
    if town != base:
        yield from (f"{base}{between} {town}" for between in BEFORE_TOWN)
