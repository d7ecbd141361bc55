"""What a message says, read by the rules alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mijngemeente.understanding.loading import load_reader
from mijngemeente.understanding.reading import read
from mijngemeente.understanding.rules.reasons import FILLERS

DATA = Path(__file__).resolve().parents[3] / "data"
READER = load_reader(DATA)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("ik zie het allemaal echt niet meer zitten", "distress"),
        ("Ik wil gewoon niet meer leven.", "distress"),
        ("mijn man slaat mij en de kinderen", "distress"),
        ("we slapen al drie nachten in de auto met onze baby", "distress"),
        ("het ruikt naar gas op de hoek", "urgent"),
        ("Er is een kind in de sloot gevallen!!", "urgent"),
        ("er hangt een kabel los boven het schoolplein", "urgent"),
        ("mijn bezwaartermijn loopt vandaag af", "urgent"),
        ("Morgen vlieg ik en mijn paspoort is kwijt", "urgent"),
        ("ik weet waar je woont, kijk maar uit", "threat"),
        ("ik kom naar het gemeentehuis met een mes", "threat"),
        ("stelletje zakkenvullers", "abuse"),
    ],
)
def test_danger_and_need_are_seen_and_said_in_the_residents_words(text, sign):
    seen = getattr(read(text, reader=READER), sign)
    assert seen.value
    assert all(words.lower() in text.lower() for words in seen.because)


def test_a_word_of_every_sentence_is_no_reason():
    with (DATA.parent / "tests/understanding/urgent.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    for text in texts:
        said = read(text, reader=READER)
        for sign in (said.urgent, said.threat, said.abuse, said.distress):
            assert not FILLERS.intersection(map(str.lower, sign.because)), text


@pytest.mark.parametrize(
    "text",
    ["my trash has not been collected, I live in Eindhoven", "haha ik kan niet meer van het lachen", "👍"],
)
def test_words_that_mean_nothing_by_themselves_raise_no_sign(text):
    said = read(text, reader=READER)
    assert not any(sign.value for sign in (said.urgent, said.threat, said.abuse, said.distress))


@pytest.mark.parametrize(
    "text",
    [
        "Ik lach me dood om dat nieuwe kunstwerk",
        "Wanneer halen jullie het oud papier op?",
        "er ligt een dode vogel op de stoep",
        "Hoe vraag ik een nieuw paspoort aan?",
    ],
)
def test_ordinary_messages_call_nobody_in_need(text):
    seen = read(text, reader=READER)
    assert not seen.distress.value
    assert not seen.threat.value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wanneer wordt de grijze container geleegd?", "nl"),
        ("Wannear wurdt de grize kontener leech makke?", "fy"),
        ("When will my bin be collected?", "en"),
        ("Wann wird der Müll abgeholt?", "de"),
        ("Quand est-ce que vous ramassez les poubelles ?", "fr"),
        ("Kiedy odbieracie śmieci z mojej ulicy?", "pl"),
        ("Çöpler ne zaman toplanıyor acaba?", "tr"),
        ("متى يتم جمع القمامة في شارعنا؟", "ar"),
        ("Коли вивозять сміття з нашої вулиці?", "uk"),
        ("Когда вывозят мусор с нашей улицы?", "ru"),
        ("¿Cuándo recogen la basura en mi calle?", "es"),
        ("چه زمانی زباله‌های ما را جمع می‌کنید؟", "fa"),
        ("垃圾什么时候收？", "zh"),
        ("ናይ ገዛ ጓሓፍ መዓስ እዩ ዝውሰድ?", "ti"),
        ("ፓስፖርት ማሳደስ እፈልጋለሁ፣ ቀጠሮ መያዝ እችላለሁ?", "am"),
        ("مجھے پاسپورٹ بنوانا ہے، میں ٹلبرگ میں رہتا ہوں", "ur"),
        ("من لە تیلبۆرگ دەژیم و پێویستم بە پاسپۆرتە", "ckb"),
        ("من در تیلبورگ زندگی می‌کنم و پاسپورت لازم دارم", "fa"),
        ("", "nl"),
        ("Tilburg", "nl"),
        ("مرحبا، أسكن في Tilburg وأريد موعدا", "ar"),
    ],
)
def test_the_language_is_recognised(text, language):
    assert read(text, reader=READER).language.value == language


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "😀", "https://example.nl/a?b=c", "." * 5_000, "\x00\x01", "\u200b", "niet " * 5_000,
        "ik wil dood " * 2_000, "gevaar brand gas " * 100_000, "T\u200bilburg", "Тilburg", "ا" * 30_000,
        "a" * 2_000_000, "\ud800", "ik\u0301", "(" * 1000, "-" * 3000, "'" * 3000, "@" * 20_000, "a@" * 10_000, "\x00\x82´", "´", "' ´", "ﷺ",
    ],
)  # fmt: skip
def test_bad_input_is_read_all_the_same(text):
    seen = read(text, reader=READER)
    assert seen.topics
    assert seen.is_cut == (len(text) > 20_000)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_stops_the_reading(text):
    seen = read(text, reader=READER)
    assert 0 <= seen.language.probability <= 1
    assert all(0 <= each.probability <= 1 for each in seen.topics)


@pytest.mark.parametrize(
    ("text", "language"), [("hallo", "nl"), ("Hallo!", "nl"), ("hello there", "en"), ("merhaba", "tr")]
)
def test_a_greeting_is_dutch_where_dutch_has_that_word(text, language):
    assert read(text, reader=READER).language.value == language
