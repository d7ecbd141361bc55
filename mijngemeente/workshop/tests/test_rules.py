"""What an answer says, and how it goes into a plot."""

import pytest

from mijngemeente.team.rules.library import Library, Role, Task
from mijngemeente.workshop.rules.answers import Given, Matter, Outdated, given, said, standing, with_answers
from mijngemeente.workshop.rules.codes import ALPHABET, LENGTH, new_code, spelled, typed_code
from mijngemeente.workshop.rules.texts import Unclear

LIBRARY = Library(
    1, {"R1": Role("R1", "Regisseur")}, {"T1": Task("T1", "Schrijven"), "T2": Task("T2", "Meten")}, {}
)
PLOT = {
    "people": [{"id": "p1", "name": "Anna", "tasks": [{"code": "T1", "hours": 2, "backup": "p9"}]}],
    "wanted": {"R1": {"want": "yes", "note": "Samen met Goirle"}},
}


def matter(**more: object) -> Matter:
    return Matter({**PLOT, **more}, LIBRARY)


def test_a_code_has_no_signs_that_look_alike():
    assert not set("OQ0IL1B8S5Z2G6UVW") & set(ALPHABET)
    assert len(new_code()) == LENGTH
    assert set(new_code()) <= set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ACD349", "ACD349"),
        (" acd 349 ", "ACD349"),
        ("acd-349", "ACD349"),
        ("ACD34", ""),
        ("ACD3499", ""),
        ("ACD34O", ""),
        ("", ""),
        ("ＡＣＤ349", ""),
        ("👍👍👍👍👍👍", ""),
    ],
)
def test_a_code_is_read_however_it_was_divided(typed, code):
    assert typed_code(typed) == code
    assert spelled("ACD349") == "ACD 349"


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("scope", {"title": "Ons team"}, [("Naam van de plot", "Ons team")]),
        ("scope", {"title": "", "inhabitants": "28.000"}, [("Inwoners", "28000")]),
        ("scope", {"inhabitants": "veel"}, "“veel” is geen getal"),
        ("scope", {"inhabitants": "28000"}, [("Inwoners", "28000")]),
        ("people", {"name": "Anna", "hours": "7,5"}, [("Anna", "7,5 uur per week")]),
        ("people", {"name": "👩🏽‍💻 Sem", "department": "Web"}, [("👩🏽‍💻 Sem", "Web")]),
        ("people", {"name": "A\x00n\u202en\ud800a"}, [("Anna", "verder niets ingevuld")]),
        ("people", {"name": "<b>Anna</b>"}, [("<b>Anna</b>", "verder niets ingevuld")]),
        ("people", {"department": "Web"}, "Vul ook een naam"),
        ("people", {"name": "x" * 61}, "Hooguit 60 tekens"),
        ("people", {"name": "Anna", "hours": "41"}, "van 0 tot en met 40"),
        ("people", {"name": "Anna", "hours": "-1"}, "van 0 tot en met 40"),
        ("people", {}, "nog niets ingevuld"),
        (
            "tasks",
            {"person": "p1", "task.T2": "1", "hours.T2": "3"},
            [("Anna: Meten", "doet dit, 3 uur per week")],
        ),
        (
            "tasks",
            {"person": "p1", "task.T1": "1", "owner.T1": "1"},
            [("Anna: Schrijven", "doet dit, gaat erover")],
        ),
        ("tasks", {"person": "p1", "task.T9": "1"}, "nog niets ingevuld"),
        ("tasks", {"person": "p9", "task.T1": "1"}, "Kies over wie het gaat"),
        ("roles", {"person": "p1", "part.R1": "side"}, [("Anna: Regisseur", "nevenrol")]),
        ("roles", {"person": "p1", "part.R1": "koning"}, "nog niets ingevuld"),
        (
            "wanted",
            {"role": "R1", "want": "elsewhere", "fte": "0,5", "where": "regio"},
            [("Regisseur", "ja, maar elders, 0,5 fte, regio")],
        ),
        ("wanted", {"role": "R1", "want": "misschien"}, "Kies een rol"),
        ("gap", {"role": "R1", "note": "Te weinig"}, [("Regisseur", "Te weinig")]),
        ("gap", {"role": "R1"}, "schrijf op wat je opvalt"),
        ("actions", {"what": "Cursus", "owner": "Anna"}, [("Cursus", "Opleiden, Anna")]),
        ("levels", {"level.C1": "4"}, "nog niets ingevuld"),
        ("course", {"goal": "Een acht"}, "nog niets ingevuld"),
    ],
)
def test_what_a_phone_sends_is_taken_or_refused_in_a_sentence(step, typed, told):
    if isinstance(told, str):
        with pytest.raises(Unclear, match=told):
            given(step, typed, matter())
    else:
        made = [said(each.place, each.content, matter()) for each in given(step, typed, matter())]
        assert [(each.about, each.words) for each in made] == told


@pytest.mark.parametrize(
    ("place", "content", "now"),
    [
        ("scope.title", {"title": "Ons team"}, None),
        ("people.anna", {"name": "Anna", "hours": 8}, "verder niets ingevuld"),
        ("people.dr. bos", {"name": "Dr. Bos", "hours": 8}, None),
        ("tasks.p1.T1", {"hours": 6, "owner": True}, "doet dit, 2 uur per week"),
        ("tasks.p1.T2", {"hours": None, "owner": False}, None),
        ("roles.p1.R1", {"part": "main"}, None),
        ("wanted.R1", {"want": "no", "fte": None, "where": ""}, "ja"),
        ("gap.R1", {"note": "Te weinig"}, "Samen met Goirle"),
        ("actions.cursus", {"what": "Cursus", "kind": "Opleiden"}, None),
    ],
)
def test_an_answer_goes_into_the_plot_and_the_rest_stays(place, content, now):
    before = standing(place, matter())
    assert (said(place, before, matter()).words if before else None) == now
    after = Matter(with_answers([Given(place, content)], matter()), LIBRARY)
    assert said(place, standing(place, after), after).words == said(place, content, after).words
    assert after.people["p1"]["name"] == "Anna"
    assert after.people["p1"]["tasks"][0]["backup"] == "p9"
    assert after.wishes["R1"]["note"] == content.get("note", "Samen met Goirle")


def test_an_answer_about_somebody_who_left_is_told_and_changes_nothing():
    with pytest.raises(Outdated, match="staat niet meer in de plot"):
        with_answers([Given("tasks.p2.T1", {"hours": 1})], matter())
    assert "niet meer in de plot" in said("tasks.p2.T1", {"hours": 1}, matter()).about


def test_a_file_of_another_shape_breaks_nothing():
    person = {"id": "p1", "name": None, "tasks": None, "roles": "x"}
    odd = matter(wanted=[1], actions="x", people=[person, None])
    for place, content in (
        ("wanted.R1", {"want": "yes"}),
        ("actions.a", {"what": "A"}),
        ("tasks.p1.T1", {"hours": 1}),
        ("roles.p1.R1", {"part": "main"}),
    ):
        assert standing(place, odd) is None
        assert standing(place, Matter(with_answers([Given(place, content)], odd), LIBRARY)) is not None


def test_no_more_people_go_in_than_a_plot_holds():
    full = matter(people=[{"id": f"p{each}", "name": str(each)} for each in range(400)])
    with pytest.raises(Outdated, match="hooguit 400"):
        with_answers([Given("people.anna", {"name": "Anna"})], full)
