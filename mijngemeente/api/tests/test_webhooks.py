"""Other systems are told what happened, whatever they answer."""

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from django.utils import timezone

from mijngemeente.api import jobs, post, rules
from mijngemeente.api.actions import make_webhook, resume_webhook
from mijngemeente.api.errors import NotAnAddress
from mijngemeente.api.models import Announcement, Webhook
from mijngemeente.conversations.actions import add_note, close
from mijngemeente.platform.audit import VERBS
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.lines import PATIENCE_SECONDS, lines
from mijngemeente.platform.tenancy import acting_for


@dataclass
class Target:
    """Another system: answers `status`, after `hold` is let go."""

    url: str = ""
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    hold: Event = field(default_factory=Event)


@pytest.fixture
def target(settings) -> Iterator[Target]:
    settings.INTERNAL_WEBHOOK_HOSTS = frozenset({"localhost"})
    made = Target()
    made.hold.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.heard.append((dict(self.headers), body))
            made.hold.wait(20)
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://localhost:{server.server_port}/bericht"
    yield made
    made.hold.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def hooked(world, target):
    with acting_for(world.duinrand.id):
        return make_webhook(
            organisation=world.duinrand, url=target.url, events=list(rules.EVENTS), by=world.members["beheer"]
        )


def announcements(world):
    with acting_for(world.duinrand.id):
        return list(Announcement.objects.order_by("id"))


def rested(world):
    """Let the pause after an attempt pass."""
    with acting_for(world.duinrand.id):
        Announcement.objects.update(changed_at=timezone.now() - timedelta(days=2))


def test_what_happens_is_told_once_and_signed(world, hooked, target, run_jobs):
    conversation = world.ask(world.duinrand, "Een geheime vraag")
    for _ in range(3):
        jobs.look(0)
        run_jobs()
    assert [json.loads(body)["type"] for _, body in target.heard] == ["gesprek.begonnen", "bericht.ontvangen"]
    headers, body = target.heard[0]
    assert json.loads(body)["data"]["gesprek"] == str(conversation.id)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hooked.secret.removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert b"geheim" not in body


def test_only_what_was_chosen_is_told(world, target, run_jobs):
    with acting_for(world.duinrand.id):
        make_webhook(
            organisation=world.duinrand,
            url=target.url,
            events=["gesprek.gesloten"],
            by=world.members["beheer"],
        )
    conversation = world.ask(world.duinrand, "Vraag")
    world.ask(world.veenwijk, "Van een ander")
    with acting_for(world.duinrand.id):
        add_note(conversation=conversation, by=world.members["sanne"], text="Weg ermee", key=uuid7())
        close(conversation=conversation, by=world.members["sanne"], reason="answered")
    jobs.look(0)
    run_jobs()
    assert [json.loads(body)["type"] for _, body in target.heard] == ["gesprek.gesloten"]


def test_a_refusal_is_tried_again_and_shown(world, hooked, target, run_jobs):
    target.status = 500
    world.ask(world.duinrand, "Vraag")
    jobs.look(0)
    run_jobs()
    first = announcements(world)[0]
    assert (first.state, first.status, first.problem) == ("queued", 500, "Het antwoord was 500.")
    target.status = 204
    rested(world)
    jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
    jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
    assert [each.state for each in announcements(world)] == ["delivered", "delivered"]
    ids = [headers["webhook-id"] for headers, _ in target.heard]
    assert ids[0] == ids[1] != ids[2]


def test_an_address_that_never_answers_is_stopped_after_days(world, hooked, target, run_jobs):
    target.status = 500
    world.ask(world.duinrand, "Vraag")
    jobs.look(0)
    for _ in rules.PAUSES:
        jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
        rested(world)
    assert announcements(world)[0].state == "queued"
    jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
    assert announcements(world)[0].state == "failed"
    with acting_for(world.duinrand.id):
        stopped = Webhook.objects.get()
        assert stopped.stopped_at is not None
        assert resume_webhook(webhook=stopped, by=world.members["beheer"])


