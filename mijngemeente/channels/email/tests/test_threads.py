from uuid import UUID

import pytest

from mijngemeente.channels.email.threads import (
    Forged,
    is_same_subject,
    make_message_id,
    make_reply_address,
    normal_subject,
    read_key,
)

CONVERSATION = UUID("0198f0a0-0000-7000-8000-000000000001")
DELIVERY = UUID("0198f0a0-0000-7000-8000-000000000002")
SECRET = b"geheim voor de test"


def test_our_message_id_leads_back_to_its_conversation():
    message_id = make_message_id(CONVERSATION, DELIVERY, SECRET, "duinrand.example.nl")
    assert message_id.startswith("<") and message_id.endswith("@duinrand.example.nl>")
    assert read_key(message_id, SECRET) == CONVERSATION
    assert message_id != make_message_id(CONVERSATION, CONVERSATION, SECRET, "duinrand.example.nl")


@pytest.mark.parametrize("change", [str, str.upper, str.title, lambda address: f'"Post" <{address}>'])
def test_our_reply_address_survives_what_servers_do_to_it(change):
    address = make_reply_address(CONVERSATION, SECRET, "gemeente@duinrand.example.nl")
    assert len(address.partition("@")[0]) <= 64
    assert read_key(change(address), SECRET) == CONVERSATION


def test_an_inbox_with_a_long_name_keeps_its_plain_address():
    long = "klantcontactcentrum-duinrand@duinrand.example.nl"
    assert make_reply_address(CONVERSATION, SECRET, long) == long


@pytest.mark.parametrize("place", [-1, -10, 3])
def test_a_changed_key_is_forged(place):
    token = make_reply_address(CONVERSATION, SECRET, "post@example.nl").partition("@")[0].partition("+")[2]
    changed = list(token)
    changed[place] = "a" if changed[place] != "a" else "c"
    assert isinstance(read_key("post+" + "".join(changed) + "@example.nl", SECRET), Forged)


def test_a_key_made_with_another_secret_is_forged():
    assert read_key(make_message_id(CONVERSATION, DELIVERY, b"anders", "example.nl"), SECRET) == Forged(
        CONVERSATION
    )


def test_a_short_hash_is_not_the_beginning_of_a_long_one():
    long = make_message_id(CONVERSATION, DELIVERY, SECRET, "example.nl")[3:]
    short = make_reply_address(CONVERSATION, SECRET, "post@example.nl").partition("+mg")[2]
    # Characters 26 to 44 hold hash bits only.
    assert long[26:44] != short[26:44]


@pytest.mark.parametrize(
    "text", ["", "<abc@example.nl>", "post@example.nl", "mg", "<mgkort@example.nl>", "mg" + "a" * 60]
)
def test_what_is_not_ours_has_no_key(text):
    assert read_key(text, SECRET) is None


@pytest.mark.parametrize(
    ("subject", "normal"),
    [
        ("Re: Lantaarnpaal", "Lantaarnpaal"),
        ("RE: Re : re[2]: Lantaarnpaal", "Lantaarnpaal"),
        ("Antw: Fwd: FW: Lantaarnpaal", "Lantaarnpaal"),
        ("Doorst: Lantaarnpaal", "Lantaarnpaal"),
        ("AW: WG: Laterne", "Laterne"),
        ("TR: RE: lampadaire", "lampadaire"),
        ("[wijkraad] Re: [wijkraad] Feest", "Feest"),
        ("Automatisch antwoord: Uw vraag", "Uw vraag"),
        ("  Twee   spaties ", "Twee spaties"),
        ("Reparatie: dak", "Reparatie: dak"),
        ("Re:", "Re:"),
        ("[spoed]", "[spoed]"),
        ("", ""),
    ],
)
def test_the_normal_subject_has_no_prefixes(subject, normal):
    assert normal_subject(subject) == normal


def test_subjects_are_the_same_whatever_their_prefixes_and_case():
    assert is_same_subject("Re: Kapotte lamp", "antw: KAPOTTE LAMP")
    assert not is_same_subject("Re: Kapotte lamp", "Re: Nieuwe lamp")
