"""`understand` and `evaluate`, as other people measure with them: no database."""

import json

import pytest

from mijngemeente.cli.main import main


def told(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_message_gets_a_line_with_its_municipality(capsys):
    assert main(["understand", "Losse tegel in Berkel-Enschot", "er ligt rommel in Bergen"]) == 0
    first, second = told(capsys)
    assert first["id"] == "1"
    assert first["municipality"]["decision"] == "certain"
    candidate = first["municipality"]["candidates"][0]
    assert (candidate["code"], candidate["name"]) == ("GM0855", "Tilburg")
    assert candidate["evidence"] == [{"kind": "place", "text": "Berkel-Enschot", "start": 15, "end": 29}]
    assert second["municipality"]["decision"] == "ask"


def test_a_file_tells_who_was_written_to(capsys, tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_text(
        '{"id": "a", "text": "de lamp is stuk", "to": "@gemeentetilburg"}\n\n{"id": 2, "text": ""}\n'
    )
    assert main(["understand", "--file", str(file)]) == 0
    first, second = told(capsys)
    assert (first["id"], second["id"]) == ("a", "2")
    assert first["municipality"]["candidates"][0]["evidence"][0]["kind"] == "written_to"
    assert second["municipality"] == {"decision": "unknown", "candidates": []}


@pytest.mark.parametrize("line", ["geen json", "[]", '{"id": 1}', "null", '"tekst"'])
def test_a_line_that_is_no_message_is_named(capsys, tmp_path, line):
    file = tmp_path / "messages.jsonl"
    file.write_text(line)
    assert main(["understand", "--file", str(file)]) == 1
    assert "regel 1" in capsys.readouterr().err


def test_without_a_message_it_asks_for_one(capsys):
    assert main(["understand"]) == 1
    assert "Geef een bericht" in capsys.readouterr().err


LABELLED = """id,text,expected,kind,candidates
1,een gat in de weg in Goirle,GM0785,plain,
2,een gat in de weg in Goirle,GM0855,plain,
3,er ligt rommel in Bergen,ambiguous,shared,GM0373;GM0893
4,mijn lamp is stuk,unknown,none,
"""


def test_evaluating_counts_what_is_wrong_and_certain(capsys, tmp_path):
    file = tmp_path / "labelled.csv"
    file.write_text(LABELLED)
    assert main(["evaluate", "municipality", str(file), "--json"]) == 0
    found = told(capsys)[0]
    assert found["overall"] == {
        "count": 4,
        "exact": 0.75,
        "wrong_and_certain": 0.25,
        "asked": 0.25,
        "coverage": 0.5,
    }
    assert found["kinds"]["plain"]["wrong_and_certain"] == 0.5
    assert sum(each["count"] for each in found["calibration"]["bins"]) == 4


def test_evaluating_prints_a_table_and_what_went_wrong(capsys, tmp_path):
    file = tmp_path / "labelled.csv"
    file.write_text(LABELLED)
    assert main(["evaluate", "municipality", str(file), "--wrong"]) == 0
    said = capsys.readouterr().out
    assert "fout+zeker" in said
    assert "Kalibratie" in said
    assert "!! 2: GM0855 werd certain" in said


def test_a_file_without_the_columns_is_refused(capsys, tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    assert main(["evaluate", "municipality", str(file)]) == 1
    assert "expected" in capsys.readouterr().err
    assert main(["evaluate", "municipality", str(tmp_path / "none.csv")]) == 1


def test_everything_that_a_message_says_has_its_name(capsys):
    assert main(["understand", "Ik ruik gas bij de school, kom snel!", "x" * 20_001]) == 0
    said, cut = told(capsys)
    assert list(said) == [
        "id", "municipality", "topic", "kind", "language", "urgent", "threat", "abuse", "distress", "sentiment",
    ]  # fmt: skip
    assert [set(each) for each in said["topic"]] == [{"slug", "probability"}] * 3
    assert set(said["kind"]) == set(said["sentiment"]) == {"value", "probability"}
    assert said["language"]["code"] == "nl"
    assert said["urgent"]["value"] is True
    assert any("gas" in words for words in said["urgent"]["because"])
    assert "20.000" in cut["note"]


@pytest.mark.parametrize(
    ("what", "labelled", "expected"),
    [
        ("language", "id,text,lang\n1,Wanneer is de milieustraat open?,nl\n", {"count": 1, "right": 1.0}),
        (
            "urgent",
            "id,text,is_urgent,is_abuse,is_threat,crisis,sentiment,lang\n1,het ruikt naar gas,1,0,0,0,neg,nl\n",
            {"urgent": {"count": 1, "so": 1, "given": 1, "precision": 1.0, "recall": 1.0}},
        ),
    ],
)
def test_evaluating_tells_how_often_it_is_right(capsys, tmp_path, what, labelled, expected):
    file = tmp_path / "labelled.csv"
    file.write_text(labelled)
    assert main(["evaluate", what, str(file), "--json"]) == 0
    found = told(capsys)[0]
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("what", ["topic", "urgent", "language"])
def test_evaluating_says_which_columns_are_missing(capsys, tmp_path, what):
    file = tmp_path / "labelled.csv"
    file.write_text("a,b\n1,2\n")
    assert main(["evaluate", what, str(file)]) == 1
    assert "text" in capsys.readouterr().err


def test_a_field_of_two_million_letters_is_measured(capsys, tmp_path):
    file = tmp_path / "groot.csv"
    file.write_text(f"id,text,lang\n1,{'goed ' * 400_000},nl\n2\n", "utf-8")
    assert main(["evaluate", "language", str(file)]) == 0
    assert "teksten" in capsys.readouterr().out


def test_no_text_is_an_empty_message(capsys, tmp_path):
    file = tmp_path / "leeg.jsonl"
    file.write_text('{"id": "1", "text": null}\n', "utf-8")
    assert main(["understand", "--file", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["municipality"]["decision"] == "unknown"