def test_what_happens_meanwhile_uses_up_no_attempt(world, hooked, target, run_jobs):
    target.status = 500
    for number in range(len(rules.PAUSES) + 1):
        world.ask(world.duinrand, f"Vraag {number}")
        jobs.look(0)
        run_jobs()
    first = announcements(world)[0]
    assert (first.state, first.attempts) == ("queued", 1)


def test_an_address_that_hangs_is_left_in_time(world, hooked, target, monkeypatch):
    monkeypatch.setattr(post, "DEADLINE_SECONDS", 0.3)
    target.hold.clear()
    world.ask(world.duinrand, "Vraag")
    jobs.look(0)
    jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
    first = announcements(world)[0]
    assert (first.state, first.status, first.attempts) == ("queued", 0, 1)
    assert first.problem


def test_an_address_that_hangs_holds_up_no_other(world, hooked, target):
    with acting_for(world.duinrand.id):
        other = make_webhook(
            organisation=world.duinrand, url=target.url, events=list(rules.EVENTS), by=world.members["beheer"]
        )
    world.ask(world.duinrand, "Vraag")
    jobs.look(0)
    with lines.to(str(hooked.webhook.id), busy_seconds=PATIENCE_SECONDS):
        for each in (hooked, other):
            jobs.tell(organisation_id=world.duinrand.id, id=str(each.webhook.id))
    told = {each.webhook_id for each in announcements(world) if each.attempts}
    assert told == {other.webhook.id}
    jobs.tell(organisation_id=world.duinrand.id, id=str(hooked.webhook.id))
    assert len({each.webhook_id for each in announcements(world) if each.attempts}) == 2


def test_an_address_that_is_not_there_is_said(world, settings, run_jobs):
    settings.INTERNAL_WEBHOOK_HOSTS = frozenset({"localhost"})
    with socket.socket() as free:
        free.bind(("localhost", 0))
        url = f"http://localhost:{free.getsockname()[1]}/"
        with acting_for(world.duinrand.id):
            make_webhook(
                organisation=world.duinrand, url=url, events=list(rules.EVENTS), by=world.members["beheer"]
            )
        world.ask(world.duinrand, "Vraag")
        jobs.look(0)
        run_jobs()
    assert "geen verbindingen" in announcements(world)[0].problem


@pytest.mark.parametrize(
    "url",
    [
        "http://voorbeeld.example/",
        "https://",
        "https://wie:wat@voorbeeld.example/",
        "ftp://voorbeeld.example",
        "https://[::1",
        "https://voorbeeld.example/ideeën",
        "https://voorbeeld.example:99999/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_safe_address_is_refused(world, url):
    with acting_for(world.duinrand.id), pytest.raises(NotAnAddress):
        make_webhook(
            organisation=world.duinrand, url=url, events=["gesprek.begonnen"], by=world.members["beheer"]
        )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_the_inside_of_the_network_is_out_of_reach(host):
    told = post.Post(f"https://{host}/", b"{}", {}).send()
    assert (told.status, "eigen netwerk" in told.problem) == (0, True)


def test_every_event_is_of_a_known_verb():
    verbs = [verb for names, _ in rules.EVENTS.values() for verb in names]
    assert set(verbs) <= set(VERBS)
    assert len(verbs) == len(set(verbs))


def test_a_call_that_nobody_repeats_is_forgotten(world, zaaksysteem):
    from mijngemeente.api.models import Call

    zaaksysteem.post(
        "/api/v1/gesprekken",
        {"tekst": "Vraag"},
        content_type="application/json",
        headers={"Idempotency-Key": "oud"},
    )
    with acting_for(world.duinrand.id):
        Call.objects.update(at=timezone.now() - timedelta(days=3))
    jobs.forget(0)
    with acting_for(world.duinrand.id):
        assert not Call.objects.exists()
