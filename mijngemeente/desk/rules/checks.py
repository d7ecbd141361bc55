"""What to look at again before an answer leaves: a reason and a place for each finding, never a score."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .personal_data import Personal, personal_data_in

#: A longer text is looked at for style as far as this; for personal data to its end.
READ_CHARACTERS = 20_000
#: What a reader at level B1 follows in one go.
SENTENCE_WORDS = 25
#: More at once is nagging.
HARD_WORDS_SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """One thing to look at again."""

    #: Why, and what to do about it, in a sentence.
    why: str
    #: The words it is about; empty when something is missing.
    quote: str = ""
    start: int = 0
    #: Sending waits for a second press.
    is_serious: bool = False

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.quote)

    @property
    def mark(self) -> str:
        """The same for the same remark about the same words, wherever they stand."""
        return hashlib.sha256(f"{self.why}{self.quote}".encode()).hexdigest()[:12]


def marks_of(findings: Iterable[Finding]) -> str:
    """The serious ones, as a form carries them."""
    return " ".join(each.mark for each in findings if each.is_serious)


def unread(findings: Iterable[Finding], sure: str) -> list[Finding]:
    """The serious ones that are not among these marks: nobody pressed on after reading them."""
    accepted = sure.split()
    return [each for each in findings if each.is_serious and each.mark not in accepted]


@dataclass(frozen=True)
class PlainWords:
    """Hard words, lower case, with what to write instead."""

    words: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the longest first."""
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest)) or '(?!)'})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Occasion:
    """To whom, as whom and where the text goes."""

    #: je or u
    addresses: str = "u"
    #: ISO 639-1; empty counts as Dutch.
    language: str = "nl"
    is_public: bool = False
    is_letter: bool = False
    has_files: bool = False
    #: What stood in the box before anybody typed.
    opening: str = ""
    salutation: str = ""
    #: As it would be signed.
    signature: str = ""
    #: People and organisations whose names stand in it.
    names: tuple[str, ...] = ()
    #: The resident's own addresses and numbers, and the municipality's.
    own: tuple[str, ...] = ()


def findings_in(text: str, on: Occasion, plain: PlainWords) -> list[Finding]:
    """What to look at again; what holds up sending first."""
    found = [*_too_short(text, on), *_personal(text, on), *_blanks(text)]
    if on.language in ("", "nl"):
        read = text[:READ_CHARACTERS]
        found += [*_forgotten_file(read, on), *_address(read, on), *_letter(read, on)]
        found += [*_promises(read), *_hard_words(read, plain), *_long_sentences(read)]
    return sorted(found, key=lambda each: not each.is_serious)


def _too_short(text: str, on: Occasion) -> Iterator[Finding]:
    ready = {line.strip() for line in on.opening.splitlines()}
    own = "".join(line for line in text.splitlines() if line.strip() not in ready)
    often = _SHORT.get(len("".join(own.split())))
    if often and not on.has_files:
        yield Finding(f"Je antwoord is maar {often}. Is het af?", own.strip(), is_serious=True)


_SHORT = {1: "één teken", 2: "twee tekens"}


def _personal(text: str, on: Occasion) -> Iterator[Finding]:
    for each in personal_data_in(text, own=on.own, is_public=on.is_public):
        yield Finding(_PERSONAL[each.kind], each.quote, each.start, is_serious=True)


_PERSONAL = {
    Personal.BSN: "Dit lijkt een burgerservicenummer. Stuur dat nooit mee.",
    Personal.IBAN: "Dit is een rekeningnummer van een persoon of bedrijf. Moet dat mee?",
    Personal.PHONE: "Dit is een mobiel nummer, en niet van deze inwoner. Mag het naar buiten?",
    Personal.EMAIL: "Dit is een privé-mailadres, en niet van deze inwoner. Mag het naar buiten?",
    Personal.PUBLIC_PHONE: "Iedereen leest mee. Zet hier geen telefoonnummer van een persoon.",
    Personal.PUBLIC_EMAIL: "Iedereen leest mee. Zet hier geen mailadres van een persoon.",
    Personal.PUBLIC_HOME: "Iedereen leest mee. Zet hier geen huisadres.",
}


_BLANK = re.compile(
    r"\{[^{}\n]{0,60}\}|\bX{3,}\b|_{3,}|\[(?:[^\[\]\n]{0,40}\b)?"
    r"(?:naam|datum|bedrag|adres|nummer|invullen|telefoon|link)\b[^\[\]\n]{0,40}\]",
    re.IGNORECASE,
)


def _blanks(text: str) -> Iterator[Finding]:
    for blank in _BLANK.finditer(text):
        if not blank[0].startswith("x"):
            yield Finding("Hier moet nog iets worden ingevuld.", blank[0], blank.start(), is_serious=True)


_FILE = re.compile(
    r"\b(?:in de bijlagen?|bijgevoegd\w*|bijgaand\w*|als bijlage|bij deze mail vindt|"
    r"(?:heb|hebben|stuur|sturen) (?:ik|we|wij)?[^.!?\n]{0,40}\b(?:bijlagen?|meegestuurd|bijgevoegd))\b",
    re.IGNORECASE,
)
_THEIR_FILE = re.compile(
    r"\b(?:geen|zonder|uw|je|jouw) (?:bijlage|bestand)|\b(?:kun|kunt|wil|wilt) (?:u|je)\b|"
    r"\b(?:u|je) (?:kunt|kan|moet|stuurde|hebt)\b",
    re.IGNORECASE,
)


