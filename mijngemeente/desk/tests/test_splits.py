"""What is split off, and what stays linked."""

from uuid import uuid4

import pytest

from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Link, Message
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

from .together import arrives, merged, on_personal_page, on_the_desk, url


def test_messages_about_something_else_get_a_conversation_of_their_own(sanne, world, first):
    other = arrives(world, "En mijn paspoort?", conversation=first).message
    response = sanne.post(url(first, "afsplitsing/"), {"messages": [str(other.id)], "subject": "Paspoort"})
    with acting_for(world.duinrand.id):
        made = Conversation.objects.get(split_from=first)
        kinds = dict(Link.objects.values_list("conversation_id", "kind"))
    assert response["Location"].startswith(url(made))
    assert (made.subject, made.contact_id, made.status) == ("Paspoort", first.contact_id, "open")
    assert on_the_desk(sanne, made) == ["En mijn paspoort?"]
    assert on_the_desk(sanne, first) == ["Waarom is de brug dicht?"]
    assert kinds == {first.id: "split_to", made.id: "split_from"}
    assert f"splitste berichten af naar gesprek {made.number}" in sanne.get(url(first)).content.decode()


def test_the_resident_keeps_seeing_what_was_split_off_and_what_comes_after_goes_its_own_way(
    world, sanne, first
):
    other = arrives(world, "En mijn paspoort?", conversation=first).message
    sanne.post(url(first, "afsplitsing/"), {"messages": [str(other.id)]})
    with acting_for(world.duinrand.id):
        made = Conversation.objects.get(split_from=first)
    arrives(world, "Nog over het paspoort", conversation=made)
    assert on_personal_page(world, first) == ["Waarom is de brug dicht?", "En mijn paspoort?"]
    assert on_personal_page(world, made) == ["En mijn paspoort?", "Nog over het paspoort"]


@pytest.mark.parametrize("chosen", ["none", "all", "foreign"])
def test_a_split_leaves_something_and_takes_something(sanne, world, first, strangers, chosen):
    with acting_for(world.duinrand.id):
        own = Message.objects.get(conversation=first).id
        foreign = Message.objects.get(conversation=strangers).id
    picked = {"none": [], "all": [own], "foreign": [foreign]}[chosen]
    assert sanne.post(url(first, "afsplitsing/"), {"messages": picked}).status_code == 422
    with acting_for(world.duinrand.id):
        assert not Conversation.objects.filter(split_from=first).exists()


def test_messages_of_two_merged_conversations_are_not_split_off_together(sanne, world, first, second):
    merged(world, first, second)
    with acting_for(world.duinrand.id):
        both = list(Message.objects.values_list("id", flat=True))
    refused = sanne.post(url(second, "afsplitsing/"), {"messages": both})
    assert refused.status_code == 422
    assert "twee gesprekken die zijn samengevoegd" in refused.content.decode()


def test_conversations_are_linked_both_ways_and_no_longer(sanne, world, first, second):
    sanne.post(url(first, "koppelingen/"), {"other": second.id})
    assert str(first.id) in sanne.get(url(second)).content.decode()
    with acting_for(world.duinrand.id):
        assert set(Link.objects.values_list("conversation_id", flat=True)) == {first.id, second.id}
        link = Link.objects.get(conversation=first)
    assert sanne.post(url(second, f"koppelingen/{link.id}/weg/")).status_code == 404
    assert sanne.post(url(first, f"koppelingen/{link.id}/weg/")).status_code == 303
    with acting_for(world.duinrand.id):
        assert not Link.objects.exists()


def test_where_a_question_went_is_not_taken_off_the_record(sanne, world, first, run_jobs):
    sanne.post(url(first, "overdracht/"), {"organisation": world.veenwijk.id, "message": "Daarheen"})
    with acting_for(world.duinrand.id):
        link = Link.objects.get()
    sanne.post(url(first, f"koppelingen/{link.id}/weg/"))
    with acting_for(world.duinrand.id):
        assert Link.objects.exists()


def test_what_can_be_split_off_has_a_writer_and_was_said(sanne, world, first):
    by = world.members["sanne"]
    with acting_for(world.duinrand.id):
        call = actions.ask_to_call_back(conversation=first, subject="Terugbellen", why="Veel te laat.")
        sent = actions.send_reply(conversation=call, by=by, text="Dag.", key=uuid4(), wait_seconds=20)
        actions.take_back(delivery=sent.delivery, by=by)
    form = sanne.get(url(call, "afsplitsing/")).context["form"]
    (only,) = [str(words) for _, words in form.fields["messages"].choices]
    assert only.startswith("Notitie: Automatisch")


def test_a_conversation_of_another_organisation_that_one_reads_is_linked_too(client, world):
    here = world.ask(world.veenwijk, "Wanneer is de veerpont dicht?", email="resi@voorbeeld.example")
    there = world.ask(world.region, "De veerpont", email="resi@voorbeeld.example")
    hidden = world.ask(world.duinrand, "De veerpont", email="resi@voorbeeld.example")
    client.force_login(world.regio)
    here_url = f"/veenwijk/werkplek/gesprekken/{here.id}/"
    address = f"{here_url}koppelingen/"
    assert "Regio Noorderkust" in client.get(address).content.decode()
    # Who writes is known to one organisation only: without words nobody is found elsewhere.
    assert str(there.id) not in client.get(address, {"waar": "noorderkust"}).content.decode()
    look = f"?waar=noorderkust&zoek={there.number}"
    assert str(there.id) in client.get(f"{address}{look}").content.decode()
    with acting_for(world.veenwijk.id):
        assert AuditLine.objects.get(verb="search.made").detail == {"found": 1, "organisations": 1}
    assert client.post(f"{address}{look}", {"other": there.id}).status_code == 303
    elsewhere = f"?waar=duinrand&zoek={hidden.number}"
    assert str(hidden.id) not in client.get(f"{address}{elsewhere}").content.decode()
    assert client.post(f"{address}{elsewhere}", {"other": hidden.id}).status_code == 422
    with acting_for(world.veenwijk.id):
        link = Link.objects.get()
        assert (link.other_organisation_id, link.other_conversation_id) == (world.region.id, there.id)
    page = client.get(here_url).content.decode()
    assert "Regio Noorderkust" in page and str(there.id) in page


def test_who_reads_one_organisation_is_not_asked_which(sanne, first):
    assert "Van welke organisatie?" not in sanne.get(url(first, "koppelingen/")).content.decode()
