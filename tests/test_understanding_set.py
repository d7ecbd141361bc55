"""The development set is labelled with what exists. Whether the labels are right, a person says."""

import csv
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "understanding"
DATA = Path(__file__).parent.parent / "data"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _column(path: Path, name: str) -> set[str]:
    return {row[name] for row in _rows(path)}


@pytest.mark.parametrize("path", sorted(HERE.glob("*.csv")), ids=lambda path: path.stem)
def test_no_line_is_counted_twice(path: Path) -> None:
    rows = _rows(path)
    names = Counter(row["id"] for row in rows)
    texts = Counter((row["text"], row.get("to")) for row in rows)
    assert [name for name, times in names.items() if times > 1] == []
    assert [text for text, times in texts.items() if times > 1] == []


def test_each_expected_municipality_exists() -> None:
    known = _column(DATA / "municipalities.csv", "code")
    rows = _rows(HERE / "municipality.csv")
    named = {code for row in rows for code in f"{row['expected']};{row['candidates']}".split(";")}
    assert named - known <= {"", "unknown", "ambiguous"}


def test_what_is_ambiguous_says_between_what() -> None:
    for row in _rows(HERE / "municipality.csv"):
        many = len(row["candidates"].split(";")) > 1
        assert many == (row["expected"] == "ambiguous"), row["id"]


def test_each_topic_is_asked_six_times() -> None:
    slugs = _column(DATA / "topics.csv", "slug")
    answers = [row["expected_topic"].split(";") for row in _rows(HERE / "topic.csv")]
    assert {slug for answer in answers for slug in answer} <= slugs
    best = Counter(answer[0] for answer in answers)
    assert [slug for slug in slugs if best[slug] < 6] == []
