"""Promise P4: a person is erased everywhere, at once, with a record of what and why."""

import io
import json
from uuid import uuid4

import pytest
from django.db import connection

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Attachment, Contact, Conversation, Message
from mijngemeente.imports.actions import show_import
from mijngemeente.imports.models import Import
from mijngemeente.intake.models import Payload
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.privacy import journal
from mijngemeente.privacy.actions import Asked, ask_to_erase_contact, ask_to_erase_conversation, erase_again
from mijngemeente.privacy.errors import Held, NamesSomebody
from mijngemeente.privacy.models import Erasure, Hold

from .conftest import ADDRESS, WORDS, mail, take_in, traces_in_every_table

pytestmark = pytest.mark.django_db


def ask(world, contact, way, **more):
    with acting_for(world.duinrand.id):
        return ask_to_erase_contact(
            contact=contact,
            asked=Asked(way=way, reason="request", explanation=more.get("explanation", "Zaak Z-112")),
            by=world.members["baas"],
        )


def row_of(erasure):
    with covering([erasure.organisation_id]):
        return Erasure.objects.get(id=erasure.id)


def test_the_scan_itself_finds_the_resident_in_many_tables(world, klaproos, neighbour):
    found = traces_in_every_table(world)
    for table in (
        "conversations_contact",
        "conversations_contactaddress",
        "conversations_contactnote",
        "conversations_conversation",
        "conversations_message",
        "conversations_attachment",
        "conversations_closure",
        "conversations_delivery",
        "desk_satisfaction",
        "intake_payload",
        "platform_storedfile",
    ):
        assert table in found, table


@pytest.mark.parametrize("way", ["anonymise", "erase"])
def test_nothing_of_the_resident_is_left_in_any_table(world, klaproos, neighbour, run_jobs, way):
    with covering([world.duinrand.id]):
        before = Conversation.objects.count()
    asked = ask(world, klaproos, way)
    run_jobs()
    assert traces_in_every_table(world, (*WORDS, "31612345678")) == {}
    erasure = row_of(asked)
    assert (erasure.is_waiting, erasure.by, erasure.reason) == (False, world.members["baas"], "request")
    assert erasure.counts["conversations.Message"] >= 3
    assert erasure.counts["platform.StoredFile"] == 1
    assert (erasure.done_at - erasure.asked_at).total_seconds() < 60
    with covering([world.duinrand.id]):
        assert Conversation.objects.count() == (1 if way == "erase" else before)
        assert Message.objects.get(conversation=neighbour).recipients == ["ik@x.example"]
        verbs = set(AuditLine.objects.values_list("verb", flat=True))
    done = {"anonymise": "anonymised", "erase": "erased"}[way]
    assert {"erasure.asked", f"contact.{done}", f"conversation.{done}"} <= verbs


def test_anonymising_keeps_what_figures_count(world, klaproos, run_jobs):
    with covering([world.duinrand.id]):
        before = Message.objects.count()
        score = Conversation.objects.get(channel="email").satisfaction.score
    ask(world, klaproos, "anonymise")
    run_jobs()
    with covering([world.duinrand.id]):
        conversation = Conversation.objects.select_related("satisfaction").get(channel="email")
        assert (conversation.satisfaction.score, conversation.channel) == (score, "email")
        assert conversation.anonymised_at and conversation.contact.anonymised_at
        assert Message.objects.count() == before
        assert set(Message.objects.values_list("text", flat=True)) == {"De tekst van dit bericht is gewist."}


def test_an_anonymised_conversation_still_opens_and_a_gone_one_does_not(client, world, klaproos, run_jobs):
    client.force_login(world.sanne)
    with covering([world.duinrand.id]):
        url = f"/duinrand/werkplek/gesprekken/{Conversation.objects.get(channel='email').id}/"
    ask(world, klaproos, "anonymise")
    run_jobs()
    page = client.get(url)
    assert page.status_code == 200
    assert "De tekst van dit bericht is gewist." in page.content.decode()
    assert "geanonimiseerd" in client.get(f"/duinrand/werkplek/inwoners/{klaproos.id}/").content.decode()
    ask(world, klaproos, "erase")
    run_jobs()
    assert client.get(url).status_code == 404


def test_the_same_mail_fetched_again_does_not_come_back(world, klaproos, run_jobs):
    body = mail(id="<weer@verhuisdoos.example>", subject="Iets anders")
    take_in(world, run_jobs, body)
    ask(world, klaproos, "erase")
    run_jobs()
    take_in(world, run_jobs, body)
    with covering([world.duinrand.id]):
        assert (Conversation.objects.count(), Payload.objects.exclude(body=b"").count()) == (0, 0)


