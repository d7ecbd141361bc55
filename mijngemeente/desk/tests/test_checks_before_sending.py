"""The check at the box: told while writing, and once more when sending."""

import re
from uuid import uuid4

import pytest

from mijngemeente.conversations.models import Message
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tenancy import acting_for

BSN = "Uw BSN is 111222333."


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", name="Fatma", email="fatma@gmail.com")


def url(conversation, deed=""):
    return f"/duinrand/werkplek/gesprekken/{conversation.id}/{deed}"


def answer(text, **more):
    return {"body": text, "key": str(uuid4()), "seen": "1", **more}


def sent(world):
    with acting_for(world.duinrand.id):
        return list(Message.objects.filter(direction="out").values_list("text", flat=True))


def told(client, conversation, text, **more):
    draft = {"kind": "reply", "body": text, "key": str(uuid4()), "age": "0", **more}
    return client.post(url(conversation, "concept/"), draft).content.decode()


def test_while_writing_each_remark_has_a_reason_and_a_place(sanne, asked):
    page = told(sanne, asked, "Beste Fatma,\r\n\r\nJij mag derhalve wachten.\r\n\r\nGroet, Sanne")
    assert "Deze gemeente schrijft “u”." in page
    assert "Schrijf liever: daarom." in page
    assert 'data-select="14,17"' in page


def test_how_the_municipality_wants_to_speak_decides(sanne, world, asked):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(
            organisation=world.duinrand, form_of_address="je", telephone="06 11223344"
        )
    assert "schrijft “je”" in told(sanne, asked, "Wij helpen u graag.")
    assert "mobiel" not in told(sanne, asked, "Bel ons op 06 11 22 33 44.")


def test_an_empty_letter_raises_no_remark(sanne, asked):
    opening = re.search(
        r"<textarea[^>]*>(.*?)</textarea>", sanne.get(url(asked)).content.decode(), re.DOTALL
    )[1]
    assert told(sanne, asked, opening).strip() == ""


def test_a_chosen_file_is_no_forgotten_file(sanne, asked):
    text = "Beste Fatma, in de bijlage staat de kaart. Groet, Sanne"
    assert "geen bestand" in told(sanne, asked, text)
    assert "geen bestand" not in told(sanne, asked, text, file_count="1")


def test_the_language_of_the_resident_decides_which_words_are_looked_at(sanne, world):
    asked = world.ask(world.duinrand, "Why is it closed?", language="en", name="Ann")
    page = told(sanne, asked, "Dear Ann, je derhalve 111222333.")
    assert "burgerservicenummer" in page and "moeilijk woord" not in page


def test_something_serious_is_sent_at_the_second_press_only(sanne, world, asked):
    form = answer(BSN)
    first = sanne.post(url(asked, "antwoord/"), form)
    page = first.content.decode()
    assert first.status_code == 422
    assert "burgerservicenummer" in page and "Verstuur toch" in page and BSN in page
    assert sent(world) == []
    sure = re.search(r'name="sure" value="([^"]+)"', page)[1]
    assert sanne.post(url(asked, "antwoord/"), form | {"sure": sure}).status_code == 303
    assert sent(world) == [BSN]


def test_what_is_new_at_the_second_press_is_asked_again(sanne, world, asked):
    form = answer(BSN)
    page = sanne.post(url(asked, "antwoord/"), form).content.decode()
    sure = re.search(r'name="sure" value="([^"]+)"', page)[1]
    again = sanne.post(url(asked, "antwoord/"), form | {"sure": sure, "body": f"{BSN} Bedrag: {{bedrag}}"})
    assert again.status_code == 422
    assert sent(world) == []


def test_style_alone_never_holds_up_an_answer(sanne, world, asked):
    assert sanne.post(url(asked, "antwoord/"), answer("Jij mag derhalve wachten.")).status_code == 303


def test_a_crossing_answer_shows_what_was_said_meanwhile_and_goes_at_the_second_press(sanne, world, asked):
    world.ask(world.duinrand, "Laat maar, hij is open.", name="Fatma", conversation_id=asked.id, email="")
    form = answer("Hij is nog dicht.")
    page = sanne.post(url(asked, "antwoord/"), form).content.decode()
    assert "“Laat maar, hij is open.”" in page and "Verstuur toch" in page
    assert sanne.post(url(asked, "antwoord/"), form | {"seen": "2"}).status_code == 303
    assert sent(world) == ["Hij is nog dicht."]


def test_a_script_in_the_signature_is_text(sanne, world, asked):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(
            organisation=world.duinrand,
            signature="<script>alert(1)</script>",
            norms="<b>binnen een dag</b>",
            house_rules="<img src=x onerror=alert(1)>",
        )
    page = sanne.get(url(asked)).content.decode()
    assert "<script>alert" not in page and "<b>binnen" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page and "&lt;b&gt;binnen een dag" in page
