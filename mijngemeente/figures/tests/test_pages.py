"""Figures on screen, in a file and on paper; only for whom they are."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from mijngemeente.conversations.actions import send_reply
from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.desk.actions import Outline, make_view, record_satisfaction
from mijngemeente.desk.rules import Audience
from mijngemeente.figures import pictures, sheets
from mijngemeente.figures.rules import Period, Reaction
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

PLACE = "/werkplek/cijfers/"


@pytest.fixture
def baas(client, world):
    world.ask(world.duinrand, "Wanneer komt het gft?")
    world.ask(world.duinrand, "Een mail", kind="email")
    world.ask(world.veenwijk, "Van een ander")
    client.force_login(world.baas)
    return client


def page(client, query=""):
    return client.get(f"{PLACE}?{query}").content.decode()


def numbers(html):
    return [int(each) for each in re.findall(r'figures__number"[^>]*>(\d+)<', html)]


def test_the_page_shows_what_is_of_ones_own_organisation(baas):
    html = page(baas)
    assert numbers(html)[0] == 2
    assert "Veenwijk" not in html


def test_marks_are_read_with_their_reasons(baas, world):
    with acting_for(world.duinrand.id):
        rated = Conversation.objects.filter(channel="email").get()
        record_satisfaction(conversation=rated, score=9, reason="Snel <b>geholpen</b>")
    html = baas.get(f"{PLACE}gesprekken/?maat=cijfer").content.decode()
    assert "Snel &lt;b&gt;geholpen" in html


def test_facts_of_conversations_go_along_without_names(baas):
    rows = baas.get(f"{PLACE}gesprekken.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert "Resi" not in "".join(rows)
    assert len(baas.get(f"{PLACE}gesprekken.csv?deel=kanaal&waarde=email").content.splitlines()) == 2


def test_my_numbers_are_of_what_i_did_myself(client, world):
    asked = world.ask(world.duinrand, "Vraag")
    with acting_for(world.duinrand.id):
        send_reply(conversation=asked, by=world.members["sanne"], text="Antwoord", key=uuid7())
        record_satisfaction(conversation=asked, score=9, reason="")
    for name, answers in (("sanne", "1"), ("bram", "0")):
        client.force_login(world.people[name])
        html = client.get(f"{PLACE}van-mij/").content.decode()
        week = html.split("(deze week)")[1].split("</tr>")[0]
        assert re.findall(r">(\d+|–|\d,\d)<", week)[0] == answers
        assert ("9,0" in week) == (name == "sanne")


@pytest.mark.parametrize("name", ["sanne", "lezer", "beheer", "vera", "niemand"])
def test_figures_exist_only_for_whom_they_are(client, world, name):
    client.force_login(world.people[name])
    for each in ("", "gesprekken/", "cijfers.csv", "cijfers.ods", "maand.pdf?maand=2026-01"):
        assert client.get(PLACE + each).status_code == 404


def test_every_number_on_the_page_opens_as_many_conversations(baas):
    html = page(baas)
    links = re.findall(r'href="(/werkplek/cijfers/gesprekken/[^"]*)"[^>]*>(\d+)<', html)
    assert len(links) > 5
    for url, count in links:
        opened = baas.get(url.replace("&amp;", "&")).content.decode()
        assert re.search(r"(\d+) gesprek", opened)[1] == count, url


@pytest.mark.parametrize(
    "query",
    [
        "van=morgen&tot=gisteren",
        "van=0001-01-01&tot=9999-12-31",
        "gemeente=veenwijk",
        "rij=onzin",
        "van=2026-13-45",
        "van=%00",
    ],
)
def test_nonsense_in_the_address_still_shows_a_page(baas, query):
    assert "Veenwijk" not in page(baas, query)


def test_a_saved_view_narrows_it_down(baas, world):
    mail = condition_of({"all": [{"field": "channel", "operator": "is", "values": ["email"]}]})
    with acting_for(world.duinrand.id):
        view = make_view(
            by=world.members["baas"], outline=Outline("Post", "filter", Audience.PERSONAL, "waiting", mail)
        )
    assert numbers(page(baas, f"rij={view.id}"))[0] == 1


def test_a_sheet_holds_what_the_page_shows(baas):
    sheet = baas.get(f"{PLACE}cijfers.csv")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["alles", "Alles", "2"]
    assert len({len(row) for row in rows}) == 1
    assert "attachment" in sheet["Content-Disposition"]


def test_a_spreadsheet_is_one_that_opens(baas):
    content = baas.get(f"{PLACE}cijfers.ods").content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        first = parts.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        for name in ("content.xml", "META-INF/manifest.xml"):
            ElementTree.fromstring(parts.read(name))
        assert b'office:value="2"' in parts.read("content.xml")


@pytest.mark.parametrize(
    ("cell", "kept"), [("=1+1", "'=1+1"), ("@som", "'@som"), ("-5", "'-5"), (-5, "-5"), ("Afval", "Afval")]
)
def test_a_name_is_never_a_formula(cell, kept):
    assert sheets.csv_of([[cell]]).decode("utf-8-sig").strip() == kept


def test_a_month_is_on_paper(baas):
    month = timezone.localdate().replace(day=1) - timedelta(days=1)
    paper = baas.get(f"{PLACE}maand.pdf?maand={month:%Y-%m}")
    assert (paper.status_code, paper["Content-Type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert b"pdfuaid" in paper.content
    assert b"/Figure" not in paper.content, "nothing to draw: nobody asked anything that month"
    this = baas.get(f"{PLACE}maand.pdf?maand={timezone.localdate():%Y-%m}").content
    assert b"/S/Figure" in this.replace(b" ", b""), "bars, with what they show in words"
    assert b"/Alt" in this
    for wrong in ("", "2026-13", "9999-99", "../.."):
        assert baas.get(f"{PLACE}maand.pdf?maand={wrong}").status_code == 404


def test_a_picture_says_what_it_shows():
    counts = dict.fromkeys(Reaction, 0) | {Reaction.HOUR: 3, Reaction.LATER: 1}
    shown = pictures.reactions(counts)
    assert "Van de 4 inwoners kregen er 3 (75%)" in shown.sentence
    assert [bar.count for bar in shown.bars] == [3, 0, 0, 0, 0, 0, 1, 0]
    assert all(bar.x + bar.width <= shown.width for bar in shown.bars)
    empty = pictures.reactions(dict.fromkeys(Reaction, 0))
    assert "geen enkel gesprek" in empty.sentence


def test_many_days_are_drawn_by_the_week():
    year = pictures.days(Period(timezone.localdate() - timedelta(days=364), timezone.localdate()), [])
    assert 52 <= len(year.bars) <= 54
    assert year.sentence == "Er waren geen nieuwe gesprekken."
