"""What a person who types `mijngemeente` sees."""

import os
import subprocess
import sys

import psycopg
import pytest

from mijngemeente.cli.main import COMMANDS, main
from mijngemeente.cli.tests.commands import ROOT, begin, run, surroundings
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.platform.tests.processes import until
from tests.database import address_of
from tests.world import build_world


@pytest.fixture
def roles(own_database: str) -> dict[str, str]:
    """A database of this test's own, for web and worker and for its owner."""
    return {
        "DATABASE_URL": address_of(own_database),
        "OWNER_DATABASE_URL": address_of(own_database, role_url="OWNER_DATABASE_URL"),
        "MIJNGEMEENTE_SECRET": os.environ["MIJNGEMEENTE_SECRET"],
    }


def test_help_names_every_command_in_dutch(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    said = capsys.readouterr().out
    assert "gebruik: mijngemeente" in said
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert f"gebruik: mijngemeente {command}" in capsys.readouterr().out


def test_an_unknown_command_is_answered_with_the_ones_there_are():
    said = run("serv")
    assert said.returncode == 2
    assert "onbekende opdracht: 'serv'" in said.stderr
    assert "serve" in said.stderr


def test_web_without_a_database_says_what_to_do(tmp_path):
    said = run("web", environment={"MIJNGEMEENTE_HOME": str(tmp_path)})
    assert said.returncode == 1
    assert "DATABASE_URL" in said.stderr
    assert "mijngemeente serve" in said.stderr


def test_an_ordinary_role_is_in_order(roles):
    said = run("check", environment=roles)
    assert (said.returncode, said.stderr) == (0, "")
    assert "In orde" in said.stdout


CHECK_AND_COUNT = """
import threading
from mijngemeente.cli import start
start.refuse_power()
print([thread.name for thread in threading.enumerate()])
"""


def test_looking_first_leaves_nothing_that_a_forking_server_would_hand_down(roles):
    """A pool without its threads never reconnects: the web hung for ever after PostgreSQL was restarted."""
    said = subprocess.run(
        [sys.executable, "-c", CHECK_AND_COUNT],
        cwd=ROOT,
        env=surroundings() | roles,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "['MainThread']"


@pytest.mark.parametrize("command", ["check", "web", "worker"])
def test_nothing_runs_with_a_role_that_could_see_every_row(roles, command):
    powerful = {**roles, "DATABASE_URL": roles["OWNER_DATABASE_URL"]}
    said = run(command, environment=powerful)
    assert said.returncode == 1
    assert "OWNER_DATABASE_URL" in said.stderr


def test_an_unreachable_database_is_named_without_a_traceback(roles):
    gone = {**roles, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
    said = run("check", environment=gone)
    assert said.returncode == 1
    assert "niet te bereiken" in said.stderr
    assert "Traceback" not in said.stderr


def test_migrating_and_loading_again_changes_nothing(roles):
    assert run("migrate", environment=roles).returncode == 0
    said = run("reference", "load", environment=roles)
    assert (said.returncode, said.stderr) == (0, "")
    assert "municipalities" in said.stdout


def test_migrating_takes_away_that_there_may_be_one_row_for_a_key(roles):
    """Health was kept per inbox once: after upgrading, no mail could be sent."""
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as owner:
        owner.execute(
            "ALTER TABLE organisations_inboxhealth ADD CONSTRAINT organisations_inboxhealth_inbox_id_once"
            " UNIQUE (organisation_id, inbox_id)"
        )
    assert run("migrate", environment=roles).returncode == 0
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as owner:
        left = "SELECT 1 FROM pg_constraint WHERE conname = 'organisations_inboxhealth_inbox_id_once'"
        assert owner.execute(left).fetchone() is None


def test_a_municipality_is_founded_once_with_a_way_in_for_its_administrator(roles):
    words = ("found", "tilburg", "--name", "Karin Oomen", "--email", "karin@tilburg.example")
    said = run(*words, environment={**roles, "MIJNGEMEENTE_URL": "https://gemeente.example"})
    assert (said.returncode, said.stderr) == (0, "")
    assert "https://gemeente.example/tilburg/contact/" in said.stdout
    assert "Karin Oomen kiest hier een wachtwoord: https://gemeente.example/account/" in said.stdout
    again = run("found", "Tilburg", *words[2:], environment=roles)
    assert "Karin Oomen kiest hier een wachtwoord" in again.stdout, "the first link may have been lost"
    other = run(*words[:-1], "mo@tilburg.example", environment=roles)
    assert (other.returncode, other.stderr) == (1, "Gemeente Tilburg is er al.\n")
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as owner:
        # A new municipality has something to adopt.
        assert owner.execute("SELECT count(*) > 20 FROM answers_sharedanswer").fetchone() == (True,)


def test_an_unknown_municipality_is_not_founded(roles):
    said = run("found", "lutjebroek", "--name", "Karin", "--email", "k@post.example", environment=roles)
    assert (said.returncode, said.stderr) == (1, "Er is geen gemeente lutjebroek.\n")
    near = run("found", "oischot", "--name", "Karin", "--email", "k@post.example", environment=roles)
    assert near.stderr == "Er is geen gemeente oischot. Bedoel je Oirschot?\n"


@pytest.mark.slow
def test_what_a_killed_worker_was_doing_is_done_by_the_next(roles, tmp_path):
    payload_id = keep_a_question()
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as holding:
        holding.execute("SELECT 1 FROM intake_payload WHERE id = %s FOR UPDATE", [payload_id])
        killed = begin("worker", environment=roles, output=tmp_path / "first.log")
        until(lambda: job_states(roles) == ["doing"])
        killed.kill()
        killed.wait()
    worker = begin("worker", environment=roles, output=tmp_path / "second.log")
    try:
        until(lambda: state_of(roles, payload_id) == "taken_in")
    finally:
        worker.terminate()
        worker.wait(60)


def keep_a_question() -> str:
    from uuid import uuid4

    from mijngemeente.channels.web.wire import Submission, body_of
    from mijngemeente.intake.actions import keep

    world = build_world()
    submission = Submission(key=uuid4(), text="Wanneer wordt het gft opgehaald?", name="Fatma")
    with acting_for(world.duinrand.id):
        kept = keep(inbox=world.inbox(world.duinrand, "web"), body=body_of(submission))
    return str(kept.payload.id)


def job_states(roles: dict[str, str]) -> list[str]:
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as connection:
        rows = connection.execute(
            "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'intake.take_in'"
        )
        return [status for (status,) in rows]


def state_of(roles: dict[str, str], payload_id: str) -> str:
    with psycopg.connect(roles["OWNER_DATABASE_URL"]) as connection:
        row = connection.execute("SELECT state FROM intake_payload WHERE id = %s", [payload_id]).fetchone()
        return str(row[0]) if row else ""
