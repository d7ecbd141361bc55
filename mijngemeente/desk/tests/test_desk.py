"""The queues and the list, over all organisations somebody covers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation
from mijngemeente.desk.rules import Queue
from mijngemeente.platform.tenancy import acting_for

DESK = "/werkplek/"


def shown(response) -> list[int]:
    return [row.conversation.number for row in response.context["list"].rows]


def counts(response) -> dict[str, int]:
    return {link.id.removeprefix("count-"): link.count for link in response.context["queues"][0].queues}


def act(world, organisation, deed, **what):
    with acting_for(organisation.id):
        deed(**what)


def test_a_question_waits_in_the_queue_of_what_is_nobodys(sanne, world):
    world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug", name="Fatma Yilmaz")
    response = sanne.get(DESK)
    assert shown(response) == [1]
    assert counts(response) == {
        "mijn": 0, "vrij": 1, "team": 1, "alle": 1, "telaat": 0, "wacht": 0, "later": 0, "gesloten": 0
    }  # fmt: skip
    text = response.content.decode()
    assert "Fatma Yilmaz" in text
    assert "Waarom is de brug dicht?" in text


def test_each_queue_holds_what_it_says(sanne, world):
    made = {name: world.ask(world.duinrand, name) for name in ("vrij", "mijn", "bram", "wacht", "gesloten")}
    by = world.members["sanne"]
    act(world, world.duinrand, actions.assign, conversation=made["mijn"], to=by, by=by)
    act(world, world.duinrand, actions.assign, conversation=made["bram"], to=world.members["bram"], by=by)
    act(
        world, world.duinrand, actions.change_status,
        conversation=made["wacht"], status=Conversation.Status.WAITING_DEPARTMENT, by=by,
    )  # fmt: skip
    act(world, world.duinrand, actions.close, conversation=made["gesloten"], by=by, reason="answered")
    expected = {
        Queue.MINE: ["mijn"],
        Queue.UNASSIGNED: ["vrij"],
        Queue.TEAM: ["vrij", "mijn", "bram"],
        Queue.ALL: ["vrij", "mijn", "bram"],
        Queue.WAITING: ["wacht"],
        Queue.CLOSED: ["gesloten"],
    }
    for queue, names in expected.items():
        response = sanne.get(DESK, {"rij": queue.value})
        assert shown(response) == [made[name].number for name in names], queue
        assert counts(response)[queue.value] == len(names)


def test_whoever_waits_longest_stands_first(sanne, world):
    first, second = world.ask(world.duinrand, "een"), world.ask(world.duinrand, "twee")
    with acting_for(world.duinrand.id):
        long_ago = timezone.now() - timedelta(hours=3)
        Conversation.objects.filter(id=second.id).update(waiting_since=long_ago, due_at=None)
    response = sanne.get(DESK)
    assert shown(response) == [second.number, first.number]
    assert "wacht 3 uur" in response.content.decode()


def test_somebody_without_an_organisation_sees_an_empty_desk(client, world):
    world.ask(world.duinrand, "een vraag")
    client.force_login(world.niemand)
    assert shown(client.get(DESK, {"rij": "alle"})) == []


def test_an_administrator_does_not_read_what_residents_write(client, world):
    world.ask(world.duinrand, "een vraag")
    client.force_login(world.beheer)
    assert shown(client.get(DESK, {"rij": "alle"})) == []


def test_a_regional_agent_sees_the_municipalities_under_agreement_by_name(client, world):
    world.ask(world.veenwijk, "een vraag in Veenwijk")
    world.ask(world.duinrand, "een vraag in Duinrand")
    client.force_login(world.regio)
    response = client.get(DESK)
    assert [row.place for row in response.context["list"].rows] == ["Veenwijk"]
    assert "Duinrand" not in response.content.decode()


def test_one_municipality_can_be_chosen(client, world):
    world.ask(world.veenwijk, "een vraag")
    client.force_login(world.regio)
    assert len(shown(client.get(DESK, {"gemeente": "veenwijk"}))) == 1
    assert shown(client.get(DESK, {"gemeente": "noorderkust"})) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"rij": "onzin"},
        {"gemeente": "veenwijk"},
        {"pagina": "-1"},
        {"pagina": "9" * 400},
        {"rij": "vrij", "pagina": "99"},
    ],
)
def test_an_odd_address_shows_a_list_all_the_same(sanne, world, asked):
    world.ask(world.duinrand, "een vraag")
    assert len(shown(sanne.get(DESK, asked))) == 1


def test_the_list_shows_fifty_at_a_time(sanne, world):
    for number in range(52):
        world.ask(world.duinrand, f"vraag {number}", email=f"i{number}@voorbeeld.example")
    assert len(shown(sanne.get(DESK))) == 50
    assert len(shown(sanne.get(DESK, {"pagina": "2"}))) == 2


def test_the_desk_takes_few_queries_however_long_the_list(sanne, world):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sanne.get(DESK, {"rij": "alle"})
        return len(queries)

    world.ask(world.duinrand, "een")
    few = count()
    for number in range(20):
        conversation = world.ask(world.duinrand, "meer", email=f"i{number}@voorbeeld.example")
        by = world.members["bram"]
        act(world, world.duinrand, actions.assign, conversation=conversation, to=by, by=by)
    assert count() <= min(few + 3, 25)


def test_news_is_counted_from_when_the_list_was_read(sanne, world):
    world.ask(world.duinrand, "een")
    since = timezone.now().isoformat()
    response = sanne.get(reverse("desk:news"), {"rij": "vrij", "sinds": since})
    assert "tonen" not in response.content.decode()
    world.ask(world.duinrand, "twee")
    response = sanne.get(reverse("desk:news"), {"rij": "vrij", "sinds": since})
    assert "1 nieuw gesprek: tonen" in " ".join(response.content.decode().split())


@pytest.mark.parametrize("since", ["", "gisteren", "2026-13-45T00:00", "2026-01-01"])
def test_news_since_nonsense_is_no_news(sanne, world, since):
    world.ask(world.duinrand, "een")
    assert sanne.get(reverse("desk:news"), {"sinds": since}).context["count"] == 0


def test_next_is_the_longest_waiting_that_is_not_the_one_just_done(sanne, world):
    first, second = world.ask(world.duinrand, "een"), world.ask(world.duinrand, "twee")
    response = sanne.get(reverse("desk:next"), {"rij": "vrij", "na": str(first.id)})
    assert str(second.id) in response["Location"]
    assert response["Location"].endswith("rij=vrij")


def test_after_the_last_one_comes_the_list(sanne, world):
    only = world.ask(world.duinrand, "een")
    place = {"rij": "vrij", "na": str(only.id)}
    assert sanne.get(reverse("desk:next"), place)["Location"] == "/werkplek/?rij=vrij"
    by_htmx = sanne.get(reverse("desk:next"), place, headers={"HX-Request": "true"})
    assert by_htmx["HX-Redirect"] == "/werkplek/?rij=vrij"


def test_the_row_of_a_conversation_that_left_the_queue_is_marked(sanne, world):
    conversation = world.ask(world.duinrand, "een")
    url = reverse("desk:row", args=["duinrand", conversation.id])
    assert "row--leaving" not in sanne.get(url, {"rij": "vrij"}).content.decode()
    by = world.members["bram"]
    act(world, world.duinrand, actions.assign, conversation=conversation, to=by, by=by)
    assert "row--leaving" in sanne.get(url, {"rij": "vrij"}).content.decode()


def test_a_visitor_is_asked_to_sign_in(client, world):
    assert client.get(DESK)["Location"].startswith("/account/login/")


def test_whose_session_ended_signs_in_on_a_whole_page_and_comes_back(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/werkplek/?rij=mijn"}
    response = client.get(f"{DESK}nieuws/", headers=headers)
    assert response["HX-Redirect"] == "/account/login/?next=/werkplek/%3Frij%3Dmijn"
    assert not response.content


def test_what_a_page_asks_by_itself_leads_nobody_away(client, world):
    response = client.get("/werkplek/", headers={"HX-Request": "true", "X-By-Itself": "yes"})
    assert (response.status_code, response.content) == (204, b"")


def test_the_row_of_the_open_conversation_stays_marked(sanne, world):
    conversation = world.ask(world.duinrand, "een")
    screen = {"HX-Current-URL": f"http://testserver/duinrand/werkplek/gesprekken/{conversation.id}/?rij=vrij"}
    row = reverse("desk:row", args=["duinrand", conversation.id])
    for address in (row, DESK):
        assert 'aria-current="true"' in sanne.get(address, {"rij": "vrij"}, headers=screen).content.decode()
        assert 'aria-current="true"' not in sanne.get(address, {"rij": "vrij"}).content.decode()


def test_the_organisations_of_somebody_who_has_many_come_when_asked_for(client, world):
    asked = world.ask(world.veenwijk, "Waarom is de brug dicht?")
    client.force_login(world.regio)
    page = client.get("/werkplek/rijen/gemeenten/?rij=alle").content.decode()
    assert "data-filter-input" in page
    assert 'href="/werkplek/?rij=alle&amp;gemeente=veenwijk"' in page
    assert "Duinrand" not in page
    later = client.get("/werkplek/rijen/gemeenten/?rij=alle&tellingen=1").content.decode()
    assert f'id="count-{asked.organisation.slug}" hx-swap-oob="true">1</span>' in later


def test_a_screen_that_stands_there_gets_the_list_alone(sanne, world):
    asked = world.ask(world.duinrand, "Waarom is de brug dicht?")
    here = f"http://testserver/duinrand/werkplek/gesprekken/{asked.id}/"
    part = sanne.get(DESK, headers={"HX-Request": "true", "HX-Current-URL": here}).content.decode()
    assert 'id="list"' in part
    assert 'id="queues"' in part
    assert '<h2 class="list-head__title"' in part
    assert "<html" not in part
