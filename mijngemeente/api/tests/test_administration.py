"""The administrator lets systems in and out, and sees what they were told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mijngemeente.api.models import Announcement, Token, Webhook
from mijngemeente.platform.tenancy import acting_for

PLACE = "/duinrand/beheer/koppelingen/"


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


def test_a_secret_is_shown_once_and_opens_the_door(beheer, client, world):
    ends_on = timezone.localdate() + timedelta(days=90)
    answer = beheer.post(f"{PLACE}sleutel/", {"name": "Zaaksysteem", "role": "agent", "ends_on": ends_on})
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    page = beheer.get(PLACE).content.decode()
    assert secret not in page and "Zaaksysteem" in page
    assert client.get("/api/v1/labels", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    beheer.post(f"{PLACE}sleutel/{Token.objects.get().id}/einde/")
    assert "ingetrokken" in beheer.get(PLACE).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Geef het systeem een naam"),
        ({"ends_on": "2020-01-01"}, "Deze dag is voorbij"),
        ({"ends_on": "2999-01-01"}, "hoogstens een jaar"),
        ({"ends_on": "morgen"}, "geen datum"),
        ({"role": "administrator"}, "keuze"),
    ],
)
def test_a_wrong_form_says_what_to_mend(beheer, change, words):
    typed = {"name": "Zaaksysteem", "role": "reader", "ends_on": timezone.localdate()} | change
    answer = beheer.post(f"{PLACE}sleutel/", typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Token.objects.exists()


def test_a_webhook_is_made_stopped_resumed_and_its_log_read(beheer, world):
    typed = {"url": "https://zaak.voorbeeld.example/bericht", "events": ["gesprek.begonnen"]}
    answer = beheer.post(f"{PLACE}webhook/", typed)
    assert answer.context["secret"].startswith("whsec_")
    with acting_for(world.duinrand.id):
        webhook = Webhook.objects.get()
        told = Announcement.objects.create(
            organisation=world.duinrand,
            webhook=webhook,
            line_id=webhook.id,
            event="gesprek.begonnen",
            happened_at=timezone.now(),
            state="failed",
            problem="Het antwoord was 500.",
        )
    page = f"{PLACE}webhook/{webhook.id}/"
    assert "Het antwoord was 500." in beheer.get(page).content.decode()
    assert beheer.post(f"{page}{told.id}/opnieuw/").status_code == 302
    assert "wacht" in beheer.get(page).content.decode()
    for to, words in (("off", "gestopt"), ("off", "gestopt"), ("on", "nog niets verstuurd")):
        beheer.post(f"{page}stop/", {"to": to})
        assert words in beheer.get(page).content.decode()
    with acting_for(world.duinrand.id):
        Announcement.objects.update(state="delivered")
    for seen_at in (page, PLACE):
        assert "in orde" in beheer.get(seen_at).content.decode()


def test_a_wrong_webhook_says_what_to_mend(beheer):
    answer = beheer.post(
        f"{PLACE}webhook/", {"url": "http://zaak.voorbeeld.example", "events": ["gesprek.begonnen"]}
    )
    assert (answer.status_code, "https://" in answer.content.decode()) == (422, True)
    answer = beheer.post(f"{PLACE}webhook/", {"url": "https://zaak.voorbeeld.example"})
    assert "ten minste één" in answer.content.decode()
