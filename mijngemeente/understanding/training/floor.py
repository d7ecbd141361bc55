"""The floor to beat: what Signalen does for one city. Dutch stems, term weights, logistic regression."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from ..measured import Row, topic_answer
from ..rules.measuring.topic import TopicReport, topic_report
from .examples import Example

WORD = re.compile(r"[a-zà-ÿ]{2,}")
VOWELS = "aeiouyè"
#: Endings of the Dutch Snowball stemmer, the longest first, and what comes instead.
ENDINGS = (("heden", "heid"), ("ene", ""), ("en", ""), ("se", ""), ("s", ""))
FURTHER = ("baar", "bar", "lijk", "ing", "end", "ig")


def floor(examples: Sequence[Example]) -> Pipeline:
    """Learned from the written texts alone, as Signalen learns from reports."""
    known = [example for example in examples if "topic" in example.labels and not example.is_made]
    model = make_pipeline(
        TfidfVectorizer(tokenizer=stems, token_pattern=None, ngram_range=(1, 1)),
        LogisticRegression(C=10, max_iter=300),
    )
    return model.fit([example.text for example in known], [example.labels["topic"] for example in known])


def floor_report(rows: Sequence[Row], model: Pipeline) -> TopicReport:
    """The same measure of the same texts."""
    chances = model.predict_proba([row["text"] for row in rows])
    names = [str(name) for name in model.classes_]
    best = [[(names[index], float(each[index])) for index in (-each).argsort()[:3]] for each in chances]
    return topic_report([topic_answer(row, guessed) for row, guessed in zip(rows, best, strict=True)])


def stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text.lower())]


def stem(word: str) -> str:
    """As the Dutch Snowball stemmer does in its main steps: plural, e, endings, doubled letters."""
    start = region(word)
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= start and may_lose(word, ending):
            word = undoubled(word.removesuffix(ending) + instead)
            break
    if word.endswith("e") and len(word) - 1 >= start and word[-2:-1] not in VOWELS:
        word = undoubled(word[:-1])
    for ending in FURTHER:
        if word.endswith(ending) and len(word) - len(ending) >= region(word[: -len(ending)] or word):
            word = undoubled(word.removesuffix(ending))
            break
    return shortened(word)


def region(word: str) -> int:
    """Where the part begins that may lose its ending: behind the first consonant after a vowel."""
    for index, (one, other) in enumerate(pairwise(word)):
        if one in VOWELS and other not in VOWELS:
            return max(index + 2, 3)
    return len(word)


def may_lose(word: str, ending: str) -> bool:
    before = word.removesuffix(ending)[-1:]
    return before not in VOWELS + "j" if ending in ("s", "se") else before not in VOWELS


def undoubled(word: str) -> str:
    return word[:-1] if word.endswith(("kk", "dd", "tt")) else word


def shortened(word: str) -> str:
    """`maan` and `manen` become `man`."""
    return re.sub(r"([^aeiou])(aa|ee|oo|uu)([^aeiouI])$", lambda m: m[1] + m[2][0] + m[3], word)
