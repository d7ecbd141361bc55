"""Each gap has one place, and a process dies there only when told to."""

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mijngemeente.platform.failpoints import GAPS

PRODUCT = Path(__file__).resolve().parents[2]
PASS_THREE_TIMES = """
from mijngemeente.platform.failpoints import reach
for _ in range(3):
    reach("deliver.sent")
    print("passed", flush=True)
"""


def passes(failpoint: str) -> tuple[int, int]:
    """How often a process came past the gap, and its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", PASS_THREE_TIMES],
        env=os.environ | {"MIJNGEMEENTE_FAILPOINT": failpoint},
        capture_output=True,
        check=False,
        text=True,
    )
    return done.stdout.count("passed"), done.returncode


@pytest.mark.parametrize(
    ("failpoint", "expected"),
    [
        ("", (3, 0)),
        ("deliver.claimed", (3, 0)),
        ("deliver.sent", (0, -signal.SIGKILL)),
        ("deliver.sent:3", (2, -signal.SIGKILL)),
        ("deliver.sent:4", (3, 0)),
        ("no.such.gap", (0, 1)),
    ],
)
def test_a_process_dies_at_its_gap_only(failpoint, expected):
    assert passes(failpoint) == expected


def test_every_gap_stands_in_the_code_exactly_once():
    assert sorted(reached()) == sorted(GAPS)


def reached():
    for file in PRODUCT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "failpoints.reach":
                (gap,) = node.args
                yield ast.literal_eval(gap)
