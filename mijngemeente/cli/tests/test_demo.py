"""The demo as a newcomer meets it, with everything it starts. One is started for all these tests."""

import json
import re
import signal
import smtplib
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from mijngemeente.cli.demo.bursts import BURSTS
from mijngemeente.cli.demo.country import TO_THE_COUNTRY
from mijngemeente.cli.tests.commands import begin, run
from mijngemeente.platform.postgres.cluster import Cluster
from mijngemeente.platform.tests.processes import lives, until

pytestmark = pytest.mark.slow


@dataclass
class Demo:
    """A running demo."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def postbus(self) -> str:
        return f"http://localhost:{self.port + 1}"

    @property
    def said(self) -> str:
        return self.output.read_text()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Past row security: as the owner."""
        with psycopg.connect(Cluster(self.home).connections().owner_url) as connection:
            return connection.execute(query).fetchall()

    def family(self) -> list[int]:
        """Every process it started, and theirs."""
        return descendants(self.process.pid)


def descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def four_free_ports() -> int:
    """The first of four in a row that nobody uses now."""
    for first in range(18_400, 18_700, 4):
        if all(is_free(port) for port in range(first, first + 4)):
            return first
    raise AssertionError("no four free ports in a row")


def is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(home: Path, port: int, output: Path) -> Demo:
    environment = {"MIJNGEMEENTE_HOME": str(home)}
    process = begin("demo", "--port", str(port), environment=environment, output=output)
    demo = Demo(home, port, process, output)
    try:
        until(lambda: "Stoppen" in demo.said or process.poll() is not None, seconds=900)
        assert process.poll() is None, demo.said
    except BaseException:
        process.kill()
        process.wait()
        raise
    return demo


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("demo")
    yield folder
    Cluster(folder).erase()


@pytest.fixture(scope="module")
def demo(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    started = start(home, four_free_ports(), tmp_path_factory.mktemp("output") / "demo.out")
    yield started
    if started.process.poll() is None:
        started.process.send_signal(signal.SIGINT)
        started.process.wait(60)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def test_it_says_where_to_look_who_to_be_and_how_to_stop(demo):
    for words in (f"{demo.url}/tilburg/contact/", demo.postbus, "sanne@tilburg.example", "Ctrl+C"):
        assert words in demo.said
    screen = demo.said[demo.said.index("MijnGemeente draait") :].splitlines()
    assert len(screen) <= 24
    assert max(map(len, screen)) <= 80


def test_every_place_it_names_is_there(demo):
    places = re.findall(r"http://\S+", demo.said)
    assert len(places) >= 3
    for place in places:
        assert "<html" in fetch(place)


def test_the_country_has_conversations_in_all_states_and_deliveries_that_went_wrong(demo):
    stories = sum(
        len(json.loads(file.read_text()))
        for file in (Path(__file__).parents[3] / "data/demo/conversations").glob("*.json")
    )
    # A low mark asks for a call, which is a conversation that nobody told.
    calls = "SELECT call_back_id FROM desk_satisfaction WHERE call_back_id IS NOT NULL"
    [(told,)] = demo.rows(f"SELECT count(*) FROM conversations_conversation WHERE id NOT IN ({calls})")
    # What is written to the country comes in while we look: each there, and perhaps where it passed on to.
    assert 0 <= told - stories <= 2 * len(TO_THE_COUNTRY) + sum(map(len, BURSTS.values()))
    states = {state for (state,) in demo.rows("SELECT DISTINCT status FROM conversations_conversation")}
    assert states == {"open", "waiting_resident", "waiting_department", "snoozed", "closed"}
    fates = {state for (state,) in demo.rows("SELECT DISTINCT state FROM conversations_delivery")}
    assert fates >= {"sent", "delivered", "failed", "uncertain"}
    assert demo.rows("SELECT count(*) FROM intake_payload WHERE state = 'unreadable'") == [(1,)]


def test_what_happened_then_stands_at_then(demo):
    [(lines, future, old)] = demo.rows(
        "SELECT count(*), count(*) FILTER (WHERE at > now()),"
        " count(*) FILTER (WHERE at < now() - interval '1 day') FROM platform_auditline"
    )
    assert future == 0
    assert old > 0.8 * lines
    early = demo.rows(
        "SELECT c.number FROM conversations_message m JOIN conversations_conversation c"
        " ON c.id = m.conversation_id WHERE m.created_at < c.created_at - interval '1 minute'"
        # What came from another municipality is older than its conversation here.
        " AND NOT EXISTS (SELECT 1 FROM conversations_link l WHERE l.conversation_id = c.id"
        " AND l.kind = 'handed_over_from')"
    )
    assert early == []


def test_messages_of_a_conversation_stand_in_the_order_of_their_times(demo):
    crossed = demo.rows(
        "SELECT conversation_id FROM (SELECT conversation_id, created_at, lag(created_at)"
        " OVER (PARTITION BY conversation_id ORDER BY id) AS before FROM conversations_message) m"
        " WHERE created_at < before"
    )
    assert crossed == []


def test_a_second_demo_beside_it_says_where_the_first_is_and_changes_nothing(demo):
    before = demo.family()
    said = run("demo", "--port", str(demo.port), environment={"MIJNGEMEENTE_HOME": str(demo.home)})
    assert said.returncode == 0
    assert demo.url in said.stdout
    assert demo.family() == before


def test_a_port_of_somebody_else_is_named_with_the_way_out(demo, tmp_path):
    said = run("demo", "--port", str(demo.port), environment={"MIJNGEMEENTE_HOME": str(tmp_path)})
    assert said.returncode == 1
    assert f"Poort {demo.port} is bezet" in said.stderr
    assert "PORT=8123" in said.stderr


def test_a_port_that_does_not_exist_is_refused_without_a_traceback(tmp_path):
    said = run("demo", "--port", "80000", environment={"MIJNGEMEENTE_HOME": str(tmp_path)})
    assert said.returncode == 1
    assert said.stderr.startswith("Poort 80000 bestaat niet.")


def test_a_mail_to_the_municipality_becomes_a_conversation_and_its_receipt_lands_in_the_postbus(demo):
    mail = EmailMessage()
    mail["From"] = "Fatma Yıldız <fatma@post.example>"
    mail["To"] = "info@tilburg.example"
    mail["Subject"] = "Wanneer is de milieustraat open?"
    mail["Message-ID"] = "<vraag-1@post.example>"
    mail.set_content("Is de milieustraat op zaterdag open?")
    with smtplib.SMTP("127.0.0.1", demo.port + 2, timeout=20) as server:
        server.send_message(mail)
    until(lambda: "Vraag aan gemeente Tilburg" in fetch(demo.postbus), seconds=60)


def test_another_site_cannot_send_mail_through_the_postbus(demo):
    request = urllib.request.Request(
        f"{demo.postbus}/nieuw", data=b"text=x", headers={"Origin": "https://elders.example"}
    )
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request, timeout=20)


def test_ctrl_c_stops_everything_and_the_next_start_keeps_what_there_was(demo, home, tmp_path):
    family = demo.family()
    kept = "SELECT id FROM conversations_conversation"
    before = demo.rows(kept)
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(60) == 0
    until(lambda: not any(map(lives, family)), seconds=3)
    again = start(home, demo.port, tmp_path / "again.out")
    try:
        # What was on its way to the country may have come in since.
        assert set(before) <= set(again.rows(kept))
    finally:
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(60) == 0
