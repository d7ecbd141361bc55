"""Taking mails in from files, and looking at them, as a person types it."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from mijngemeente.cli.mail_files import files_in, mails_in
from mijngemeente.cli.tests.commands import COMMAND, ROOT, run, surroundings
from mijngemeente.intake.models import Payload
from mijngemeente.platform.tenancy import acting_for
from tests.database import address_of
from tests.test_mail import mail
from tests.world import build_world

PAYLOADS = Path(__file__).parents[2] / "channels" / "email" / "tests" / "payloads"


def mbox(*mails, ending=b"\n"):
    stamp = b"From fatma@voorbeeld.example Thu Mar 12 14:05:00 2026" + ending
    return b"".join(stamp + each.replace(b"\r\n", ending) + ending for each in mails)


def numbered(number):
    return mail(message_id=f"{number}@x", subject=f"Vraag {number}")


@pytest.fixture
def install(own_database):
    """The world in a database that the command finds."""
    return build_world(), {
        "DATABASE_URL": address_of(own_database),
        "MIJNGEMEENTE_SECRET": os.environ["MIJNGEMEENTE_SECRET"],
    }


def take_in(install, path, inbox="info@duinrand.example"):
    return run("intake", str(path), "--inbox", inbox, environment=install[1])


def kept(install):
    with acting_for(install[0].duinrand.id):
        return Payload.objects.count()


def lay_out(folder):
    """A folder with one of everything; how many mails that is."""
    (folder / "los").mkdir(parents=True)
    (folder / "los" / "een.eml").write_bytes(numbered(1))
    (folder / "los" / "zonder-einde").write_bytes(numbered(2).replace(b"\r\n", b"\n"))
    (folder / "los" / ".verborgen").write_bytes(b"geen mail")
    (folder / "oud.mbox").write_bytes(mbox(numbered(3), numbered(4), numbered(5)))
    for box, number in (("Postvak", 6), ("Postvak/.Archief", 8)):
        for name in ("cur", "new", "tmp"):
            (folder / box / name).mkdir(parents=True, exist_ok=True)
            (folder / box / name / "1700000000.1.proef").write_bytes(numbered(f"{number}{name}"))
        (folder / box / "dovecot-uidlist").write_text("3 V1700000000 N2\n")
    return 9


def test_everything_in_a_folder_is_kept_and_twice_is_once(install, tmp_path):
    count = lay_out(tmp_path / "post")
    first = take_in(install, tmp_path / "post")
    assert (first.returncode, first.stdout) == (
        0,
        f"{count} mails bewaard, 0 waren er al. De worker verwerkt ze.\n",
    )
    second = take_in(install, tmp_path / "post")
    assert second.stdout == f"0 mails bewaard, {count} waren er al. De worker verwerkt ze.\n"
    for part in ("los/een.eml", "oud.mbox", "Postvak", "Postvak/.Archief"):
        assert take_in(install, tmp_path / "post" / part).stdout.startswith("0 mails bewaard, ")
    assert kept(install) == count


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(install, tmp_path):
    (tmp_path / "leeg.eml").write_bytes(b"")
    (tmp_path / "wees.eml").symlink_to(tmp_path / "weg")
    (tmp_path / "goed.eml").write_bytes(numbered(1))
    with (tmp_path / "groot.eml").open("wb") as file:
        file.write(numbered(2))
        file.truncate(61 * 1024 * 1024)
    said = take_in(install, tmp_path)
    assert said.returncode == 1
    assert "leeg.eml: het bestand is leeg." in said.stderr
    assert "groot.eml: te groot" in said.stderr
    assert said.stdout.startswith("1 mails bewaard")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/er/is/niets", "--inbox", "info@duinrand.example"], "bestaat niet"),
        (
            ["{mail}", "--inbox", "weg@duinrand.example"],
            "Er is geen postvak met het adres weg@duinrand.example",
        ),
        (["{mail}"], "er ontbreekt: --inbox"),
    ],
)
def test_a_mistake_is_explained_in_dutch(words, told, install, tmp_path):
    path = tmp_path / "een.eml"
    path.write_bytes(numbered(1))
    said = run("intake", *(word.replace("{mail}", str(path)) for word in words), environment=install[1])
    assert said.returncode in (1, 2)
    assert told in said.stderr
    assert "Traceback" not in said.stderr


def test_ten_thousand_mails_may_be_stopped_halfway_and_go_on(install, tmp_path):
    count = 10_000
    path = tmp_path / "jaren.mbox"
    path.write_bytes(mbox(*map(numbered, range(count))))
    command = [*COMMAND, "intake", str(path), "--inbox", "info@duinrand.example"]
    environment = {**surroundings(), **install[1]}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_ctrl_c
    )
    _until_some(install, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=180)
    assert process.returncode == 130
    assert "Gestopt." in said
    assert "Traceback" not in said
    halfway = kept(install)
    assert 0 < halfway < count
    again = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert again.stdout == f"{count - halfway} mails bewaard, {halfway} waren er al. De worker verwerkt ze.\n"
    assert kept(install) == count


def _hear_ctrl_c() -> None:
    """A shell lets what it starts in the background ignore Ctrl+C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until_some(install, process):
    ends_at = time.monotonic() + 60
    while kept(install) < 100:
        assert process.poll() is None
        assert time.monotonic() < ends_at
        time.sleep(0.05)


