"""How many messages a second are understood on one core, and how long loading takes."""

import csv
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mijngemeente.understanding.loading import whole_reader
from mijngemeente.understanding.reading import read
from mijngemeente.understanding.rules.places import locate
from mijngemeente.understanding.sources import DATA, gazetteer_from

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "understanding"
#: What people type in a chat; longer messages take longer.
SHORT_CHARACTERS = 140
TIMES = 5


def places() -> tuple[float, float]:
    """Seconds of processor time to load, and messages per second of it; half of them name a place."""
    begun = time.process_time()
    gazetteer = gazetteer_from(DATA)
    loading = time.process_time() - begun
    return loading, a_second(partial(locate, gazetteer=gazetteer), short_texts())


def whole() -> tuple[float, float]:
    """The same of everything that is read: places, topic, kind, signs, language and feeling."""
    begun = time.process_time()
    reader = whole_reader(DATA)
    loading = time.process_time() - begun
    return loading, a_second(partial(read, reader=reader), short_texts())


def signalen() -> float:
    """Messages per second of the recipe of Signalen, one by one as they come in: it says only the topic."""
    from mijngemeente.understanding.training.examples import examples_from
    from mijngemeente.understanding.training.floor import floor

    model = floor(examples_from(DATA))
    return a_second(lambda text: model.predict_proba([text]), short_texts())


def short_texts() -> list[str]:
    """As many that say where as that say what."""
    where, what = (texts_of(name) for name in ("municipality", "topic"))
    return [text for pair in zip(where, what, strict=False) for text in pair]


def texts_of(name: str) -> list[str]:
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if len(row["text"]) <= SHORT_CHARACTERS]


def a_second(understand: Callable[[str], object], texts: list[str]) -> float:
    """The best of TIMES rounds after one to warm up: a neighbour on the machine only slows."""
    for text in texts:
        understand(text)
    return max(len(texts) / seconds(understand, texts) for _ in range(TIMES))


def seconds(understand: Callable[[str], object], texts: list[str]) -> float:
    begun = time.process_time()
    for text in texts:
        understand(text)
    return time.process_time() - begun