def _forgotten_file(text: str, on: Occasion) -> Iterator[Finding]:
    if on.has_files:
        return
    for start, sentence in sentences_of(text):
        told = _FILE.search(sentence)
        if told and not _THEIR_FILE.search(sentence):
            why = "Je noemt een bijlage, maar er gaat geen bestand mee."
            yield Finding(why, told[0], start + told.start(), is_serious=True)
            return


_INFORMAL = re.compile(r"(?<![\w@./’'-])(?:je|jij|jou|jouw|jezelf|jullie)(?![\w@/’'-])", re.IGNORECASE)
# "12 u" is an hour, and "U." an initial.
_FORMAL = re.compile(r"(?<![\w@./’'-])(?<!\d )(?:u|uw|uzelf)(?![\w@/’'-])", re.IGNORECASE)
_QUOTED = re.compile(
    r"“[^“”\n]{0,300}”|\"[^\"\n]{0,300}\"|‘[^‘’\n]{0,300}’|«[^«»\n]{0,300}»|^>.*$|https?://\S+|[\w.+-]{1,64}@\S+",
    re.MULTILINE,
)


def _address(text: str, on: Occasion) -> Iterator[Finding]:
    wrong = _INFORMAL if on.addresses == "u" else _FORMAL
    masked = _without_names(_QUOTED.sub(_blanked, text), on)
    places = [each for each in wrong.finditer(masked) if not _is_initial(masked, each)]
    if not places:
        return
    often = f"{len(places)} keer " if len(places) > 1 else ""
    why = f"Hier staat {often}“{places[0][0]}”. Deze gemeente schrijft “{on.addresses}”."
    yield Finding(why, places[0][0], places[0].start())


def _without_names(text: str, on: Occasion) -> str:
    for name in (*on.names, on.signature):
        if len(name) > 1:
            text = re.sub(re.escape(name), _blanked, text, flags=re.IGNORECASE)
    return text


def _is_initial(text: str, word: re.Match[str]) -> bool:
    """A capital with a point, after another name or before one: "Jan U. de Vries"."""
    after = text[word.end() : word.end() + 1]
    return word[0] == "U" and after == "." and bool(re.search(r"[A-Z]\w* $", text[: word.start()]))


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


_GREETING = re.compile(
    r"\s*(?:beste|geachte|hallo|hoi|dag|hé|hey|goede(?:ndag|morgen|middag|navond)|lieve|l\.s\.|best)\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(r"\b(?:groet(?:en|jes)?|hoogachtend|tot ziens)\b", re.IGNORECASE)
_CLOSING_CHARACTERS = 300


def _letter(text: str, on: Occasion) -> Iterator[Finding]:
    if not on.is_letter or not text.strip():
        return
    if not _GREETING.match(text) and not _starts_as(on.salutation, text):
        yield Finding("De aanhef ontbreekt. Begin bijvoorbeeld met “Beste” en de naam.")
    ending = text.rstrip()[-_CLOSING_CHARACTERS:]
    last_line = on.signature.rstrip().rpartition("\n")[2].lower()
    if not _FAREWELL.search(ending) and not (last_line and last_line in ending.lower()):
        yield Finding("De ondertekening ontbreekt. Zeg namens wie je schrijft.")


def _starts_as(salutation: str, text: str) -> bool:
    first = salutation.partition("{")[0].strip().lower()
    return bool(first) and text.strip().lower().startswith(first)


_PROMISE = re.compile(
    r"\b(?:beloof|beloven|beloofd|garandeer|garanderen|gegarandeerd|garantie)\b", re.IGNORECASE
)
_NO_PROMISE = re.compile(r"\b(?:niet|geen|nooit|niets)\b", re.IGNORECASE)


def _promises(text: str) -> Iterator[Finding]:
    for start, sentence in sentences_of(_QUOTED.sub(_blanked, text)):
        promise = _PROMISE.search(sentence)
        if promise and not _NO_PROMISE.search(sentence):
            why = "Je belooft iets. Doe dat alleen als het zeker is, en zeg wie het doet en wanneer."
            yield Finding(why, promise[0], start + promise.start())


def _hard_words(text: str, plain: PlainWords) -> Iterator[Finding]:
    met: set[str] = set()
    for found in plain.pattern.finditer(_QUOTED.sub(_blanked, text)):
        word = found[0].lower()
        if word in met or len(met) == HARD_WORDS_SHOWN:
            continue
        met.add(word)
        why = f"“{found[0]}” is voor veel mensen een moeilijk woord. Schrijf liever: {plain.words[word]}."
        yield Finding(why, found[0], found.start())


def _long_sentences(text: str) -> Iterator[Finding]:
    for start, sentence in sentences_of(text):
        count = len(re.findall(r"\w[\w’'./:@-]*", sentence))
        if count > SENTENCE_WORDS:
            why = f"Deze zin heeft {count} woorden. Maak er twee van, dan leest het makkelijker."
            yield Finding(why, sentence, start)


# An abbreviation's point is followed by a small letter or a figure, a line ends a sentence too.
_SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:[.!?](?![\s”\"’)]*(?:[A-ZÀ-Ý“\"‘]|\n|$))[^.!?\n]*)*[.!?]*")


def sentences_of(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with its place."""
    for found in _SENTENCE.finditer(text):
        yield found.start(), found[0].strip()