# ---- parting an mbox


@pytest.mark.parametrize(
    ("content", "bodies"),
    [
        (mbox(b"A: 1\r\n\r\neen\r\n"), [b"A: 1\n\neen\n"]),
        (
            mbox(b"A: 1\r\n\r\neen\r\n", b"A: 2\r\n\r\ntwee\r\n", ending=b"\r\n"),
            [b"A: 1\r\n\r\neen\r\n", b"A: 2\r\n\r\ntwee\r\n"],
        ),
        (
            b"From x\nA: 1\n\nFrom now on it rains.\n\nFrom here too.\n",
            [b"A: 1\n\nFrom now on it rains.\n\nFrom here too.\n"],
        ),
        (b"From x Thu 14:05\nA: 1\nFrom b 14:05 2026\nB: 2\n", [b"A: 1\nFrom b 14:05 2026\nB: 2\n"]),
        (b"From x\n", [b""]),
        (b"From ", [b""]),
        (b"A: 1\n\nFrom x Thu 14:05\n", [b"A: 1\n\nFrom x Thu 14:05\n"]),
    ],
)
def test_an_mbox_is_parted_where_a_mail_begins(content, bodies, tmp_path):
    path = tmp_path / "bak"
    path.write_bytes(content)
    found = list(mails_in(path))
    assert [each.body for each in found] == bodies
    assert sum(each.size_bytes for each in found) == len(content)


def test_files_come_in_one_order(tmp_path):
    lay_out(tmp_path)
    assert files_in(tmp_path) == sorted(files_in(tmp_path))
    assert len(files_in(tmp_path)) == 7


# ---- mail show


def test_each_file_gives_one_line_in_order(tmp_path):
    paths = [
        *sorted(PAYLOADS.glob("*.eml")),
        tmp_path,
        tmp_path / "weg.eml",
        tmp_path / "leeg.eml",
        tmp_path / "ruis",
    ]
    (tmp_path / "leeg.eml").write_bytes(b"")
    (tmp_path / "ruis").write_bytes(bytes(range(256)) * 1_000 + "\u2028\x85\u2029".encode())
    said = run("mail", "show", *map(str, paths), environment={"PYTHONIOENCODING": "ascii"})
    assert (said.returncode, said.stderr) == (0, "")
    shown = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(shown) == len(paths)
    one_by_one = [json.loads(run("mail", "show", str(path)).stdout) for path in paths[:3]]
    assert shown[:3] == one_by_one
    assert [each["problems"][0] for each in shown[-4:-2]] == [
        "Het bestand is niet te lezen: het is een map.",
        "Het bestand is niet te lezen: het bestaat niet.",
    ]


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path):
    paths = [str(path) for path in sorted(PAYLOADS.glob("*.eml"))] * 20
    process = subprocess.Popen(
        [*COMMAND, "mail", "show", *paths],
        cwd=ROOT,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert json.loads(process.stdout.readline())
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(180) == 0