def test_a_mail_that_could_not_be_read_is_emptied_too(world, klaproos, run_jobs):
    with acting_for(world.duinrand.id):
        Payload.objects.create(
            organisation=world.duinrand,
            inbox=world.inbox(world.duinrand, "email"),
            digest=b"x" * 32,
            body=f"From: {ADDRESS.upper()}\n\0 kwetsbaarheid".encode(),
            size_bytes=40,
            state="unreadable",
        )
    ask(world, klaproos, "anonymise")
    run_jobs()
    assert traces_in_every_table(world) == {}


def test_what_somebody_wrote_in_anothers_conversation_goes_and_that_conversation_stays(
    world, klaproos, neighbour, run_jobs
):
    with acting_for(world.duinrand.id):
        Message.objects.create(
            organisation=world.duinrand,
            conversation=neighbour,
            contact=klaproos,
            inbox=neighbour.inbox,
            direction="in",
            text="Klaproos hier",
        )
    ask(world, klaproos, "erase")
    run_jobs()
    assert traces_in_every_table(world) == {}
    with covering([world.duinrand.id]):
        assert Message.objects.filter(conversation=neighbour).count() == 2


def test_a_file_that_somebody_else_sent_too_stays(world, klaproos, run_jobs):
    other = world.ask(world.duinrand, "Zelfde bestand", email="ander@voorbeeld.example")
    with acting_for(world.duinrand.id):
        Attachment.objects.create(
            organisation=world.duinrand,
            message=other.messages.get(),
            file=StoredFile.objects.get(),
            name="plan.txt",
            content_type="text/plain",
            size_bytes=1,
        )
    ask(world, klaproos, "erase")
    run_jobs()
    with covering([world.duinrand.id]):
        assert StoredFile.objects.count() == 1


def test_an_answer_that_did_not_leave_yet_never_leaves(world, klaproos, run_jobs):
    with acting_for(world.duinrand.id):
        conversations.send_reply(
            conversation=Conversation.objects.get(channel="email"),
            by=world.members["sanne"],
            text="Dag",
            key=uuid4(),
        )
    ask(world, klaproos, "anonymise")
    run_jobs()
    assert traces_in_every_table(world) == {}


def test_one_conversation_is_erased_and_its_resident_stays(world, klaproos, run_jobs):
    take_in(world, run_jobs, mail(subject="Tweede vraag"))
    with acting_for(world.duinrand.id):
        first = Conversation.objects.order_by("number").first()
        ask_to_erase_conversation(
            conversation=first, asked=Asked(way="anonymise", reason="mistake"), by=world.members["baas"]
        )
    run_jobs()
    with covering([world.duinrand.id]):
        first.refresh_from_db()
        assert (first.subject, first.contact_id == klaproos.id) == ("", False)
        assert Contact.objects.get(id=klaproos.id).name == "Klaproos Verhuisdoos"
        assert Conversation.objects.filter(contact=klaproos, channel="email").count() == 1


def test_the_call_that_a_conversation_led_to_goes_with_it(world, klaproos, run_jobs):
    with acting_for(world.duinrand.id):
        first = Conversation.objects.get(channel="email")
        called = first.satisfaction.call_back
        assert Message.objects.filter(conversation=called, text__contains="verhuisdoos").exists()
        ask_to_erase_conversation(
            conversation=first, asked=Asked(way="erase", reason="mistake"), by=world.members["baas"]
        )
    run_jobs()
    with covering([world.duinrand.id]):
        assert not Conversation.objects.filter(id__in=[first.id, called.id]).exists()
        assert not Message.objects.filter(text__contains="verhuisdoos").exists()


