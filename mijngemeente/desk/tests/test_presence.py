"""Who else is looking, as a screen shows it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mijngemeente.desk import rules
from mijngemeente.platform.live import hub
from mijngemeente.platform.presence import Beat, State, read_token

NOW = 0.0


@pytest.mark.parametrize(
    ("writing", "looking", "words"),
    [
        ([], [], ""),
        ([], ["Karin"], "Karin leest mee"),
        (["Karin"], [], "Karin schrijft"),
        (["Karin"], ["Bram"], "Karin schrijft, Bram leest mee"),
        ([], ["Bram", "Karin"], "Bram en Karin lezen mee"),
        (["Bram", "Karin"], [], "Bram en Karin schrijven"),
        ([], ["Bram", "Karin", "Sanne"], "Bram en 2 anderen lezen mee"),
    ],
)
def test_who_is_here_is_told_in_words(writing, looking, words):
    assert rules.presence_words(writing, looking) == words


@pytest.fixture
def here(world):
    """Puts somebody at a conversation, and takes them away again."""
    heard = []

    def put(name, conversation, state=State.LOOKING):
        heard.append((conversation, world.people[name]))
        hub.board.hear(Beat(conversation.organisation_id, conversation.id, world.people[name].id, state), NOW)

    yield put
    for conversation, person in heard:
        hub.board.hear(Beat(conversation.organisation_id, conversation.id, person.id, State.GONE), NOW)
    hub.board.changes(NOW)


def shown(client, *conversations):
    ids = "&".join(f"gesprek={each.id}" for each in conversations)
    return client.get(f"/werkplek/aanwezig/?{ids}").content.decode()


def test_colleagues_see_each_other_and_not_themselves(client, world, here):
    asked = world.ask(world.duinrand, "Waar is de markt?")
    here("sanne", asked)
    here("bram", asked, State.WRITING)
    client.force_login(world.sanne)
    text = shown(client, asked)
    assert f"[data-present='{asked.id}']\">Bram schrijft<" in text
    assert "Sanne" not in text


def test_a_busy_screen_asks_no_more_of_the_database_than_a_quiet_one(client, world, here):
    asked = [world.ask(world.duinrand, text, email=f"{text}@voorbeeld.example") for text in ("Een", "Twee")]
    here("bram", asked[0])
    client.force_login(world.sanne)
    counts = []
    for each in asked:
        here("beheer", each)
        with CaptureQueriesContext(connection) as queries:
            shown(client, *asked)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nobody_sees_who_is_at_a_neighbours_conversation(client, world, here):
    asked = world.ask(world.veenwijk, "Waar is de markt?")
    here("vera", asked)
    client.force_login(world.sanne)
    assert "Vera" not in shown(client, asked)
    assert str(asked.id) not in shown(client, asked)


def test_who_may_no_longer_read_is_not_shown(client, world, here):
    asked = world.ask(world.duinrand, "Waar is de markt?")
    here("vera", asked)
    client.force_login(world.sanne)
    assert "Vera" not in shown(client, asked)


def test_nonsense_is_asked_for_in_vain(client, world):
    client.force_login(world.sanne)
    response = client.get("/werkplek/aanwezig/?gesprek=geen-id&gesprek=")
    assert (response.status_code, response.content.strip()) == (200, b"")


def test_an_open_screen_gets_another_token_as_long_as_its_reader_may_read(client, world):
    asked = world.ask(world.duinrand, "Waar is de markt?")
    url = f"/duinrand/werkplek/gesprekken/{asked.id}/aanwezig/"
    client.force_login(world.sanne)
    beat = read_token(client.get(url).content.decode(), "look")
    assert beat == Beat(world.duinrand.id, asked.id, world.sanne.id, State.LOOKING)
    client.force_login(world.vera)
    assert client.get(url).status_code == 404


def test_an_open_conversation_carries_its_token_and_the_residents_page_does_not(client, world):
    asked = world.ask(world.duinrand, "Waar is de markt?")
    client.force_login(world.sanne)
    page = client.get(f"/duinrand/werkplek/gesprekken/{asked.id}/").content.decode()
    assert f'data-presence="3 {asked.id} {world.sanne.id}:' in page
