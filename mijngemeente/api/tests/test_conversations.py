"""Reading and working, as another system does."""

import json
from uuid import uuid4

import pytest

from mijngemeente.conversations.actions import merge
from mijngemeente.conversations.models import Closure, Conversation, Delivery, Message
from mijngemeente.intake.models import Payload
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

QUESTION = {"tekst": "Wanneer wordt het gft gehaald?", "naam": "Resi Dent", "email": "resi@voorbeeld.example"}


def send(client, method, url, body, **headers):
    return client.generic(method, url, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Wanneer komt het gft?", subject="Gft")


def test_a_question_becomes_a_conversation(zaaksysteem, world, run_jobs):
    taken = send(zaaksysteem, "POST", "/api/v1/gesprekken", QUESTION)
    assert taken.status_code == 202
    run_jobs()
    shown = zaaksysteem.get(taken.json()["url"].removeprefix("http://localhost:8000")).json()
    assert (shown["inwoner"]["naam"], shown["status"], shown["kanaal"]) == ("Resi Dent", "open", "web")
    assert shown["id"] == taken.json()["id"]


def test_a_repeated_question_is_one_question(zaaksysteem, world, run_jobs):
    first, second = (
        send(zaaksysteem, "POST", "/api/v1/gesprekken", QUESTION, **{"Idempotency-Key": "a1"})
        for _ in range(2)
    )
    assert (first.status_code, first.json(), first["Location"]) == (202, second.json(), second["Location"])
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == 1
        assert Payload.objects.count() == 1


def test_a_key_is_for_one_request(zaaksysteem, world):
    headers = {"Idempotency-Key": "a1"}
    send(zaaksysteem, "POST", "/api/v1/gesprekken", QUESTION, **headers)
    response = send(zaaksysteem, "POST", "/api/v1/gesprekken", QUESTION | {"tekst": "Iets anders"}, **headers)
    assert response.status_code == 422
    assert "al gebruikt" in response.json()["detail"]


def test_a_refused_request_may_be_mended_with_the_same_key(zaaksysteem):
    headers = {"Idempotency-Key": "a1"}
    assert send(zaaksysteem, "POST", "/api/v1/gesprekken", {"tekst": ""}, **headers).status_code == 400
    assert send(zaaksysteem, "POST", "/api/v1/gesprekken", QUESTION, **headers).status_code == 202


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "tekst"),
        ({"tekst": "x" * 20_001}, "tekst"),
        ({"tekst": "x", "email": "geen adres"}, "email"),
        ({"tekst": "x", "taal": "de"}, "taal"),
        ({"tekst": {"een": "ding"}}, "tekst"),
        ([], "non_field_errors"),
    ],
)
def test_a_bad_question_says_what_to_mend(zaaksysteem, body, name):
    response = send(zaaksysteem, "POST", "/api/v1/gesprekken", body)
    assert response.status_code == 400
    assert [each["name"] for each in response.json()["invalidParams"]] == [name]


@pytest.mark.parametrize(
    ("body", "kind", "status"), [("{", "application/json", 400), ("a=1", "text/plain", 415)]
)
def test_what_is_not_json_is_refused(zaaksysteem, body, kind, status):
    response = zaaksysteem.generic("POST", "/api/v1/gesprekken", body, content_type=kind)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_a_conversation_is_changed_as_on_the_desk(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}"
    change = {
        "status": "wacht_op_afdeling",
        "soort": "melding",
        "toegewezenAan": str(world.members["sanne"].id),
    }
    shown = send(zaaksysteem, "PATCH", url, change).json()
    assert (shown["status"], shown["soort"], shown["toegewezenAan"]["naam"]) == (
        "wacht_op_afdeling",
        "melding",
        "Sanne",
    )
    assert send(zaaksysteem, "PATCH", url, {"toegewezenAan": None}).json()["toegewezenAan"] is None
    with acting_for(world.duinrand.id):
        who = set(
            AuditLine.objects.filter(verb__startswith="conversation.status").values_list(
                "member__person__name"
            )
        )
    assert who == {("Zaaksysteem",)}


def test_a_conversation_is_put_off_and_gets_precedence(zaaksysteem, asked):
    url = f"/api/v1/gesprekken/{asked.id}"
    shown = send(
        zaaksysteem, "PATCH", url, {"voorrang": "spoed", "uitgesteldTot": "2099-01-01T09:00:00Z"}
    ).json()
    assert (shown["voorrang"], shown["status"]) == ("spoed", "uitgesteld")
    assert shown["uitgesteldTot"].startswith("2099-01-01T")
    assert send(zaaksysteem, "PATCH", url, {"uitgesteldTot": "2020-01-01T09:00:00Z"}).status_code == 400


def test_a_merged_conversation_tells_what_was_said_in_both(zaaksysteem, world, asked):
    other = world.ask(world.duinrand, "En het papier?")
    with acting_for(world.duinrand.id):
        merge(conversation=other, into=asked, by=world.members["sanne"])
    told = zaaksysteem.get(f"/api/v1/gesprekken/{asked.id}/berichten").json()["resultaten"]
    assert [each["tekst"] for each in told] == ["Wanneer komt het gft?", "En het papier?"]


