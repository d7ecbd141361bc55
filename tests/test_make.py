"""`make` on a machine that has little."""

import os
import stat
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_make_alone_explains_itself():
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "demo-fresh", "test", "check", "bench", "chaos"):
        assert f"make {target} " in said


def test_a_python_that_is_too_old_is_refused_in_dutch_and_english(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\ncase $1 in --version) echo Python 3.9.2;; *) exit 1;; esac\n")
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    said = subprocess.run(
        ["sh", str(ROOT / "tools" / "make_venv.sh"), str(tmp_path / "venv")],
        env={**os.environ, "PATH": f"{tmp_path}:/usr/bin:/bin", "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "heeft Python 3.11 of nieuwer nodig" in said.stderr
    assert "needs Python 3.11 or newer" in said.stderr
    assert not (tmp_path / "venv").exists()
