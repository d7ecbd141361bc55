"""Open screens hear what changed, and only what they may."""

import asyncio
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from mijngemeente.conversations.models import PERSONAL_LINK
from mijngemeente.organisations.models import Member
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.threads import in_thread
from mijngemeente.web import live, sessions

WAIT_SECONDS = 45
#: Said as soon as the process hears what changes.
LISTENING = "event: missed"


class Stream:
    """One reader of a stream, as an ASGI server drives it."""

    def __init__(self, path, cookie=""):
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"cookie", cookie.encode())],
        }
        self.sent = asyncio.Queue()
        self.gone = asyncio.Event()

    async def __aenter__(self):
        self.task = asyncio.create_task(live.stream(self.scope, self._receive, self.sent.put))
        self.start = await asyncio.wait_for(self.sent.get(), WAIT_SECONDS)
        return self

    async def __aexit__(self, *_):
        self.gone.set()
        await asyncio.wait_for(self.task, WAIT_SECONDS)

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def hears(self, text, *, within=WAIT_SECONDS):
        async with asyncio.timeout(within):
            while True:
                message = await self.sent.get()
                if text.encode() in message["body"]:
                    return True


def cookie_of(person):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@pytest.fixture(autouse=True)
def fresh_hub(monkeypatch):
    """Each test has an event loop of its own, so each has a listener of its own."""
    monkeypatch.setattr(live, "hub", type(live.hub)())
    monkeypatch.setattr(live, "rights", sessions.Rights())


def test_an_agent_hears_of_a_new_question_and_a_neighbour_does_not(committed_world):
    world = committed_world
    own, other = cookie_of(world.sanne), cookie_of(world.vera)

    async def story():
        async with Stream("/werkplek/live/", own) as sanne, Stream("/werkplek/live/", other) as vera:
            await sanne.hears(LISTENING)
            conversation = await in_thread(world.ask)(world.duinrand, "Waar is de markt?")
            assert await sanne.hears(f"event: c-{conversation.id}")
            with pytest.raises(TimeoutError):
                await vera.hears(str(conversation.id), within=0.5)

    asyncio.run(story())


def test_a_notification_is_heard_by_its_reader_alone(committed_world):
    world = committed_world
    asked = world.ask(world.duinrand, "Waar is de markt?")
    own, other = cookie_of(world.bram), cookie_of(world.sanne)

    def tell():
        from mijngemeente.conversations.actions import notify
        from mijngemeente.platform.tenancy import acting_for

        with acting_for(world.duinrand.id):
            notify(conversation=asked, to=world.members["bram"], kind="due", about="vandaag")

    async def story():
        async with Stream("/werkplek/live/", own) as bram, Stream("/werkplek/live/", other) as sanne:
            await bram.hears(LISTENING)
            await in_thread(tell)()
            assert await bram.hears("event: notification\ndata: 0\n")
            with pytest.raises(TimeoutError):
                await sanne.hears("notification", within=0.3)

    asyncio.run(story())


