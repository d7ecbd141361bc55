"""`make chaos` and `make bench` still run: a taste of each, so that they do not rot between the long runs."""

import json
import subprocess
import sys

import pytest

from mijngemeente.cli.tests.commands import ROOT, surroundings

pytestmark = pytest.mark.slow


def proof(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_a_few_rounds_of_chaos_lose_and_double_nothing():
    said = proof("chaos", "--rounds", "4", "--seed", "1")
    assert "kept: 4 rounds, 0 findings" in said
    assert json.loads((ROOT / "var" / "chaos.json").read_text())["counts"]["questions acknowledged"] > 0


def test_a_small_measurement_finds_every_thread_right():
    proof("bench", "--small", "--only", "intake")
    figures = json.loads((ROOT / "var" / "bench.json").read_text())["figures"]
    assert all(figure["value"] > 0 for figure in figures)
