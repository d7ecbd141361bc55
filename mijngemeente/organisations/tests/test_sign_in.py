"""Signing in, with a password and with a code; what is refused, and what a mail says."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from mijngemeente.organisations.jobs import sweep_sessions
from mijngemeente.organisations.models import Member, Person
from tests.world import PASSWORD

LOGIN = "/account/login/"
ADMINISTRATION = "/duinrand/beheer/begin/"
NEW = "een nieuw en lang wachtwoord"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def code_of(secret: str, *, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def turn_on(client: Client) -> str:
    """Turn the second factor on as a person does; returns the secret that the telephone now knows."""
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.status_code == 302
    return secret


def test_each_comes_in_where_their_work_is(world):
    for name, place in (
        ("sanne", "/werkplek/"),
        ("beheer", ADMINISTRATION),
        ("niemand", "/account/profiel/"),
    ):
        response = sign_in(Client(), world.people[name].email)
        assert (response.status_code, response["Location"]) == (302, place)


def test_capitals_in_the_address_do_not_matter(client, world):
    assert sign_in(client, world.sanne.email.upper()).status_code == 302


@pytest.mark.parametrize("email", ["sanne@duinrand.example", "bestaat-niet@duinrand.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, world, email):
    response = sign_in(client, email, "fout")
    assert response.status_code == 200
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar." in response.content.decode()


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, world):
    for _ in range(5):
        sign_in(client, world.sanne.email, "fout")
    response = sign_in(client, world.sanne.email)
    assert "Te vaak geprobeerd. Wacht een kwartier" in response.content.decode()
    other_place = sign_in(Client(), world.sanne.email, REMOTE_ADDR="192.0.2.7")
    assert "Te vaak geprobeerd" in other_place.content.decode()
    assert sign_in(Client(), world.bram.email).status_code == 302


def test_attempts_are_counted_in_the_database_so_every_process_knows_them(client, world):
    sign_in(client, world.sanne.email, "fout")
    assert "DatabaseCache" in type(cache._connections[cache._alias]).__name__


def test_a_forged_forwarded_address_does_not_reset_the_count(client, world, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "3/m/ip"}
    for number in range(3):
        sign_in(client, f"a{number}@x.example", "fout", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    response = sign_in(client, "b@x.example", "fout", HTTP_X_FORWARDED_FOR="192.0.2.99")
    assert "Te vaak geprobeerd" in response.content.decode()


def test_nobody_makes_an_account_by_themselves(client, world):
    for path in ("signup/", "email/", "confirm-email/", "login/code/confirm/"):
        assert client.get(f"/account/{path}").status_code == 404
        assert client.post(f"/account/{path}", {"email": "ik@x.example", "password1": NEW}).status_code == 404
    assert not Person.objects.filter(email="ik@x.example").exists()


def test_who_is_no_longer_active_does_not_come_in(client, world):
    Person.objects.filter(id=world.sanne.id).update(is_active=False)
    assert sign_in(client, world.sanne.email)["Location"] == "/account/inactive/"
    assert client.get("/account/profiel/").status_code == 302


def test_rights_end_with_the_membership_at_the_next_request(client, world):
    client.force_login(world.beheer)
    assert client.get(ADMINISTRATION).status_code == 200
    Member.objects.filter(id=world.members["beheer"].id).update(left_at="2020-01-01T00:00Z")
    assert client.get(ADMINISTRATION).status_code == 404


# The second factor


def test_without_a_second_factor_nothing_but_setting_it_up_is_possible(client, world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, world.beheer.email)
    for path in (ADMINISTRATION, "/account/profiel/"):
        assert client.get(path)["Location"] == "/account/2fa/totp/activate/"
    turn_on(client)
    assert client.get(ADMINISTRATION).status_code == 200


def test_signing_in_asks_for_the_code_of_the_telephone(client, world, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, world.beheer.email)
    secret = turn_on(client)
    elsewhere = Client()
    assert sign_in(elsewhere, world.beheer.email)["Location"] == "/account/2fa/authenticate/"
    assert elsewhere.get(ADMINISTRATION).status_code == 302
    wrong = elsewhere.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "Deze code klopt niet." in wrong.content.decode()
    right = elsewhere.post("/account/2fa/authenticate/", {"code": code_of(secret, step=1)})
    assert right["Location"] == ADMINISTRATION
    assert elsewhere.get(ADMINISTRATION).status_code == 200


def test_a_code_works_once(client, world):
    sign_in(client, world.beheer.email)
    secret = turn_on(client)
    code = code_of(secret, step=1)
    for expected in (302, 200):
        elsewhere = Client()
        sign_in(elsewhere, world.beheer.email)
        assert elsewhere.post("/account/2fa/authenticate/", {"code": code}).status_code == expected


def test_guessing_codes_is_limited(client, world):
    sign_in(client, world.beheer.email)
    secret = turn_on(client)
    elsewhere = Client()
    sign_in(elsewhere, world.beheer.email)
    for _ in range(5):
        elsewhere.post("/account/2fa/authenticate/", {"code": "000000"})
    late = elsewhere.post("/account/2fa/authenticate/", {"code": code_of(secret, step=1)})
    assert late.status_code == 200


def test_a_spare_code_works_once_when_the_telephone_is_lost(client, world):
    sign_in(client, world.beheer.email)
    turn_on(client)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    for expected in (302, 200):
        elsewhere = Client()
        sign_in(elsewhere, world.beheer.email)
        assert elsewhere.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_the_secret_of_the_telephone_is_sealed(client, world):
    sign_in(client, world.beheer.email)
    secret = turn_on(client)
    kept = Authenticator.objects.filter(user=world.beheer)
    assert kept.count() == 2
    assert all(secret not in str(each.data) for each in kept)


def test_turning_it_on_ends_sessions_that_were_opened_without(client, world):
    elsewhere = Client()
    sign_in(elsewhere, world.beheer.email)
    sign_in(client, world.beheer.email)
    turn_on(client)
    assert client.get(ADMINISTRATION).status_code == 200
    assert elsewhere.get(ADMINISTRATION).status_code == 302


# Passwords


def test_a_forgotten_password_is_replaced_through_a_mail(client, world, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, world.sanne.email)
    client.post("/account/password/reset/", {"email": world.sanne.email})
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([world.sanne.email], "Nieuw wachtwoord kiezen")
    link = re.search(r"http://localhost:8000(/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert sign_in(Client(), world.sanne.email).status_code == 200
    assert sign_in(Client(), world.sanne.email, NEW).status_code == 302
    assert elsewhere.get("/account/profiel/").status_code == 302
    assert "werkt niet meer" in Client().get(link, follow=True).content.decode()


def test_asking_for_a_password_reads_the_same_for_known_and_unknown_addresses(world, mailoutbox):
    answers = []
    for email in (world.sanne.email, "onbekend@voorbeeld.example"):
        client = Client()
        answer = client.post("/account/password/reset/", {"email": email}, follow=True)
        answers.append((answer.redirect_chain, re.sub(r'value="\w+"', "", answer.content.decode())))
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [[world.sanne.email], ["onbekend@voorbeeld.example"]]
    assert "hoort geen account" in mailoutbox[1].body


def test_asking_too_often_is_refused(client, world, mailoutbox):
    for _ in range(3):
        client.post("/account/password/reset/", {"email": world.sanne.email})
    assert client.post("/account/password/reset/", {"email": world.sanne.email}).status_code == 429
    assert len(mailoutbox) == 3


def test_a_post_office_that_is_down_reads_the_same_for_everybody(client, world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for email in (world.sanne.email, "onbekend@voorbeeld.example"):
        answer = client.post("/account/password/reset/", {"email": email})
        assert answer.status_code == 503
        assert "Probeer het over een kwartier opnieuw" in answer.content.decode()


def test_the_link_leads_to_our_own_address_whatever_name_was_used(client, world, mailoutbox):
    client.post("/account/password/reset/", {"email": world.sanne.email}, HTTP_HOST="127.0.0.1")
    assert "http://localhost:8000/account/password/reset/key/" in mailoutbox[0].body


def test_changing_the_password_ends_the_other_sessions(client, world, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, world.sanne.email)
    sign_in(client, world.sanne.email)
    changed = client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert changed["Location"] == "/account/profiel/"
    assert client.get("/account/profiel/").status_code == 200
    assert elsewhere.get("/account/profiel/").status_code == 302
    assert mailoutbox[-1].subject == "Je wachtwoord is veranderd"


@pytest.mark.parametrize("weak", ["kort", "123456789012", "sanne@duinrand.example", "wachtwoord"])
def test_a_weak_password_is_refused(client, world, weak):
    sign_in(client, world.sanne.email)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert sign_in(Client(), world.sanne.email).status_code == 302


# Sessions


def test_somebody_sees_and_ends_their_other_sessions(client, world):
    elsewhere = Client()
    sign_in(elsewhere, world.sanne.email, HTTP_USER_AGENT="Mosaic/1.0")
    sign_in(client, world.sanne.email)
    assert "Mosaic/1.0" in client.get("/account/sessions/").content.decode()
    client.post("/account/sessions/")
    assert elsewhere.get("/account/profiel/").status_code == 302
    assert client.get("/account/profiel/").status_code == 200


def test_the_workplace_is_dutch_whatever_the_browser_prefers(client, world):
    client.force_login(world.beheer)
    sent = {"provider": "1", "starts_on": "gisteren"}
    refused = client.post("/duinrand/beheer/afspraken/", sent, HTTP_ACCEPT_LANGUAGE="en")
    assert "Dit is geen datum" in refused.content.decode()


def test_somebody_changes_their_own_name_and_shortcuts(client, world):
    client.force_login(world.regio)
    assert "via een dienstverleningsafspraak" in client.get("/account/profiel/").content.decode()
    client.post("/account/profiel/", {"name": "Regi O.", "undo_seconds": "10"})
    world.regio.refresh_from_db()
    assert (world.regio.name, world.regio.has_shortcuts) == ("Regi O.", False)


def test_sessions_that_ended_by_themselves_are_swept(client, world):
    sign_in(client, world.sanne.email)
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    sweep_sessions(timestamp=0)
    assert not Session.objects.exists()
