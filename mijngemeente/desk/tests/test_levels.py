"""The administrator's pages of service levels."""

from datetime import timedelta

import pytest

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import OpeningWeek, ServiceLevel
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

PAGE = "/duinrand/beheer/servicenormen/"
NORM = {"first_reply": "4", "next_reply": "8", "solution": "", "warns": "percent", "warns_at": "50"}


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


def levels(world):
    with acting_for(world.duinrand.id):
        return list(ServiceLevel.objects.order_by("id"))


def test_the_usual_norm_is_shown_until_one_is_written(beheer, world):
    page = beheer.get(PAGE).content.decode()
    assert "16 uur" in page and "80 uur" in page and "bij 75%" in page
    assert "Een vraag van vrijdag" in page
    assert levels(world) == []


def test_a_norm_is_typed_in_hours_and_moves_what_is_open(beheer, world, run_jobs):
    with acting_for(world.duinrand.id):
        OpeningWeek.objects.create(
            organisation=world.duinrand, week=[[[0, 1440]]] * 7, is_closed_on_holidays=False
        )
    asked = world.ask(world.duinrand, "Wanneer is de markt?")
    run_jobs()
    assert beheer.post(f"{PAGE}algemeen/", NORM | {"first_reply": "0,5"}).status_code == 302
    run_jobs()
    (level,) = levels(world)
    assert (level.first_reply, level.next_reply, level.solution) == (30, 480, None)
    page = beheer.get(PAGE).content.decode()
    assert "30 minuten" in page and "geen norm" in page and "van 1 gesprek verschoof" in page
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get(id=asked.id).due_at == asked.created_at + timedelta(minutes=30)
    assert 'value="0,5"' in beheer.get(f"{PAGE}algemeen/").content.decode()


def test_before_it_is_kept_it_says_what_it_would_move(beheer, world):
    world.ask(world.duinrand, "Wanneer is de markt?")
    said = beheer.post(f"{PAGE}vooruitblik/", NORM).content.decode()
    assert "Een vraag van vrijdag" in said and "van 1 open gesprek" in said
    other = NORM | {"kind": "complaint", "channel": "", "priority": "", "topic": ""}
    assert "geen enkel open gesprek" in beheer.post(f"{PAGE}vooruitblik/?norm=x", other).content.decode()
    assert "Dit verschuift" not in beheer.post(f"{PAGE}vooruitblik/", {}).content.decode()
    assert levels(world) == []


def test_an_exception_is_made_changed_and_taken_away(beheer, world):
    topic = Topic.objects.first()
    scope = {"kind": "complaint", "channel": "email", "priority": "2", "topic": topic.slug}
    assert beheer.post(f"{PAGE}nieuw/", NORM | scope).status_code == 302
    (level,) = levels(world)
    assert (level.kind, level.channel, level.priority, level.topic_id) == (
        "complaint",
        "email",
        2,
        topic.slug,
    )
    page = beheer.get(PAGE).content.decode().lower()
    assert f"klacht, e-mail, voorrang spoed, {topic.label.lower()}" in page
    assert beheer.post(f"{PAGE}{level.id}/", NORM | scope | {"priority": ""}).status_code == 302
    assert levels(world)[0].priority is None
    assert beheer.post(f"{PAGE}{level.id}/weg/").status_code == 302
    assert levels(world) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "Kies voor welke gesprekken"),
        ({"kind": "complaint", "first_reply": "gauw"}, "Vul een aantal uren in"),
        ({"kind": "complaint", "first_reply": "0"}, "ten minste 0,25 uur"),
        ({"kind": "complaint", "solution": "9999"}, "hoogstens 2000 uur"),
        ({"kind": "complaint", "warns_at": "100"}, "van 1 tot en met 99"),
        ({"kind": "complaint", "warns": "minutes", "warns_at": "0"}, "van 1 tot en met 30000"),
        ({"kind": "gemopper"}, "Deze keuze is er niet"),
        ({"channel": "telex"}, "Deze keuze is er niet"),
        ({"topic": "bestaat-niet"}, "Deze keuze is er niet"),
    ],
)
def test_a_norm_that_cannot_be_is_refused(beheer, world, wrong, said):
    refused = beheer.post(f"{PAGE}nieuw/", NORM | wrong)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert levels(world) == []


def test_the_same_conversations_have_one_norm(beheer, world):
    beheer.post(f"{PAGE}nieuw/", NORM | {"kind": "complaint"})
    refused = beheer.post(f"{PAGE}nieuw/", NORM | {"kind": "complaint"})
    assert refused.status_code == 422
    assert "Voor deze gesprekken is er al een norm" in refused.content.decode()
    assert len(levels(world)) == 1
