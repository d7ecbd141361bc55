"""A new municipality sets itself up, step by step."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.answers.actions import Draft, write
from mijngemeente.answers.models import Adoption, Fact, SharedAnswer
from mijngemeente.beginning.actions import answer_as_well
from mijngemeente.beginning.queries import beginning_of, is_beginning, progress_of
from mijngemeente.beginning.rules import Step
from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import InboxAddress, Member
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform.tenancy import acting_for

BASE = "/duinrand/beheer/"
BEGIN = f"{BASE}begin/"

WEEK = {
    **dict.fromkeys(("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"), "9.00 - 17.00"),
    "is_closed_on_holidays": "on",
    "liberation_day": "lustrum",
}
RULES = {
    "form_of_address": "u",
    "salutation": "Beste {naam},",
    "signature": "Met vriendelijke groet,\n{medewerker}\n{organisatie}",
    "answer_promise": "U krijgt binnen twee werkdagen antwoord.",
    "call_back_to": 5,
}


@pytest.fixture
def new(world):
    """Duinrand on its first day: only an administrator, and no mail."""
    InboxAddress.objects.filter(organisation=world.duinrand, kind="email").delete()
    others = Member.objects.filter(organisation=world.duinrand).exclude(id=world.members["beheer"].id)
    others.update(left_at=timezone.now())
    with acting_for(world.national.id):
        for number in range(12):
            text = "Dat kost {prijs paspoort}." if number == 11 else "Dat kan bij de balie."
            draft = Draft(f"Vraag {number:02}", text, state="published")
            write(organisation=world.national, draft=draft, by=None)
    return world


@pytest.fixture
def beheer(client, new):
    client.force_login(new.beheer)
    return client


def taken(world) -> set[Step]:
    world.duinrand.refresh_from_db()
    with acting_for(world.duinrand.id):
        return set(progress_of(world.duinrand).taken)


def page(client, path: str = BEGIN) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_new_municipality_begins_at_nothing_and_sees_its_front_door(beheer, new):
    shown = page(beheer)
    assert taken(new) == set()
    assert "<strong>0 van 7</strong> klaar" in shown
    assert "/duinrand/contact/" in shown
    assert "Stel een proefvraag" in shown


@pytest.mark.parametrize(
    ("path", "typed", "step"),
    [
        ("gegevens/", {"name": "Duinrand", "telephone": "14 0123"}, Step.NAME),
        ("uiterlijk/", {"theme": "laken"}, Step.THEME),
        ("uiterlijk/", {"theme": "water"}, Step.THEME),
        ("openingstijden/", WEEK, Step.HOURS),
        ("spelregels/", RULES, Step.RULES),
        ("begin/zelf/", {}, Step.COLLEAGUES),
        (
            "mensen/uitnodigen/",
            {"name": "Bo", "email": "bo@duinrand.example", "roles": ["agent"]},
            Step.COLLEAGUES,
        ),
    ],
)
def test_keeping_a_page_takes_its_step_also_when_nothing_changed(path, typed, step, beheer, new):
    assert beheer.post(f"{BASE}{path}", typed).status_code == 302
    assert taken(new) == {step}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (RULES["answer_promise"], "Je krijgt binnen twee werkdagen antwoord."),
        ("U hoort van ons.", "U hoort van ons."),
    ],
)
def test_a_promise_that_nobody_wrote_follows_the_form_of_address(written, kept, beheer, new):
    beheer.post(f"{BASE}spelregels/", {**RULES, "form_of_address": "je", "answer_promise": written})
    with acting_for(new.duinrand.id):
        assert rules_of(new.duinrand.id).answer_promise == kept


def test_a_first_question_takes_the_step_of_the_mailbox(beheer, new):
    new.ask(new.duinrand, "Wanneer komt het gft?")
    assert taken(new) == {Step.MAILBOX}
    assert "De eerste vraag kwam binnen." in page(beheer)


def test_hours_do_not_pass_for_rules(beheer, new):
    beheer.post(f"{BASE}openingstijden/", WEEK)
    assert Step.RULES not in taken(new)


def test_ten_answers_are_proposed_that_ask_nothing_and_adopted_in_one_go(beheer, new):
    shown = page(beheer, f"{BEGIN}antwoorden/")
    assert shown.count(" checked") == 10
    chosen = [str(each.id) for each in SharedAnswer.objects.order_by("-title")[:10]]
    response = beheer.post(f"{BEGIN}antwoorden/", {"answers": chosen})
    assert response["Location"] == f"{BEGIN}antwoorden/gegevens/"
    beheer.post(f"{BEGIN}antwoorden/", {"answers": chosen})
    assert taken(new) == {Step.ANSWERS}
    with acting_for(new.duinrand.id):
        assert Adoption.objects.filter(organisation=new.duinrand).count() == 10


def test_a_proposed_answer_reads_as_this_municipality_speaks(beheer, new):
    with acting_for(new.national.id):
        draft = Draft("Afval", "Dank {u|je} wel. Zie {link afval}.", state="published")
        write(organisation=new.national, draft=draft, by=None)
    beheer.post(f"{BASE}spelregels/", {**RULES, "form_of_address": "je"})
    shown = page(beheer, f"{BEGIN}antwoorden/")
    assert "Dank je wel." in shown
    assert "{link afval}" in shown


@pytest.mark.parametrize("chosen", [[], [str(uuid4())], ["geen nummer"]])
def test_answers_that_are_not_there_are_refused_in_words(chosen, beheer, new):
    response = beheer.post(f"{BEGIN}antwoorden/", {"answers": chosen})
    assert response.status_code == 422
    assert "Kies" in response.content.decode()
    assert taken(new) == set()


def test_a_neighbours_own_answer_cannot_be_adopted(beheer, new):
    with acting_for(new.veenwijk.id):
        theirs = write(organisation=new.veenwijk, draft=Draft("Van hen", "Nee."), by=None)
    assert beheer.post(f"{BEGIN}antwoorden/", {"answers": [str(theirs.id)]}).status_code == 422


def test_only_blanks_of_answers_at_hand_are_asked_and_empty_ones_stay_open(beheer, new):
    assert "Er staat niets open" in page(beheer, f"{BEGIN}antwoorden/gegevens/")
    priced = SharedAnswer.objects.get(title="Vraag 11")
    beheer.post(f"{BEGIN}antwoorden/", {"answers": [str(priced.id)]})
    assert "Prijs paspoort" in page(beheer, f"{BEGIN}antwoorden/gegevens/")
    beheer.post(f"{BEGIN}antwoorden/gegevens/", {"blank-0": ""})
    assert "Prijs paspoort" in page(beheer, f"{BEGIN}antwoorden/gegevens/")
    refused = beheer.post(f"{BEGIN}antwoorden/gegevens/", {"blank-0": "{prijs}"})
    assert (refused.status_code, "accolades" in refused.content.decode()) == (422, True)
    beheer.post(f"{BEGIN}antwoorden/gegevens/", {"blank-0": "€ 83,87"})
    with acting_for(new.duinrand.id):
        fact = Fact.objects.get(organisation=new.duinrand)
    assert (fact.name, fact.kind, fact.value) == ("prijs paspoort", "price", "€ 83,87")


def test_an_administrator_who_answers_too_stays_administrator(beheer, new):
    beheer.post(f"{BEGIN}zelf/")
    beheer.post(f"{BEGIN}zelf/")
    assert set(Member.objects.get(id=new.members["beheer"].id).roles) == {"administrator", "agent"}
    assert "Ik geef zelf ook antwoord</button>" not in page(beheer)


def test_later_on_an_administrator_takes_no_role_here(beheer, new):
    shown = page(beheer)
    assert "Ik geef zelf ook antwoord</button>" in shown and "de rol webcaremedewerker" in shown
    beheer.post(f"{BEGIN}klaar/")
    assert "Ik geef zelf ook antwoord</button>" not in page(beheer)
    assert beheer.post(f"{BEGIN}zelf/").status_code == 404
    assert Member.objects.get(id=new.members["beheer"].id).roles == ["administrator"]


def test_every_page_of_a_step_leads_back_and_on(beheer, new):
    shown = page(beheer, f"{BASE}gegevens/")
    assert "Terug naar beginnen" in shown
    assert "Volgende stap: Uiterlijk" in shown
    assert "Terug naar beginnen" not in page(beheer, f"{BASE}afdelingen/")


def test_a_page_of_a_step_says_when_it_is_taken(beheer, new):
    shown = page(beheer, f"{BASE}postvakken/")
    assert "Klaar als er een vraag binnenkwam, of als jullie mail gekoppeld is." in shown
    assert "Stel een proefvraag" in shown
    new.ask(new.duinrand, "Wanneer komt het gft?")
    assert "Stel een proefvraag" not in page(beheer, f"{BASE}postvakken/")


def test_put_away_it_leads_nobody_and_stays_to_be_found(beheer, new):
    assert beheer.post(f"{BEGIN}klaar/")["Location"] == BASE
    assert "Terug naar beginnen" not in page(beheer, f"{BASE}gegevens/")
    assert beginning_of(new.beheer) is None
    assert "van 7" in page(beheer)


def test_signing_in_leads_a_new_administrator_to_the_steps(client, new):
    assert beginning_of(new.beheer) == new.duinrand
    assert beginning_of(new.vera) is None


def test_who_answers_for_longer_than_a_week_is_led_nowhere(new):
    conversation = new.ask(new.duinrand, "Wanneer komt het gft?")
    with acting_for(new.duinrand.id):
        assert is_beginning(new.duinrand)
        answer_as_well(member=new.members["beheer"])
        agent = Member.objects.get(id=new.members["beheer"].id)
        send_reply(conversation=conversation, by=agent, text="Dinsdag.", key=uuid4())
        assert is_beginning(new.duinrand)
        Conversation.objects.update(first_replied_at=timezone.now() - timedelta(days=8))
        assert not is_beginning(new.duinrand)


def test_a_sample_follows_what_stands_in_the_form_and_stores_nothing(beheer, new):
    typed = {
        **RULES,
        "form_of_address": "je",
        "salutation": "Hoi {voornaam}!",
        "signature": "<b>{organisatie}</b>",
    }
    shown = beheer.post(f"{BEGIN}voorbeeld/", typed).content.decode()
    assert "Hoi Fatma!" in shown
    assert "Je kunt je oude matras" in shown
    assert "&lt;b&gt;gemeente Duinrand&lt;/b&gt;" in shown
    with acting_for(new.duinrand.id):
        assert rules_of(new.duinrand.id).salutation == "Beste {naam},"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("telephone", "bel ons"),
        ("privacy_url", "javascript:alert(1)"),
        ("privacy_url", "ftp://duinrand.example"),
    ],
)
def test_details_that_residents_cannot_use_are_refused(field, typed, beheer, new):
    good = {
        "name": "Duinrand aan Zee",
        "telephone": "14 0123",
        "privacy_url": "https://duinrand.example/privacy",
    }
    assert beheer.post(f"{BASE}gegevens/", {**good, field: typed}).status_code == 422
    new.duinrand.refresh_from_db()
    assert new.duinrand.name == "Duinrand"


def test_details_stand_on_the_residents_pages_at_once(beheer, new):
    beheer.post(f"{BASE}gegevens/", {"name": "Duinrand aan Zee", "telephone": "14 0123"})
    shown = beheer.get("/duinrand/contact/").content.decode()
    assert "Duinrand aan Zee" in shown
    assert "14 0123" in shown
