"""In which language a text is: by its script, and by words that everybody uses."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from .chances import guesses
from .outcome import Guess
from .scorer import Scorer
from .words import ENDS, Words

#: Most residents write Dutch, and a name or a number is no other language.
DEFAULT = "nl"
#: How much one word says, and how much Dutch is ahead.
WORD, AHEAD = 1.6, 1.0
#: Of so few words, all unknown, most are names.
FEW, FAR_AHEAD = 2, 6.0
#: Letters that only some languages have; a word with one of these says so much.
LETTERS = {
    "ß": "de", "äöü": "de", "łąęśżźćń": "pl", "şğı": "tr", "ñ¿¡": "es", "ãõ": "pt", "șțăşţ": "ro",
    "ûâôú": "fy", "œç": "fr", "řěů": "cs", "őű": "hu", "åø": "da",
}  # fmt: skip
LETTER = 0.8
#: First and last code point of a script, and its most likely language here.
SCRIPTS = (
    (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "ru"), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "ar"), (0xFB50, 0xFDFF, "ar"), (0xFE70, 0xFEFE, "ar"), (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"), (0x0B80, 0x0BFF, "ta"), (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"), (0x1200, 0x139F, "ti"), (0x3040, 0x30FF, "ja"), (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)  # fmt: skip
#: Within a script: letters that only one of its languages has.
TELLING = {
    "ru": {"uk": "іїєґ", "bg": "ъ", "ru": "ыэё", "sr": "ђјљњћџ"},
    "ar": {"fa": "پچژگ", "ur": "ٹڈڑےں", "ckb": "ڕڵێۆە"},
    "ti": {"am": "አኝኛቸጨሸሁ", "ti": "ኣኸኻኽቐቓቕዓ"},
}
#: Of a script with one language here.
SURE = 0.9
#: Words that are read, and how much the lists count beside what was learned.
MOST_WORDS = 200
LISTED = 0.5
#: Languages that are learned and not written in Latin letters.
OTHERS = frozenset(language for languages in TELLING.values() for language in languages)


class Languages:
    """Lists of everyday words per language, and what was learned of their letters."""

    def __init__(self, words: Mapping[str, Iterable[str]], scorer: Scorer | None = None) -> None:
        self._scorer = scorer
        self._latin = frozenset(words) - OTHERS
        self._known: dict[str, list[str]] = defaultdict(list)
        for language, listed in words.items():
            for word in dict.fromkeys(listed):
                self._known[word].append(language)

    def guess(self, words: Words) -> Guess:
        """The most probable language; with nothing to go on Dutch, hardly sure."""
        row = lowered(words)
        if row and len(row) <= FEW and all(DEFAULT in self._known.get(word, ()) for word in row):
            # "Hallo" is a word of other languages too; here it is Dutch.
            return Guess(DEFAULT, SURE)
        scripts = Counter(script_of(word) for word in row)
        scripts.pop("", None)
        latin = scripts.pop("latin", 0)
        if scripts and scripts.most_common(1)[0][1] * 2 > latin:
            return self._in_script(scripts.most_common(1)[0][0], row)
        scores = self.scores(row)
        return guesses(self._learned(row, scores, self._latin) if latin else scores, 1)[0]

    def _learned(self, row: list[str], scores: dict[str, float], among: frozenset[str]) -> dict[str, float]:
        """With what the pieces of the words say, about the languages of one script."""
        if self._scorer is None:
            return scores
        learned = self._scorer.of("language", self._scorer.scores(tuple(dict.fromkeys(row)), ()))
        if max(scores, key=scores.__getitem__) not in learned:
            return scores
        return {
            language: score + LISTED * scores.get(language, 0.0)
            for language, score in learned.items()
            if language in among
        }

    def scores(self, row: list[str]) -> dict[str, float]:
        """How much the lists say for each language, of words in lower case."""
        is_bare = len(row) <= FEW and not any(word in self._known for word in row)
        scores: dict[str, float] = defaultdict(float, {DEFAULT: FAR_AHEAD if is_bare else AHEAD})
        for word in row:
            known = self._known.get(word, ())
            for language in known:
                scores[language] += WORD / len(known)
            for language in letters_of(word):
                scores[language] += LETTER
        return scores

    def _in_script(self, script: str, row: list[str]) -> Guess:
        """Among the languages that share a script, their own letters say most."""
        among = TELLING.get(script, {})
        scores = {script: 0.5} | {
            language: sum(letter in letters for word in row for letter in word)
            + sum(WORD for word in row if language in self._known.get(word, ()))
            for language, letters in among.items()
        }
        if len(scores) > 1:
            return guesses(self._learned(row, scores, frozenset(scores)), 1)[0]
        return Guess(script, SURE)


def lowered(words: Words) -> list[str]:
    """The first words in lower case, with their accents: they tell languages apart."""
    return [word.lower() for word in words.written[:MOST_WORDS] if word not in ENDS]


@lru_cache(maxsize=20_000)
def script_of(word: str) -> str:
    """The language that the script of its first letter suggests; `latin`, or nothing without letters."""
    for letter in word:
        if letter.isalpha():
            code = ord(letter)
            return next((name for first, last, name in SCRIPTS if first <= code <= last), "latin")
    return ""


@lru_cache(maxsize=20_000)
def letters_of(word: str) -> tuple[str, ...]:
    """The languages whose letters it has."""
    if word.isascii():
        return ()
    return tuple({language for letters, language in LETTERS.items() if any(each in word for each in letters)})
