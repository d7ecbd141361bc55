"""The training texts are whole, varied and strictly apart from what we measure on."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXTS = sorted((ROOT / "data/understanding/texts").glob("topics-*.csv"))
ALL_TEXTS = sorted((ROOT / "data/understanding/texts").glob("*.csv"))
MEASURED_ON = sorted((ROOT / "tests/understanding").glob("*.csv"))
COLUMNS = ["text", "topic", "kind", "language", "urgent", "threat", "abuse", "distress", "sentiment"]
KINDS = {
    "question",
    "report",
    "complaint",
    "compliment",
    "opinion",
    "attack",
    "crisis",
    "formal",
    "spam",
}
FLAGS = ("urgent", "threat", "abuse", "distress")
FEWEST_PER_TOPIC = 40


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spelled_alike(text: str) -> str:
    """The text without capitals and punctuation; a text of only signs stays as it is."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip() or text


@pytest.fixture(scope="module")
def groups() -> dict[str, str]:
    return {row["slug"]: row["group"] for row in rows_of(ROOT / "data/topics.csv")}


@pytest.fixture(scope="module")
def texts() -> list[dict[str, str]]:
    return [row for path in TEXTS for row in rows_of(path)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_row_says_what_it_is(path, groups):
    for row in rows_of(path):
        assert list(row) == COLUMNS
        assert row["text"].strip()
        assert path.stem == f"topics-{groups[row['topic']].replace(' ', '-')}"
        assert row["kind"] in KINDS
        assert re.fullmatch("[a-z]{2}", row["language"])
        assert {row[flag] for flag in FLAGS} <= {"0", "1"}
        assert row["sentiment"] in {"neg", "neu", "pos"}


@pytest.mark.parametrize("path", sorted({*ALL_TEXTS} - {*TEXTS}), ids=lambda path: path.stem)
def test_what_is_not_judged_is_left_open(path, groups):
    for row in rows_of(path):
        assert list(row) == COLUMNS
        assert row["text"].strip()
        assert {*row["topic"].split(";")} <= {"", *groups}
        assert row["kind"] in {"", *KINDS}
        assert {row[flag] for flag in FLAGS} <= {"", "0", "1"}
        assert row["sentiment"] in {"", "neg", "neu", "pos"}


def test_each_topic_has_enough_texts(texts, groups):
    counted = Counter(row["topic"] for row in texts)
    assert {slug for slug in groups if counted[slug] < FEWEST_PER_TOPIC} == set()


def test_no_text_occurs_twice(texts):
    counted = Counter(spelled_alike(row["text"]) for row in texts)
    assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("path", ALL_TEXTS, ids=lambda path: path.stem)
def test_nothing_we_measure_on_is_trained_on(path):
    measured = {spelled_alike(row["text"]) for file in MEASURED_ON for row in rows_of(file) if "text" in row}
    assert measured & {spelled_alike(row["text"]) for row in rows_of(path)} == set()
