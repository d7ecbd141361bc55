"""Who sees what somebody can do, and when it is erased, through the front door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mijngemeente.competencies.actions import erase, score_beside, withdraw
from mijngemeente.competencies.actions import share as share_with
from mijngemeente.competencies.models import OwnScore, SecondScore, Sharing
from mijngemeente.competencies.rules import Scored
from mijngemeente.organisations.models import Member, Person
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.privacy.jobs import retain
from tests.world import World

pytestmark = pytest.mark.django_db
PROOF = "Ik schreef de brief over afval"


def url(name: str, *more: object) -> str:
    return reverse(f"scores:{name}", args=["duinrand", *more])


@pytest.fixture
def as_person(world: World):
    def client_of(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return client_of


@pytest.fixture
def sanne(as_person) -> Client:
    """Scored herself on one competency."""
    client = as_person("sanne")
    client.post(url("own"), {"level.C04": "3", "evidence.C04": PROOF})
    return client


def page(client: Client, name: str, *more: object) -> str:
    return client.get(url(name, *more)).content.decode()


def share(client: Client, world: World, deed: str = "share"):
    return client.post(url("share"), {"manager": world.members["baas"].id, deed: "1"})


def verbs(world: World) -> list[str]:
    with acting_for(world.duinrand.id):
        lines = AuditLine.objects.filter(verb__startswith="scores.", subject_id=world.members["sanne"].id)
        return list(lines.order_by("at").values_list("verb", flat=True))


def test_somebody_scores_themselves_and_sees_it_back(sanne):
    told = page(sanne, "own")
    assert PROOF in told and "gevorderd" in told


def test_what_is_not_right_is_told_and_nothing_is_lost(sanne):
    answer = sanne.post(url("own"), {"level.C04": "2", "evidence.C04": "", "evidence.C05": "Alleen een zin"})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Schrijf in één zin" in told and "Alleen een zin" in told
    assert PROOF in page(sanne, "own")


def test_nobody_sees_it_before_it_is_shared(world, sanne, as_person):
    for name in ("baas", "bram", "data", "chef"):
        client = as_person(name)
        assert client.get(url("person", world.members["sanne"].id)).status_code == 404
        assert PROOF not in page(client, "team") and PROOF not in page(client, "own")
    assert "Sanne" not in page(as_person("baas"), "shared")


def test_a_manager_sees_what_was_shared_and_the_person_sees_who_looked(world, sanne, as_person):
    share(sanne, world)
    share(sanne, world)
    baas = as_person("baas")
    assert "Sanne" in page(baas, "shared")
    assert "Nog niemand keek" in page(sanne, "seen")
    assert PROOF in page(baas, "person", world.members["sanne"].id)
    assert "Baas" in page(sanne, "seen")
    assert verbs(world) == ["scores.kept", "scores.shared", "scores.viewed"]


def test_who_keeps_it_reads_who_sees_it(world, sanne):
    typed = {"level.C04": "2", "evidence.C04": PROOF}
    assert "Bewaard. Alleen jij ziet dit." in sanne.post(url("own"), typed, follow=True).content.decode()
    share(sanne, world)
    told = sanne.post(url("own"), typed, follow=True).content.decode()
    assert "Alleen jij ziet dit." not in told
    assert f"Bewaard. Dit ziet ook: {world.members['baas']}." in told


def test_sharing_is_withdrawn_at_once(world, sanne, as_person):
    share(sanne, world)
    share(sanne, world, "withdraw")
    share(sanne, world, "withdraw")
    baas = as_person("baas")
    assert baas.get(url("person", world.members["sanne"].id)).status_code == 404
    answer = baas.post(url("person", world.members["sanne"].id), {"level.C04": "1"})
    assert answer.status_code == 404
    assert verbs(world) == ["scores.kept", "scores.shared", "scores.withdrawn"]


def test_what_is_shared_no_more_takes_no_second_opinion(world, sanne):
    with acting_for(world.duinrand.id):
        mine, baas = world.members["sanne"], world.members["baas"]
        for stop in (
            lambda: withdraw(member=mine, manager=baas),
            lambda: erase(member=mine, by=mine, reason=""),
        ):
            share_with(member=mine, manager=baas)
            seen = Sharing.objects.get(withdrawn_at=None)
            stop()
            assert not score_beside(sharing=seen, scores=[Scored("C04", 1)])
        assert not SecondScore.objects.exists()


def test_sharing_with_who_is_manager_no_more_can_be_withdrawn(world, sanne, as_person):
    share(sanne, world)
    Member.objects.filter(id=world.members["baas"].id).update(roles=["agent"])
    assert as_person("baas").get(url("person", world.members["sanne"].id)).status_code == 404
    assert "Stop met delen" in page(sanne, "own")
    share(sanne, world, "withdraw")
    assert "Stop met delen" not in page(sanne, "own")
    assert share(sanne, world).status_code == 404


def test_a_manager_scores_beside_it_and_the_person_reads_that(world, sanne, as_person):
    share(sanne, world)
    as_person("baas").post(url("person", world.members["sanne"].id), {"level.C04": "2", "level.C05": "x"})
    assert "Baas: toepassend" in page(sanne, "own")
    with acting_for(world.duinrand.id):
        assert OwnScore.objects.get().level == 3


def test_it_is_shared_with_managers_of_the_own_organisation_only(world, sanne):
    for name in ("bram", "sanne", "veenbeheer"):
        answer = sanne.post(url("share"), {"manager": world.members[name].id, "share": "1"})
        assert answer.status_code == 404
    assert sanne.post(url("share"), {"manager": "x", "share": "1"}).status_code == 404
    with acting_for(world.duinrand.id):
        assert not Sharing.objects.exists()


def test_totals_are_told_from_five_people_on(world, as_person):
    names = ["sanne", "bram", "lezer", "woord", "chef"]
    for number, name in enumerate(names):
        as_person(name).post(url("own"), {"level.C04": str(number), "evidence.C04": f"Bewijs van {name}"})
        told = page(as_person("data"), "team")
        assert ("Schrijven op taalniveau B1" in told) is (number == 4)
    assert "Bewijs" not in told and "Sanne" not in told


def test_whoever_answers_for_a_neighbour_is_scored_at_home(world, as_person):
    regio = as_person("regio")
    assert regio.get(reverse("scores:own", args=["veenwijk"])).status_code == 404
    assert regio.get(reverse("scores:own", args=["noorderkust"])).status_code == 200
    told = regio.get("/account/profiel/").content.decode()
    assert "/noorderkust/wegwijs/competenties/" in told and "/veenwijk/wegwijs" not in told


def test_somebody_erases_everything_about_themselves(world, sanne, as_person):
    share(sanne, world)
    as_person("baas").post(url("person", world.members["sanne"].id), {"level.C04": "2"})
    sanne.post(url("erase"))
    with acting_for(world.duinrand.id):
        assert not any(model.objects.exists() for model in (OwnScore, SecondScore, Sharing))
    assert verbs(world)[-1] == "scores.erased"


@pytest.mark.parametrize(("days", "stays"), [(360, True), (370, False)])
def test_what_nobody_filled_in_for_a_year_is_erased_with_a_record(world, sanne, days, stays):
    with acting_for(world.duinrand.id):
        OwnScore.objects.update(scored_at=timezone.now() - timedelta(days=days))
    retain(organisation_id=world.duinrand.id)
    with acting_for(world.duinrand.id):
        assert OwnScore.objects.exists() is stays
    assert ("scores.erased" in verbs(world)) is not stays


def test_of_who_left_nothing_stays_after_the_night(world, sanne):
    share(sanne, world)
    Member.objects.filter(id=world.members["sanne"].id).update(left_at=timezone.now())
    retain(organisation_id=world.duinrand.id)
    with acting_for(world.duinrand.id):
        assert not OwnScore.objects.exists() and not Sharing.objects.exists()
    assert Person.objects.filter(id=world.sanne.id).exists()
