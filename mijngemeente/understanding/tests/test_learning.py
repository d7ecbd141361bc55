"""Learning, on a handful of texts: what comes out is what the reader makes of it."""

from pathlib import Path

import numpy as np
import pytest

from mijngemeente.understanding import weights
from mijngemeente.understanding.loading import WITH_WEIGHTS, phrasebook
from mijngemeente.understanding.rules.features import marks, terms
from mijngemeente.understanding.rules.measuring.signs import sign_report
from mijngemeente.understanding.rules.measuring.topic import TopicAnswer, topic_report
from mijngemeente.understanding.rules.phrases import Phrasebook
from mijngemeente.understanding.rules.scorer import Scorer
from mijngemeente.understanding.rules.words import words_of
from mijngemeente.understanding.training.examples import Example, corrected, texts_of
from mijngemeente.understanding.training.fitting import fit
from mijngemeente.understanding.training.floor import stems
from mijngemeente.understanding.training.table import columns_of, rows_of, table

PHRASES = Path(__file__).resolve().parents[3] / "data" / "understanding" / "phrases"
SENTENCES = {
    "boom": ("de boom is omgewaaid", "grote tak van de boom", "een zieke boom", "bomen in de straat"),
    "hond": ("hond poept op de stoep", "loslopende hond", "hondenpoep in het gras", "de honden blaffen"),
    "paspoort": ("nieuw paspoort nodig", "paspoort verlopen", "mijn paspoort is kwijt", "paspoorten van ons"),
}


def examples() -> list[Example]:
    """Enough to hold some back."""
    return [
        Example(
            f"{sentence} {'!' * (number % 2)}",
            {
                "topic": topic,
                "kind": ("question", "report", "complaint")[number % 3],
                "sentiment": ("neg", "neu", "pos")[number % 3],
                **{sign: str(number % 2) for sign in ("urgent", "threat", "abuse", "distress")},
            },
        )
        for topic, sentences in SENTENCES.items()
        for number, sentence in enumerate(sentences * 6)
    ]


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return phrasebook(PHRASES, WITH_WEIGHTS)


@pytest.fixture(scope="module")
def trained(book):
    return fit(examples(), book, "proef")


@pytest.mark.parametrize(
    ("text", "topic"),
    [("er ligt een boom om", "boom"), ("HONDENPOEP", "hond"), ("paspoortt verloren", "paspoort")],
)
def test_a_word_never_seen_is_known_by_its_pieces(trained, book, text, topic):
    words = words_of(text)
    scores = Scorer(trained).scores(terms(words), marks(words, book.find(words)))
    found = Scorer(trained).of("topic", scores)
    assert max(found, key=found.get) == topic


def test_the_scorer_computes_what_was_learned(trained, book):
    texts = [example.text for example in examples()][:12]
    rows = rows_of(texts, book)
    columns = columns_of(rows_of([example.text for example in examples()], book))
    expected = table(rows, columns)
    scorer = Scorer(trained)
    for row, inputs in zip(rows, expected, strict=True):
        dense = inputs.toarray().ravel()
        names = [*columns.pieces, *columns.marks]
        weighed = sum(
            dense[index] * trained.matrix[trained.rows[name]] * trained.step
            for index, name in enumerate(names)
            if dense[index] and name in trained.rows
        )
        assert scorer.scores(*row) == pytest.approx(weighed + trained.bias, abs=1e-3)


def test_weights_are_the_same_after_saving(trained, tmp_path):
    weights.save(trained, tmp_path / "weights.npz")
    again = weights.load(tmp_path / "weights.npz")
    assert again is not None
    assert (again.version, again.rows, again.families) == ("proef", trained.rows, trained.families)


def test_weights_of_another_format_are_left_alone(tmp_path):
    assert weights.load(tmp_path / "none.npz") is None
    head = np.frombuffer(b'{"format": 999}', dtype=np.uint8)
    np.savez_compressed(tmp_path / "weights.npz", head=head)
    assert weights.load(tmp_path / "weights.npz") is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", "text,topic,kind,urgent\nde boom is om,boom;snoeien,report,1\n"),
        ("c.jsonl", '{"text": "de boom is om", "topic": "boom;snoeien", "kind": "report", "urgent": "1"}\n'),
    ],
)
def test_corrections_are_learned_from_in_both_forms(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content)
    first, second = corrected(file)
    assert first.labels == {"topic": "boom", "kind": "report", "urgent": "1"}
    assert (second.labels, second.weight < 1) == ({"topic": "snoeien"}, True)


def test_a_phrase_becomes_a_text_for_each_of_its_words():
    assert list(texts_of("boom ~ (om|omgewaaid)")) == ["boom om", "boom omgewaaid"]


def test_the_floor_takes_words_back_to_their_stems():
    assert stems("De stoeptegels liggen los") == stems("de stoeptegel liggen los")


def test_a_topic_that_is_also_right_counts():
    answers = [
        TopicAnswer("1", ("boom", "snoeien"), ("snoeien", "boom", "maaien"), 0.9),
        TopicAnswer("2", ("hond",), ("boom", "maaien", "hond"), 0.6),
    ]
    found = topic_report(answers)
    assert (found.top_1, found.top_3, found.confused) == (0.5, 1.0, (("hond", "boom", 1),))


def test_precision_is_of_what_was_given_and_recall_of_what_is_so():
    found = sign_report([(True, True), (True, False), (False, True), (False, False)])
    assert (found.precision, found.recall, found.so, found.given) == (0.5, 0.5, 2, 2)
