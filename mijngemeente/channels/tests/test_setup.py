"""Connecting an account: what is asked, what is kept, and what never goes back to the browser."""

import pytest
from django import forms

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.channels.setup import Setup, can_be_connected, setup_form

KEPT = {"host": "imap.voorbeeld.example", "user": "info", "password": "hemels-geheim"}


class MailboxSetup(Setup):
    secrets = frozenset({"password"})
    destinations = frozenset({"host"})

    host = forms.CharField()
    user = forms.CharField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)


def filled(**changed: str) -> MailboxSetup:
    answers = {"name": "Info", "host": KEPT["host"], "user": "info", "password": ""} | changed
    return MailboxSetup(answers, kept=KEPT)


@pytest.mark.parametrize("kind", CHANNELS)
def test_every_channel_can_be_connected(kind):
    assert can_be_connected(kind)
    assert setup_form(kind)(organisation_slug="duinrand").fields["name"]


@pytest.mark.parametrize("form", [MailboxSetup(kept=KEPT), filled(), filled(host="elders.example")])
def test_a_secret_never_goes_back_to_the_browser(form):
    assert "hemels-geheim" not in form.as_p()


def test_a_secret_left_empty_stays():
    form = filled(user="ander")
    assert form.is_valid()
    assert form.settings() == KEPT | {"user": "ander"}


def test_a_secret_typed_again_replaces_the_old_one():
    form = filled(password="nieuw")
    assert form.is_valid()
    assert form.settings() == KEPT | {"password": "nieuw"}


def test_a_secret_is_not_sent_to_another_server_unless_it_is_typed_again():
    assert "password" in filled(host="elders.example").errors
    assert filled(host="elders.example", password="nieuw").is_valid()


def test_a_first_time_asks_for_the_secret():
    assert "password" in MailboxSetup({"name": "Info", "host": "x", "password": ""}).errors


def test_the_address_of_our_own_pages_is_the_organisation():
    form = setup_form("web")({"name": "Web"}, organisation_slug="duinrand")
    assert form.is_valid()
    assert (form.address(), form.settings()) == ("duinrand", {})


def test_what_is_asked_stands_in_one_part_or_first():
    form = setup_form("email")(organisation_slug="duinrand")
    shown = [field.name for field in form.first_fields()]
    shown += [field.name for _, _, fields in form.parted() for field in fields]
    assert sorted(shown) == sorted(form.fields)
    assert [is_open for _, is_open, _ in form.parted()] == [True, True, False]


def test_a_folded_part_with_something_in_it_stands_open():
    form = setup_form("email")(kept={"oauth_provider": "google"})
    assert all(is_open for _, is_open, _ in form.parted())
