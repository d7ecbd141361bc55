"""Who may come in: every endpoint × method × token."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mijngemeente.api.actions import end_token
from mijngemeente.api.models import Token
from mijngemeente.api.urls import urlpatterns
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import members_answering_for, members_of
from mijngemeente.organisations.rules import Right, Role
from mijngemeente.platform.tenancy import acting_for

from .conftest import client_of

ENDPOINTS = [each for each in urlpatterns if hasattr(each.callback, "rights")]
SECRET = "geheim-van-veenwijk"


def address(pattern, conversation):
    ids = {"conversation_id": conversation.id, "contact_id": conversation.contact_id}
    keywords = {name: ids.get(name, SECRET) for name in pattern.pattern.converters}
    return reverse(f"api:{pattern.name}", kwargs=keywords)


def calls(conversation):
    for pattern in ENDPOINTS:
        for method in pattern.callback.rights:
            yield method, address(pattern, conversation), pattern.callback.rights[method]


@pytest.fixture
def theirs(world):
    return world.ask(world.veenwijk, SECRET, subject=SECRET)


def call(client, method, url):
    return client.generic(method, url, "{}", content_type="application/json")


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer mg_verzonnen", "Basic c2Fubmg6eA==", "Bearer " + "x" * 5000]
)
def test_without_a_token_that_works_nothing_opens(world, theirs, header):
    client = Client(headers={"Authorization": header} if header else {})
    for method, url, _ in calls(theirs):
        response = call(client, method, url)
        assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json"), url
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_neighbours_row_does_not_exist(zaaksysteem, theirs):
    for method, url, _ in calls(theirs):
        response = call(zaaksysteem, method, url)
        assert SECRET not in response.content.decode(), url
        if str(theirs.id) in url or str(theirs.contact_id) in url:
            assert response.status_code == 404, url


def test_a_token_that_reads_changes_nothing(world, issue):
    mine = world.ask(world.duinrand, "Vraag")
    client = client_of(issue(role=Role.READER))
    for method, url, right in calls(mine):
        allowed = right is Right.READ
        assert (call(client, method, url).status_code == 403) != allowed, url


def test_a_token_ends_with_its_last_day(world, issue):
    issued = issue()
    client = client_of(issued)
    Token.objects.filter(id=issued.token.id).update(ends_on=timezone.localdate())
    assert client.get("/api/v1/labels").status_code == 200
    Token.objects.filter(id=issued.token.id).update(ends_on="2020-01-01")
    assert client.get("/api/v1/labels").status_code == 401


def test_a_withdrawn_token_works_no_more(world, issue):
    issued = issue()
    with acting_for(world.duinrand.id):
        assert end_token(token=issued.token, by=world.members["beheer"])
        assert not end_token(token=issued.token, by=world.members["beheer"])
    assert client_of(issued).get("/api/v1/labels").status_code == 401


def test_a_system_is_nobody_to_give_work_to(world, issue):
    issued = issue()
    machine = Member.objects.get(id=issued.token.member_id)
    assert machine not in members_of(world.duinrand)
    assert machine not in members_answering_for(world.duinrand.id)
    client = Client()
    assert not client.login(username=machine.person.email, password="")


def test_the_secret_is_kept_nowhere(world, issue):
    issued = issue()
    assert issued.secret not in str(Token.objects.filter(id=issued.token.id).values())


def test_every_answer_says_the_version(zaaksysteem):
    for url in ("/api/v1/labels", "/api/v1/niets", "/api/v2", "/api/%0A", "/api/v1/openapi.json"):
        assert zaaksysteem.get(url)["API-Version"] == "1.0.0"


def test_an_unknown_address_is_a_problem(zaaksysteem):
    for method in ("GET", "POST", "DELETE"):
        response = call(zaaksysteem, method, "/api/v1/bestaat-niet")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_another_method_is_a_problem(zaaksysteem):
    response = call(zaaksysteem, "DELETE", "/api/v1/gesprekken")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, POST"


def test_a_parameter_that_does_not_exist_is_named_and_nothing_is_done(zaaksysteem, world):
    answer = zaaksysteem.get("/api/v1/gesprekken?limiet=5&status=open")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    told = answer.json()
    assert "limiet" in told["detail"]
    assert [each["name"] for each in told["invalidParams"]] == ["limiet"]
    assert "aantal" in told["invalidParams"][0]["reason"]
    asked = zaaksysteem.post(
        "/api/v1/gesprekken?format=xml", {"tekst": "Is het zwembad open?"}, content_type="application/json"
    )
    assert asked.status_code == 400
    with acting_for(world.duinrand.id):
        assert not Conversation.objects.exists()


@pytest.mark.parametrize("asked", ["aantal=5", "vanaf=", "status=open", "nummer=3", "kanaal=email"])
def test_a_parameter_that_exists_is_not_refused_as_unknown(zaaksysteem, asked):
    answer = zaaksysteem.get(f"/api/v1/gesprekken?{asked}")
    assert "bestaat hier niet" not in answer.content.decode()
