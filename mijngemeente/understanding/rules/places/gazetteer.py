"""All names of the country in one automaton."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from .facts import Facts, Named, Region, Town
from .folding import fold, squeeze
from .spelling import Spelling
from .variants import adjectives, bracketed, polish, told_apart, written


class Name(NamedTuple):
    """What stands behind a written name."""

    kind: str
    #: The likeliest first: municipalities of that name, then by inhabitants.
    codes: tuple[str, ...]
    #: The municipalities that are called so themselves, or took over one that was.
    own: tuple[str, ...] = ()
    #: How it says something else too: see `context.is_word`.
    ordinary: str = ""


#: Which kind a name keeps that has more; the first wins, and only those of SHARING share with each other.
RANK = (
    "municipality", "place", "former", "district", "frisian", "foreign_name", "nickname", "dialect",
    "abbreviation", "landmark", "people", "adjective", "country", "abroad", "abroad_adjective", "region",
    "neighbourhood", "street",
)  # fmt: skip
SHARING = frozenset(("municipality", "place", "former", "district"))
#: Kinds whose names people misspell, and write as one word in a hashtag.
SPELT = frozenset(("municipality", "place", "former", "district"))
#: Names that are words too, and no longer with a province behind them.
NEEDING = frozenset(("first_name", "word", "adverb", "noun"))
ABROAD = {"country": "country", "adjective": "abroad_adjective", "place": "abroad"}
#: A street or neighbourhood tells more when the whole country is listed.
PARTS, NATIONAL = ("street", "neighbourhood"), 300


class Gazetteer:
    """Everything `locate` looks things up in; made once, never changed."""

    def __init__(self, facts: Facts) -> None:
        self.towns: Mapping[str, Town] = {town.code: town for town in facts.towns}
        self.postcodes = facts.postcodes
        self.areas = {each.name: each.codes for each in facts.names if each.kind == "area_code"}
        self.regions = {_plain(each.name): _within(each, facts.towns) for each in facts.regions}
        collected = _Collected(facts, self.towns)
        names = collected.names
        self._names = list(names.values())
        self._plain = frozenset(names)
        self._finder = AhoCorasick(
            [f" {plain}" for plain in names],
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
        )
        self.domains = dict(_domains(facts.towns))
        #: As in a hashtag or an account.
        self.tags = {
            plain.replace(" ", ""): name
            for plain, name in reversed(names.items())
            if name.codes and name.kind in _TAGGED and len(plain) > 2
        }
        self.owners = dict(_owners(facts.towns))
        self.spelling = Spelling(
            {plain: names[plain] for plain in collected.whole if not names[plain].ordinary},
            facts.lookalikes,
        )
        self.national = {kind for kind in PARTS if _spread(facts.names, kind) >= NATIONAL}

    def is_name(self, plain: str) -> bool:
        """Whether a folded word is a name as it stands."""
        return plain in self._plain

    def found(self, plain: str) -> list[tuple[int, int, Name]]:
        """The names in folded text, in order; a name inside a longer one is not one."""
        names = self._names
        whole = [
            (start, -end, index)
            for index, start, end in self._finder.find_matches_as_indexes(plain, overlapping=True)
            if plain[end] == " "
        ]
        if len(whole) > 1:
            whole.sort()
        found, reached = [], 0
        for start, end, index in whole:
            if reached <= start:
                found.append((start + 1, -end, names[index]))
                reached = -end
        return found


_TAGGED = SHARING | {"frisian", "nickname", "foreign_name", "abbreviation"}


class _Collected:
    """Written name → Name, in the order of RANK."""

    def __init__(self, facts: Facts, towns: Mapping[str, Town]) -> None:
        self.names: dict[str, Name] = {}
        #: As they are really spelt.
        self.whole: list[str] = []
        self._facts, self._towns = facts, towns
        self._words = {_plain(name): kind for name, kind in facts.words.items()}
        for kind, each in sorted(self._named(), key=lambda pair: RANK.index(pair[0])):
            codes = tuple(code for code in each.codes if code in towns)
            for number, plain in enumerate(written(each.base_name or each.name)):
                self._add(plain, kind, codes)
                if number == 0 and kind in SPELT and len(plain.rpartition(" ")[2]) > 2:
                    self.whole.append(plain)
        self._tell_apart()
        self._bracket()
        self._add_endings()

    def _named(self) -> Iterator[tuple[str, Named]]:
        for town in self._towns.values():
            own = (town.code,)
            yield "municipality", Named(town.name, own, "municipality")
            if _plain(town.official_name) != _plain(town.name):
                yield "abbreviation", Named(town.official_name, own, "municipality")
            yield from (("frisian", Named(name, own, "")) for name in town.other_names)
            yield from (("nickname", Named(name, own, "")) for name in town.nicknames if not name.isdigit())
        yield from ((each.kind, each) for each in self._facts.names if each.kind != "area_code")
        yield from (("region", Named(region.name, (), "")) for region in self._facts.regions)
        yield from ((ABROAD[kind], Named(name, (), "")) for name, kind in self._facts.abroad.items())

    def _add(self, plain: str, kind: str, codes: tuple[str, ...]) -> None:
        if len(plain) < 2:
            return
        known = self.names.get(plain)
        own = codes if kind in ("municipality", "former") else ()
        if known is None:
            self.names[plain] = Name(kind, codes, own, self._words.get(plain, ""))
        elif kind == "former" and known.kind == "place" and not set(known.codes).isdisjoint(codes):
            self.names[plain] = known._replace(own=tuple(dict.fromkeys(known.own + own)))
        elif (known.kind in SHARING and kind in SHARING) or known.kind == kind:
            both = tuple(dict.fromkeys(known.codes + codes))
            owned = tuple(dict.fromkeys(known.own + own))
            self.names[plain] = known._replace(codes=self._ordered(both, owned), own=owned)

    def _ordered(self, codes: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: (code not in own, -self._towns[code].inhabitants)))

    def _tell_apart(self) -> None:
        shared = [(plain, name) for plain, name in self.names.items() if len(name.codes) > 1]
        for plain, name in shared:
            if name.kind not in SHARING:
                continue
            provinces = [self._towns[code].province for code in name.codes]
            for code, province in zip(name.codes, provinces, strict=True):
                known_by = province if provinces.count(province) == 1 else ""
                for longer in told_apart(plain, known_by, self._towns[code].name):
                    self.names.setdefault(longer, Name(name.kind, (code,)))
        for each in self._facts.names:
            if each.base_name and each.base_name != each.name:
                for plain in written(each.name):
                    self.names.setdefault(plain, Name("place", each.codes))

    def _bracket(self) -> None:
        for plain, name in list(self.names.items()):
            if name.ordinary in NEEDING and name.kind in SHARING and len(name.codes) == 1:
                for longer in bracketed(plain, self._towns[name.codes[0]].province):
                    self.names.setdefault(longer, Name(name.kind, name.codes))

    def _add_endings(self) -> None:
        for plain, name in list(self.names.items()):
            if name.kind in ("municipality", "place") and not name.ordinary and len(name.codes) == 1:
                for longer in adjectives(plain):
                    self.names.setdefault(longer, Name("adjective", name.codes))
                for inflected in polish(plain):
                    self.names.setdefault(inflected, Name("foreign_name", name.codes))


def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def _within(region: Region, towns: tuple[Town, ...]) -> frozenset[str]:
    return frozenset(
        town.code
        for town in towns
        if town.code in region.codes
        or region.province == town.province
        or region.safety_region == town.safety_region
    )


def _domains(towns: tuple[Town, ...]) -> Iterator[tuple[str, str]]:
    for town in towns:
        own = squeeze(town.name)
        dashed = "-".join(fold(town.name).split())
        for name in (f"gemeente{own}", f"gemeente-{dashed}", own, dashed):
            yield f"{name}.nl", town.code
    for town in towns:
        if town.domain:
            yield town.domain, town.code


def _owners(towns: tuple[Town, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names by which a municipality's account goes: gemeente_X, X, and the first part of its domain."""
    found: dict[str, list[str]] = {}
    for town in towns:
        names = {squeeze(town.name), squeeze(town.official_name), squeeze(town.domain.rpartition(".")[0])}
        names |= {squeeze(name) for name in (*town.other_names, *town.nicknames)}
        for name in names - {""}:
            found.setdefault(name, []).append(town.code)
    return ((name, tuple(codes)) for name, codes in found.items())


def _spread(names: tuple[Named, ...], kind: str) -> int:
    return len({code for each in names if each.kind == kind for code in each.codes})
