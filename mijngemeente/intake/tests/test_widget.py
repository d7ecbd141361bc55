"""The front door inside somebody else's site."""

import re

import pytest

from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites(world):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(
            organisation=world.duinrand,
            widget_sites=["https://www.duinrand.example", "https://x.example; script-src *"],
        )


def frames(response):
    found = re.search(r"frame-ancestors ([^;]*)", response["Content-Security-Policy"])
    return found[1].strip()


def test_only_the_municipalitys_own_sites_may_show_the_widget(sites, resident):
    response = resident.open("/duinrand/contact/widget/")
    assert frames(response) == "'self' https://www.duinrand.example"
    assert "X-Frame-Options" not in response
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_without_sites_nobody_else_may(world, resident):
    assert frames(resident.open("/duinrand/contact/widget/")) == "'self'"


def test_other_pages_are_never_shown_inside_a_site(sites, resident):
    page = resident.ask("duinrand", "Wanneer is de markt?")
    for address in ("/duinrand/contact/", "/duinrand/contact/chat/", page, f"{page}?weergave=chat"):
        response = resident.open(address)
        assert frames(response) == "'none'"
        assert response["X-Frame-Options"] == "DENY"


def test_a_question_asked_in_the_widget_goes_on_there(sites, resident, run_jobs, text_of):
    response = resident.send("/duinrand/contact/widget/", text="Wanneer is de markt?")
    assert response.status_code == 303
    page = response["Location"]
    assert page.endswith("?weergave=widget")
    run_jobs()
    shown = resident.open(page)
    assert "Wanneer is de markt?" in text_of(shown)
    assert frames(shown) == "'self' https://www.duinrand.example"
    added = resident.send(page, text="En waar?")
    assert added.status_code == 303
    assert "weergave=widget" in added["Location"]


def test_a_refusal_in_the_widget_stays_in_the_widget(sites, resident):
    response = resident.send("/duinrand/contact/widget/", text="")
    assert response.status_code == 422
    assert frames(response) == "'self' https://www.duinrand.example"


def test_the_script_names_its_municipality_and_keeps_nothing(world, resident):
    response = resident.open("/duinrand/contact/widget.js")
    script = response.content.decode()
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "public" in response["Cache-Control"]
    assert "http://localhost:8000/duinrand/contact/widget/" in script.encode().decode("unicode_escape")
    for kept in ("cookie", "localStorage", "sessionStorage"):
        assert f".{kept}" not in script and f"{kept}." not in script


def test_a_name_with_quotes_does_not_break_the_script(world, resident):
    world.duinrand.name = "'s-Duin\"rand</script>\n"
    world.duinrand.save()
    script = resident.open("/duinrand/contact/widget.js").content.decode()
    assert "</script>" not in script
    assert "\n" not in script.splitlines()[0]
