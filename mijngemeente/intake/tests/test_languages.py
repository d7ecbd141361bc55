"""The resident's pages in Dutch, English and Frisian."""

import pytest

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import EngagementRules
from mijngemeente.platform.tenancy import acting_for

pytestmark = pytest.mark.django_db

HEADINGS = {"nl": "Stel een vraag", "en": "Ask a question", "fy": "Stel in fraach"}


@pytest.mark.parametrize(("language", "heading"), HEADINGS.items())
@pytest.mark.parametrize("page", ["", "widget/"])
def test_a_page_is_wholly_in_one_language(world, resident, language, heading, page):
    response = resident.open(f"/duinrand/contact/{page}?taal={language}")
    content = response.content.decode()
    assert f'<html lang="{language}">' in content
    assert response["Content-Language"] == language
    assert f">{heading}</h1>" in content
    others = set(HEADINGS.values()) - {heading}
    assert not any(f">{other}<" in content for other in others)


@pytest.mark.parametrize("asked", ["", "de", "en-GB", "../../en", "%00"])
def test_dutch_is_what_you_get_otherwise(world, resident, asked):
    response = resident.client.get(f"/duinrand/contact/?taal={asked}", headers={"accept-language": "en"})
    assert response["Content-Language"] == "nl"


def test_every_page_offers_the_others_without_a_cookie(world, resident):
    content = resident.open("/duinrand/contact/?taal=fy").content.decode()
    for language in HEADINGS:
        assert f'href="?taal={language}" lang="{language}"' in content


def test_who_asks_in_english_reads_the_answer_page_in_english(world, resident, run_jobs, text_of):
    response = resident.send("/duinrand/contact/?taal=en", text="When is the market?")
    page = response["Location"]
    assert "We have your message." in text_of(resident.open(page))
    run_jobs()
    assert "Someone will read this." in text_of(resident.open(page))
    assert "In meiwurker sil dit lêze." in text_of(resident.open(f"{page}?taal=fy"))
    with acting_for(world.duinrand.id):
        assert Conversation.objects.get().language == "en"


def test_refusals_are_in_the_readers_language(world, resident, text_of):
    response = resident.send("/duinrand/contact/?taal=fy", text="", email="fout")
    shown = text_of(response)
    assert "Der stiet noch neat yn it berjocht." in shown
    assert "Dit e-mailadres kloppet net." in shown
    assert "Der geane noch 2 dingen net goed" in shown
    assert '?taal=fy"' in response.content.decode()


def test_the_municipalitys_own_sentence_is_marked_as_dutch(world, resident):
    with acting_for(world.duinrand.id):
        EngagementRules.objects.create(organisation=world.duinrand, emergency="Bij brand: loop naar zee.")
    content = resident.open("/duinrand/contact/?taal=en").content.decode()
    assert 'Call 112. <span lang="nl">Bij brand: loop naar zee.</span>' in content
    assert "You will get an answer within two working days." in content
    assert "<span lang" not in resident.open("/duinrand/contact/").content.decode()
