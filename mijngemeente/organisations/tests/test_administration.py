"""The administrator's other pages: rules, appearance and agreements."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mijngemeente.organisations.models import EngagementRules, Organisation, ServiceAgreement
from mijngemeente.organisations.queries import coverage_of, rules_of
from mijngemeente.platform.tenancy import acting_for

RULES = {
    "call_back_to": "4",
    "form_of_address": "je",
    "salutation": "Hoi {naam},",
    "signature": "Groet, {medewerker}",
    "answer_promise": "Je krijgt binnen een werkdag antwoord.",
    "widget_sites": "https://www.duinrand.example\n\nhttps://WWW.duinrand.example/\nhttps://kaart.duinrand.example:8443",
}
BLUE = {"utrecht": {"link": {"color": {"value": "#003366"}}}}


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


def test_the_rules_are_changed_for_this_municipality_only(beheer, world):
    assert "u krijgt" in beheer.get("/duinrand/beheer/spelregels/").content.decode().lower()
    assert beheer.post("/duinrand/beheer/spelregels/", RULES).status_code == 302
    beheer.post("/duinrand/beheer/spelregels/", RULES | {"salutation": "Dag {naam},"})
    with acting_for(world.duinrand.id):
        rules = EngagementRules.objects.get()
        assert (rules.form_of_address, rules.salutation) == ("je", "Dag {naam},")
        assert rules.widget_sites == ["https://www.duinrand.example", "https://kaart.duinrand.example:8443"]
    with acting_for(world.veenwijk.id):
        assert rules_of(world.veenwijk.id).form_of_address == "u"


@pytest.mark.parametrize(
    "wrong",
    [
        {"form_of_address": "gij"},
        {"call_back_to": "11"},
        {"call_back_to": "-1"},
        {"widget_sites": "http://www.duinrand.example"},
        {"widget_sites": "https://www.duinrand.example/pad"},
        {"widget_sites": "https://*"},
        {"widget_sites": "javascript:alert(1)"},
        {"widget_sites": "https://a.example; script-src *"},
    ],
)
def test_rules_that_cannot_be_are_refused(beheer, world, wrong):
    assert beheer.post("/duinrand/beheer/spelregels/", RULES | wrong).status_code == 422
    with acting_for(world.duinrand.id):
        assert not EngagementRules.objects.exists()


def test_what_is_refused_does_not_turn_the_sentence_around(beheer):
    refused = beheer.post("/duinrand/beheer/spelregels/", RULES | {"widget_sites": "onzin \u202e hier"})
    assert "onzin  hier is geen adres van een website" in refused.content.decode()


def test_one_of_our_themes_is_chosen(beheer, world):
    beheer.post("/duinrand/beheer/uiterlijk/", {"theme": "polder"})
    assert Organisation.objects.get(id=world.duinrand.id).theme == "polder"
    assert beheer.post("/duinrand/beheer/uiterlijk/", {"theme": "../x"}).status_code == 422


def load(client: Client, content: object):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post("/duinrand/beheer/uiterlijk/eigen/", {"tokens": SimpleUploadedFile("t.json", body)})


def test_an_own_house_style_is_loaded_served_and_taken_away(beheer, world):
    visitor = Client()
    assert visitor.get("/duinrand/contact/uiterlijk.css").status_code == 404
    assert load(beheer, BLUE).status_code == 302
    style = visitor.get("/duinrand/contact/uiterlijk.css")
    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert "--utrecht-link-color: #003366;" in style.content.decode()
    assert "unsafe" not in style["Content-Security-Policy"]
    assert visitor.get("/veenwijk/contact/uiterlijk.css").status_code == 404
    beheer.post("/duinrand/beheer/uiterlijk/eigen/weg/")
    assert visitor.get("/duinrand/contact/uiterlijk.css").status_code == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            {"utrecht": {"link": {"color": {"value": "#cccccc"}}}},
            "Te weinig contrast voor een link op de pagina",
        ),
        ({"a": {"value": "url(https://elders.example)"}}, "kunnen wij niet gebruiken"),
        (b"{", "geen JSON"),
        (b"[" * 100_000, "geen JSON"),
        (b"\xff\xfe", "geen JSON"),
        ([], "geen bestand met design tokens"),
        (b"", "leeg"),
        (b" " * 600_000, "te groot"),
    ],
)
def test_a_house_style_that_cannot_be_read_changes_nothing(beheer, content, reason):
    load(beheer, BLUE)
    refused = load(beheer, content)
    assert refused.status_code == 422
    assert reason in refused.content.decode()
    assert "#003366" in Client().get("/duinrand/contact/uiterlijk.css").content.decode()


def test_a_municipality_lets_another_organisation_answer_and_ends_that(beheer, world):
    today = date.today()
    sent = {"provider": world.region.id, "starts_on": today.isoformat()}
    assert beheer.post("/duinrand/beheer/afspraken/", sent).status_code == 302
    assert world.duinrand.id in coverage_of(world.regio)
    assert "Deze afspraak bestaat al." in beheer.post("/duinrand/beheer/afspraken/", sent).content.decode()
    agreement = ServiceAgreement.objects.get(client=world.duinrand)
    beheer.post(f"/duinrand/beheer/afspraken/{agreement.id}/einde/")
    assert world.duinrand.id not in coverage_of(world.regio)


@pytest.mark.parametrize(
    "wrong",
    [
        {"provider": 3},
        {"provider": 99},
        {"starts_on": "gisteren"},
        {"ends_on": (date.today() - timedelta(days=1)).isoformat()},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(beheer, world, wrong):
    sent = {"provider": world.region.id, "starts_on": date.today().isoformat()} | wrong
    assert beheer.post("/duinrand/beheer/afspraken/", sent).status_code == 422
    assert not ServiceAgreement.objects.filter(client=world.duinrand).exists()


def test_only_the_client_ends_an_agreement(client, world):
    agreement = ServiceAgreement.objects.get(client=world.veenwijk)
    client.force_login(world.beheer)
    assert client.post(f"/duinrand/beheer/afspraken/{agreement.id}/einde/").status_code == 404
    assert client.post(f"/veenwijk/beheer/afspraken/{agreement.id}/einde/").status_code == 404
    assert world.veenwijk.id in coverage_of(world.regio)
