"""Conversations that go together, and apart."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from mijngemeente.channels.contract import Party
from mijngemeente.conversations import actions
from mijngemeente.conversations.errors import (
    AlreadyAnswered,
    ClosedTarget,
    MergedElsewhere,
    NotMerged,
    SameConversation,
)
from mijngemeente.conversations.models import PERSONAL_LINK, Closure, Conversation, Message
from mijngemeente.platform.seals import make_token
from mijngemeente.platform.tenancy import acting_for

from .together import arrives, fresh_row, merged, on_personal_page, on_the_desk, url

HTMX = {"HX-Request": "true"}


def fresh(conversation):
    with acting_for(conversation.organisation_id):
        return Conversation.objects.select_related("merged_into", "contact").get(id=conversation.id)


def unmerged(world, conversation):
    with acting_for(world.duinrand.id):
        actions.unmerge(conversation=fresh_row(conversation), by=world.members["sanne"])


def answered(world, conversation, text):
    with acting_for(world.duinrand.id):
        row = Conversation.objects.select_related("contact", "inbox").get(id=conversation.id)
        return actions.send_reply(conversation=row, by=world.members["sanne"], text=text, key=uuid4())


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