@pytest.mark.parametrize("told", [ADDRESS.upper(), "0612345678", "06-12 34 56 78"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_file_that_waits_to_be_brought_in_does_not_bring_somebody_back(
    world, klaproos, run_jobs, told, encoding
):
    heading, column = ("e-mail", told) if "@" in told else ("telefoon", told)
    named = f"naam;{heading}\nKlaproos;{column}\nÉlise;e@voorbeeld.example\n".encode(encoding)
    others = b"naam;e-mail\nIemand anders;anders@voorbeeld.example\n"
    with acting_for(world.duinrand.id):
        waiting, left = (
            show_import(name="oud.csv", file=io.BytesIO(each), by=world.members["beheer"])
            for each in (named.replace("É".encode(encoding), "E".encode(encoding)), others)
        )
    ask(world, klaproos, "erase")
    run_jobs()
    with covering([world.duinrand.id]):
        waiting, left = Import.objects.get(id=waiting.id), Import.objects.get(id=left.id)
        assert (waiting.state, waiting.file) == ("withdrawn", None)
        assert left.state == "shown" and left.file is not None


def test_a_resident_at_a_neighbour_is_left_alone(world, klaproos, run_jobs):
    theirs = world.ask(world.veenwijk, "Ook daar", name="Klaproos", email=ADDRESS)
    ask(world, klaproos, "erase")
    run_jobs()
    with covering([world.veenwijk.id]):
        assert Conversation.objects.get(id=theirs.id).contact.name == "Klaproos"


def hold(world):
    with acting_for(world.duinrand.id):
        return Hold.objects.create(
            organisation=world.duinrand,
            conversation=Conversation.objects.get(channel="email"),
            reason="claim",
            by=world.members["beheer"],
        )


def test_what_is_held_is_refused_with_its_number(world, klaproos):
    made = hold(world)
    with pytest.raises(Held, match=f"Gesprek {made.conversation.number} wordt vastgehouden"):
        ask(world, klaproos, "erase")


def test_what_is_held_after_it_was_asked_is_not_erased_and_the_record_says_why(world, klaproos, run_jobs):
    asked = ask(world, klaproos, "erase")
    hold(world)
    run_jobs()
    assert "wordt vastgehouden" in row_of(asked).refusal
    assert traces_in_every_table(world) != {}


def test_a_record_may_not_name_the_resident(world, klaproos):
    with pytest.raises(NamesSomebody):
        ask(world, klaproos, "erase", explanation="Verzoek van Klaproos")


def test_merged_residents_go_together(world, klaproos, run_jobs):
    twin = world.ask(world.duinrand, "Nog eens", name="K. Verhuisdoos", email="kv@klaproos.example")
    with acting_for(world.duinrand.id):
        conversations.merge_contacts(kept=klaproos, gone=twin.contact, by=world.members["sanne"])
    ask(world, klaproos, "erase")
    run_jobs()
    assert traces_in_every_table(world) == {}
    with covering([world.duinrand.id]):
        assert Contact.objects.count() == 0


def test_erasing_twice_is_erasing_once(world, klaproos, run_jobs):
    first, second = ask(world, klaproos, "erase"), ask(world, klaproos, "erase")
    run_jobs()
    assert [row_of(each).is_waiting for each in (first, second)] == [False, False]
    assert row_of(second).counts == {}


class TestAfterARestore:
    """The journal stands outside the database: what a backup brings back is erased again."""

    def test_a_restored_resident_is_erased_again(self, world, klaproos, run_jobs, journal_file):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT backup")
        ask(world, klaproos, "erase")
        run_jobs()
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT backup")
        assert traces_in_every_table(world) != {}
        (entry,) = journal.read(journal_file.read_text().splitlines())
        for expected in (True, False):
            with acting_for(entry.organisation_id):
                again = erase_again(organisation_id=entry.organisation_id, way=entry.way, rows=entry.rows)
            assert again is expected
        assert traces_in_every_table(world) == {}

    def test_the_journal_holds_ids_only(self, world, klaproos, run_jobs, journal_file):
        ask(world, klaproos, "erase")
        run_jobs()
        text = journal_file.read_text()
        assert not any(word in text.lower() for word in WORDS)
        assert set(json.loads(text)) == {"organisation", "way", "rows"}
        assert journal_file.stat().st_mode & 0o077 == 0

    def test_without_a_journal_nothing_is_called_erased(self, world, klaproos, run_jobs, settings, tmp_path):
        (tmp_path / "file").write_text("in the way")
        settings.ERASURE_JOURNAL = tmp_path / "file" / "erasures.jsonl"
        asked = ask(world, klaproos, "erase")
        with pytest.raises(OSError, match="file"):
            run_jobs()
        assert row_of(asked).is_waiting

    @pytest.mark.parametrize(
        "line",
        [
            "onzin",
            "[]",
            "{}",
            '{"organisation": 3, "way": "burn", "rows": {}}',
            '{"organisation": 3, "way": "erase", "rows": {"contacts": ["x"]}}',
        ],
    )
    def test_a_line_of_somebody_else_is_named_by_its_number(self, line):
        with pytest.raises(journal.Unreadable, match="Regel 2"):
            list(journal.read(["", line]))
