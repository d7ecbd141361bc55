"""One answer to all, each in a letter of their own."""

from uuid import uuid4

import pytest

from mijngemeente.clusters.models import Cluster
from mijngemeente.conversations import actions as conversations
from mijngemeente.desk.models import ClusterAnswer
from mijngemeente.desk.rules.clusters import Purpose, Reason, Standing, reason_to_skip
from mijngemeente.organisations.models import EngagementRules, Person
from mijngemeente.platform.tenancy import acting_for

from .steps import EVENTS, answer, answers_to, change, lay_ready, only, state_of, url


def test_all_get_one_answer_each_in_a_letter_of_their_own(sanne, world, four, confirmed, run_jobs):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.update_or_create(
            organisation=world.duinrand,
            defaults={
                "form_of_address": "je",
                "salutation": "Hoi {voornaam},",
                "signature": "Groet, {medewerker}",
            },
        )
    preview = lay_ready(sanne, confirmed, body="{U hebt|Je hebt} gelijk: de leiding is stuk.")
    shown = sanne.get(preview).content.decode()
    assert "4 inwoners krijgen" in shown
    assert "Hoi Buur" in shown
    assert "Je hebt gelijk: de leiding is stuk." in shown
    assert [answers_to(each) for each in four] == [[]] * 4
    sanne.post(preview)
    run_jobs()
    for each in four:
        (text,) = answers_to(each)
        assert text.startswith("Hoi Buur")
        assert text.endswith("Groet, Sanne")
        assert state_of(each).status == "waiting_resident"
    assert sanne.get(url(confirmed)).context["report"].text == "4 inwoners hebben het antwoord."


def test_pressed_twice_is_one_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    for _ in range(2):
        sanne.post(preview)
    run_jobs()
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_whoever_wrote_meanwhile_is_listed_and_not_answered(sanne, world, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    with acting_for(world.duinrand.id):
        conversations.send_reply(conversation=four[0], by=world.members["bram"], text="Ik kom", key=uuid4())
    sanne.post(preview)
    run_jobs()
    report = sanne.get(url(confirmed)).context["report"]
    assert answers_to(four[0]) == ["Ik kom"]
    assert "schreef intussen" in report.skipped[0].why
    assert report.skipped[0].needs_person
    assert [len(answers_to(each)) for each in four[1:]] == [1] * 3


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"alarm": "distress"}, "in nood"),
        ({"alarm": "danger"}, "gevaar"),
        ({"formal_kind": "objection"}, "formeel"),
        ({"kind": "formal"}, "formeel"),
        ({"language": "pl"}, "andere taal"),
        ({"status": "closed"}, "gesloten"),
    ],
)
def test_who_needs_a_person_is_skipped_with_the_reason(sanne, four, confirmed, run_jobs, fields, why):
    change(four[0], **fields)
    report = answer(sanne, confirmed, run_jobs)
    assert answers_to(four[0]) == []
    assert why in report.skipped[0].why


def test_a_sign_of_distress_after_the_preview_still_stops_the_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    change(four[0], alarm="distress")
    sanne.post(preview)
    run_jobs()
    assert answers_to(four[0]) == []


