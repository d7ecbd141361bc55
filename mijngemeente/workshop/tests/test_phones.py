"""Phones in a session, also those that do not mean well."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from mijngemeente.platform import tallies
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot
from mijngemeente.workshop import actions
from mijngemeente.workshop.errors import TakenOut
from mijngemeente.workshop.models import Answer, JoinCode, Participant, Workshop
from mijngemeente.workshop.queries import answers_of, heard_with, seat_token
from mijngemeente.workshop.rules.answers import Given
from mijngemeente.workshop.rules.codes import MOST_ANSWERS, MOST_MISSES, MOST_PEOPLE, MOST_SENT, MOST_SHOWN
from tests.world import World

from .steps import JOIN, Phone, answers, buttons, code, screen

pytestmark = pytest.mark.django_db


def test_what_cannot_be_taken_stays_in_the_form(session):
    answer = Phone("Anna").send("people", name="Cor", hours="veel")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“veel” is geen getal" in page and 'value="Cor"' in page


def test_a_phone_that_lost_its_page_goes_on_where_it_was(session):
    phone = Phone("Anna")
    assert phone.url in phone.client.get(JOIN).content.decode()
    assert "Anna" in phone.page()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Vul in hoe je heet"),
        ("\x00\u200f ", "Vul in hoe je heet"),
        ("x" * 61, "Hooguit 60"),
        ("ANNA", "al iemand mee"),
    ],
)
def test_a_name_that_is_none_is_refused(session, name, told):
    Phone("Anna")
    refused = Phone(name)
    assert refused.joined.status_code == 422
    assert told in refused.joined.content.decode()


def test_a_name_with_script_is_only_text(session, laptop):
    Phone("<script>alert(1)</script> 🦊")
    page = laptop.get(screen("screen", session.id)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🦊" in page


def test_a_wrong_code_is_refused_and_guessing_stops(session):
    phone = Client()
    for _ in range(MOST_MISSES):
        assert phone.post(JOIN, {"code": "AAAAAA", "name": "Anna"}).status_code == 422
    refused = phone.post(JOIN, {"code": code(), "name": "Anna"})
    assert refused.status_code == 429
    assert "Wacht tien minuten" in refused.content.decode()


def test_a_session_is_full_at_some_point(world, session):
    with acting_for(world.duinrand.id):
        for number in range(MOST_PEOPLE):
            actions.join(workshop=session, name=f"Telefoon {number}", key=uuid4())
    assert "Er doen al 40 mensen mee" in Phone("Nog een").joined.content.decode()


def sent(world: World, session: Workshop, count: int, first: int = 0) -> Participant:
    """The one participant, who sent so many answers, numbered from `first`."""
    with acting_for(world.duinrand.id):
        participant = Participant.objects.get()
        Answer.objects.bulk_create(
            Answer(
                organisation_id=world.duinrand.id,
                workshop=session,
                participant=participant,
                place=f"people.{number}",
                content={"name": str(number)},
            )
            for number in range(first, first + count)
        )
    return participant


def test_one_phone_cannot_fill_the_screen(world, session, laptop):
    phone = Phone("Anna")
    sent(world, session, MOST_ANSWERS)
    refused = phone.send("people", name="Een te veel")
    assert refused.status_code == 422
    assert "Wacht tot een deel is overgenomen" in refused.content.decode()
    assert len(answers(world)) == MOST_ANSWERS
    laptop.post(screen("step", session.id), {"step": "people"})
    laptop.post(screen("choice", session.id), {"take": max(buttons(laptop, session), key=len)})
    assert phone.send("people", name="Een te veel").status_code == 302


def test_the_screen_shows_as_much_as_one_can_read(world, session, laptop):
    Phone("Anna")
    sent(world, session, MOST_SHOWN)
    laptop.post(screen("step", session.id), {"step": "people"})
    assert "Kies, dan komt de rest" not in laptop.get(screen("screen", session.id)).content.decode()
    sent(world, session, 20, first=MOST_SHOWN)
    page = laptop.get(screen("screen", session.id)).content.decode()
    assert f"{MOST_SHOWN + 20} antwoorden wachten" in page and "Kies, dan komt de rest" in page
    laptop.post(screen("choice", session.id), {"take": max(buttons(laptop, session), key=len)})
    page = laptop.get(screen("screen", session.id)).content.decode()
    assert "20 antwoorden wachten" in page and "Kies, dan komt de rest" not in page


def test_a_phone_that_never_stops_sending_has_to_wait(world, session):
    phone = Phone("Anna")
    with acting_for(world.duinrand.id):
        anna = str(Participant.objects.get().id)
    for _ in range(MOST_SENT):
        tallies.count("workshop answer", anna)
    refused = phone.send("people", name="Cor")
    assert refused.status_code == 422
    assert "Wacht tien minuten" in refused.content.decode() and 'value="Cor"' in refused.content.decode()


def test_somebody_who_does_not_belong_here_is_out(world, session, laptop):
    phone = Phone("Vreemde")
    phone.send("people", name="Onzin")
    with acting_for(world.duinrand.id):
        stranger = Participant.objects.get()
    laptop.post(screen("remove", session.id), {"participant": str(stranger.id)})
    assert phone.client.get(phone.url).status_code == 404
    assert phone.send("people", name="Meer onzin").status_code == 404
    assert answers(world) == [("Vreemde", "aside")]
    # The form that was on its way while the button was pressed.
    with acting_for(world.duinrand.id), pytest.raises(TakenOut):
        actions.answer(participant=stranger, given=[Given("people.x", {"name": "X"})])
    assert answers(world) == [("Vreemde", "aside")]


def test_a_seat_of_another_session_or_nobody_is_no_seat(session):
    phone = Phone("Anna")
    code, token = phone.url.split("/")[3:5]
    for url in (f"{JOIN}AAAAAA/{token}/", f"{JOIN}{code}/verzonnen/", f"{JOIN}{code}/{token[:-2]}xx/"):
        assert Client().get(url).status_code == 404


def test_who_guesses_seats_learns_nothing_of_codes(session, django_assert_num_queries):
    for each in (code(), "AAAAAA"):
        with django_assert_num_queries(0):
            assert Client().get(f"{JOIN}{each}/verzonnen/").status_code == 404


def test_a_phone_of_one_session_does_nothing_in_another(world, session):
    token = Phone("Anna").url.split("/")[4]
    with acting_for(world.veenwijk.id):
        vera = world.members["vera"]
        theirs = actions.begin(plot=keep_plot(document=document_of_others(), by=vera), by=vera)
        Workshop.objects.update(step="people")
    other = JoinCode.objects.get(workshop_id=theirs.id)
    for name in ("", "vraag/"):
        assert Client().get(f"{JOIN}{other.code}/{token}/{name}").status_code == 404
    answer = Client().post(f"{JOIN}{other.code}/{token}/antwoord/", {"step": "people", "name": "Cor"})
    assert answer.status_code == 404
    with acting_for(world.veenwijk.id):
        assert not Answer.objects.exists()


def document_of_others() -> dict:
    return {"format": "mijngemeente-teamplot", "title": "Ergens anders", "people": []}


def told(page: str) -> frozenset[UUID]:
    """What the stream of a page tells of."""
    token = re.search(r"/wegwijs/meedoen/([\w-]+)/live/", page)
    return heard_with(token[1])


def test_a_phone_hears_of_the_session_and_the_screen_of_each_answer_too(session, laptop):
    shown = laptop.get(screen("screen", session.id)).content.decode()
    phone = Phone("Anna").page()
    assert told(phone) == {session.id}
    assert told(shown) == {session.id, answers_of(session.id)}
    assert heard_with("verzonnen") == heard_with(seat_token(Participant(id=session.id))) == frozenset()
    laptop.post(screen("close", session.id))
    assert told(phone) == told(shown) == frozenset()
