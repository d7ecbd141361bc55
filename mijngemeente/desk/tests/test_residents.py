"""Residents at the desk: found, corrected, noted about, and two of them made one."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, Party
from mijngemeente.conversations.actions import forget_contact_notes, merge_contacts, receive_message
from mijngemeente.conversations.errors import AlreadyMerged
from mijngemeente.conversations.models import Contact, ContactAddress, ContactMerge, ContactNote, Conversation
from mijngemeente.conversations.queries import email_of
from mijngemeente.desk.rules import Sought, sought
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for, covering

LIST = "/duinrand/werkplek/inwoners/"


@pytest.fixture
def asked(world):
    return world.ask(
        world.duinrand, "Wanneer is de markt?", name="Joke de Boer", email="joke@voorbeeld.example"
    )


def page_of(contact_id):
    return f"{LIST}{contact_id}/"


def lines(world, verb):
    with covering([world.duinrand.id]):
        return list(AuditLine.objects.filter(verb=verb))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("  Joke   de Boer ", Sought("Joke de Boer", None, "")),
        ("joke@voorbeeld.example", Sought("joke@voorbeeld.example", None, "")),
        ("12", Sought("12", 12, "")),
        ("#12", Sought("#12", 12, "")),
        ("06 12345678", Sought("06 12345678", None, "612345678")),
        ("12345678901234567890", Sought("12345678901234567890", None, "12345678901234567890")),
        ("²", Sought("²", None, "")),
        ("Jo\0ke", Sought("Joke", None, "")),
        ("", Sought("", None, "")),
    ],
)
def test_words_to_find_a_resident_are_read_as_they_are_meant(typed, found):
    assert sought(typed) == found


@pytest.mark.parametrize("words", ["joke", "BOER", "joke@voor", "Joke de Boer"])
def test_a_resident_is_found_by_a_part_of_name_or_address(sanne, world, asked, words):
    world.ask(world.duinrand, "Iets anders", name="Piet Prins", email="piet@voorbeeld.example")
    page = sanne.get(LIST, {"zoek": words}).content.decode()
    assert "Joke de Boer" in page
    assert "Piet Prins" not in page


def test_a_resident_is_found_by_the_number_of_a_conversation_and_by_telephone(sanne, world, asked):
    with acting_for(world.duinrand.id):
        ContactAddress.objects.create(
            organisation=world.duinrand, contact=asked.contact, kind="phone", value="+31612345678"
        )
    for words in (str(asked.number), f"#{asked.number}", "06-12345678"):
        assert "Joke de Boer" in sanne.get(LIST, {"zoek": words}).content.decode()


def test_residents_of_a_neighbour_are_not_found(sanne, world):
    world.ask(world.veenwijk, "Waar is het?", name="Vreemde Vogel", email="vogel@voorbeeld.example")
    assert "Vreemde" not in sanne.get(LIST, {"zoek": "vogel"}).content.decode()


def test_a_list_of_many_residents_goes_on_on_a_next_page(sanne, world):
    with acting_for(world.duinrand.id):
        Contact.objects.bulk_create(
            Contact(organisation=world.duinrand, name=f"Inwoner {n:03}") for n in range(60)
        )
    first = sanne.get(LIST).content.decode()
    second = sanne.get(LIST, {"pagina": "2"}).content.decode()
    assert ("Inwoner 059" in first, "Inwoner 005" in first) == (True, False)
    assert ("Inwoner 059" in second, "Inwoner 005" in second) == (False, True)


def test_the_page_tells_all_conversations_over_channels_and_that_somebody_looked(sanne, world, asked):
    second = world.ask(
        world.duinrand, "Nog iets", kind="email", subject="Paspoort", email="joke@voorbeeld.example"
    )
    page = sanne.get(page_of(asked.contact_id), {"gesprek": asked.id}).content.decode()
    assert "Paspoort" in page and f"{second.number}" in page and "2 gesprekken" in page
    (line,) = lines(world, "contact.viewed")
    assert line.subject_id == asked.contact_id
    assert line.detail == {"purpose": "answer", "via": str(asked.id)}
    assert line.member == world.members["sanne"]


@pytest.mark.parametrize("via", ["", "onzin", "00000000-0000-7000-8000-000000000000"])
def test_looking_without_a_conversation_is_logged_as_looking_up(sanne, world, asked, via):
    sanne.get(page_of(asked.contact_id), {"gesprek": via})
    assert [each.detail for each in lines(world, "contact.viewed")] == [{"purpose": "look_up"}]


def test_the_conversation_leads_to_its_resident(sanne, asked):
    page = sanne.get(f"/duinrand/werkplek/gesprekken/{asked.id}/").content.decode()
    assert f"{page_of(asked.contact_id)}?gesprek={asked.id}" in page


def test_a_name_is_corrected(sanne, world, asked):
    assert sanne.post(f"{page_of(asked.contact_id)}naam/", {"name": "Joke Boer"}).status_code == 303
    assert "Joke Boer" in sanne.get(page_of(asked.contact_id)).content.decode()
    assert len(lines(world, "contact.renamed")) == 1
    refused = sanne.post(f"{page_of(asked.contact_id)}naam/", {"name": " "})
    assert (refused.status_code, "Vul een naam in" in refused.content.decode()) == (422, True)


def test_an_answer_goes_to_the_preferred_address(sanne, world, asked):
    url = f"{page_of(asked.contact_id)}adressen/"
    sanne.post(url, {"kind": "email", "value": "Joke@Werk.example"})
    with covering([world.duinrand.id]):
        first = ContactAddress.objects.get(value="joke@voorbeeld.example")
        assert email_of(asked) == "joke@werk.example"
    sanne.post(f"{url}{first.id}/", {"deed": "prefer"})
    with covering([world.duinrand.id]):
        assert email_of(asked) == "joke@voorbeeld.example"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"kind": "email", "value": "geen adres"}, "Dit is geen e-mailadres"),
        ({"kind": "phone", "value": "bel maar"}, "Dit is geen telefoonnummer"),
        ({"kind": "email", "value": "resi.dent@voorbeeld.example"}, "hoort al bij een inwoner"),
        ({"kind": "fax", "value": "0612345678"}, "Deze keuze is er niet"),
        ({}, "Vul een adres in"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(sanne, world, asked, typed, says):
    world.ask(world.duinrand, "Ook ik")
    response = sanne.post(f"{page_of(asked.contact_id)}adressen/", typed)
    assert (response.status_code, says in response.content.decode()) == (422, True)


def test_the_last_address_cannot_be_removed_and_another_can(sanne, world, asked):
    url = f"{page_of(asked.contact_id)}adressen/"
    with covering([world.duinrand.id]):
        only = asked.contact.addresses.get()
    refused = sanne.post(f"{url}{only.id}/", {"deed": "remove"}, follow=True)
    assert "Dit is het laatste adres" in refused.content.decode()
    sanne.post(url, {"kind": "phone", "value": "06 12345678"})
    sanne.post(f"{url}{only.id}/", {"deed": "remove"})
    with covering([world.duinrand.id]):
        assert [each.value for each in asked.contact.addresses.all()] == ["+31612345678"]


def note(sanne, asked, ends_on, text="Belt liever niet."):
    return sanne.post(f"{page_of(asked.contact_id)}notities/", {"text": text, "ends_on": str(ends_on)})


def test_a_note_stays_until_its_last_day_and_goes_the_night_after(sanne, world, asked):
    today = timezone.localdate()
    assert note(sanne, asked, today).status_code == 303
    assert "Belt liever niet." in sanne.get(page_of(asked.contact_id)).content.decode()
    with acting_for(world.duinrand.id):
        assert forget_contact_notes(organisation_id=world.duinrand.id, today=today) == 0
        assert forget_contact_notes(organisation_id=world.duinrand.id, today=today + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("days", "says"), [(-1, "Deze dag is al voorbij"), (800, "Kies een dag binnen twee jaar")]
)
def test_a_note_without_a_sensible_end_is_refused(sanne, asked, days, says):
    response = note(sanne, asked, timezone.localdate() + timedelta(days=days))
    assert (response.status_code, says in response.content.decode()) == (422, True)


def test_a_note_is_removed_before_its_time(sanne, world, asked):
    note(sanne, asked, timezone.localdate())
    with covering([world.duinrand.id]):
        written = ContactNote.objects.get()
    url = f"{page_of(asked.contact_id)}notities/{written.id}/weg/"
    assert [sanne.post(url).status_code for _ in range(2)] == [303, 404]
    assert len(lines(world, "contact.note_removed")) == 1


@pytest.fixture
def twin(world):
    return world.ask(world.duinrand, "En mijn paspoort?", name="J. de Boer", email="jdb@werk.example")


def merge(sanne, kept, gone):
    url = f"{page_of(kept.contact_id)}samenvoegen/"
    return sanne.post(url, {"other": gone.contact_id}, follow=True)


def test_two_residents_become_one_after_a_look_at_both(sanne, world, asked, twin):
    url = f"{page_of(asked.contact_id)}samenvoegen/"
    assert "J. de Boer" in sanne.get(url, {"zoek": "jdb"}).content.decode()
    both = sanne.get(url, {"met": twin.contact_id}).content.decode()
    assert "Alles van J. de Boer gaat naar Joke de Boer" in both
    page = merge(sanne, asked, twin).content.decode()
    assert "2 gesprekken" in page and "jdb@werk.example" in page and "Samengevoegd met" in page
    assert sanne.get(page_of(twin.contact_id), follow=True).redirect_chain[-1][0] == page_of(asked.contact_id)
    assert "J. de Boer" not in sanne.get(LIST).content.decode()


def test_a_mail_to_the_merged_resident_is_the_ones_who_stays(sanne, world, asked, twin):
    merge(sanne, asked, twin)
    again = world.ask(world.duinrand, "Nog eens", email="jdb@werk.example")
    assert again.contact_id == asked.contact_id


def undo(sanne, world, asked):
    with covering([world.duinrand.id]):
        made = ContactMerge.objects.get()
    return sanne.post(f"{page_of(asked.contact_id)}samenvoegen/{made.id}/ongedaan/", follow=True)


def test_a_merge_is_undone_with_everything_that_moved(sanne, world, asked, twin):
    with acting_for(world.duinrand.id):
        ContactAddress.objects.update(is_preferred=True)
    merge(sanne, asked, twin)
    assert "De inwoners staan weer apart" in undo(sanne, world, asked).content.decode()
    with covering([world.duinrand.id]):
        assert Conversation.objects.get(id=twin.id).contact_id == twin.contact_id
        address = ContactAddress.objects.get(value="jdb@werk.example")
        assert (address.contact_id, address.is_preferred) == (twin.contact_id, True)
    assert "Ongedaan maken kan daarom niet meer" in undo(sanne, world, asked).content.decode()


def test_a_merge_that_something_crossed_stays(sanne, world, asked, twin):
    merge(sanne, asked, twin)
    world.ask(world.duinrand, "Nog eens", email="jdb@werk.example")
    assert "Ongedaan maken kan daarom niet meer" in undo(sanne, world, asked).content.decode()
    with covering([world.duinrand.id]):
        assert Conversation.objects.get(id=twin.id).contact_id == asked.contact_id


def test_a_resident_is_not_merged_with_themselves_nor_with_a_neighbours(sanne, world, asked):
    assert "Dit is dezelfde inwoner" in merge(sanne, asked, asked).content.decode()
    theirs = world.ask(world.veenwijk, "Waar?")
    url = f"{page_of(asked.contact_id)}samenvoegen/"
    assert sanne.get(url, {"met": theirs.contact_id}).status_code == 404
    assert sanne.post(url, {"other": theirs.contact_id}).status_code == 404
    assert sanne.post(url, {"other": "onzin"}).status_code == 404
    assert sanne.get(url, {"met": "onzin"}).status_code == 404


def test_merging_the_other_way_round_a_moment_later_says_so(sanne, world, asked, twin):
    merge(sanne, asked, twin)
    assert "net samengevoegd" in merge(sanne, twin, asked).content.decode()


@pytest.mark.slow
def test_two_colleagues_merging_crosswise_at_once_end_in_one_merge(committed_world):
    world = committed_world
    asked, twin = (world.ask(world.duinrand, "?", email=f"{name}@voorbeeld.example") for name in "ab")
    started, outcomes = threading.Barrier(2), []

    def run(kept, gone, by):
        started.wait(10)
        try:
            with acting_for(world.duinrand.id):
                merge_contacts(kept=kept.contact, gone=gone.contact, by=world.members[by])
            outcomes.append("merged")
        except AlreadyMerged:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=pair) for pair in ((asked, twin, "sanne"), (twin, asked, "bram"))
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(outcomes) == ["merged", "refused"]


def test_a_reader_looks_and_changes_nothing(client, world, asked):
    client.force_login(world.lezer)
    page = client.get(page_of(asked.contact_id)).content.decode()
    assert "Joke de Boer" in page and "Verwijderen" not in page and "Samenvoegen" not in page


def test_mail_that_arrives_later_keeps_the_corrected_name(sanne, world, asked):
    sanne.post(f"{page_of(asked.contact_id)}naam/", {"name": "Joke Boer"})
    incoming = Incoming(
        external_id="later", sender=Party("JDB", "joke@voorbeeld.example", "email"), text="Hallo"
    )
    with acting_for(world.duinrand.id):
        receive_message(
            inbox=world.inbox(world.duinrand, "email"),
            incoming=incoming,
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )
        assert Contact.objects.get(id=asked.contact_id).name == "Joke Boer"
