"""Make data/compound_parts.txt: words of which many Dutch compounds are made.

Nobody may count how often words occur in what residents write, so we count in how many words of a dictionary
they are a part.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

DATA = Path(__file__).resolve().parent.parent / "data"
OFTEN = 5
LETTERS = 4
LINKS = ("", "s", "e", "en", "n")
#: Before a verb or behind anything they make another word, not a compound of things.
_NEVER = """
    aan achter achtig atje baar binnen boven buiten chap chip door eren erij heid idee ieder inne
    isch lijk loos mede naar netje neder niet onder over rond samen schap schijn stel stellen ster
    teen tegen tegenover terug toon tussen trekken vorm voor vormig voorbij weer zaam houden komen
    maken gaan staan zetten leggen geven nemen vallen brengen halen lopen rijden slaan leven gelijk
    meer dood eerst eigen lang open even groot alle alleen ander half hier daar waar zelf zonder
    zoals reed rede riet sche ding ring reis gang stand staat burg elen egen aren eren iging ting
    king pper eten
"""
#: What municipalities speak of and dictionaries of the language hardly do.
_OURS = """
    aanvraag afspraak bijstand bouwplan college container containers parkeer poep hondenpoep woning
    overlast ondernemer paspoort rijbewijs identiteitskaart uittreksel geboorte akte huwelijk
    verhuizing inwoner toeslag uitkering jeugdzorg speelplaats speeltuin speel zwerfafval
    kapvergunning vergunning melding mantelzorg begraafplaats zwembad sportveld drempel riolering
    verkeer trottoir stoep bezwaar bezwaarschrift zwerf kinder opvang kap pad bad
"""


def main() -> None:
    dictionary = StreamDictionaryFactory().get_dictionary("nl")
    lemmas = {each for each in map(dictionary.get, dictionary) if each and is_plain(each)}
    counts = Counter(part for word in lemmas for part in parts(word, lemmas))
    found = {word for word, count in counts.items() if count >= OFTEN}
    topics = {word for word in topic_words() if word in lemmas}
    chosen = sorted((found | topics | set(_OURS.split())) - set(_NEVER.split()))
    (DATA / "compound_parts.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    print(len(chosen))


def is_plain(word: str) -> bool:
    return len(word) >= LETTERS and word.isascii() and word.isalpha() and word.islower()


def parts(word: str, lemmas: set[str]) -> Iterator[str]:
    for end in range(LETTERS, len(word) - LETTERS + 1):
        last = word[end:]
        for link in LINKS:
            first = word[:end].removesuffix(link) if link else word[:end]
            if last in lemmas and word[:end].endswith(link) and first in lemmas:
                yield from (first, last)
                return


def topic_words() -> set[str]:
    with (DATA / "topics.csv").open(encoding="utf-8") as file:
        text = " ".join(row["label"] for row in csv.DictReader(file))
    return {word for word in re.findall(r"[a-z]+", text.lower()) if is_plain(word)}


if __name__ == "__main__":
    main()
