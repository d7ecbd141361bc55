"""A session from its beginning to its erasing, through the front door."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mijngemeente.platform import tallies
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.jobs import retain
from mijngemeente.team.actions import keep_plot, without_levels
from mijngemeente.team.models import TeamPlot
from mijngemeente.workshop import actions
from mijngemeente.workshop.errors import TakenOut
from mijngemeente.workshop.jobs import end
from mijngemeente.workshop.models import Answer, JoinCode, Participant, Workshop
from mijngemeente.workshop.rules.answers import Given
from mijngemeente.workshop.rules.codes import MOST_ANSWERS, MOST_MISSES, MOST_PEOPLE, MOST_SENT, MOST_SHOWN
from tests.world import World

pytestmark = pytest.mark.django_db
JOIN = "/wegwijs/meedoen/"
PEOPLE = [{"id": "p1", "name": "Anna"}, {"id": "p2", "name": "Bo"}]


@pytest.fixture
def plot(world: World) -> TeamPlot:
    with acting_for(world.duinrand.id):
        document = {"format": "mijngemeente-teamplot", "title": "Online", "people": PEOPLE}
        return keep_plot(document=document, by=world.members["baas"])


@pytest.fixture
def laptop(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def screen(name: str, *more: object) -> str:
    return reverse(f"workshops:{name}", args=["duinrand", *more])


@pytest.fixture
def session(world: World, plot: TeamPlot, laptop: Client) -> Workshop:
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        return Workshop.objects.get()


def code() -> str:
    return JoinCode.objects.get().code


class Phone:
    """A browser without an account, with a seat."""

    def __init__(self, name: str, **more: str) -> None:
        self.client = Client()
        form = {"code": code(), "name": name, "key": str(uuid4()), **more}
        self.joined = self.client.post(JOIN, form)
        self.url = self.joined.get("Location", "")

    def page(self) -> str:
        return self.client.get(self.url).content.decode()

    def send(self, step: str, **typed: str):
        return self.client.post(f"{self.url}antwoord/", {"step": step, **dots(typed)})


def dots(typed: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", "."): value for name, value in typed.items()}


def buttons(laptop: Client, session: Workshop, name: str = "take") -> list[str]:
    page = laptop.get(screen("screen", session.id)).content.decode()
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def document_of(world: World) -> dict:
    with acting_for(world.duinrand.id):
        return TeamPlot.objects.get().document


def answers(world: World) -> list[tuple[str, str]]:
    with acting_for(world.duinrand.id):
        return [(each.participant.name, each.state) for each in Answer.objects.select_related("participant")]


def test_two_phones_answer_and_nothing_is_lost_until_a_person_chooses(world, session, laptop):
    anna, bo = Phone("Anna"), Phone("Bo")
    assert "Wat doe je echt?" not in anna.page()
    laptop.post(screen("step", session.id), {"step": "tasks"})
    assert "Wat doe je echt?" in anna.page()
    anna.send("tasks", person="p1", task__T01="1", hours__T01="6")
    bo.send("tasks", person="p1", task__T01="1", hours__T01="2", task__T02="1")
    page = laptop.get(screen("screen", session.id)).content.decode()
    assert "6 uur per week" in page and "2 uur per week" in page and "niet hetzelfde" in page
    assert document_of(world)["people"] == PEOPLE
    first = next(each for each in buttons(laptop, session))
    laptop.post(screen("choice", session.id), {"take": first})
    assert document_of(world)["people"][0]["tasks"] == [{"code": "T01", "hours": 6, "owner": False}]
    assert sorted(answers(world)) == [("Anna", "taken"), ("Bo", "aside"), ("Bo", "waiting")]
    assert "overgenomen" in anna.page() and "opzij gelegd" in bo.page()


def test_what_was_laid_aside_can_be_taken_over_after_all(world, session, laptop):
    phone = Phone("Anna")
    phone.send("people", name="Communitymanager", hours="8")
    laptop.post(screen("step", session.id), {"step": "people"})
    laptop.post(screen("choice", session.id), {"aside": buttons(laptop, session, "aside")[0]})
    assert answers(world) == [("Anna", "aside")]
    with acting_for(world.duinrand.id):
        line = AuditLine.objects.get(verb="workshop.answers_laid_aside")
        assert (line.member_id, line.detail) == (world.members["baas"].id, {"count": 1})
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    assert document_of(world)["people"][2] == {"id": "p3", "name": "Communitymanager", "hours": 8}


def test_all_that_nobody_disputes_goes_in_at_once(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "people"})
    anna, bo = Phone("Anna"), Phone("Bo")
    anna.send("people", name="Anna", hours="8")
    anna.send("people", name="Cor")
    bo.send("people", name="anna", hours="12")
    bo.send("people", name="Cor")
    bo.send("people", name="Dik")
    together = max(buttons(laptop, session), key=len)
    laptop.post(screen("choice", session.id), {"take": together})
    assert [each["name"] for each in document_of(world)["people"]] == ["Anna", "Bo", "Cor", "Dik"]
    assert sorted(answers(world)) == [
        ("Anna", "taken"),
        ("Anna", "waiting"),
        ("Bo", "taken"),
        ("Bo", "taken"),
        ("Bo", "waiting"),
    ]


def test_nobody_takes_over_what_changed_under_their_hands(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "scope"})
    phone = Phone("Anna")
    phone.send("scope", title="Team web")
    shown = buttons(laptop, session)[0]
    phone.send("scope", title="Team online")
    answer = laptop.post(screen("choice", session.id), {"take": shown})
    assert answer.status_code == 422
    assert "net veranderd" in answer.content.decode()
    assert document_of(world)["title"] == "Online"
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    assert document_of(world)["title"] == "Team online"


def test_sent_twice_is_answered_once(world, session, laptop):
    phone, key = Phone("Anna"), str(uuid4())
    phone.send("people", name="Cor")
    phone.send("people", name="Cor")
    assert len(answers(world)) == 1
    laptop.post(screen("step", session.id), {"step": "people"})
    laptop.post(screen("choice", session.id), {"take": buttons(laptop, session)[0]})
    phone.send("people", name="Cor")
    assert answers(world) == [("Anna", "taken")]
    assert Phone("Bo", key=key).url == Phone("Bo", key=key).url


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


def sent(world: World, session: Workshop, count: int) -> Participant:
    """The one participant, who sent so many answers."""
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
            for number in range(count)
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
    sent(world, session, MOST_SHOWN + 20)
    laptop.post(screen("step", session.id), {"step": "people"})
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


def test_after_closing_the_code_is_dead_and_the_phone_says_so(world, session, laptop):
    phone = Phone("Anna")
    laptop.post(screen("close", session.id))
    late = Phone("Bo")
    assert "Deze code werkt niet" in late.joined.content.decode()
    assert "De sessie is afgelopen" in phone.page()
    assert phone.url not in phone.client.get(JOIN).content.decode()
    assert "De sessie is afgelopen" in phone.send("people", name="Cor").content.decode()
    assert laptop.post(screen("step", session.id), {"step": "tasks"}).status_code == 422
    assert answers(world) == []


def test_a_forgotten_session_ends_by_itself(world, session, plot, laptop):
    with acting_for(world.duinrand.id):
        Workshop.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    JoinCode.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert "Deze code werkt niet" in Phone("Anna").joined.content.decode()
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        assert Workshop.objects.filter(closed_at=None).count() == 1
        assert Workshop.objects.exclude(id=session.id).get().is_open(timezone.now())


def test_the_clock_ends_a_session_that_nobody_closed(world, session):
    phone = Phone("Anna")
    for _ in range(2):
        end(organisation_id=world.duinrand.id, id=str(session.id))
    assert "De sessie is afgelopen" in phone.page()
    assert "Deze code werkt niet" in Phone("Bo").joined.content.decode()


def test_beginning_twice_is_one_session(world, session, plot, laptop):
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        assert Workshop.objects.get().id == session.id


@pytest.mark.parametrize(("days", "erased"), [(6, False), (7, True)])
def test_names_and_answers_are_erased_on_time_with_a_record(world, session, laptop, days, erased):
    Phone("Anna").send("people", name="Cor")
    laptop.post(screen("close", session.id))
    with acting_for(world.duinrand.id):
        Workshop.objects.update(closed_at=timezone.now() - timedelta(days=days))
    retain(organisation_id=world.duinrand.id)
    with acting_for(world.duinrand.id):
        assert Answer.objects.exists() is not erased
        assert Participant.objects.exists() is not erased
        assert AuditLine.objects.filter(verb="workshop.erased").exists() is erased
        assert Workshop.objects.filter(erased_at=None).exists() is not erased
    assert JoinCode.objects.exists() is not erased


def test_what_single_people_can_do_is_never_asked_in_a_session(world, session, laptop):
    laptop.post(screen("step", session.id), {"step": "levels"})
    phone = Phone("Anna")
    assert "Stuur naar het scherm" not in phone.page()
    assert phone.send("levels", level__C01="4").status_code == 422
    assert document_of(world) == without_levels(document_of(world))


@pytest.mark.parametrize("taken", ["", "x", "x.1", f"{UUID(int=7)}.x"])
def test_a_button_that_is_not_ours_does_nothing(session, laptop, taken):
    assert laptop.post(screen("choice", session.id), {"take": taken}).status_code in (404, 422)
    assert laptop.post(screen("remove", session.id), {"participant": taken}).status_code == 404


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


def test_the_presenter_gets_only_what_changed_when_the_page_asks(session, laptop):
    part = laptop.get(screen("screen", session.id), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="session"')


def test_making_files_without_an_account_has_a_limit(client):
    form = {"document": '{"format": "mijngemeente-teamplot"}'}
    url = reverse("team:export", args=["json"])
    statuses = [client.post(url, form).status_code for _ in range(61)]
    assert statuses[:60] == [200] * 60
    assert statuses[60] == 429