async def send_beat(token, state="look"):
    from mijngemeente.web import presence

    scope = {"type": "http", "method": "POST", "path": "/werkplek/aanwezig/"}
    assert presence.is_beat(scope)
    sent = []

    async def receive():
        return {"type": "http.request", "body": f"{token} {state}".encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    await presence.take_beat(scope, receive, send)
    return sent[0]["status"]


def test_a_beat_is_heard_by_colleagues_and_never_by_the_resident_or_a_neighbour(committed_world):
    from mijngemeente.platform import presence

    world = committed_world
    asked = world.ask(world.duinrand, "Waar is de markt?")
    token = presence.make_token(world.duinrand.id, asked.id, world.bram.id)
    own, other = cookie_of(world.sanne), cookie_of(world.vera)
    theirs = f"/duinrand/contact/{make_token(PERSONAL_LINK, asked.id)}/live/"

    async def story():
        async with (
            Stream("/werkplek/live/", own) as sanne,
            Stream("/werkplek/live/", other) as vera,
            Stream(theirs) as resident,
        ):
            await sanne.hears(LISTENING)
            assert await send_beat(token) == 204
            assert await sanne.hears(f"event: presence\ndata: {asked.id}\n")
            assert live.hub.board.present(asked.id) == {world.bram.id: presence.State.LOOKING}
            for stranger in (vera, resident):
                with pytest.raises(TimeoutError):
                    await stranger.hears("presence", within=0.2)
            assert await send_beat(token, "gone") == 204
            assert await sanne.hears("event: presence")
            assert await send_beat("verzonnen") == 404
            assert await send_beat("x" * 2_000) == 404

    asyncio.run(story())


def test_a_resident_hears_of_their_own_conversation_only(committed_world):
    world = committed_world
    mine, other = world.ask(world.duinrand, "Mijn vraag"), world.ask(world.duinrand, "Een andere vraag")

    async def story():
        path = f"/duinrand/contact/{make_token(PERSONAL_LINK, mine.id)}/live/"
        async with Stream(path) as resident:
            await resident.hears(LISTENING)
            from mijngemeente.conversations.actions import assign
            from mijngemeente.platform.tenancy import acting_for

            def give(conversation):
                with acting_for(world.duinrand.id):
                    assign(conversation=conversation, to=world.members["sanne"], by=world.members["sanne"])

            await in_thread(give)(other)
            await in_thread(give)(mine)
            assert await resident.hears(str(mine.id))

    asyncio.run(story())


@pytest.mark.parametrize(
    "path",
    [
        "/werkplek/live/",
        "/duinrand/contact/verzonnen/live/",
        "/nergens/live/",
        "/uitnodiging/live/",
        "/in/web/live/",
    ],
)
def test_nobody_else_gets_a_stream(committed_world, path):
    async def story():
        async with Stream(path) as stranger:
            assert stranger.start["status"] == 404

    asyncio.run(story())


def leaves(world):
    Member.objects.filter(person=world.sanne).delete()


def signs_out_everywhere(world):
    Session.objects.all().delete()


def chooses_another_password(world):
    world.sanne.set_password("een heel ander wachtwoord")
    world.sanne.save()


@pytest.mark.parametrize("ends", [leaves, signs_out_everywhere, chooses_another_password])
def test_the_stream_of_somebody_who_may_no_longer_ends_within_five_seconds(
    committed_world, monkeypatch, ends
):
    monkeypatch.setattr(sessions, "RIGHTS_SECONDS", 0.0)
    world = committed_world
    cookie = cookie_of(world.sanne)

    async def story():
        async with Stream("/werkplek/live/", cookie) as sanne:
            await sanne.hears(LISTENING)
            await in_thread(ends)(world)
            await in_thread(world.ask)(world.duinrand, "Waar is de markt?")
            last = await asyncio.wait_for(sanne.sent.get(), WAIT_SECONDS)
            assert last == {"type": "http.response.body", "body": b"", "more_body": False}

    asyncio.run(story())


def gets_inactive(world):
    world.sanne.is_active = False
    world.sanne.save()


def without_backend(world):
    """Whoever signed in by a way that is ours no longer."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in Session.objects.all():
        session = store(row.session_key)
        session[BACKEND_SESSION_KEY] = "elders.Backend"
        session.save()


@pytest.mark.parametrize(
    "ends", [leaves, signs_out_everywhere, chooses_another_password, gets_inactive, without_backend]
)
def test_who_may_no_longer_read_is_told_from_who_may_in_one_reading(committed_world, ends):
    world = committed_world
    keys = {name: cookie_of(world.people[name]).partition("=")[2] for name in ("sanne", "vera")}
    before = sessions.readable_in(keys.values())
    assert before[keys["sanne"]] == {world.sanne.id, world.duinrand.id}
    assert before[keys["vera"]] == {world.vera.id, world.veenwijk.id}
    ends(world)
    assert world.duinrand.id not in sessions.readable_in(keys.values()).get(keys["sanne"], ())


def test_who_has_yet_to_set_up_a_second_factor_reads_nothing(committed_world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    session = cookie_of(committed_world.sanne).partition("=")[2]
    assert sessions.readable_in([session, "verzonnen"]) == {session: frozenset()}


def test_the_rights_of_many_screens_are_read_at_once(committed_world, django_assert_max_num_queries):
    world = committed_world
    people = [world.sanne, world.bram, world.vera]
    keys = [cookie_of(each).partition("=")[2] for each in people]
    with django_assert_max_num_queries(4):
        found = sessions.readable_in(keys)
    assert [each.id in found[key] for each, key in zip(people, keys, strict=True)] == [True] * 3