def test_whoever_was_taken_out_after_the_preview_is_not_answered(sanne, world, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    sanne.post(url(confirmed, "besluit/"), {"verb": "leave_out", "picked": [four[0].id]})
    sanne.post(preview)
    run_jobs()
    assert answers_to(four[0]) == []


def test_a_blank_that_nothing_fills_holds_the_answer(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed, body="Bel {wijkteam} vandaag.")
    assert "nog niet ingevuld" in sanne.get(preview).content.decode()
    assert sanne.post(preview).status_code == 422
    run_jobs()
    assert answers_to(four[0]) == []


def test_the_text_can_be_changed_before_it_leaves(sanne, confirmed):
    preview = lay_ready(sanne, confirmed, body="Eerste versie")
    back = sanne.get(preview).context["back_url"]
    assert "Eerste versie" in sanne.get(back).content.decode()


def test_an_empty_answer_is_refused_in_a_sentence(sanne, confirmed):
    response = sanne.post(url(confirmed, "antwoord/"), {"body": " ", "purpose": "news", "key": uuid4()})
    assert response.status_code == 422
    assert "Er staat nog geen tekst." in response.content.decode()


@pytest.mark.parametrize("wrong", [{"purpose": "weg"}, {"key": "x"}, {"key": ""}, {"body": "x" * 200_000}])
def test_a_broken_answer_is_laid_ready_for_nobody(sanne, world, confirmed, wrong):
    said = {"body": "Ja", "purpose": "news", "key": uuid4()} | wrong
    assert sanne.post(url(confirmed, "antwoord/"), said).status_code == 422
    with acting_for(world.duinrand.id):
        assert not ClusterAnswer.objects.exists()


def test_what_was_laid_ready_is_found_at_its_own_event_only(sanne, world, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    run_jobs()
    assert sanne.get(f"{preview}stand/").status_code == 200
    with acting_for(world.duinrand.id):
        other = Cluster.objects.get()
        other.pk, other.event = uuid4(), uuid4()
        other.save(force_insert=True)
    elsewhere = preview.replace(str(confirmed.event), str(other.event))
    for response in (sanne.get(elsewhere), sanne.get(f"{elsewhere}stand/"), sanne.post(f"{elsewhere}terug/")):
        assert response.status_code == 404


def test_the_same_answer_needs_one_that_was_sent(sanne, confirmed):
    lay_ready(sanne, confirmed)
    assert sanne.post(url(confirmed, "zelfde-antwoord/")).status_code == 404


def test_nothing_is_answered_before_a_person_confirmed(sanne, world, four):
    assert sanne.get(url(only(world.duinrand), "antwoord/")).status_code == 404


def test_what_did_not_leave_yet_is_taken_back_for_all(sanne, world, four, confirmed, run_jobs):
    Person.objects.filter(id=world.sanne.id).update(undo_seconds=20)
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    run_jobs()
    assert sanne.get(url(confirmed)).context["report"].may_undo
    sanne.post(f"{preview}terug/")
    assert [answers_to(each) for each in four] == [[]] * 4
    assert [state_of(each).status for each in four] == ["open"] * 4
    assert sanne.get(url(confirmed)).context["report"].text == "Teruggenomen bij 4."


def test_what_has_left_is_not_taken_back(sanne, four, confirmed, run_jobs):
    preview = lay_ready(sanne, confirmed)
    sanne.post(preview)
    run_jobs()
    assert not sanne.get(url(confirmed)).context["report"].may_undo
    sanne.post(f"{preview}terug/")
    assert [len(answers_to(each)) for each in four] == [1] * 4


def test_when_it_is_over_all_hear_that_and_their_conversations_close(sanne, world, four, confirmed, run_jobs):
    answer(sanne, confirmed, run_jobs)
    with acting_for(world.duinrand.id):
        conversations.close(conversation=four[0], by=world.members["sanne"], reason="answered")
    answer(sanne, confirmed, run_jobs, body="De leiding is weer heel.", purpose="closing")
    for each in four:
        assert "De leiding is weer heel." in answers_to(each)[1]
        assert state_of(each).status == "closed"
    assert only(world.duinrand).state == "over"


def test_another_municipality_sees_nothing_of_it(client, world, four, confirmed, run_jobs):
    client.force_login(world.sanne)
    preview = lay_ready(client, confirmed)
    client.force_login(world.vera)
    assert client.get(EVENTS).content.decode().count("rioolwater") == 0
    for address in (url(confirmed), preview, f"{preview}stand/", url(confirmed, "antwoord/")):
        assert client.get(address).status_code == 404
    for address in (url(confirmed, "besluit/"), url(confirmed, "zelfde-antwoord/"), f"{preview}terug/"):
        assert client.post(address, {"verb": "end"}).status_code == 404


def test_a_colleague_does_not_send_what_another_laid_ready(client, world, confirmed):
    client.force_login(world.sanne)
    preview = lay_ready(client, confirmed)
    client.force_login(world.bram)
    assert client.post(preview).status_code == 404


def standing(**known: object) -> Standing:
    calm = {
        "is_closed": False,
        "is_merged": False,
        "is_formal": False,
        "alarm": "",
        "language": "nl",
        "has_answer": False,
        "is_waiting": True,
        "had_news": False,
    }
    return Standing(**(calm | known))


@pytest.mark.parametrize(
    ("known", "news", "closing"),
    [
        ({}, None, None),
        ({"is_merged": True}, Reason.MERGED, Reason.MERGED),
        ({"alarm": "distress"}, Reason.DISTRESS, Reason.DISTRESS),
        ({"alarm": "danger"}, Reason.DANGER, Reason.DANGER),
        ({"alarm": "danger", "has_answer": True, "is_waiting": False}, Reason.ANSWERED, None),
        ({"is_formal": True}, Reason.FORMAL, Reason.FORMAL),
        ({"language": "fy"}, None, None),
        ({"language": "ar"}, Reason.LANGUAGE, Reason.LANGUAGE),
        ({"has_answer": True, "is_waiting": False}, Reason.ANSWERED, None),
        ({"has_answer": True}, Reason.ASKS_ON, Reason.ASKS_ON),
        ({"is_closed": True}, Reason.CLOSED, Reason.CLOSED),
        (
            {"is_closed": True, "had_news": True, "has_answer": True, "is_waiting": False},
            Reason.CLOSED,
            None,
        ),
    ],
)
def test_who_gets_the_answer_of_all(known, news, closing):
    assert reason_to_skip(standing(**known), Purpose.NEWS) == news
    assert reason_to_skip(standing(**known), Purpose.CLOSING) == closing
