"""Bringing in residents and old conversations, from the page to the row."""

import json
from datetime import UTC, datetime

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import (
    Closure,
    Contact,
    ContactAddress,
    ContactNote,
    Conversation,
    Message,
    Notification,
    SearchEntry,
)
from mijngemeente.figures.queries.facts import Selection, counted
from mijngemeente.figures.rules import Period
from mijngemeente.imports import actions
from mijngemeente.imports.actions import running
from mijngemeente.imports.models import Import, Imported
from mijngemeente.imports.queries.files import layout_of, opened
from mijngemeente.imports.rules.reading import entries
from mijngemeente.imports.tests.steps import CONTACTS, PAGE, brought_in, page, shown
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.actions.holds import hold

ZAMMAD = [
    {
        "number": "70001",
        "title": "Losse stoeptegel",
        "state": "closed",
        "customer": {"firstname": "Anna", "lastname": "de Vries", "email": "anna@voorbeeld.example"},
        "created_at": "2024-03-04T09:15:00Z",
        "close_at": "2024-03-06T09:00:00Z",
        "articles": [
            {
                "id": 1,
                "from": "Anna de Vries <anna@voorbeeld.example>",
                "to": "info@duinrand.example",
                "body": "<p>Er ligt een <b>tegel</b> los.</p><script>alert(1)</script>",
                "content_type": "text/html",
                "internal": False,
                "sender": "Customer",
                "created_at": "2024-03-04T09:15:00Z",
            },
            {
                "id": 2,
                "from": "Sanne <sanne@duinrand.example>",
                "to": "anna@voorbeeld.example",
                "body": "Wij leggen hem vast.",
                "content_type": "text/plain",
                "internal": False,
                "sender": "Agent",
                "created_at": "2024-03-04T13:00:00Z",
            },
            {
                "id": 3,
                "from": "Piet",
                "body": "Doorgegeven.",
                "content_type": "text/plain",
                "internal": True,
                "sender": "Agent",
                "created_at": "2024-03-04T13:05:00Z",
            },
        ],
    }
]

CHATWOOT = {
    "payload": [
        {
            "id": 12,
            "inbox": "Website",
            "status": "resolved",
            "meta": {"sender": {"name": "Bilal", "email": "bilal@voorbeeld.example"}},
            "messages": [
                {"id": 5, "content": "Hoi", "message_type": 0, "created_at": 1709546400, "private": False},
                {"id": 6, "content": "Toegewezen", "message_type": 2, "created_at": 1709546401},
                {
                    "id": 7,
                    "content": "Dag Bilal",
                    "message_type": 1,
                    "created_at": 1709550000,
                    "private": False,
                },
            ],
        },
        {"id": 13, "messages": [{"content": "Geen datum", "message_type": 0, "created_at": "gisteren"}]},
    ]
}

MBOX = b"""From anna@voorbeeld.example Mon Mar  4 10:15:00 2024
From: Anna de Vries <anna@voorbeeld.example>
To: info@duinrand.example
Subject: Tegel
Date: Mon, 4 Mar 2024 10:15:00 +0100
Message-ID: <een@voorbeeld.example>

Er ligt een tegel los.

From the window I can see it.
>From hier ook.

From info@duinrand.example Mon Mar  4 11:15:00 2024
From: Duinrand <info@duinrand.example>
To: anna@voorbeeld.example
Subject: Re: Tegel
Date: Mon, 4 Mar 2024 11:15:00 +0100
Message-ID: <twee@duinrand.example>
In-Reply-To: <een@voorbeeld.example>

Wij komen.

From cor@voorbeeld.example Tue Mar  5 11:15:00 2024
From: Cor <cor@voorbeeld.example>
To: info@duinrand.example
Subject: Zwembad
Date: Tue, 5 Mar 2024 11:15:00 +0100
Message-ID: <drie@voorbeeld.example>

Is het open?

From eva@voorbeeld.example Tue Mar  5 11:15:00 2024
From: Eva <eva@voorbeeld.example>
Subject: Zonder datum
Message-ID: <vier@voorbeeld.example>

Wanneer?
"""


