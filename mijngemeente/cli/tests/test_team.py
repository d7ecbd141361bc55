"""The teamplotter on the command line, as others measure with it."""

import json
from pathlib import Path

import pytest

from mijngemeente.cli.main import main
from mijngemeente.settings import DATA


def test_a_plot_gives_its_result_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["team", "plot", str(DATA / "team" / "examples" / "klein.json")]) == 0
    result = json.loads(capfd.readouterr().out)
    assert {"roles", "crucial", "competencies", "tasks", "people", "fte"} <= set(result)
    wanted = {"code", "status", "have_fte", "want_fte", "people", "because"}
    assert all(wanted <= set(role) for role in result["roles"])


def test_what_is_not_right_stands_on_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plot.json"
    file.write_text('{"format": "mijngemeente-teamplot", "people": [{"name": "Anna", "hours": 99}]}')
    assert main(["team", "plot", str(file)]) == 1
    seen = capfd.readouterr()
    assert json.loads(seen.out)["problems"]
    assert "people.0.hours: 99 kan niet" in seen.err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"naam;uren\nAnna;3", b""])
def test_another_file_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plot.json"
    file.write_bytes(content)
    assert main(["team", "plot", str(file)]) == 1
    assert "geen teamplot" in capfd.readouterr().err


def test_the_template_is_a_plot_to_begin_with(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["team", "template"]) == 0
    assert json.loads(capfd.readouterr().out)["format"] == "mijngemeente-teamplot"
