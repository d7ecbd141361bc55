"""The command as a person starts it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-m", "mijngemeente")


def run(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; at most five minutes, which a busy machine may need."""
    return subprocess.run(
        (*COMMAND, *words),
        cwd=ROOT,
        env={**surroundings(), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def begin(*words: str, environment: Mapping[str, str] | None = None, output: Path) -> subprocess.Popen[bytes]:
    """Start one command; what it says goes to a file."""
    with output.open("wb") as file:
        return subprocess.Popen(
            (*COMMAND, *words),
            cwd=ROOT,
            env={**surroundings(), **(environment or {})},
            stdout=file,
            stderr=subprocess.STDOUT,
        )


def surroundings() -> dict[str, str]:
    """Ours, without what belongs to the tests."""
    strange = {"DATABASE_URL", "OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MIJNGEMEENTE_HOME"}
    return {name: value for name, value in os.environ.items() if name not in strange}
