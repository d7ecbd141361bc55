"""Who works here: inviting, joining, changing roles, leaving; and each refusal."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mijngemeente.organisations.models import Invitation, Member, Organisation, Person
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for
from tests.world import PASSWORD

PEOPLE = "/duinrand/beheer/mensen/"
NEW = "een nieuw en lang wachtwoord"


@pytest.fixture
def invite(client, world, mailoutbox, run_jobs):
    """Ask somebody as the administrator of Duinrand; returns the path of the mailed link."""

    def ask(email="nieuw@duinrand.example", name="Nel Nieuw", roles=("agent",)) -> str:
        client.force_login(world.beheer)
        sent = {"email": email, "name": name, "roles": list(roles)}
        response = client.post(PEOPLE + "uitnodigen/", sent)
        assert (response.status_code, response["Location"]) == (302, PEOPLE)
        run_jobs()
        return link_in(mailoutbox[-1])

    return ask


def link_in(mail) -> str:
    return re.search(r"http://localhost:8000(/uitnodiging/\S+)", mail.body)[1]


def lines(organisation: Organisation) -> list[str]:
    with acting_for(organisation.id):
        return list(AuditLine.objects.order_by("id").values_list("verb", flat=True))


def test_somebody_new_is_invited_joins_and_works(world, invite, mailoutbox):
    link = invite(roles=("agent", "manager"))
    assert mailoutbox[0].to == ["nieuw@duinrand.example"]
    assert "Beheer nodigt je uit" in mailoutbox[0].body
    client = Client()
    assert "webcaremedewerker en leidinggevende" in client.get(link).content.decode()
    joined = client.post(link, {"name": "Nel Nieuw", "password": NEW})
    assert (joined.status_code, joined["Location"]) == (302, "/werkplek/")
    member = Member.objects.get(person__email="nieuw@duinrand.example")
    assert (member.organisation, member.roles) == (world.duinrand, ["agent", "manager"])
    assert "Nel Nieuw" in Client_as(world.beheer).get(PEOPLE).content.decode()
    assert lines(world.duinrand) == ["member.invited", "member.joined"]


def Client_as(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_without_a_mail_server_the_administrator_passes_the_link_on(client, world, invite, settings):
    link = invite()
    settings.MAIL_SMTP = "smtp://mail.example"
    assert link not in client.get(PEOPLE).content.decode()
    settings.MAIL_SMTP = ""
    assert link in client.get(PEOPLE).content.decode()


def test_a_new_member_sets_up_the_second_factor_first(invite, settings):
    link = invite()
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    client.post(link, {"name": "Nel", "password": NEW})
    assert client.get("/account/profiel/")["Location"] == "/account/2fa/totp/activate/"
    # They chose the password a moment ago, so it is not asked again.
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_the_database_does_not_hold_the_mailed_secret(invite):
    token = invite().rstrip("/").rpartition("/")[2]
    (row,) = Invitation.objects.values()
    assert len(token) >= 43
    assert token not in str(row)


def test_a_link_works_once(world, invite):
    link = invite()
    Client().post(link, {"name": "Nel", "password": NEW})
    for again in (Client(), Client_as(Person.objects.get(email="nieuw@duinrand.example"))):
        for response in (again.get(link), again.post(link, {"name": "Nel", "password": NEW})):
            assert response.status_code == 404
            assert "werkt niet meer" in response.content.decode()
    assert Member.objects.filter(person__email="nieuw@duinrand.example").count() == 1


def test_a_link_works_seven_days(invite):
    link = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Nel", "password": NEW}).status_code == 404
    assert not Person.objects.filter(email="nieuw@duinrand.example").exists()


def test_a_withdrawn_invitation_works_no_more(client, world, invite):
    link = invite()
    invitation = Invitation.objects.get()
    client.post(f"/duinrand/beheer/uitnodigingen/{invitation.id}/intrekken/")
    assert Client().get(link).status_code == 404
    assert lines(world.duinrand) == ["member.invited", "member.invitation_withdrawn"]
    again = client.post(f"/duinrand/beheer/uitnodigingen/{invitation.id}/intrekken/", follow=True)
    assert "werkt niet meer" in again.content.decode()


def test_a_renewed_invitation_has_a_new_link_and_the_old_one_stops(client, invite, mailoutbox, run_jobs):
    old = invite()
    invitation = Invitation.objects.get()
    client.post(f"/duinrand/beheer/uitnodigingen/{invitation.id}/opnieuw/")
    run_jobs()
    new = link_in(mailoutbox[-1])
    assert new != old
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_a_mail_that_is_sent_twice_holds_the_same_link(invite, mailoutbox):
    from mijngemeente.organisations.jobs import send_invitation

    link = invite()
    invitation = Invitation.objects.get()
    send_invitation(organisation_id=invitation.organisation_id, id=str(invitation.id))
    assert link_in(mailoutbox[-1]) == link


def test_no_mail_leaves_for_an_invitation_withdrawn_meanwhile(client, world, mailoutbox, run_jobs):
    client.force_login(world.beheer)
    client.post(
        PEOPLE + "uitnodigen/", {"email": "nieuw@duinrand.example", "name": "Nel", "roles": ["agent"]}
    )
    Invitation.objects.update(withdrawn_at=timezone.now())
    run_jobs()
    assert mailoutbox == []


def test_inviting_an_address_again_replaces_the_first_invitation(invite):
    first, second = invite(), invite(roles=("reader",))
    assert Client().get(first).status_code == 404
    assert "meelezer" in Client().get(second).content.decode()


def test_a_guessed_link_leads_nowhere(client, world):
    for token in ("x", "a" * 43, "../../", "%00"):
        assert client.get(f"/uitnodiging/{token}/").status_code == 404


def test_a_forwarded_invitation_is_of_no_use_to_somebody_signed_in_as_another(world, invite):
    link = invite()
    other = Client_as(world.vera)
    page = other.get(link).content.decode()
    assert "Deze uitnodiging is voor nieuw@duinrand.example" in page
    other.post(link, {"name": "Nel", "password": NEW})
    assert not Member.objects.filter(organisation=world.duinrand, person=world.vera).exists()
    assert not Person.objects.filter(email="nieuw@duinrand.example").exists()


def test_who_has_an_account_signs_in_and_joins(world, invite):
    link = invite(email=world.vera.email, name="Vera")
    visitor = Client()
    assert "Je hebt al een account" in visitor.get(link).content.decode()
    visitor.post(link, {"name": "Vera", "password": NEW})
    assert not Member.objects.filter(organisation=world.duinrand, person=world.vera).exists()
    client = Client_as(world.vera)
    assert client.post(link)["Location"] == "/account/profiel/"
    page = client.get("/account/profiel/").content.decode()
    assert "Duinrand" in page and "Veenwijk" in page
    assert world.vera.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["kort", "123456789012", "nieuw@duinrand.example"])
def test_a_weak_password_is_refused_and_the_invitation_stays(invite, password):
    link = invite()
    refused = Client().post(link, {"name": "Nel", "password": password})
    assert refused.status_code == 422
    assert "password" not in " ".join(refused.context["form"].errors["password"])
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "geen adres", "name": "Nel", "roles": ["agent"]},
        {"email": "nieuw@duinrand.example", "name": "", "roles": ["agent"]},
        {"email": "nieuw@duinrand.example", "name": "Nel", "roles": []},
        {"email": "nieuw@duinrand.example", "name": "Nel", "roles": ["keizer"]},
        {"email": "Sanne@Duinrand.example", "name": "Sanne", "roles": ["agent"]},
    ],
)
def test_an_invitation_that_cannot_be_is_refused(client, world, mailoutbox, run_jobs, sent):
    client.force_login(world.beheer)
    assert client.post(PEOPLE + "uitnodigen/", sent).status_code == 422
    run_jobs()
    assert not mailoutbox and not Invitation.objects.exists()


def test_an_administrator_changes_roles(client, world):
    client.force_login(world.beheer)
    sanne = world.members["sanne"]
    client.post(f"{PEOPLE}{sanne.id}/", {"roles": ["reader", "analyst"]})
    sanne.refresh_from_db()
    assert sanne.roles == ["reader", "analyst"]
    assert lines(world.duinrand) == ["member.roles_changed"]
    client.post(f"{PEOPLE}{sanne.id}/", {"roles": ["analyst", "reader"]})
    assert lines(world.duinrand) == ["member.roles_changed"]


@pytest.mark.parametrize("roles", [[], ["keizer"]])
def test_roles_outside_the_list_are_refused(client, world, roles):
    client.force_login(world.beheer)
    response = client.post(f"{PEOPLE}{world.members['sanne'].id}/", {"roles": roles})
    assert response.status_code == 422
    assert Member.objects.get(id=world.members["sanne"].id).roles == ["agent"]


def test_who_left_cannot_come_in_and_what_they_wrote_keeps_their_name(client, world):
    sanne = Client_as(world.sanne)
    client.force_login(world.beheer)
    client.post(f"{PEOPLE}{world.members['sanne'].id}/einde/")
    assert world.sanne.email not in client.get(PEOPLE).content.decode()
    assert "geen enkele organisatie" in sanne.get("/account/profiel/").content.decode()
    assert Member.objects.get(id=world.members["sanne"].id).left_at is not None
    assert client.post(f"{PEOPLE}{world.members['sanne'].id}/einde/").status_code == 404


def test_the_last_administrator_stays(client, world):
    client.force_login(world.beheer)
    mine = world.members["beheer"]
    refused = client.post(f"{PEOPLE}{mine.id}/", {"roles": ["agent"]})
    assert "de laatste beheerder" in refused.content.decode()
    refused = client.post(f"{PEOPLE}{mine.id}/einde/", follow=True)
    assert "de laatste beheerder" in refused.content.decode()
    client.post(f"{PEOPLE}{world.members['baas'].id}/", {"roles": ["manager", "administrator"]})
    client.post(f"{PEOPLE}{mine.id}/einde/")
    assert client.get(PEOPLE).status_code == 404


def test_who_left_can_be_invited_again(world, invite):
    Client_as(world.beheer).post(f"{PEOPLE}{world.members['sanne'].id}/einde/")
    link = invite(email=world.sanne.email, name="Sanne", roles=("reader",))
    Client_as(world.sanne).post(link)
    assert Member.objects.current().get(person=world.sanne).roles == ["reader"]


def test_rows_of_another_organisation_do_not_exist(client, world, invite):
    invite()
    invitation = Invitation.objects.get()
    client.force_login(world.veenbeheer)
    sanne = world.members["sanne"].id
    for path in (
        "/duinrand/beheer/mensen/",
        f"/duinrand/beheer/mensen/{sanne}/",
        f"/veenwijk/beheer/mensen/{sanne}/",
    ):
        assert client.get(path).status_code == 404
    for path in (
        f"/veenwijk/beheer/mensen/{sanne}/einde/",
        f"/veenwijk/beheer/uitnodigingen/{invitation.id}/intrekken/",
        f"/veenwijk/beheer/uitnodigingen/{invitation.id}/opnieuw/",
    ):
        assert client.post(path).status_code == 404
    assert Invitation.objects.get().withdrawn_at is None


@pytest.mark.parametrize("name", ["sanne", "baas", "lezer", "regio", "land", "niemand"])
def test_administration_exists_for_administrators_only(client, world, name):
    client.force_login(world.people[name])
    for organisation in ("duinrand", "veenwijk"):
        for page in (
            "",
            "mensen/",
            "mensen/uitnodigen/",
            "spelregels/",
            "uiterlijk/",
            "postvakken/",
            "post/",
            "post/in/",
            "afspraken/",
        ):
            assert client.get(f"/{organisation}/beheer/{page}").status_code == 404
