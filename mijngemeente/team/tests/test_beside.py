"""Beside others: what leaves an organisation, what it sees of others, and that nothing else does."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mijngemeente.organisations.models import Member, Organisation, Person
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.reference.models import Municipality
from mijngemeente.settings import DATA
from mijngemeente.team.actions import (
    copy_as_what_if,
    keep_plot,
    make_offer,
    remove_plot,
    share_plot,
    stop_sharing,
    withdraw_offer,
)
from mijngemeente.team.library import national, places
from mijngemeente.team.models import Offer, Sharing, TeamPlot
from mijngemeente.team.queries import medians, neighbours, own_sharing
from mijngemeente.team.rules.beside import FEWEST, figures_of, kilometres, standings
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.library import Size
from tests.world import World

from .plots import LIBRARY, main, person, plot

EXAMPLE = json.loads((DATA / "team" / "examples" / "klein.json").read_text())


def url(name: str, *more: object) -> str:
    return reverse(f"plots:{name}", args=["duinrand", *more])


def member_of(number: int, name: str = "") -> Member:
    """Somebody of a municipality of its own."""
    organisation, _ = Organisation.objects.get_or_create(
        id=number,
        defaults={"kind": "municipality", "name": name or f"Elders {number}", "slug": f"elders-{number}"},
    )
    somebody = Person.objects.create_user(f"iemand@{organisation.slug}.example", name="Iemand")
    return Member.objects.create(organisation=organisation, person=somebody, roles=[Role.MANAGER])


def shared_by(member: Member, fte: float) -> Sharing:
    with acting_for(member.organisation_id):
        kept = keep_plot(document=EXAMPLE, by=member)
        figures = {code: 0.0 for code in national().roles} | {"R03": fte, "_total": fte, "_crucial": 1.0}
        return share_plot(plot=kept, size=Size.SMALL.value, figures=figures, by=member)


def own_plot(world: World) -> TeamPlot:
    with acting_for(world.duinrand.id):
        return keep_plot(document=EXAMPLE, by=world.members["baas"])


def seen_by_duinrand(world: World, size: Size = Size.SMALL) -> tuple[dict[str, float], int]:
    with acting_for(world.duinrand.id):
        return medians(size)


@pytest.fixture
def others(world: World) -> list[Member]:
    return [member_of(100 + number) for number in range(FEWEST)]


@pytest.mark.django_db
def test_five_others_show_their_middle(world: World, others: list[Member]) -> None:
    for member, fte in zip(others, (0.2, 0.4, 0.5, 2.0, 9.0), strict=True):
        shared_by(member, fte)
    found, sharers = seen_by_duinrand(world)
    assert sharers == FEWEST
    assert found["R03"] == 0.5
    assert found["R01"] == 0


@pytest.mark.django_db
def test_four_others_show_nothing(world: World, others: list[Member]) -> None:
    for member in others[1:]:
        shared_by(member, 1)
    assert seen_by_duinrand(world) == ({}, 0)


@pytest.mark.django_db
def test_our_own_figures_do_not_count_among_the_others(world: World, others: list[Member]) -> None:
    for member in others[1:]:
        shared_by(member, 1)
    shared_by(world.members["baas"], 1)
    assert seen_by_duinrand(world) == ({}, 0)


@pytest.mark.django_db
def test_who_withdraws_is_gone_at_once(world: World, others: list[Member]) -> None:
    shared = [shared_by(member, 1) for member in others]
    assert seen_by_duinrand(world)[1] == FEWEST
    with acting_for(others[0].organisation_id):
        stop_sharing(sharing=shared[0], by=others[0])
        stop_sharing(sharing=shared[0], by=others[0])
    assert seen_by_duinrand(world) == ({}, 0)


@pytest.mark.django_db
def test_a_plot_that_is_taken_away_is_shared_no_longer(world: World, others: list[Member]) -> None:
    shared = [shared_by(member, 1) for member in others]
    with acting_for(others[0].organisation_id):
        remove_plot(plot=shared[0].plot, by=others[0])
    assert seen_by_duinrand(world) == ({}, 0)


@pytest.mark.django_db
def test_another_size_is_another_group(world: World, others: list[Member]) -> None:
    for member in others:
        shared_by(member, 1)
    assert seen_by_duinrand(world, Size.LARGE) == ({}, 0)


@pytest.mark.django_db
def test_sharing_twice_counts_once(world: World, others: list[Member]) -> None:
    for member in [*others[1:], others[1]]:
        shared_by(member, 1)
    assert seen_by_duinrand(world) == ({}, 0)


@pytest.mark.django_db
def test_outside_a_unit_nobody_asks(world: World, others: list[Member]) -> None:
    for member in others:
        shared_by(member, 1)
    assert medians(Size.SMALL) == ({}, 0)


@pytest.mark.django_db
def test_what_others_share_is_not_to_be_read(world: World, others: list[Member]) -> None:
    for member in others:
        shared_by(member, 1)
    with covering([world.duinrand.id]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM team_sharing")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT * FROM team_medians('small')")
        assert [column.name for column in cursor.description] == ["code", "sharers", "median"]


@pytest.mark.django_db
def test_of_somebody_else_nothing_is_withdrawn(world: World, others: list[Member]) -> None:
    shared = shared_by(others[0], 1)
    with acting_for(world.duinrand.id):
        stop_sharing(sharing=shared, by=world.members["baas"])
    with acting_for(others[0].organisation_id):
        assert own_sharing() == shared


@pytest.mark.django_db
def test_only_numbers_of_national_roles_are_shared(world: World, client: Client) -> None:
    client.force_login(world.baas)
    own = {"code": "ER1", "name": "Dorpsdichter"}
    with acting_for(world.duinrand.id):
        kept = keep_plot(document=EXAMPLE | {"own_roles": [own]}, by=world.members["baas"])
    page = client.post(url("share", kept.id), follow=True).content.decode()
    assert "Jullie cijfers tellen nu mee, zonder naam." in page
    with acting_for(world.duinrand.id):
        sharing = Sharing.objects.get()
    assert set(sharing.figures) == {*national().roles, "_total", "_crucial"}
    assert all(isinstance(each, int | float) for each in sharing.figures.values())
    assert "tellen mee" in page
    client.post(url("stop_sharing"))
    with acting_for(world.duinrand.id):
        assert own_sharing() is None


@pytest.mark.django_db
def test_the_page_shows_ours_beside_the_middle(world: World, client: Client, others: list[Member]) -> None:
    kept = own_plot(world)
    client.force_login(world.baas)
    page = client.get(url("beside", kept.id)).content.decode()
    assert "ten minste 5 andere gemeenten" in page
    for member in others:
        shared_by(member, 0.7)
    page = client.get(url("beside", kept.id)).content.decode()
    assert "De middelste van 5 andere gemeenten" in page
    assert "0,7" in page
    assert "Elders" not in page


@pytest.mark.django_db
def test_a_trial_or_an_empty_plot_is_not_shared(world: World, client: Client) -> None:
    kept = own_plot(world)
    with acting_for(world.duinrand.id):
        trial = copy_as_what_if(plot=kept, title="", by=world.members["baas"])
        empty = keep_plot(document=EXAMPLE | {"people": []}, by=world.members["baas"])
    client.force_login(world.baas)
    for each, why in ((trial, "Een proef telt niet mee"), (empty, "Vul eerst het aantal inwoners")):
        assert why in client.post(url("share", each.id), follow=True).content.decode()
    with acting_for(world.duinrand.id):
        assert own_sharing() is None


@pytest.mark.django_db
def test_an_analyst_looks_and_does_not_share(world: World, client: Client) -> None:
    kept = own_plot(world)
    client.force_login(world.data)
    page = client.get(url("beside", kept.id)).content.decode()
    assert "Ja, tel ons mee" not in page
    assert client.post(url("share", kept.id)).status_code in (403, 404)


OFFER = {
    "roles": ["R03", "R05"],
    "contact": "Team online",
    "email": "online@duinrand.example",
    "note": "Dagstart",
}


@pytest.mark.django_db
def test_who_agreed_to_be_asked_is_found_by_role_and_only_then(world: World, client: Client) -> None:
    other = member_of(100, "Verweg")
    with acting_for(100):
        offer = make_offer(roles=["R03"], contact="Team online", email="a@verweg.example", note="", by=other)
    client.force_login(world.baas)
    assert "a@verweg.example" in client.get(url("near"), {"rol": "R03"}).content.decode()
    assert "Nog niemand biedt aan" in client.get(url("near"), {"rol": "R05"}).content.decode()
    assert "Verweg" not in client.get(url("near"), {"rol": "bestaat niet"}).content.decode()
    with acting_for(100):
        withdraw_offer(offer=offer, by=other)
        withdraw_offer(offer=offer, by=other)
    assert "a@verweg.example" not in client.get(url("near"), {"rol": "R03"}).content.decode()


@pytest.mark.django_db
def test_an_offer_needs_a_yes_a_role_and_an_address(world: World, client: Client) -> None:
    client.force_login(world.baas)
    page = client.post(url("offer"), OFFER | {"email": "geen adres", "roles": ["X"]})
    assert page.status_code == 422
    told = page.content.decode()
    assert "Anders tonen wij niets" in told
    assert "Dit is geen e-mailadres." in told
    assert "Deze rol staat niet in de lijst." in told
    assert 'value="Team online"' in told
    assert not Offer.objects.exists()


@pytest.mark.django_db
def test_an_offer_is_made_changed_and_taken_back(world: World, client: Client) -> None:
    client.force_login(world.baas)
    assert client.post(url("offer"), OFFER | {"agrees": "on"}).status_code == 302
    client.post(url("offer"), OFFER | {"agrees": "on", "contact": "Anna"})
    assert Offer.objects.get().contact == "Anna"
    page = client.get(url("near"), {"rol": "R03"}).content.decode()
    assert "Ja. Anderen zien: Duinrand, Anna" in page
    assert "Nog niemand biedt aan" in page
    client.post(url("stop_offering"))
    assert not Offer.objects.exists()


@pytest.mark.django_db
def test_the_nearest_stands_first_and_who_lies_nowhere_last(world: World) -> None:
    codes = {"Tilburg": "GM0855", "Utrecht": "GM0344", "Groningen": "GM0014"}
    for number, (name, code) in enumerate(codes.items(), start=200):
        member = member_of(number, name)
        town, _ = Municipality.objects.get_or_create(code=code, defaults={"name": name, "slug": name.lower()})
        Organisation.objects.filter(id=number).update(municipality=town)
        with acting_for(number):
            make_offer(roles=["R03"], contact="x", email="x@x.example", note="", by=member)
    with acting_for(world.region.id):
        make_offer(roles=["R03"], contact="x", email="x@x.example", note="", by=world.members["regio"])
    with acting_for(200):
        found = neighbours(Organisation.objects.get(id=200), "R03")
    assert [each.offer.organisation.name for each in found] == ["Utrecht", "Groningen", "Regio Noorderkust"]
    assert found[-1].kilometres is None


def test_from_tilburg_to_utrecht_is_as_far_as_the_crow_flies() -> None:
    assert 55 <= kilometres(places()["GM0855"], places()["GM0344"]) <= 70


def test_every_role_is_shared_also_those_that_nobody_has() -> None:
    team = plot(person("anna", 36, main("R1")))
    assert figures_of(result_of(team, LIBRARY), LIBRARY) == {
        "R1": 1.0,
        "R2": 0.0,
        "R2a": 0.0,
        "R3": 0.0,
        "_total": 1.0,
        "_crucial": 0.0,
    }


def test_a_role_of_nobody_has_no_line() -> None:
    ours, middle = {"R1": 1.0, "R2": 0.0, "_total": 1.0}, {"R1": 0.5, "R2": 0.0, "_total": 2.0}
    assert [each.name for each in standings(ours, middle, LIBRARY)] == [
        "Fte van alle rollen samen",
        "Regisseur",
    ]
    assert standings(ours, {}, LIBRARY) == []