def test_residents_are_looked_at_first_and_then_brought_in(beheer, world, run_jobs):
    url = shown(beheer, CONTACTS)
    text = page(beheer, url)
    assert "staan 2 inwoners" in text and "Er staat geen e-mailadres of telefoonnummer." in text
    assert "Anna de Vries" in text and "Rij 3" in text
    with acting_for(world.duinrand.id):
        assert not Contact.objects.exists()
    beheer.post(url, {"deed": "start"})
    run_jobs()
    assert "1 inwoner ingevoerd" in page(beheer, url) and "1 bleef weg" in page(beheer, url)
    with acting_for(world.duinrand.id):
        assert set(ContactAddress.objects.values_list("kind", "value")) == {
            ("email", "anna@voorbeeld.example"),
            ("phone", "+31612345678"),
        }
        assert ContactNote.objects.get().text == "Belt liever"


def test_the_same_file_twice_is_once(beheer, world, run_jobs):
    for content in (CONTACTS.encode(), json.dumps(ZAMMAD).encode(), MBOX):
        brought_in(beheer, run_jobs, content)
        with acting_for(world.duinrand.id):
            before = (Contact.objects.count(), Conversation.objects.count(), Message.objects.count())
        again = brought_in(beheer, run_jobs, content)
        assert "er al" in page(beheer, again)
        with acting_for(world.duinrand.id):
            assert before == (Contact.objects.count(), Conversation.objects.count(), Message.objects.count())


def test_a_resident_we_know_already_is_left_alone(beheer, world, run_jobs):
    world.ask(world.duinrand, "Hallo", email="anna@voorbeeld.example", name="A. de Vries")
    url = brought_in(beheer, run_jobs, CONTACTS)
    assert "0 inwoners ingevoerd. 1 stond er al" in page(beheer, url)
    with acting_for(world.duinrand.id):
        assert Contact.objects.get().name == "A. de Vries"


def test_a_ticket_of_zammad_becomes_a_closed_conversation_with_its_own_dates(beheer, world, run_jobs):
    text = page(beheer, url := shown(beheer, json.dumps(ZAMMAD)))
    assert "1 gesprek uit Zammad" in text and "Losse stoeptegel" in text
    beheer.post(url, {"deed": "start"})
    assert run_jobs() == 1
    with acting_for(world.duinrand.id):
        old = Conversation.objects.get()
        said = list(Message.objects.order_by("id"))
        assert (old.status, old.subject, old.inbox.kind) == ("closed", "Losse stoeptegel", "email")
        assert old.created_at == datetime(2024, 3, 4, 9, 15, tzinfo=UTC)
        assert old.first_replied_at == datetime(2024, 3, 4, 13, tzinfo=UTC)
        assert old.closed_at == Closure.objects.get().at == datetime(2024, 3, 6, 9, tzinfo=UTC)
        assert (old.waiting_since, old.due_at, old.assignee_id) == (None, None, None)
        assert [each.direction for each in said] == ["in", "out", "note"]
        assert said[0].text.strip() == "Er ligt een tegel los." and "script" not in said[0].html
        assert said[1].author == world.members["sanne"] and said[2].text == "Piet: Doorgegeven."
        assert SearchEntry.objects.count() == 3
        assert not Notification.objects.exists()
        assert not Message.objects.filter(is_automatic=True).exists()


def test_old_conversations_are_not_in_the_figures(beheer, world, run_jobs):
    brought_in(beheer, run_jobs, json.dumps(ZAMMAD))
    period = Period(datetime(2024, 1, 1, tzinfo=UTC).date(), datetime(2024, 12, 31, tzinfo=UTC).date())
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == 1
        assert not counted(Selection((world.duinrand.id,), period)).exists()


