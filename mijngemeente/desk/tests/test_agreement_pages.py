"""An administrator says what a team does for us, tries it on last month and switches it on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mijngemeente.desk.rules.agreements import terms_words
from mijngemeente.organisations.models import OpeningWeek, ServiceAgreement
from mijngemeente.organisations.rules.covering import Terms
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

PAGE = "/duinrand/beheer/afspraken/"
TERMS = {"moment": "always", "reaches": "3"}
ON, OFF = {"to": "on"}, {"to": "off"}
ENDED = date(2026, 2, 1)


@pytest.fixture
def beheer(client, world):
    for organisation, week in ((world.duinrand, [[]] * 7), (world.region, [[[0, 1440]]] * 7)):
        with acting_for(organisation.id):
            OpeningWeek.objects.create(organisation=organisation, week=week, is_closed_on_holidays=False)
    client.force_login(world.beheer)
    return client


def agree(client, world, provider="region"):
    sent = {"provider": getattr(world, provider).id, "starts_on": "2026-01-01"}
    return client.post(PAGE, sent)["Location"]


def the_agreement(world):
    return ServiceAgreement.objects.get(client=world.duinrand)


def test_an_agreement_is_made_tried_and_switched_on(beheer, world, run_jobs):
    world.ask(world.duinrand, "Vraag")
    world.ask(world.duinrand, "Nog een", kind="email")
    url = agree(beheer, world)
    assert "2 van 2 nieuwe gesprekken" in beheer.get(url).content.decode()
    counted = beheer.post(url, TERMS | {"channels": ["web"], "moment": "closed", "deed": "count"})
    assert "1 van 2 nieuwe gesprekken" in counted.content.decode()
    assert "1 daarvan kwam binnen terwijl jullie dicht waren" in counted.content.decode()
    assert the_agreement(world).channels == []
    assert beheer.post(url, TERMS | {"channels": ["web"], "moment": "closed"}).status_code == 302
    listed = beheer.get(PAGE).content.decode()
    assert "Alleen buiten openingstijd, via webformulier en chat." in listed
    assert not the_agreement(world).is_on
    beheer.post(f"{url}aan/", ON)
    assert the_agreement(world).is_on
    beheer.post(f"{url}aan/", OFF)
    assert not the_agreement(world).is_on


def test_what_one_above_takes_first_is_said(beheer, world):
    world.ask(world.duinrand, "Vraag")
    with acting_for(world.veenwijk.id):
        OpeningWeek.objects.create(
            organisation=world.veenwijk, week=[[[0, 1440]]] * 7, is_closed_on_holidays=False
        )
    beheer.post(f"{agree(beheer, world)}aan/", ON)
    second = agree(beheer, world, "veenwijk")
    shown = beheer.get(second).content.decode()
    assert "0 van 1 nieuwe gesprekken" in shown
    assert "Nog 1 passen ook" in shown
    beheer.post(f"{second}plaats/", {"to": "up"})
    assert "1 van 1 nieuwe gesprekken" in beheer.get(second).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"moment": "soms"}, "keuze"),
        ({"reaches": "9"}, "keuze"),
        ({"channels": ["telegraaf"]}, "keuze"),
        ({"topic_groups": ["bestaat niet"]}, "keuze"),
        ({"helps_above": "0"}, "1"),
        ({"most_open": "-1"}, "1"),
        ({"ends_on": "2025-01-01"}, "eindigt voordat hij begint"),
    ],
)
def test_a_mistake_says_what_to_mend_and_changes_nothing(beheer, world, change, words):
    url = agree(beheer, world)
    answer = beheer.post(url, TERMS | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (
        "Er staat een fout in het formulier"
        in beheer.post(url, TERMS | change | {"deed": "count"}).content.decode()
    )
    assert the_agreement(world).most_open is None


def test_an_agreement_that_cannot_work_is_not_switched_on(beheer, world):
    url = agree(beheer, world)
    world.region.is_active = False
    world.region.save()
    answer = beheer.post(f"{url}aan/", ON, follow=True).content.decode()
    assert "Deze afspraak kan niet aan. Regio Noorderkust doet niet meer mee." in answer
    assert not the_agreement(world).is_on


def test_of_two_who_switch_it_on_at_once_neither_switches_it_off(beheer, world):
    url = agree(beheer, world)
    for _ in range(2):
        beheer.post(f"{url}aan/", ON)
    assert the_agreement(world).is_on


def test_what_a_colleague_ended_meanwhile_is_not_brought_back_by_new_terms(beheer, world):
    url = agree(beheer, world)
    ServiceAgreement.objects.filter(client=world.duinrand).update(ends_on=ENDED)
    for sent in ((url, TERMS), (f"{url}aan/", ON), (f"{url}plaats/", {"to": "up"})):
        page = beheer.post(*sent, follow=True).content.decode()
        assert "Deze afspraak is voorbij" in page
    assert (the_agreement(world).ends_on, the_agreement(world).is_on) == (ENDED, False)


def test_an_agreement_comes_earlier_at_one_press_whatever_is_over(beheer, world):
    for name in ("region", "national", "veenwijk"):
        agree(beheer, world, name)
    rows = ServiceAgreement.objects.filter(client=world.duinrand)
    rows.filter(provider=world.national).update(ends_on=ENDED)
    last = rows.get(provider=world.veenwijk)
    beheer.post(f"{PAGE}{last.id}/plaats/", {"to": "up"})
    lasting = rows.filter(ends_on=None).order_by("position")
    assert [each.provider for each in lasting] == [world.veenwijk, world.region]
    with acting_for(world.duinrand.id):
        assert AuditLine.objects.get(verb="agreement.moved").member_id == world.members["beheer"].id


def test_whoever_covers_many_has_the_page_as_quickly(client, world, beheer):
    client.force_login(world.veenbeheer)
    page = "/veenwijk/beheer/afspraken/"
    counts = []
    for organisation in (world.duinrand, world.region):
        ServiceAgreement.objects.create(provider=world.veenwijk, client=organisation, starts_on="2026-01-01")
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_agreement_of_another_organisation_is_not_there(beheer, world):
    other = ServiceAgreement.objects.get(client=world.veenwijk)
    for tail in ("", "aan/", "plaats/", "einde/"):
        assert beheer.post(f"{PAGE}{other.id}/{tail}").status_code == 404


def test_who_covers_reads_for_whom_and_that_they_see_a_part(client, world, beheer):
    url = agree(beheer, world, "veenwijk")
    beheer.post(url, TERMS | {"reaches": "1"})
    client.force_login(world.veenbeheer)
    shown = client.get("/veenwijk/beheer/afspraken/").content.decode()
    assert "Duinrand" in shown
    assert "Jullie zien alleen wat bij jullie ligt." in shown


def test_what_is_over_is_remembered(beheer, world):
    agree(beheer, world)
    row = the_agreement(world)
    ServiceAgreement.objects.filter(id=row.id).update(ends_on=ENDED)
    assert "Afspraken die voorbij zijn" in beheer.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("channels", "words"),
    [
        ([], "elk kanaal"),
        (["e-mail"], "via e-mail"),
        (["e-mail", "telefoon"], "via e-mail en telefoon"),
        (["e-mail", "webformulier en chat"], "via e-mail, webformulier en chat"),
    ],
)
def test_channels_are_listed_with_one_and(channels, words):
    assert terms_words(Terms(1, ENDED), channels, ()).startswith(f"Altijd, {words}.")
