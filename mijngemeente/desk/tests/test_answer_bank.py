"""The answer bank beside a conversation: suggested, put in the reply, counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.answers import actions as answers
from mijngemeente.answers.models import AnswerTally, SharedTally, Use
from mijngemeente.conversations.models import Conversation, Message, PendingReply
from mijngemeente.desk.actions import judge_answers, record_satisfaction, take_back
from mijngemeente.desk.jobs import release_reply
from mijngemeente.desk.rules import picked_in
from mijngemeente.platform.tenancy import acting_for

HTMX = {"HX-Request": "true"}
#: Written out: each process of the tests must collect the same cases.
UNKNOWN = "5a2b7f0e-0000-4000-8000-000000000000"
TEXT = "Vraag een nieuw paspoort aan. Neem een foto mee. Dag {voornaam}, uw nummer is {gespreksnummer}."


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Mijn paspoort is verlopen, wat nu?", name="Fatma Yilmaz")


@pytest.fixture
def passport(world):
    return bank(world, world.duinrand, "sanne", text_nl=TEXT, text_en="Apply for a new passport.")


def bank(world, organisation, by, title="Paspoort verlopen", **texts):
    draft = answers.Draft(title=title, state="published", **texts)
    with acting_for(organisation.id):
        return answers.write(organisation=organisation, draft=draft, by=world.members[by])


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def reply(client, conversation, text, *, picked=""):
    written = {"body": text, "key": str(uuid4()), "seen": "1", "answers": picked}
    return client.post(url(conversation, "antwoord/"), written)


def test_what_fits_is_suggested_with_the_reason_and_filled_in(sanne, asked, passport):
    text = sanne.get(url(asked, "antwoorden/"), headers=HTMX).content.decode()
    assert "Zelfde woorden: " in text and "paspoort" in text and "Eigen antwoord" in text
    assert f"Dag Fatma, uw nummer is {asked.number}." in text
    assert "<html" not in text


def test_beside_somebody_in_distress_no_answer_lies_ready_but_one_can_be_searched(
    sanne, world, asked, passport
):
    with acting_for(world.duinrand.id):
        Conversation.objects.filter(id=asked.id).update(alarm="distress")
    assert "Paspoort verlopen" not in sanne.get(url(asked, "antwoorden/")).content.decode()
    assert "Paspoort verlopen" in sanne.get(url(asked, "antwoorden/?zoek=paspoort")).content.decode()


def test_an_answer_is_searched_for(sanne, asked, passport, world):
    bank(world, world.duinrand, "sanne", "Markt op zaterdag", text_nl="De markt is er.")
    text = sanne.get(url(asked, "antwoorden/?zoek=markten"), headers=HTMX).content.decode()
    assert "Markt op zaterdag" in text and "Paspoort verlopen" not in text
    assert "Geen antwoord gevonden" in sanne.get(url(asked, "antwoorden/?zoek=xyz")).content.decode()


def test_without_script_a_link_opens_the_reply_with_the_text_in_it(sanne, asked, passport):
    page = sanne.get(url(asked, "antwoorden/")).content.decode()
    assert f"antwoord={passport.id}&amp;taal=nl" in page
    text = sanne.get(url(asked, f"?antwoord={passport.id}&taal=nl")).content.decode()
    body = text.partition('id="reply-body"')[2].partition("</textarea>")[0]
    assert body.index("Beste") < body.index("nieuw paspoort") < body.index("groet")
    assert f'value="{passport.id} nl "' in text


@pytest.mark.parametrize("query", ["antwoord=x", "antwoord=&taal=", f"antwoord={UNKNOWN}&taal=nl", "taal=nl"])
def test_an_answer_that_is_not_there_changes_nothing(sanne, asked, query):
    response = sanne.get(url(asked, f"?{query}"))
    assert response.status_code == 200 and 'name="answers" id="id_answers"' in response.content.decode()


def test_an_answer_of_a_neighbour_cannot_be_put_in(sanne, asked, world):
    theirs = bank(world, world.veenwijk, "vera", text_nl="Geheim van Veenwijk")
    assert "Geheim" not in sanne.get(url(asked, f"?antwoord={theirs.id}&taal=nl")).content.decode()
    reply(sanne, asked, "Geheim van Veenwijk", picked=f"{theirs.id} nl ")
    with acting_for(world.duinrand.id):
        assert not Use.objects.exists()


def test_a_resident_who_is_called_like_a_blank_stays_who_they_are(sanne, passport, world):
    asked = world.ask(world.duinrand, "Mijn paspoort is verlopen", name="{medewerker} Jansen")
    text = sanne.get(url(asked, f"?antwoord={passport.id}&taal=nl")).content.decode()
    assert "Dag {medewerker}, uw nummer" in text


@pytest.mark.parametrize(
    ("sent", "used", "changed"),
    [
        ("Vraag een nieuw paspoort aan. Neem een foto mee. Dag Fatma, uw nummer is {}.", 1, 0),
        ("Vraag een nieuw paspoort aan. Neem een foto mee. Tot ziens!", 1, 1),
        ("Iets heel anders.", 0, 0),
    ],
)
def test_a_use_is_counted_when_the_sent_reply_holds_it(sanne, asked, passport, world, sent, used, changed):
    reply(sanne, asked, sent.format(asked.number), picked=f"{passport.id} nl {passport.id} nl")
    with acting_for(world.duinrand.id):
        tally = AnswerTally.objects.filter(answer=passport).first()
        assert (tally.used if tally else 0, tally.changed if tally else 0) == (used, changed)


def test_a_use_of_a_shared_answer_counts_for_everybody_and_tells_nothing_else(sanne, asked, world):
    shared = bank(world, world.national, "land", text_nl="Landelijke tekst.")
    reply(sanne, asked, "Landelijke tekst.", picked=f"{shared.id} nl")
    with acting_for(world.veenwijk.id):
        assert SharedTally.objects.get(answer=shared).used == 1
        assert not Use.objects.exists()


def test_what_was_taken_back_was_never_used(sanne, asked, passport, world):
    world.sanne.undo_seconds = 10
    world.sanne.save(update_fields=["undo_seconds"])
    reply(
        sanne, asked, TEXT.format(voornaam="Fatma", gespreksnummer=asked.number), picked=f"{passport.id} nl"
    )
    with acting_for(world.duinrand.id):
        message = Message.objects.get(direction="out", is_automatic=False)
        take_back(delivery=message.delivery, by=world.members["sanne"])
        assert (AnswerTally.objects.get().used, Use.objects.count()) == (0, 0)


@pytest.mark.parametrize("how", ["planned", "asked", "sent now"])
def test_an_answer_that_waited_is_counted_when_it_is_sent_and_not_before(sanne, asked, passport, world, how):
    text = TEXT.format(voornaam="Fatma", gespreksnummer=asked.number)
    written = {"body": text, "key": str(uuid4()), "seen": "1", "answers": f"{passport.id} nl "}
    sanne.post(
        url(asked, "antwoord/"), written | ({"ask": "iedereen"} if how == "asked" else {"later": "morgen"})
    )
    with acting_for(world.duinrand.id):
        waiting = PendingReply.objects.get()
        assert not Use.objects.exists()
        PendingReply.objects.update(send_at=timezone.now() - timedelta(seconds=1))
    if how == "planned":
        release_reply(organisation_id=world.duinrand.id, id=str(waiting.id))
    else:
        sanne.force_login(world.bram if how == "asked" else world.sanne)
        deed = "akkoord" if how == "asked" else "verzending"
        sanne.post(url(asked, f"klaar/{waiting.id}/{deed}/"), {"seen": "1"})
    with acting_for(world.duinrand.id):
        sent = Message.objects.get(id=Use.objects.get().message_id)
        assert (AnswerTally.objects.get().used, sent.text) == (1, text)


def test_a_draft_remembers_which_answers_were_put_in_it(sanne, asked, passport):
    picked = f"{passport.id} nl "
    typed = {"kind": "reply", "body": "Half.", "key": str(uuid4()), "age": "0", "answers": picked}
    sanne.post(url(asked, "concept/"), typed)
    assert f'value="{picked}"' in sanne.get(url(asked)).content.decode()


def test_what_was_taken_back_is_counted_when_it_goes_again(sanne, asked, passport, world):
    world.sanne.undo_seconds = 10
    world.sanne.save(update_fields=["undo_seconds"])
    text, picked = TEXT.format(voornaam="Fatma", gespreksnummer=asked.number), f"{passport.id} nl "
    reply(sanne, asked, text, picked=picked)
    with acting_for(world.duinrand.id):
        message = Message.objects.get(direction="out", is_automatic=False)
        take_back(delivery=message.delivery, by=world.members["sanne"])
    assert f'value="{picked}"' in sanne.get(url(asked)).content.decode()


@pytest.mark.parametrize(
    ("score", "writes", "days", "helped"),
    [
        (9, False, 1, (1, 0)),
        (5, False, 1, (0, 1)),
        (None, True, 1, (0, 1)),
        (None, False, 8, (1, 0)),
        (None, False, 2, (0, 0)),
    ],
)
def test_an_answer_helped_by_mark_or_by_silence(sanne, asked, passport, world, score, writes, days, helped):
    reply(sanne, asked, "Vraag een nieuw paspoort aan. Neem een foto mee.", picked=f"{passport.id} nl")
    if writes:
        sanne.get("/")
        with acting_for(world.duinrand.id):
            Message.objects.create(
                organisation=world.duinrand,
                conversation=asked,
                direction="in",
                inbox=asked.inbox,
                text="Help!",
            )
    with acting_for(world.duinrand.id):
        if score:
            record_satisfaction(conversation=asked, score=score, reason="")
        for _ in range(2):
            judge_answers(organisation_id=world.duinrand.id, now=timezone.now() + timedelta(days=days))
        tally = AnswerTally.objects.get(answer=passport)
    assert (tally.helped, tally.not_helped) == helped


def test_what_helped_is_told_beside_the_next_question(sanne, asked, passport, world):
    reply(sanne, asked, "Vraag een nieuw paspoort aan. Neem een foto mee.", picked=f"{passport.id} nl")
    text = sanne.get(url(asked, "antwoorden/"), headers=HTMX).content.decode()
    assert "1 keer gebruikt" in text


@pytest.mark.parametrize("typed", ["", "x", "x y z", UNKNOWN, "1 2 " * 400])
def test_nonsense_in_the_form_picks_nothing(typed):
    assert picked_in(typed) == []


def test_a_reader_gets_no_suggestions(client, world, asked):
    client.force_login(world.lezer)
    assert client.get(url(asked, "antwoorden/")).status_code == 404
    assert "Zoek een antwoord" not in client.get(url(asked)).content.decode()