def test_residents_are_found_by_address(zaaksysteem, world, asked):
    world.ask(world.duinrand, "Vraag", email="ander@voorbeeld.example", name="Ander")
    (found,) = zaaksysteem.get("/api/v1/inwoners?adres=ANDER@voorbeeld.example").json()["resultaten"]
    assert (found["naam"], found["adressen"][0]["adres"]) == ("Ander", "ander@voorbeeld.example")
    assert len(zaaksysteem.get("/api/v1/inwoners").json()["resultaten"]) == 2
    assert zaaksysteem.get(f"/api/v1/inwoners/{found['id']}").json() == found
    (talk,) = zaaksysteem.get(f"/api/v1/gesprekken?inwoner={found['id']}").json()["resultaten"]
    assert talk["inwoner"]["naam"] == "Ander"
    with acting_for(world.duinrand.id):
        assert AuditLine.objects.get(verb="contact.viewed").detail["purpose"] == "api"


def test_a_change_that_is_half_wrong_changes_nothing(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}"
    refused = send(zaaksysteem, "PATCH", url, {"soort": "melding", "toegewezenAan": str(uuid4())})
    assert refused.status_code == 400
    assert zaaksysteem.get(url).json()["soort"] is None


def test_closing_and_opening_again(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}/sluiting"
    assert send(zaaksysteem, "PUT", url, {"reden": "bewust_niet_beantwoord"}).status_code == 400
    closed = send(zaaksysteem, "PUT", url, {"reden": "beantwoord"})
    assert (closed.json()["status"], bool(closed.json()["geslotenOp"])) == ("gesloten", True)
    assert send(zaaksysteem, "PUT", url, {"reden": "beantwoord"}).status_code == 200
    assert zaaksysteem.delete(url).status_code == 204
    with acting_for(world.duinrand.id):
        assert Closure.objects.get().reopened_at is not None


def test_labels_go_on_and_off(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}/labels/Fractie%20%26%20raad"
    assert [zaaksysteem.put(url).status_code for _ in range(2)] == [204, 204]
    assert zaaksysteem.get(f"/api/v1/gesprekken/{asked.id}").json()["labels"] == ["Fractie & raad"]
    assert zaaksysteem.delete(url).status_code == 204
    assert zaaksysteem.delete(url.replace("Fractie", "Geen")).status_code == 404


def test_an_answer_leaves_once(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}/berichten"
    body = {"richting": "aan_inwoner", "tekst": "Elke dinsdag."}
    first, second = (send(zaaksysteem, "POST", url, body, **{"Idempotency-Key": "b1"}) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    assert first.json()["auteur"]["naam"] == "Zaaksysteem"
    with acting_for(world.duinrand.id):
        assert Delivery.objects.count() == 1
        assert Conversation.objects.get().assignee is None


def test_an_answer_that_crosses_is_refused(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}/berichten"
    seen = zaaksysteem.get(url).json()["resultaten"][-1]["id"]
    send(zaaksysteem, "POST", url, {"richting": "aan_inwoner", "tekst": "Elke dinsdag."})
    late = send(
        zaaksysteem, "POST", url, {"richting": "aan_inwoner", "tekst": "Elke week.", "gelezenTot": seen}
    )
    assert late.status_code == 409


def test_a_note_stays_inside(zaaksysteem, world, asked):
    url = f"/api/v1/gesprekken/{asked.id}/berichten"
    note = send(zaaksysteem, "POST", url, {"richting": "notitie", "tekst": "Zaak 12 geopend"})
    assert (note.status_code, note.json()["richting"], note.json()["verzending"]) == (201, "notitie", None)
    with acting_for(world.duinrand.id):
        assert Message.objects.filter(direction="note").count() == 1


def test_reading_is_written_down(zaaksysteem, world, asked):
    zaaksysteem.get(f"/api/v1/gesprekken/{asked.id}")
    zaaksysteem.get(f"/api/v1/gesprekken/{asked.id}/berichten")
    with acting_for(world.duinrand.id):
        assert AuditLine.objects.filter(verb="conversation.viewed").count() == 2


def test_a_list_goes_on_where_it_stopped(zaaksysteem, world):
    numbers = [world.ask(world.duinrand, f"Vraag {each}").number for each in range(5)]
    url, found = "/api/v1/gesprekken?aantal=2", []
    while url:
        part = zaaksysteem.get(url.removeprefix("http://localhost:8000"))
        found += [each["nummer"] for each in part.json()["resultaten"]]
        assert ("Link" in part.headers) == bool(part.json()["links"]["next"])
        url = part.json()["links"]["next"]
    assert found == numbers[::-1]


@pytest.mark.parametrize(
    ("query", "status", "count"),
    [
        ("status=open", 200, 1),
        ("status=gesloten", 200, 0),
        ("nummer=1", 200, 1),
        ("kanaal=web&status=open", 200, 1),
        ("gewijzigdSinds=2020-01-01T00:00:00Z", 200, 1),
        ("gewijzigdSinds=2099-01-01T00:00:00Z", 200, 0),
        ("gewijzigdSinds=gisteren", 400, None),
        ("status=zoek", 400, None),
        ("nummer=99999999999999999999", 400, None),
        ("aantal=0", 400, None),
        ("aantal=veel", 400, None),
        ("vanaf=onzin", 400, None),
        ("vanaf=%00", 400, None),
    ],
)
def test_a_list_is_chosen(zaaksysteem, asked, query, status, count):
    response = zaaksysteem.get(f"/api/v1/gesprekken?{query}")
    assert response.status_code == status
    assert count is None or len(response.json()["resultaten"]) == count


def test_what_one_can_choose_from(zaaksysteem, world):
    assert zaaksysteem.get("/api/v1/onderwerpen").status_code == 200
    assert zaaksysteem.get("/api/v1/labels").json() == []
    names = [each["naam"] for each in zaaksysteem.get("/api/v1/medewerkers").json()]
    assert "Sanne" in names and "Zaaksysteem" not in names
