"""Who covers a part of an organisation reaches that part, and nothing else exists for them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from mijngemeente.conversations.actions import assign, cover
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.errors import NotCovered
from mijngemeente.organisations.models import ServiceAgreement
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Agreed, Membership, Role, coverage
from mijngemeente.organisations.rules.covering import Because
from mijngemeente.platform.tenancy import acting_for, keeping_to
from mijngemeente.web.parts import IN_PART
from mijngemeente.web.permissions import ROUTES
from tests.test_permissions import OURS

OTHERS = "geheim-van-de-buren"


@pytest.fixture
def limited(world):
    """The region answers for Veenwijk on the web only, and for Duinrand not at all."""
    ServiceAgreement.objects.filter(client=world.veenwijk).update(channels=["web"])
    return world


@pytest.fixture
def theirs(limited):
    return limited.ask(limited.veenwijk, OTHERS, name=OTHERS, email=f"{OTHERS}@voorbeeld.example")


@pytest.fixture
def ours(limited):
    asked = limited.ask(limited.veenwijk, "Waar is de markt?", email="ander@voorbeeld.example")
    with acting_for(limited.veenwijk.id):
        cover(conversation=asked, by_team=limited.region.id, because=Because.AGREED)
    return asked


@pytest.fixture
def jelle(client, limited):
    client.force_login(limited.regio)
    return client


def page_of(conversation):
    return f"/veenwijk/werkplek/gesprekken/{conversation.id}/"


def test_they_work_on_what_their_team_has(jelle, ours, limited):
    assert "Waar is de markt" in jelle.get(page_of(ours)).content.decode()
    sent = {"body": "Op het plein.", "key": str(uuid4()), "seen": "99"}
    assert jelle.post(f"{page_of(ours)}antwoord/", sent).status_code < 400
    assert (
        jelle.post(f"{page_of(ours)}toewijzing/", {"member": str(limited.members["regio"].id)}).status_code
        < 400
    )
    with acting_for(limited.veenwijk.id):
        assert Conversation.objects.get(id=ours.id).assignee == limited.members["regio"]


def test_what_their_team_does_not_have_is_not_there(jelle, theirs, ours):
    assert jelle.get(page_of(theirs)).status_code == 404
    assert jelle.post(f"{page_of(theirs)}antwoord/", {"body": "Dag", "key": str(uuid4())}).status_code == 404
    for queue in ("alle", "vrij", "team", "mijn", "telaat", "wacht", "gesloten"):
        listed = jelle.get(f"/werkplek/?rij={queue}").content.decode()
        assert OTHERS not in listed
    shown = jelle.get("/werkplek/?rij=alle")
    assert "Waar is de markt" in shown.content.decode()
    assert shown.context["list"].page.paginator.count == 1


def test_the_next_and_the_longest_waiting_are_theirs(jelle, theirs, ours, limited):
    taken = jelle.post("/werkplek/oppakken/")
    assert str(ours.id) in taken["Location"]
    again = jelle.post("/werkplek/oppakken/")
    assert str(theirs.id) not in again.get("Location", "")


def test_the_resident_of_their_conversation_shows_nothing_else(jelle, limited):
    """The same resident asked the municipality something else before."""
    before = limited.ask(limited.veenwijk, OTHERS, subject=OTHERS)
    asked = limited.ask(limited.veenwijk, "Waar is de markt?")
    assert before.contact_id == asked.contact_id
    with acting_for(limited.veenwijk.id):
        cover(conversation=asked, by_team=limited.region.id, because=Because.AGREED)
    shown = jelle.get(page_of(asked)).content.decode()
    assert OTHERS not in shown
    assert "Samenvoegen" not in shown


def test_searching_finds_nothing_of_the_others(jelle, limited, theirs, ours):
    address = f"/werkplek/zoeken/?zoek={OTHERS}"
    assert str(theirs.id) not in jelle.get(address).content.decode()
    jelle.force_login(limited.vera)
    assert str(theirs.id) in jelle.get(address).content.decode()


#: Pages of one organisation that read what residents wrote, or who they are.
BEYOND = sorted(
    each.name
    for each in OURS
    if "organisation" in each.converters and each.name not in IN_PART and each.name.startswith("desk:")
)


@pytest.mark.parametrize("name", BEYOND)
def test_a_page_that_was_not_made_for_it_is_not_there(jelle, ours, limited, name):
    route = next(each for each in OURS if each.name == name)
    ids = {each: uuid4() for each in route.converters}
    ids |= {"organisation": "veenwijk", "conversation_id": ours.id, "formal_kind": "objection"}
    ids["contact_id"] = ours.contact_id
    url = reverse(name, kwargs={each: ids[each] for each in route.converters})
    assert jelle.get(url).status_code == 404
    assert jelle.post(url).status_code == 404


ON_A_CONVERSATION = sorted(
    each.name for each in OURS if each.name in IN_PART and "conversation_id" in each.converters
)


@pytest.mark.parametrize("name", ON_A_CONVERSATION)
def test_no_page_is_there_on_a_conversation_of_the_others(jelle, theirs, name):
    """Also not with ids of what hangs on it."""
    with acting_for(theirs.organisation_id):
        message = theirs.messages.get()
    route = next(each for each in OURS if each.name == name)
    ids = {each: uuid4() for each in route.converters}
    ids |= {"organisation": "veenwijk", "conversation_id": theirs.id, "message_id": message.id}
    url = reverse(name, kwargs={each: ids[each] for each in route.converters})
    for answer in (jelle.get(url), jelle.post(url, {"body": "Dag"})):
        assert answer.status_code in (404, 405)
        assert OTHERS not in answer.content.decode()


def test_every_page_that_was_made_for_it_exists():
    assert set(ROUTES) >= IN_PART


def test_whatever_a_query_forgets_is_left_out(limited, theirs, ours):
    parts = {limited.veenwijk.id: frozenset({limited.region.id})}
    with keeping_to(parts), acting_for(limited.veenwijk.id):
        assert [each.id for each in Conversation.objects.all()] == [ours.id]
        assert not Conversation.objects.filter(id=theirs.id).exists()
        assert Conversation.objects.filter(id=theirs.id).update(subject="x") == 0
    with acting_for(limited.veenwijk.id):
        assert Conversation.objects.count() == 2


def test_the_own_team_still_sees_everything(client, limited, theirs, ours):
    client.force_login(limited.vera)
    listed = client.get("/werkplek/?rij=alle").content.decode()
    assert OTHERS in listed
    assert "Waar is de markt" in listed


def test_an_agreement_for_everything_goes_before_one_for_a_part(limited):
    ServiceAgreement.objects.create(provider=limited.region, client=limited.veenwijk, starts_on="2021-01-01")
    assert not coverage_of(limited.regio)[limited.veenwijk.id].is_limited


def test_who_works_for_two_teams_reaches_what_both_have():
    member, other = uuid4(), uuid4()
    memberships = [
        Membership(member, 1, frozenset({Role.AGENT})),
        Membership(other, 2, frozenset({Role.AGENT})),
    ]
    covered = coverage(memberships, [Agreed(1, 9, is_limited=True), Agreed(2, 9, is_limited=True)])
    assert covered[9].team_ids == {1, 2}
    whole = coverage(memberships, [Agreed(1, 9, is_limited=True), Agreed(2, 9)])
    assert not whole[9].is_limited


def test_who_is_given_one_by_a_colleague_sees_it(limited, theirs, jelle):
    with acting_for(limited.veenwijk.id):
        assign(conversation=theirs, to=limited.members["regio"], by=limited.members["vera"])
    assert OTHERS in jelle.get(page_of(theirs)).content.decode()


def test_who_reaches_a_part_lends_nothing_on(limited, ours):
    ServiceAgreement.objects.create(
        provider=limited.national, client=limited.veenwijk, channels=["web"], starts_on="2021-01-01"
    )
    parts = {limited.veenwijk.id: frozenset({limited.region.id})}
    with keeping_to(parts), acting_for(limited.veenwijk.id), pytest.raises(NotCovered):
        assign(conversation=ours, to=limited.members["land"], by=limited.members["regio"])


def test_an_ended_agreement_opens_no_door(limited, jelle, ours):
    ServiceAgreement.objects.filter(client=limited.veenwijk).update(ends_on="2020-12-31")
    assert jelle.get(page_of(ours)).status_code == 404
