"""Make data/lookalikes.txt: Dutch words that are one letter away from the name of a place.

`leider` is not a misspelt Leiden. Words come from the dictionary of simplemma and our own texts in data/.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from mijngemeente.understanding.rules.places.folding import fold
from mijngemeente.understanding.rules.places.spelling import SHORTEST
from mijngemeente.understanding.sources import gazetteer_from

_LOWER = re.compile(r"(?<![\w#@'’])[^\W\d_A-Z]{5,}(?!\w)")
DATA = Path(__file__).resolve().parent.parent / "data"


def ours() -> Iterator[str]:
    """The words of the texts we wrote ourselves, also in other languages."""
    for file in sorted((DATA / "understanding" / "texts").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                yield from (fold(word) for word in _LOWER.findall(row.get("text") or ""))


def main() -> None:
    (DATA / "lookalikes.txt").unlink(missing_ok=True)
    gazetteer = gazetteer_from(DATA)
    dictionary = DefaultDictionaryFactory().get_dictionary("nl")
    words = set(ours())
    words |= {fold(word) for word in dictionary if word.isalpha() and word.islower()}
    words |= {fold(lemma) for lemma in dictionary.values() if lemma.isalpha() and lemma.islower()}
    found = sorted(word for word in words if len(word) >= SHORTEST and gazetteer.spelling.is_near(word))
    (DATA / "lookalikes.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
    print(len(found))


if __name__ == "__main__":
    main()