def test_conversations_of_chatwoot_leave_out_what_nobody_said(beheer, world, run_jobs):
    url = brought_in(beheer, run_jobs, json.dumps(CHATWOOT))
    assert "1 gesprek ingevoerd" in page(beheer, url) and "Onderdeel 2" in page(beheer, url)
    with acting_for(world.duinrand.id):
        assert list(Message.objects.order_by("id").values_list("direction", "text")) == [
            ("in", "Hoi"),
            ("out", "Dag Bilal"),
        ]
        assert Contact.objects.get().name == "Bilal"


def test_mails_that_belong_together_become_one_conversation(beheer, world, run_jobs):
    text = page(beheer, url := shown(beheer, MBOX, "archief.mbox"))
    assert "3 gesprekken uit een mailbox" in text and "Bericht 4" in text
    beheer.post(url, {"deed": "start"})
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == 2
        old = Conversation.objects.get(subject="Tegel")
        said = list(old.messages.order_by("id"))
        assert [each.direction for each in said] == ["in", "out"]
        assert "From the window" in said[0].text and "\nFrom hier ook." in said[0].text


def test_a_conversation_in_rows_is_one_conversation_and_mended_rows_are_added(beheer, world, run_jobs):
    heading = "number;title;customer;article_id;article_created_at;sender;internal;body\n"
    first = "5;Tegel;anna@voorbeeld.example;1;2024-03-04 10:00:00 UTC;Customer;false;Er ligt een tegel\n"
    brought_in(beheer, run_jobs, f"{heading}{first}5;;;2;ooit;Agent;false;Wij komen\n")
    with acting_for(world.duinrand.id):
        url = f"{PAGE}{Import.objects.get().id}/"
    failed = beheer.get(f"{url}fouten.csv").content.decode("utf-8-sig")
    assert (
        "Wij komen" in failed and "Er ligt een tegel" not in failed and "De datum is niet te lezen" in failed
    )
    brought_in(beheer, run_jobs, failed.replace("ooit", "2024-03-05 09:00:00 UTC"))
    with acting_for(world.duinrand.id):
        old = Conversation.objects.get()
        assert [each.direction for each in old.messages.order_by("id")] == ["in", "out"]
        assert old.first_replied_at == old.closed_at == datetime(2024, 3, 5, 9, tzinfo=UTC)


def test_another_column_can_be_chosen(beheer, world):
    url = shown(beheer, "naam;e-mail;werk\nAnna;geen;anna@voorbeeld.example\n")
    assert "Het e-mailadres klopt niet." in page(beheer, url)
    chosen = {"deed": "read", "kind": "contacts", "column_0": "name", "column_1": "", "column_2": "email"}
    beheer.post(url, chosen)
    assert "klopt niet" not in page(beheer, url)
    twice = beheer.post(url, {**chosen, "column_1": "email"})
    assert twice.status_code == 422 and "Je koos twee kolommen voor e-mailadres" in twice.content.decode()


def test_an_import_that_was_stopped_goes_on_where_it_was(beheer, world):
    rows = "".join(f"Inwoner {number};i{number}@voorbeeld.example\n" for number in range(1100))
    url = shown(beheer, f"naam;e-mail\n{rows}")
    import_id = url.rstrip("/").rpartition("/")[2]
    beheer.post(url, {"deed": "start"})
    with acting_for(world.duinrand.id):
        found = Import.objects.get()
        with opened(found.file) as file:
            listed = list(entries(file, layout_of(found)))
    assert running.bring_in_part(world.duinrand.id, import_id, 0, iter(listed)) == 500
    assert "500 van 1100" in page(beheer, url)
    # Somebody who starts from the beginning again does nothing.
    assert running.bring_in_part(world.duinrand.id, import_id, 0, iter(listed)) == 0
    for _ in range(2):
        actions.bring_in(organisation_id=world.duinrand.id, import_id=import_id)
    with acting_for(world.duinrand.id):
        assert Contact.objects.count() == Imported.objects.count() == 1100
        assert Import.objects.get().file is None and not StoredFile.objects.exists()


