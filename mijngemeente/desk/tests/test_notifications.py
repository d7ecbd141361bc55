"""Who is told what: named in a note, given a conversation, following, reminding oneself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from mijngemeente.channels.contract import Incoming, Party, WireError
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Delivery, Follow, Notification, Reminder
from mijngemeente.desk import jobs, rules
from mijngemeente.platform.tenancy import acting_for, covering

HTMX = {"HX-Request": "true"}
MINE = "/werkplek/meldingen/"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Sanne Verhoeven kijk jij even?", {"Sanne Verhoeven"}),
        ("Kan @sanne verhoeven, of @JAN, dit?", {"Sanne Verhoeven", "Jan"}),
        ("@Jan de Vries weet het", {"Jan de Vries"}),
        ("@Jan de Vriesman weet het", {"Jan"}),
        ("@Janneke weet het", set()),
        ("mail naar info@jan of a.@jan", set()),
        ("niemand, Jan", set()),
        ("@", set()),
    ],
)
def test_a_note_names_who_stands_in_it_by_the_longest_name(text, named):
    assert rules.named_in(text, ["Sanne Verhoeven", "Jan", "Jan de Vries", ""]) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@rob kijk jij even?", {"Rob van Dam"}),
        ("Weet @Rob, of anders @Fatma, dit?", {"Rob van Dam", "Fatma Yilmaz"}),
        ("@Rob van Dam en @jan smit", {"Rob van Dam", "Jan Smit"}),
        ("@Jan kijk jij even?", set()),
        ("@Rob Jansen van de wijk", set()),
        ("@Fatma de Boer zei dat", set()),
        ("@Fatma de brug is dicht", {"Fatma Yilmaz"}),
        ("@Robert en a.@rob", set()),
        ("@İpek, @ipek en @strauß", {"İpek Aydın", "Strauß"}),
    ],
)
def test_a_first_name_is_enough_when_one_colleague_has_it(text, named):
    assert (
        rules.named_in(
            text, ["Rob van Dam", "Jan Smit", "Jan Bos", "Fatma Yilmaz", "İpek Aydın", "Strauß", " "]
        )
        == named
    )


@pytest.fixture
def asked(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug")


@pytest.fixture
def page_of(client, world):
    def read(name, path=MINE):
        client.force_login(world.people[name])
        return client.get(path).content.decode()

    return read


def url(conversation, deed=""):
    return f"/{conversation.organisation.slug}/werkplek/gesprekken/{conversation.id}/{deed}"


def note(client, world, asked, text, *, by="sanne"):
    client.force_login(world.people[by])
    return client.post(url(asked, "notitie/"), {"body": text, "key": str(uuid4())})


def test_who_is_named_hears_of_it_until_the_open_page_says_that_it_was_read(client, world, asked, page_of):
    note(client, world, asked, "@Bram en @Lezer, weten jullie dit?")
    for name in ("bram", "lezer"):
        assert "Sanne noemt je in een notitie" in page_of(name)
        assert '<span id="unread" class="rail__count">1<' in page_of(name, f"{MINE}aantal/")
    opened = page_of("bram", url(asked))
    assert f'hx-post="{url(asked, "gelezen/")}' in opened
    # Somebody's browser may fetch a page that nobody looks at: reading changes nothing yet.
    assert ">1<" in page_of("bram", f"{MINE}aantal/")
    client.force_login(world.bram)
    assert client.get(url(asked, "gelezen/")).status_code == 405
    assert client.post(url(asked, "gelezen/")).status_code == 204
    assert "gelezen/" not in page_of("bram", url(asked))
    assert "1" not in page_of("bram", f"{MINE}aantal/")
    assert "nieuw</span>" in page_of("lezer") and "nieuw</span>" not in page_of("bram")


@pytest.mark.parametrize("name", ["Sanne", "Vera", "Beheer", "Land"])
def test_nobody_is_told_what_they_may_not_read_or_wrote_themselves(client, world, asked, page_of, name):
    note(client, world, asked, f"@{name} kijk eens")
    with covering([world.duinrand.id]):
        assert not Notification.objects.exists()
    assert "noemt je" not in page_of(name.lower())


def test_the_same_note_twice_tells_once(client, world, asked):
    client.force_login(world.sanne)
    sent = {"body": "@Bram?", "key": str(uuid4())}
    for _ in range(2):
        client.post(url(asked, "notitie/"), sent)
    with covering([world.duinrand.id]):
        assert Notification.objects.count() == 1


def test_the_list_of_names_holds_who_may_read_and_not_oneself(client, world, asked):
    client.force_login(world.sanne)
    names = client.get(url(asked, "namen/")).content.decode()
    assert 'data-name="Bram"' in names and 'data-name="Lezer"' in names
    assert not any(f'data-name="{name}"' in names for name in ("Sanne", "Vera", "Beheer"))


def test_who_is_given_a_conversation_is_told_and_who_takes_it_is_not(client, world, asked, page_of):
    client.force_login(world.sanne)
    client.post(url(asked, "toewijzing/"), {"member": world.members["sanne"].id})
    client.post(url(asked, "toewijzing/"), {"member": world.members["bram"].id})
    assert "Sanne gaf je dit gesprek" in page_of("bram")
    assert "gaf je dit gesprek" not in page_of("sanne")


def write_again(world, asked, *, is_automatic=False):
    incoming = Incoming(
        external_id=str(uuid4()),
        sender=Party("Resi Dent", "resi.dent@voorbeeld.example", "email"),
        text="Hallo?",
        conversation_id=asked.id,
        is_automatic=is_automatic,
    )
    with acting_for(world.duinrand.id):
        actions.receive_message(
            inbox=world.inbox(world.duinrand, "web"),
            incoming=incoming,
            organisation_id=world.duinrand.id,
            covered_by_id=world.duinrand.id,
        )


def test_who_follows_hears_when_the_resident_writes_until_they_stop(client, world, asked, page_of):
    client.force_login(world.sanne)
    shown = client.post(url(asked, "volgen/"), {"follow": "yes"}, headers=HTMX).content.decode()
    assert "Niet meer volgen" in shown
    write_again(world, asked, is_automatic=True)
    assert "schreef weer" not in page_of("sanne")
    write_again(world, asked)
    assert "Resi Dent schreef weer" in page_of("sanne")
    client.post(url(asked, "volgen/"), {"follow": "no"})
    write_again(world, asked)
    with covering([world.duinrand.id]):
        assert Notification.objects.count() == 1
        assert not Follow.objects.exists()


def test_what_did_not_leave_is_told_to_who_wrote_it(world, asked, page_of):
    with acting_for(world.duinrand.id):
        actions.send_reply(conversation=asked, by=world.members["sanne"], text="Stuk.", key=uuid4())
        delivery = Delivery.objects.select_related("message__conversation", "inbox").get()
        actions.claim(delivery)
        refusal = WireError("Dit adres bestaat niet.", permanent=True)
        actions.record_failure(delivery=delivery, error=refusal, is_idempotent=False)
    assert "Je antwoord kwam misschien niet aan" in page_of("sanne")


def test_a_reminder_comes_at_its_moment_with_what_was_written(client, world, asked, run_jobs, page_of):
    client.force_login(world.sanne)
    when = timezone.localtime() + timedelta(days=2)
    sent = {"at": when.strftime("%Y-%m-%dT%H:%M"), "note": "Bellen met de brugwachter"}
    assert client.post(url(asked, "herinneringen/"), sent).status_code == 303
    run_jobs()
    assert "Bellen met de brugwachter" not in page_of("sanne")
    assert "Bellen met de brugwachter" in page_of("sanne", url(asked, "herinneringen/"))
    assert "Bellen met de brugwachter" not in page_of("bram", url(asked, "herinneringen/"))
    with acting_for(world.duinrand.id):
        Reminder.objects.update(at=timezone.now() - timedelta(seconds=1))
        reminder = Reminder.objects.select_related("conversation", "member__person").get()
        assert [actions.tell_reminder(reminder=reminder) for _ in range(2)] == [True, False]
    told = page_of("sanne")
    assert "Je wilde hieraan denken" in told and "Bellen met de brugwachter" in told


def test_a_reminder_is_forgotten_by_who_made_it_only(client, world, asked):
    with acting_for(world.duinrand.id):
        later = timezone.now() + timedelta(days=1)
        made = actions.remind(conversation=asked, at=later, note="", by=world.members["sanne"])
    client.force_login(world.bram)
    assert client.post(url(asked, f"herinneringen/{made.id}/weg/")).status_code == 404
    client.force_login(world.sanne)
    assert client.post(url(asked, f"herinneringen/{made.id}/weg/")).status_code == 303
    with covering([world.duinrand.id]):
        assert not Reminder.objects.exists()


@pytest.mark.parametrize("at", ["", "2020-01-01T09:00", "straks", "2099-01-01T09:00"])
def test_a_reminder_without_a_moment_to_come_is_refused_in_a_sentence(client, world, asked, at):
    client.force_login(world.sanne)
    response = client.post(url(asked, "herinneringen/"), {"at": at, "note": "x"})
    assert response.status_code == 422
    assert "Kies" in response.content.decode()


def test_the_end_of_a_snooze_is_told_to_who_snoozed(world, asked, run_jobs, page_of):
    with acting_for(world.duinrand.id):
        past = timezone.now() - timedelta(seconds=1)
        actions.snooze(conversation=asked, until=past, by=world.members["sanne"])
    run_jobs()
    assert "Het uitstel is voorbij" in page_of("sanne")


def test_a_kind_that_somebody_switched_off_is_not_told(client, world, asked, page_of):
    client.force_login(world.bram)
    kept = [each for each in Notification.Kind.values if each != "named"]
    assert client.post(f"{MINE}keuze/", {"kinds": kept}).status_code == 302
    note(client, world, asked, "@Bram?")
    assert "noemt je" not in page_of("bram")
    assert client.post(f"{MINE}keuze/", {"kinds": ["verzonnen"]}).status_code == 422


def test_all_is_read_at_once_over_every_organisation(client, world, asked, page_of):
    theirs = world.ask(world.veenwijk, "Een vraag in Veenwijk")
    note(client, world, theirs, "@Regio?", by="vera")
    assert "Vera noemt je in een notitie" in page_of("regio")
    assert client.post(f"{MINE}gelezen/").status_code == 303
    assert "nieuw</span>" not in page_of("regio")


def test_who_no_longer_covers_an_organisation_no_longer_reads_of_it(client, world, page_of):
    theirs = world.ask(world.veenwijk, "Een vraag in Veenwijk")
    note(client, world, theirs, "@Regio?", by="vera")
    world.region.covers.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "Vera noemt je" not in page_of("regio")


def test_a_digest_is_mailed_once_a_day_to_who_wants_it_and_tells_no_content(client, world, asked, run_jobs):
    note(client, world, asked, "@Bram, de brug van mevrouw Jansen?")
    jobs.send_digests(0)
    assert run_jobs() == 0
    client.force_login(world.bram)
    client.post(f"{MINE}keuze/", {"kinds": Notification.Kind.values, "wants_digest": "on"})
    for _ in range(2):
        jobs.send_digests(0)
        run_jobs()
    [sent] = mail.outbox
    assert sent.to == [world.bram.email]
    assert "Je hebt 1 ongelezen melding." in sent.body
    assert "Jansen" not in sent.body and "brug" not in sent.body.lower().replace("duinrand", "")
