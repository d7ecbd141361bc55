"""What was understood wrongly, from month to month; only of one's own organisations."""

import re

import pytest

from mijngemeente.conversations.actions import change_kind, change_topic
from mijngemeente.conversations.models import Conversation, Correction, Reading
from mijngemeente.figures.jobs import keep_tallies
from mijngemeente.figures.models import ReadingTally
from mijngemeente.figures.report_card import card_in
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.reference.models import Topic

pytestmark = pytest.mark.django_db
PLACE = "/werkplek/cijfers/begrip/"


@pytest.fixture
def mended(world):
    """Two messages that were read, of which one wrongly."""
    wrong, right = (Topic.objects.order_by("slug")[number] for number in (0, 1))
    for number, text in enumerate(("Losse tegel", "Volle bak")):
        conversation = world.ask(world.duinrand, text, email=f"r{number}@voorbeeld.example")
        with acting_for(world.duinrand.id):
            Reading.objects.create(
                organisation=world.duinrand,
                conversation=conversation,
                decision="unknown",
                topics=[[wrong.slug, 0.8]],
                kind="report",
                model_version="2026.11",
            )
    with acting_for(world.duinrand.id):
        change_topic(conversation=conversation, topic=right, by=world.members["sanne"])
        change_kind(conversation=conversation, kind="complaint", by=world.members["sanne"])
    return wrong, right


def test_what_was_confused_is_told_in_words(client, world, mended):
    client.force_login(world.baas)
    html = client.get(PLACE).content.decode()
    wrong, right = mended
    assert wrong.label in html and right.label in html
    assert "melding" in html and "klacht" in html
    assert "2026.11" in html and "50" in html


def test_of_another_organisation_nothing_is_seen(client, world, mended):
    world.members["vera"].roles = ["manager"]
    world.members["vera"].save()
    client.force_login(world.vera)
    html = client.get(PLACE).content.decode()
    assert mended[0].label not in html
    assert "Er is nog niets gelezen" in html


def test_who_keeps_the_model_sees_the_numbers_of_the_whole_country(client, world, mended):
    world.members["land"].roles = ["analyst"]
    world.members["land"].save()
    client.force_login(world.land)
    html = client.get(PLACE).content.decode()
    assert "4 organisaties samen" in html and "Nog niets is 5 keer of vaker verbeterd" in html
    assert "minder dan 5 keer" in html
    assert "Losse tegel" not in html and "Duinrand" not in html


def test_who_sees_no_figures_sees_this_neither(client, world):
    client.force_login(world.niemand)
    assert client.get(PLACE).status_code == 404


def test_of_others_only_what_happened_five_times_is_told(client, world, mended):
    wrong, right = mended
    for number in range(4):
        conversation = world.ask(world.duinrand, "Losse tegel", email=f"n{number}@voorbeeld.example")
        with acting_for(world.duinrand.id):
            known = {"organisation": world.duinrand, "conversation": conversation, "model_version": "2026.11"}
            Reading.objects.create(**known, decision="unknown", topics=[[wrong.slug, 0.8]])
            Correction.objects.create(**known, what="topic", was=wrong.slug, became=right.slug)
    world.members["land"].roles = ["analyst"]
    world.members["land"].save()
    client.force_login(world.land)
    html = client.get(PLACE).content.decode()
    assert wrong.label in html
    assert "klacht" not in html.partition("card-title")[0].partition("confused-title")[2]


def test_a_month_that_was_written_down_stands_when_its_conversations_are_gone(client, world, mended):
    for _ in range(2):
        keep_tallies(0)
    with acting_for(world.duinrand.id):
        tally = ReadingTally.objects.get()
        assert (tally.read, tally.mended) == (2, {"topic": 1, "kind": 1})
        Correction.objects.all().delete()
        Reading.objects.all().delete()
        assert Conversation.objects.count() == 2
    keep_tallies(0)
    client.force_login(world.baas)
    html = client.get(PLACE).content.decode()
    assert "50%" in html and "2026.11" in html


def test_a_later_correction_is_counted_while_the_month_settles(world, mended):
    keep_tallies(0)
    with acting_for(world.duinrand.id):
        other = Reading.objects.get(conversation__corrections=None).conversation
        change_kind(conversation=other, kind="compliment", by=world.members["sanne"])
    keep_tallies(0)
    with acting_for(world.duinrand.id):
        assert ReadingTally.objects.get().mended["kind"] == 2


def test_the_report_card_stands_on_the_page(client, world, mended):
    client.force_login(world.baas)
    html = client.get(PLACE).content.decode()
    assert "Rapport van versie" in html
    assert "Wat niet mag wachten" in html
    card = html.partition('id="card-title"')[2]
    assert not re.search(r"\d\.\d+%", card), "shares are written with a comma"
    shown = re.sub(r"<details>.*?</details>", "", card, flags=re.DOTALL)
    assert not re.search(r"macro-F1|logistische|[Mm]odel", shown), (
        "words of the trade stand in the explanation only"
    )


def test_a_report_card_is_read_into_its_parts():
    card = card_in(
        "# Rapport, versie 1\n\nGeschreven.\n\n## Taal\n99% goed.\n\n"
        "## Verward\n| het was | keer |\n| --- | --: |\n| boom | 3 |\n| scheef |\n",
        {"boom": "Bomen"},
    )
    assert card.title == "Rapport, versie 1"
    assert [each.title for each in card.sections] == ["Taal", "Verward"]
    assert card.sections[0].text == "99% goed."
    assert card.sections[1].columns == ["het was", "keer"]
    assert card.sections[1].rows == [[("het was", "Bomen"), ("keer", "3")]]


def test_a_report_card_speaks_plainly_and_explains_the_words_of_the_trade():
    card = card_in(
        "# Rapport van het verstaan, versie 1\n\n## Onderwerp\n7 teksten. De ondergrens is het recept van Signalen (x).\n\n"
        "| | macro-F1 |\n| --- | --- |\n| dit model | 79.3% |\n",
        {},
    )
    assert card.title == "Rapport van versie 1"
    (part,) = card.sections
    assert part.text == "7 teksten."
    assert part.rows == [[("", "dit programma"), ("elk onderwerp telt even zwaar", "79,3%")]]
    assert [each.split(":")[0] for each in part.meanings] == ["Elk onderwerp telt even zwaar"]
