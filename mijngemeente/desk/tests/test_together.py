"""Conversations that go together, and apart."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.errors import (
    AlreadyAnswered,
    ClosedTarget,
    MergedElsewhere,
    NotMerged,
    SameConversation,
)
from mijngemeente.conversations.models import PERSONAL_LINK, Closure, Conversation, Link, Message
from mijngemeente.intake.queries import shown_conversation
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sanne(client, world):
    client.force_login(world.sanne)
    return client


@pytest.fixture
def first(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug")


@pytest.fixture
def second(world):
    return world.ask(world.duinrand, "En wanneer gaat hij open?", subject="Brug open")


@pytest.fixture
def strangers(world):
    return world.ask(
        world.duinrand, "Mijn geheim", subject="Ander", name="Bo Ander", email="bo@voorbeeld.example"
    )


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def fresh(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.select_related("merged_into", "contact").get(id=conversation.id)


def merged(world, conversation, into, **how):
    with acting_for(world.duinrand.id):
        actions.merge(
            conversation=fresh_row(conversation), into=fresh_row(into), by=world.members["sanne"], **how
        )


def fresh_row(conversation):
    return Conversation.objects.get(id=conversation.id)


def unmerged(world, conversation):
    with acting_for(world.duinrand.id):
        actions.unmerge(conversation=fresh_row(conversation), by=world.members["sanne"])


def arrives(world, text, *, conversation=None, replies_to=(), sender=None, subject=""):
    """As on the personal page or in a mail."""
    with acting_for(world.duinrand.id):
        return actions.receive_message(
            inbox=world.inbox(world.duinrand, "web"),
            incoming=Incoming(
                str(uuid4()),
                sender or Party("", "", "email"),
                text,
                subject=subject,
                conversation_id=conversation.id if conversation else None,
                replies_to=replies_to,
            ),
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )


def answered(world, conversation, text):
    with acting_for(world.duinrand.id):
        row = Conversation.objects.select_related("contact", "inbox").get(id=conversation.id)
        return actions.send_reply(conversation=row, by=world.members["sanne"], text=text, key=uuid4())


def on_personal_page(world, conversation):
    with acting_for(world.duinrand.id):
        return [each.text for each in shown_conversation(world.duinrand, conversation.id).messages]


def on_the_desk(client, conversation):
    page = client.get(url(conversation), follow=True).content.decode()
    return re.findall(r'<div class="message__text" dir="auto">(.*?)</div>', page)


def test_two_questions_go_on_as_one_in_order_of_time(sanne, world, first, second):
    arrives(world, "Ik hoor niets", conversation=first)
    assert sanne.post(url(first, "samenvoeging/"), {"other": second.id}).status_code == 303
    assert on_the_desk(sanne, second) == [
        "Waarom is de brug dicht?",
        "En wanneer gaat hij open?",
        "Ik hoor niets",
    ]
    assert "uit gesprek 1" in sanne.get(url(second)).content.decode()
    assert fresh(first).is_closed
    with acting_for(world.duinrand.id):
        assert Closure.objects.get(conversation=first).reason == "merged"


def test_the_number_of_a_merged_conversation_leads_to_where_it_goes_on(sanne, world, first, second):
    merged(world, first, second)
    assert sanne.get(url(first))["Location"].startswith(url(second))
    stale = sanne.get(url(first, "nieuws/"), headers=HTMX).content.decode()
    assert f"Verder in gesprek {second.number}" in stale


def test_what_the_resident_adds_behind_the_old_link_arrives_where_it_goes_on(sanne, world, first, second):
    merged(world, first, second)
    with acting_for(world.duinrand.id):
        actions.close(conversation=fresh_row(second), by=world.members["sanne"], reason="answered")
    received = arrives(world, "Nog iets", conversation=first)
    assert received.conversation.id == second.id
    assert fresh(second).status == "open"
    assert fresh(first).is_closed
    assert on_the_desk(sanne, second)[-1] == "Nog iets"
    assert on_personal_page(world, first) == ["Waarom is de brug dicht?", "Nog iets"]


def test_a_mail_that_names_a_message_of_the_old_one_arrives_there_too(world, first, second):
    merged(world, first, second)
    with acting_for(world.duinrand.id):
        named = Message.objects.get(conversation=first).external_id
    sender = Party("Resi Dent", "resi.dent@voorbeeld.example", "email")
    received = arrives(world, "Per post", replies_to=(named,), sender=sender, subject="Re: Brug")
    assert received.conversation.id == second.id
    assert received.message.conversation_id == first.id
    assert not received.is_new_conversation


def test_the_resident_reads_the_answer_on_both_pages_and_nothing_older_of_the_other(world, first, second):
    merged(world, first, second)
    answered(world, second, "Vrijdag gaat hij open.")
    assert on_personal_page(world, first) == ["Waarom is de brug dicht?", "Vrijdag gaat hij open."]
    assert on_personal_page(world, second) == ["En wanneer gaat hij open?", "Vrijdag gaat hij open."]


def test_two_residents_never_read_each_other(sanne, client, world, first, strangers):
    form = {"other": strangers.id}
    warned = sanne.post(url(first, "samenvoeging/") + "?zoek=Bo", form)
    assert warned.status_code == 422
    assert "twee verschillende inwoners" in warned.content.decode()
    assert fresh(first).merged_into is None
    sanne.post(url(first, "samenvoeging/") + "?zoek=Bo", form | {"confirmed_contact": first.contact_id})
    assert fresh(first).merged_into_id == strangers.id
    answered(world, strangers, "Antwoord aan Bo")
    arrives(world, "Wat duurt dat lang", conversation=first)
    assert on_personal_page(world, first) == ["Waarom is de brug dicht?", "Wat duurt dat lang"]
    assert on_personal_page(world, strangers) == ["Mijn geheim", "Antwoord aan Bo"]
    page = client.get(f"/duinrand/contact/{make_token(PERSONAL_LINK, first.id)}/").content.decode()
    assert "geheim" not in page


def test_a_merge_of_residents_needs_the_right_name(world, first, strangers):
    with pytest.raises(Exception, match="verschillende inwoners"):
        merged(world, first, strangers, confirmed_contact=strangers.contact_id)


def test_of_two_crosswise_merges_one_wins_and_the_other_hears_which(world, first, second):
    merged(world, first, second)
    with pytest.raises(MergedElsewhere, match="Gesprek 1 is al samengevoegd met gesprek 2"):
        merged(world, second, first)


def test_chains_end_in_the_last_and_come_apart_link_by_link(sanne, world, first, second):
    third = world.ask(world.duinrand, "En de sluis?", subject="Sluis")
    merged(world, first, second)
    merged(world, second, third)
    assert len(on_the_desk(sanne, first)) == 3
    assert arrives(world, "Nog iets", conversation=first).conversation.id == third.id
    unmerged(world, second)
    assert arrives(world, "En nog iets", conversation=first).conversation.id == second.id
    assert len(on_the_desk(sanne, third)) == 1
    unmerged(world, first)
    assert fresh(first).status == "open"


@pytest.mark.parametrize("wrong", ["itself", "closed", "foreign"])
def test_a_merge_that_cannot_be_is_refused(world, first, second, wrong):
    if wrong == "itself":
        with pytest.raises(SameConversation):
            merged(world, first, first)
    elif wrong == "closed":
        with acting_for(world.duinrand.id):
            actions.close(conversation=fresh_row(second), by=world.members["sanne"], reason="answered")
        with pytest.raises(ClosedTarget, match="Gesprek 2 is gesloten"):
            merged(world, first, second)
    else:
        theirs = world.ask(world.veenwijk, "Van de buren")
        with pytest.raises(SameConversation), acting_for(world.duinrand.id, reading=[world.veenwijk.id]):
            actions.merge(conversation=fresh_row(first), into=theirs, by=world.members["sanne"])
    assert fresh(first).merged_into is None


def test_another_organisations_conversation_is_not_to_be_chosen(sanne, world, first):
    theirs = world.ask(world.veenwijk, "Van de buren")
    for deed in ("samenvoeging/", "koppelingen/"):
        assert sanne.post(url(first, deed), {"other": theirs.id}).status_code == 422


def test_undoing_puts_both_back_with_what_came_in_since(sanne, world, first, second):
    merged(world, first, second)
    arrives(world, "Nog iets", conversation=first)
    assert sanne.post(url(first, "losmaken/"))["Location"].startswith(url(first))
    assert on_the_desk(sanne, first) == ["Waarom is de brug dicht?", "Nog iets"]
    assert on_the_desk(sanne, second) == ["En wanneer gaat hij open?"]
    assert fresh(first).status == "open"
    assert fresh(first).waiting_since is not None
    with pytest.raises(NotMerged):
        unmerged(world, first)


def test_what_was_answered_as_one_stays_one(sanne, world, first, second):
    merged(world, first, second)
    answered(world, second, "Vrijdag")
    with pytest.raises(AlreadyAnswered):
        unmerged(world, first)
    refused = sanne.post(url(first, "losmaken/"), follow=True).content.decode()
    assert "afsplitsen wel" in refused


def test_a_merged_conversation_is_not_opened_answered_or_merged_again(world, first, second, sanne):
    merged(world, first, second)
    assert sanne.post(url(first, "heropening/")).status_code == 422
    with pytest.raises(MergedElsewhere):
        answered(world, first, "Te laat")
    assert fresh(first).is_closed
    with acting_for(world.duinrand.id), pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(id=first.id).update(status="open")


def test_who_waited_longest_goes_on_waiting(world, first, second):
    since = fresh(first).waiting_since
    answered(world, second, "Ik zoek het uit")
    merged(world, first, second)
    assert (fresh(second).status, fresh(second).waiting_since) == ("open", since)


def test_an_answer_that_crosses_a_merge_is_held_back(sanne, world, first, second):
    reply = {"body": "Antwoord op de tweede vraag", "key": str(uuid4()), "seen": 1}
    merged(world, first, second)
    refused = sanne.post(url(second, "antwoord/"), reply)
    assert refused.status_code == 422
    assert "Antwoord op de tweede vraag" in refused.content.decode()


def test_a_merged_question_is_handed_over_whole(world, first, second, run_jobs):
    merged(world, first, second)
    with acting_for(world.duinrand.id):
        row = Conversation.objects.select_related("contact", "inbox").get(id=second.id)
        made = actions.hand_over(
            conversation=row, to=world.veenwijk, by=world.members["sanne"], told="Daarheen"
        )
    run_jobs()
    with acting_for(world.veenwijk.id):
        assert Message.objects.filter(conversation=made, direction="in").count() == 2


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


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("", False), ("3", True), ("bo", True), ("bo@voorbeeld.example", True), ("%", False)],
)
def test_another_conversation_is_found_by_number_name_or_address(
    sanne, first, second, strangers, words, is_found
):
    page = sanne.get(url(first, "samenvoeging/"), {"zoek": words}).content.decode()
    assert (str(strangers.id) in page) is is_found
    assert str(first.id) not in page.partition("<main")[2].replace(url(first), "")


def test_a_reader_merges_nothing(client, world, first, second):
    client.force_login(world.lezer)
    assert client.post(url(first, "samenvoeging/"), {"other": second.id}).status_code == 404
    assert "Samenvoegen" not in client.get(url(first)).content.decode()


def test_every_message_stays_where_it_was_stored(world, first, second):
    with acting_for(world.duinrand.id), connection.cursor() as cursor:
        cursor.execute("SELECT id, conversation_id FROM conversations_message ORDER BY id")
        before = cursor.fetchall()
    merged(world, first, second)
    with acting_for(world.duinrand.id), connection.cursor() as cursor:
        cursor.execute("SELECT id, conversation_id FROM conversations_message ORDER BY id")
        assert cursor.fetchall() == before


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
