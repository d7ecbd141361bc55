"""A resident gets everything we hold of them, and nobody else's."""

import io
import json
import zipfile
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.utils import timezone

from mijngemeente.conversations import actions as conversations
from mijngemeente.conversations.models import Attachment, Message
from mijngemeente.platform import files
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_for, covering
from mijngemeente.privacy import jobs
from mijngemeente.privacy.models import Export

from .conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client, world):
    client.force_login(world.baas)
    return client


def url_of(contact):
    return f"/duinrand/werkplek/inwoners/{contact.id}/gegevens/"


def made(world, manager, contact, run_jobs):
    assert manager.post(url_of(contact)).status_code == 303
    run_jobs()
    with covering([world.duinrand.id]):
        return Export.objects.order_by("-asked_at").first()


def test_everything_is_handed_over_to_read_to_print_and_for_machines(world, manager, klaproos, run_jobs):
    manager.get(f"/duinrand/werkplek/inwoners/{klaproos.id}/")
    export = made(world, manager, klaproos, run_jobs)
    assert "Downloaden" in manager.get(url_of(klaproos)).content.decode()
    response = manager.get(f"{url_of(klaproos)}{export.id}/")
    assert "attachment" in response["Content-Disposition"]
    papers = zipfile.ZipFile(io.BytesIO(response.content))
    whole = json.loads(papers.read("gegevens.json"))
    assert {each["adres"] for each in whole["adressen"]} == {ADDRESS, "+31612345678"}
    assert whole["notities"][0]["tekst"] == "Heeft een kwetsbaarheid"
    conversation, _ = whole["gesprekken"]
    assert (conversation["cijfer"], conversation["waarom_dit_cijfer"]) == (3, "mijn verhuisdoos")
    assert {each["van"] for each in conversation["berichten"]} == {
        "de inwoner",
        "de gemeente",
        "notitie van een medewerker",
    }
    looked = {(each["wie"], each["waarom"]) for each in whole["ingezien"]}
    assert ("Baas", "opgezocht op de werkplek") in looked
    (file,) = [each for each in papers.namelist() if each.endswith("verhuisdoos.txt")]
    assert papers.read(file) == b"inhoud van klaproos"
    assert papers.read("gegevens.pdf").startswith(b"%PDF")
    assert "Heeft een kwetsbaarheid" in papers.read("gegevens.html").decode()


def test_what_the_residents_page_does_not_show_is_handed_over_with_why(world, manager, run_jobs):
    asked = world.ask(world.duinrand, "Mijn nummer is 123456782", email="x@voorbeeld.example")
    with acting_for(world.duinrand.id):
        conversations.hide(message=asked.messages.get(), reason="een nummer", by=world.members["sanne"])
    export = made(world, manager, asked.contact, run_jobs)
    papers = zipfile.ZipFile(io.BytesIO(manager.get(f"{url_of(asked.contact)}{export.id}/").content))
    ((message,),) = [each["berichten"] for each in json.loads(papers.read("gegevens.json"))["gesprekken"]]
    assert (message["is_verborgen"], message["waarom_verborgen"]) == (True, "een nummer")
    assert "van uw pagina gehaald: een nummer" in papers.read("gegevens.html").decode()
    assert papers.read("gegevens.pdf").startswith(b"%PDF")


def test_what_a_resident_wrote_runs_nothing_in_what_is_handed_over(world, manager, run_jobs):
    asked = world.ask(
        world.duinrand,
        "<script>alert(1)</script> #panic()",
        name="#sys.exit <b>",
        email="x@voorbeeld.example",
    )
    export = made(world, manager, asked.contact, run_jobs)
    papers = zipfile.ZipFile(io.BytesIO(manager.get(f"{url_of(asked.contact)}{export.id}/").content))
    assert "<script>" not in papers.read("gegevens.html").decode()
    assert papers.read("gegevens.pdf").startswith(b"%PDF")


def test_asking_and_downloading_are_logged(world, manager, klaproos, run_jobs):
    export = made(world, manager, klaproos, run_jobs)
    manager.get(f"{url_of(klaproos)}{export.id}/")
    with covering([world.duinrand.id]):
        verbs = set(AuditLine.objects.filter(subject_id=klaproos.id).values_list("verb", flat=True))
    assert {"contact.exported", "export.downloaded"} <= verbs


def test_a_big_one_is_whole(world, manager, klaproos, run_jobs):
    content = Random(7).randbytes(3_000_000)
    with acting_for(world.duinrand.id):
        Attachment.objects.create(
            organisation=world.duinrand,
            message=Message.objects.filter(contact=klaproos).first(),
            file=files.keep(content),
            name="groot.bin",
            content_type="application/octet-stream",
            size_bytes=len(content),
        )
    export = made(world, manager, klaproos, run_jobs)
    papers = zipfile.ZipFile(io.BytesIO(manager.get(f"{url_of(klaproos)}{export.id}/").content))
    (name,) = [each for each in papers.namelist() if each.endswith("groot.bin")]
    assert (len(papers.read(name)), papers.testzip()) == (len(content), None)


def test_a_download_ends_by_itself(world, manager, klaproos, run_jobs):
    export = made(world, manager, klaproos, run_jobs)
    with acting_for(world.duinrand.id):
        Export.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert manager.get(f"{url_of(klaproos)}{export.id}/").status_code == 404
    jobs.retain(organisation_id=world.duinrand.id)
    with covering([world.duinrand.id]):
        assert not Export.objects.exists()


def test_nobody_gets_a_residents_things_by_another_residents_address(world, manager, klaproos, run_jobs):
    other = world.ask(world.duinrand, "?", email="ander@voorbeeld.example")
    export = made(world, manager, klaproos, run_jobs)
    assert manager.get(f"{url_of(other.contact)}{export.id}/").status_code == 404


def test_an_answer_that_was_taken_back_was_never_said(world, manager, klaproos, run_jobs):
    sanne = world.members["sanne"]
    with acting_for(world.duinrand.id):
        conversation = klaproos.conversations.exclude(channel="note").get()
        message = conversations.send_reply(
            conversation=conversation, by=sanne, text="Een vergissing", key=uuid4(), wait_seconds=20
        )
        conversations.take_back(delivery=message.delivery, by=sanne)
    export = made(world, manager, klaproos, run_jobs)
    response = manager.get(f"{url_of(klaproos)}{export.id}/")
    whole = json.loads(zipfile.ZipFile(io.BytesIO(response.content)).read("gegevens.json"))
    said = [each["tekst"] for talk in whole["gesprekken"] for each in talk["berichten"]]
    assert all(said)
    assert "Een vergissing" not in said
