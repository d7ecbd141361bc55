"""What the reader makes of labelled texts, for `mijngemeente evaluate` and the report card."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from .reading import Reader, read
from .rules.measuring.signs import SignReport, sign_report
from .rules.measuring.topic import TopicAnswer, TopicReport, share, topic_report

Row = Mapping[str, str]

#: Sign of the reader → column of the labels.
SIGN_COLUMNS = {"urgent": "is_urgent", "threat": "is_threat", "abuse": "is_abuse", "distress": "crisis"}
TRUE = frozenset(("1", "true", "ja", "yes"))


@dataclass(frozen=True, slots=True)
class ValueReport:
    """Of one value per text, as a language: the share that is right, and what was taken for what."""

    count: int
    right: float
    confused: tuple[tuple[str, str, int], ...]


def topics(rows: Sequence[Row], reader: Reader) -> TopicReport:
    """Columns `id`, `text` and `expected_topic`: the best first, divided by `;`."""
    return topic_report([topic_answer(row, read(row["text"], reader=reader).topics) for row in rows])


def topic_answer(row: Row, guessed: Sequence[tuple[str, float]]) -> TopicAnswer:
    return TopicAnswer(
        id=row["id"],
        expected=tuple(each.strip() for each in row["expected_topic"].split(";")),
        guessed=tuple(slug for slug, _ in guessed),
        probability=guessed[0][1] if guessed else 0.0,
    )


def signs(rows: Sequence[Row], reader: Reader) -> dict[str, SignReport | ValueReport]:
    """Each sign whose column is there, and the sentiment and language where they are stated."""
    seen = [read(row["text"], reader=reader) for row in rows]
    found: dict[str, SignReport | ValueReport] = {
        sign: sign_report(
            (row[column].strip().lower() in TRUE, getattr(each, sign).value)
            for row, each in zip(rows, seen, strict=True)
            if row.get(column)
        )
        for sign, column in SIGN_COLUMNS.items()
        if column in rows[0]
    }
    for name, column in (("sentiment", "sentiment"), ("language", "lang")):
        values = (getattr(each, name).value for each in seen)
        pairs = [(row[column], value) for row, value in zip(rows, values, strict=True) if row.get(column)]
        if pairs:
            found[name] = value_report(pairs)
    return found


def languages(rows: Sequence[Row], reader: Reader) -> ValueReport:
    """Columns `text` and `lang` or `language`."""
    return value_report(
        (row.get("lang") or row.get("language") or "", read(row["text"], reader=reader).language.value)
        for row in rows
    )


def value_report(pairs: Iterable[tuple[str, str]]) -> ValueReport:
    """From pairs of what is so and what was made of it."""
    listed = list(pairs)
    wrong = Counter((so, made) for so, made in listed if so != made)
    return ValueReport(
        count=len(listed),
        right=share(so == made for so, made in listed),
        confused=tuple((so, made, count) for (so, made), count in wrong.most_common(20)),
    )


def as_json(report: TopicReport | SignReport | ValueReport) -> dict[str, object]:
    """Shares with four decimals."""
    return {
        name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(report).items()
    }