def test_an_import_can_pause_and_go_on(beheer, world, run_jobs):
    url = shown(beheer, CONTACTS)
    beheer.post(url, {"deed": "start"})
    beheer.post(url, {"deed": "pause"})
    run_jobs()
    assert "Onderbroken: 0 van 2" in page(beheer, url)
    beheer.post(url, {"deed": "resume"})
    run_jobs()
    assert "Klaar. 1 inwoner" in page(beheer, url)
    assert "Een collega was je voor" in beheer.post(url, {"deed": "pause"}, follow=True).content.decode()


def test_a_whole_import_can_be_undone_while_nobody_used_it(beheer, world, run_jobs):
    world.ask(world.duinrand, "Hallo", email="cor@voorbeeld.example")
    url = brought_in(beheer, run_jobs, MBOX)
    beheer.post(url, {"deed": "undo"})
    run_jobs()
    assert "Ongedaan gemaakt" in page(beheer, url)
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == Contact.objects.count() == 1
        assert not Imported.objects.exists()


def test_what_is_held_or_answered_before_its_turn_to_go_stays(beheer, world, run_jobs):
    later = [{**ZAMMAD[0], "number": str(number)} for number in (70002, 70003)]
    for number, each in enumerate(later):
        each["articles"] = [{**article, "id": f"{number}-{article['id']}"} for article in each["articles"]]
    url = brought_in(beheer, run_jobs, json.dumps([*ZAMMAD, *later]), "oud.json")
    with acting_for(world.duinrand.id):
        first, second, _ = Conversation.objects.order_by("number")
    beheer.post(url, {"deed": "undo"})
    with acting_for(world.duinrand.id):
        hold(
            organisation_id=world.duinrand.id,
            number=first.number,
            reason="claim",
            by=world.members["beheer"],
        )
        conversations.reopen(conversation=second, by=world.members["sanne"])
    run_jobs()
    with acting_for(world.duinrand.id):
        assert set(Conversation.objects.values_list("id", flat=True)) == {first.id, second.id}
        assert Contact.objects.filter(id=first.contact_id).exists()
    assert "2 bleven staan" in page(beheer, url)


def test_what_somebody_used_is_not_undone(beheer, world, run_jobs):
    url = brought_in(beheer, run_jobs, MBOX)
    world.ask(world.duinrand, "Nog een vraag", email="cor@voorbeeld.example")
    assert "is intussen gebruikt" in beheer.post(url, {"deed": "undo"}, follow=True).content.decode()
    with acting_for(world.duinrand.id):
        assert Conversation.objects.count() == 3


def test_a_message_we_received_ourselves_is_not_changed(beheer, world, run_jobs):
    world.ask(world.duinrand, "Er ligt een tegel los.", kind="email", email="anna@voorbeeld.example")
    with acting_for(world.duinrand.id):
        Message.objects.update(external_id="<een@voorbeeld.example>")
    brought_in(beheer, run_jobs, MBOX)
    with acting_for(world.duinrand.id):
        own = Conversation.objects.get(imported_at=None)
        assert own.status == "open" and own.messages.count() == 1


def test_a_file_that_was_only_looked_at_is_removed_after_a_week(beheer, world):
    shown(beheer, CONTACTS)
    with acting_for(world.duinrand.id):
        assert actions.clear_files(organisation_id=world.duinrand.id) == 0
        Import.objects.update(created_at=datetime(2024, 1, 1, tzinfo=UTC))
        assert actions.clear_files(organisation_id=world.duinrand.id) == 1
        assert not StoredFile.objects.exists()


def test_nobody_else_sees_an_import(client, world, beheer):
    url = shown(beheer, CONTACTS)
    for person in (world.veenbeheer, world.sanne, world.niemand):
        client.force_login(person)
        assert client.get(url).status_code == client.get(f"{url}fouten.csv").status_code == 404


def test_who_may_not_read_answers_is_not_sent_to_them(beheer):
    assert "/duinrand/antwoorden/" not in page(beheer, "/duinrand/beheer/invoer/")
