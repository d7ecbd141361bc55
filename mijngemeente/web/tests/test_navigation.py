"""The rail shows only where this person may come."""

import pytest

from mijngemeente.organisations.queries import coverage_of, workplaces_of
from mijngemeente.platform.http import client_address
from mijngemeente.web.navigation import choices, groups, navigation, tabs


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("sanne", ["Werkplek", "Zoeken", "Meldingen", "Inwoners", "Antwoorden"]),
        ("lezer", ["Werkplek", "Zoeken", "Meldingen", "Inwoners", "Antwoorden"]),
        ("data", ["Werkplek", "Zoeken", "Meldingen", "Inwoners", "Antwoorden", "Cijfers", "Wegwijs"]),
        ("beheer", ["Beheer"]),
        ("regio", ["Werkplek", "Zoeken", "Meldingen", "Inwoners", "Antwoorden"]),
        ("niemand", []),
    ],
)
def test_links_follow_the_rights(world, name, labels):
    links = navigation("/account/profiel/", coverage_of(world.people[name]))
    assert [link.label for link in links] == labels


def test_administration_leads_to_the_organisation_that_is_open(world):
    (link,) = navigation("/duinrand/beheer/mensen/", coverage_of(world.beheer), world.duinrand)
    assert (link.url, link.is_current) == ("/duinrand/beheer/", True)


def test_the_first_answers_of_a_new_municipality_are_not_the_answer_bank(world):
    coverage = {**coverage_of(world.sanne), **coverage_of(world.beheer)}
    links = navigation("/duinrand/beheer/begin/antwoorden/", coverage, world.duinrand)
    assert "Antwoorden" not in [link.label for link in links if link.is_current]
    inside = navigation("/duinrand/antwoorden/nieuw/", coverage_of(world.sanne), world.duinrand)
    assert [link.label for link in inside if link.is_current] == ["Antwoorden"]


def test_everybody_chooses_among_the_organisations_they_work_for(world):
    found = choices(workplaces_of(world.regio), "veenwijk")
    assert [(each.name, each.is_current) for each in found] == [
        ("Regio Noorderkust", False),
        ("Veenwijk", True),
    ]
    (only,) = choices(workplaces_of(world.beheer), "duinrand")
    assert only.url == "/duinrand/beheer/"


def test_who_works_for_many_chooses_on_a_page(client, world):
    client.force_login(world.regio)
    page = client.get("/werkplek/organisaties/").content.decode()
    assert 'href="/werkplek/?gemeente=veenwijk"' in page
    assert "Duinrand" not in page


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/duinrand/beheer/", "Overzicht"),
        ("/duinrand/beheer/post/", "Verzending"),
        ("/duinrand/beheer/post/in/", "Onleesbaar"),
        ("/duinrand/beheer/mensen/uitnodigen/", "Collega's"),
        ("/duinrand/beheer/begin/antwoorden/gegevens/", "Eerste antwoorden"),
    ],
)
def test_the_tab_of_the_page_is_marked(path, current):
    assert [tab.label for tab in tabs(path, "duinrand") if tab.is_current] == [current]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/duinrand/beheer/", "Overzicht"),
        ("/duinrand/beheer/begin/", "Overzicht"),
        ("/duinrand/beheer/begin/antwoorden/", "Hoe wij antwoorden"),
        ("/duinrand/beheer/post/in/", "Contact en kanalen"),
        ("/duinrand/beheer/privacy/register/", "Inwoners en privacy"),
    ],
)
def test_the_group_of_the_page_is_marked(path, current):
    assert [group.label for group in groups(path, "duinrand") if group.is_current] == [current]


def test_outside_administration_there_are_no_groups():
    assert (groups("/account/profiel/", ""), tabs("/account/profiel/", "")) == ([], [])


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
    ],
)
def test_only_our_own_proxies_are_believed(remote, forwarded, address):
    meta = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, ["10.0.0.1", "10.0.0.2"]) == address
