"""What an administrator does with inboxes."""

import pytest
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, InboxCredentials, InboxHealth
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for

from .administrator import BASE, lines


def test_the_health_of_every_inbox_is_seen(beheer, world):
    with acting_for(world.duinrand.id):
        InboxHealth.objects.create(
            organisation=world.duinrand,
            inbox=world.inbox(world.duinrand, "web"),
            direction="out",
            failing_since=timezone.now(),
            problem="Het wachtwoord is veranderd.",
        )
    for path in (BASE, f"{BASE}postvakken/"):
        page = beheer.get(path).content.decode()
        assert "werkt niet: versturen" in page
        assert "Het wachtwoord is veranderd." in page


def test_an_inbox_is_stopped_and_resumed(beheer, world):
    inbox = world.inbox(world.duinrand, "web")
    beheer.post(f"{BASE}postvakken/{inbox.id}/stop/")
    beheer.post(f"{BASE}postvakken/{inbox.id}/stop/")
    assert "staat uit" in beheer.get(f"{BASE}postvakken/").content.decode()
    beheer.post(f"{BASE}postvakken/{inbox.id}/hervat/")
    inbox.refresh_from_db()
    assert inbox.is_active
    assert lines(world.duinrand) == ["inbox.stopped", "inbox.resumed"]


def test_a_form_of_our_own_is_connected_and_renamed(beheer, world):
    InboxAddress.objects.filter(organisation=world.duinrand, kind="web").delete()
    connected = beheer.post(f"{BASE}postvakken/nieuw/?kanaal=web", {"name": "Vraag het ons"})
    assert connected.status_code == 302
    inbox = world.inbox(world.duinrand, "web")
    assert (inbox.name, inbox.address) == ("Vraag het ons", "duinrand")
    beheer.post(f"{BASE}postvakken/{inbox.id}/", {"name": "Contact"})
    inbox.refresh_from_db()
    assert inbox.name == "Contact"
    assert "contact/widget.js" in beheer.get(f"{BASE}postvakken/{inbox.id}/").content.decode()


def test_the_same_account_is_connected_once(beheer, world):
    refused = beheer.post(f"{BASE}postvakken/nieuw/?kanaal=web", {"name": "Nog een"})
    assert refused.status_code == 422
    assert "al aan een organisatie gekoppeld" in refused.content.decode()


@pytest.mark.parametrize("kind", ["", "postduif", "../web", "email'"])
def test_a_channel_that_is_not_there_cannot_be_connected(beheer, kind):
    assert beheer.get(f"{BASE}postvakken/nieuw/", {"kanaal": kind}).status_code == 404


def test_an_inbox_of_another_organisation_does_not_exist(beheer, world):
    theirs = world.inbox(world.veenwijk, "web")
    assert beheer.get(f"{BASE}postvakken/{theirs.id}/").status_code == 404
    for verb in ("", "stop/", "hervat/"):
        assert beheer.post(f"{BASE}postvakken/{theirs.id}/{verb}", {"name": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.is_active) == ("Veenwijk", True)


MAILBOX = {
    "name": "Info",
    "email": "Info@duinrand.example",
    "incoming": "imap",
    "oauth_provider": "",
    "imap_host": "imap.duinrand.example",
    "imap_port": "993",
    "imap_security": "tls",
    "imap_user": "info",
    "imap_password": "hemels-geheim",
    "smtp_host": "smtp.duinrand.example",
    "smtp_port": "587",
    "smtp_security": "starttls",
    "smtp_user": "info",
    "smtp_password": "aards-geheim",
}


@pytest.fixture
def mailbox(beheer, world) -> InboxAddress:
    """A mailbox with passwords, connected by the administrator of Duinrand."""
    world.inbox(world.duinrand, "email").delete()
    connected = beheer.post(f"{BASE}postvakken/nieuw/?kanaal=email", MAILBOX)
    assert connected.status_code == 302
    return world.inbox(world.duinrand, "email")


def kept_of(inbox: InboxAddress) -> dict[str, object]:
    with acting_for(inbox.organisation_id):
        return credentials_of(inbox)


def test_a_mailbox_is_connected_with_its_secrets_sealed(world, mailbox):
    assert mailbox.address == "info@duinrand.example"
    assert kept_of(mailbox)["imap_password"] == "hemels-geheim"
    with acting_for(world.duinrand.id):
        rows = [*InboxCredentials.objects.values(), *AuditLine.objects.values()]
    assert "geheim" not in str(rows)
    with acting_for(world.veenwijk.id):
        assert not InboxCredentials.objects.exists()


def test_no_page_ever_shows_a_secret(beheer, mailbox):
    path = f"{BASE}postvakken/{mailbox.id}/"
    answers = [
        beheer.get(path),
        beheer.post(path, MAILBOX | {"imap_port": "fout"}),
        beheer.post(path, MAILBOX | {"imap_host": "elders.example", "imap_password": ""}),
        beheer.post(f"{BASE}postvakken/nieuw/?kanaal=email", MAILBOX),
        *(beheer.get(f"{BASE}{page}") for page in ("", "postvakken/", "post/", "post/in/", "mensen/")),
    ]
    assert [each.status_code for each in answers] == [200, 422, 422, 422, 200, 200, 200, 200, 200]
    for each in answers:
        assert "geheim" not in each.content.decode()


def test_a_mailbox_is_changed_without_typing_its_secrets_again(beheer, mailbox):
    sent = MAILBOX | {"name": "Post", "imap_password": "", "smtp_password": ""}
    assert beheer.post(f"{BASE}postvakken/{mailbox.id}/", sent).status_code == 302
    kept = kept_of(mailbox)
    mailbox.refresh_from_db()
    assert (mailbox.name, kept["imap_password"], kept["smtp_password"]) == (
        "Post",
        "hemels-geheim",
        "aards-geheim",
    )


@pytest.mark.parametrize(
    "elsewhere",
    [{"imap_host": "dief.example"}, {"smtp_port": "2525"}, {"smtp_security": "none"}],
    ids=lambda elsewhere: next(iter(elsewhere)),
)
def test_a_kept_secret_is_not_sent_another_way(elsewhere, beheer, mailbox):
    before = kept_of(mailbox)
    sent = MAILBOX | elsewhere | {"imap_password": "", "smtp_password": ""}
    refused = beheer.post(f"{BASE}postvakken/{mailbox.id}/", sent)
    assert "Vul dit opnieuw in" in refused.content.decode()
    assert kept_of(mailbox) == before


def test_a_mailbox_of_somebody_else_cannot_be_connected(beheer, world):
    taken = world.inbox(world.veenwijk, "email").address
    refused = beheer.post(f"{BASE}postvakken/nieuw/?kanaal=email", MAILBOX | {"email": taken.upper()})
    assert "al aan een organisatie gekoppeld" in refused.content.decode()
