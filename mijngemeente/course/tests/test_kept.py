"""A course that an organisation keeps: who may, two people at once, figures of the day, and what is printed."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mijngemeente.course.actions import keep_course, keep_version
from mijngemeente.course.models import Course, CourseVersion
from mijngemeente.course.queries.figures import figures_of
from mijngemeente.desk.actions import record_satisfaction
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot
from tests.world import World

from .test_course import FRYSLAN

pytestmark = pytest.mark.django_db
EXAMPLE = json.loads((settings.DATA / "team" / "examples" / "middelgroot.json").read_text())


def url(name: str, organisation: Organisation, *more: object) -> str:
    return reverse(f"courses:{name}", args=[organisation.slug, *more])


@pytest.fixture
def manager(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


def kept(world: World, **fields: str) -> Course:
    with acting_for(world.duinrand.id):
        return keep_course(typed=FRYSLAN | fields, by=world.members["baas"])


def read_back(world: World) -> Course:
    with acting_for(world.duinrand.id):
        return Course.objects.latest("changed_at")


def only_version(world: World) -> CourseVersion:
    with acting_for(world.duinrand.id):
        return CourseVersion.objects.get()


def test_a_sheet_from_the_browser_is_kept_with_who_wrote_it(world: World, manager: Client) -> None:
    assert "Bewaar bij Duinrand" in manager.get("/wegwijs/koers/").content.decode()
    page = manager.post(url("keep", world.duinrand), FRYSLAN, follow=True).content.decode()
    assert "Een 8 of hoger".casefold() in page.casefold()
    course = read_back(world)
    assert course.title == FRYSLAN["title"]
    page = manager.get(url("edits", world.duinrand, course.id)).content.decode()
    assert "Baas" in page
    assert "Actie 1, wat" in page


def test_two_people_who_change_other_fields_both_stay(world: World, manager: Client) -> None:
    course = kept(world)
    manager.post(url("write", world.duinrand, course.id), {"seen": "1", "when": "2028"})
    manager.post(url("write", world.duinrand, course.id), {"seen": "1", "budget": "€ 90.000"})
    fields = read_back(world).fields
    assert (fields["when"], fields["budget"], fields["goal"]) == ("2028", "€ 90.000", FRYSLAN["goal"])


def test_two_people_in_one_field_are_asked_and_nothing_is_lost(world: World, manager: Client) -> None:
    course = kept(world)
    write = url("write", world.duinrand, course.id)
    manager.post(write, {"seen": "1", "goal": "Een 9 van iedereen"})
    answer = manager.post(write, {"seen": "1", "goal": "Een 7 is genoeg", "when": "2030"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega was je voor bij 1 veld" in page
    assert f"{world.baas.name} schreef hier intussen iets anders" in page
    assert "Een 9 van iedereen" in page
    assert "Een 7 is genoeg" in page
    assert (read_back(world).fields["goal"], read_back(world).fields["when"]) == (
        "Een 9 van iedereen",
        "2030",
    )
    told = manager.get(url("edits", world.duinrand, course.id)).content.decode()
    assert "Niet overgenomen" in told

    again = {"seen": "3", "goal": "Een 7 is genoeg", "clash.goal": "1"}
    assert manager.post(write, again).status_code == 409
    assert read_back(world).fields["goal"] == "Een 9 van iedereen"
    assert manager.post(write, again | {"choice.goal": "theirs"}).status_code == 302
    assert read_back(world).fields["goal"] == "Een 9 van iedereen"
    assert manager.post(write, again | {"choice.goal": "mine"}).status_code == 302
    assert read_back(world).fields["goal"] == "Een 7 is genoeg"


def test_points_that_two_people_add_to_one_list_both_stay(world: World, manager: Client) -> None:
    course = kept(world)
    write = url("write", world.duinrand, course.id)
    manager.post(write, {"seen": "1", "obstacles": FRYSLAN["obstacles"] + "\nGeen geld"})
    manager.post(write, {"seen": "1", "obstacles": "Eerst dit\n" + FRYSLAN["obstacles"]})
    assert read_back(world).fields["obstacles"].splitlines() == [
        "Eerst dit",
        "Geen vaste uren",
        "Elke afdeling schrijft zelf",
        "Geen geld",
    ]


def test_somebody_who_has_it_open_hears_what_a_colleague_changed(world: World, client: Client) -> None:
    course = kept(world)
    client.force_login(world.baas)
    client.post(url("write", world.duinrand, course.id), {"seen": "1", "when": "2028"})
    client.force_login(world.data)
    told = client.get(url("others", world.duinrand, course.id), {"seen": "1"}).content.decode()
    assert "Wanneer het er is (Baas" in told
    assert not client.get(url("others", world.duinrand, course.id), {"seen": "²"}).content.decode().strip()


def test_a_printed_sheet_keeps_the_figures_of_its_day(world: World, manager: Client) -> None:
    course = kept(world, **{"figures.mark": "1", "figures.plot_gap": "1"})
    conversation = world.ask(world.duinrand, "Vraag")
    with acting_for(world.duinrand.id):
        keep_plot(document=EXAMPLE, by=world.members["baas"])
        record_satisfaction(conversation=conversation, score=8, reason="")
    page = manager.get(url("course", world.duinrand, course.id)).content.decode()
    assert "Gemiddeld cijfer van inwoners: 8,0 (1 cijfer)" in page
    assert "Tekort volgens de teamplot" in page
    for variant in ("koers", "kadernota"):
        made = manager.post(url("print", world.duinrand, course.id, variant))
        assert made.content.startswith(b"%PDF")
    version = only_version(world)
    assert {"key": "mark", "value": "8,0 (1 cijfer)"}.items() <= version.figures[0].items()
    again = manager.get(url("printed_again", world.duinrand, course.id, version.id, "koers"))
    assert again.content.startswith(b"%PDF")
    assert manager.get(url("printed_again", world.duinrand, course.id, version.id, "exe")).status_code == 404
    assert manager.post(url("print", world.duinrand, course.id, "exe")).status_code == 404


def test_an_organisation_without_anything_has_only_figures_that_can_be_counted(world: World) -> None:
    with acting_for(world.duinrand.id):
        found = figures_of(world.duinrand.id, timezone.localdate())
    assert [(each.key, each.value) for each in found] == [("volume", "0")]


def test_what_cannot_be_kept_is_left_out(world: World, manager: Client) -> None:
    course = kept(world)
    typed = {"seen": "99999999999", "goal": "Een\x00 9", "__proto__": "x", "why": "x" * 9000}
    manager.post(url("write", world.duinrand, course.id), typed)
    assert set(read_back(world).fields) <= set(course.fields) | {"when"}
    assert "\x00" not in json.dumps(read_back(world).fields)
    manager.post(url("version", world.duinrand, course.id), {"name": "Na\x00jaar"})
    assert only_version(world).name == "Najaar"


def test_the_sheet_is_laid_out_while_somebody_types(world: World, manager: Client) -> None:
    course = kept(world)
    much = {"why": "\n".join(["Een feit dat een hele regel vult, en dan nog een stuk"] * 60)}
    shown = manager.post(url("fit", world.duinrand, course.id), much).content.decode()
    assert "te lang voor één blad" in shown
    assert "Waarom (" in shown
    assert read_back(world).fields["why"] == FRYSLAN["why"]


def test_what_does_not_fit_is_not_printed_nor_kept(world: World, manager: Client) -> None:
    course = kept(world, why="\n".join(["Een feit dat een hele regel vult"] * 90))
    page = manager.post(url("print", world.duinrand, course.id, "koers"), follow=True).content.decode()
    assert "Er is nog geen PDF" in page
    with acting_for(world.duinrand.id):
        version = keep_version(course=course, name="x", figures=[], by=world.members["baas"])
    again = url("printed_again", world.duinrand, course.id, version.id, "koers")
    assert "Er is nog geen PDF" in manager.get(again, follow=True).content.decode()


def test_what_was_taken_away_comes_back(world: World, manager: Client) -> None:
    course = kept(world)
    manager.post(url("remove", world.duinrand, course.id))
    assert "Zet terug" in manager.get(url("courses", world.duinrand)).content.decode()
    manager.post(url("bring_back", world.duinrand, course.id))
    assert "Zet terug" not in manager.get(url("courses", world.duinrand)).content.decode()


def test_a_course_of_another_organisation_does_not_exist(world: World, manager: Client) -> None:
    with acting_for(world.veenwijk.id):
        other = keep_course(typed=FRYSLAN, by=world.members["vera"])
        version = keep_version(course=other, name="x", figures=[], by=world.members["vera"])
    for name in ("course", "edits", "others", "versions", "presence"):
        assert manager.get(url(name, world.duinrand, other.id)).status_code == 404
    assert manager.get(url("printed_again", world.duinrand, other.id, version.id, "koers")).status_code == 404


def test_an_analyst_reads_and_does_not_write(world: World, client: Client) -> None:
    course = kept(world)
    client.force_login(world.data)
    assert client.get(url("course", world.duinrand, course.id)).status_code == 200
    assert client.post(url("write", world.duinrand, course.id), {"goal": "x"}).status_code == 404
    client.force_login(world.sanne)
    assert client.get(url("courses", world.duinrand)).status_code == 404


def test_a_longer_list_asks_the_database_no_more(world: World, manager: Client) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            course = kept(world)
            with acting_for(world.duinrand.id):
                keep_version(course=course, name="Najaar", figures=[], by=world.members["baas"])
        with CaptureQueriesContext(connection) as asked:
            assert "1 keer" in manager.get(url("courses", world.duinrand)).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
