"""The answer bank through the front door."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mijngemeente.answers import actions
from mijngemeente.answers.actions import Draft, importing
from mijngemeente.answers.jobs import ask_owners
from mijngemeente.answers.models import (
    Adoption,
    Answer,
    AnswerImport,
    AnswerVersion,
    Fact,
    SharedAnswer,
    State,
)
from mijngemeente.answers.queries.bank import find, shared
from mijngemeente.answers.queries.suggestions import suggest
from mijngemeente.answers.rules.ranking import Question
from mijngemeente.platform.tenancy import acting_for

BANK = "/duinrand/antwoorden/"


@pytest.fixture
def sanne(client, world):
    client.force_login(world.sanne)
    return client


@pytest.fixture
def national(world):
    return written(world, world.national, "Paspoort verlopen", "Het kost {prijs paspoort}.\n\n{lokaal}")


def written(world, organisation, title, text, **more):
    by = {"duinrand": "sanne", "veenwijk": "vera", "landelijk": "land", "noorderkust": "regio"}[
        organisation.slug
    ]
    draft = Draft(title, text, state=State.PUBLISHED, **more)
    with acting_for(organisation.id):
        return actions.write(organisation=organisation, draft=draft, by=world.members[by])


def form(title="Markt", text="De markt gaat door.", **more):
    return {"title": title, "text_nl": text, "state": "published", "seen": "1", **more}


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def suggested(organisation, text, **more):
    with acting_for(organisation.id):
        return suggest(Question(text, **more), organisation, {"organisatie": "Duinrand"}, limit=5)


def test_an_answer_is_written_read_and_found(sanne):
    response = sanne.post(f"{BANK}nieuw/", form("Fiets kwijt", "Kijk bij {prijs fiets}."), follow=True)
    text = response.content.decode()
    assert "Fiets kwijt" in text and '<mark class="blank">' in text
    assert "Fiets kwijt" in page(sanne, f"{BANK}?zoek=fietsen")
    assert "Niets gevonden" in page(sanne, f"{BANK}?zoek=zwembad")


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("title", "Geef het antwoord een titel"), ("text_nl", "Schrijf het antwoord in het Nederlands")],
)
def test_an_answer_without_title_or_text_is_refused(sanne, missing, sentence):
    response = sanne.post(f"{BANK}nieuw/", form() | {missing: ""})
    assert response.status_code == 422 and sentence in response.content.decode()


def test_each_change_is_a_version_that_can_be_compared_and_put_back(sanne, world):
    answer = written(world, world.duinrand, "Markt", "De markt is op vrijdag.")
    url = f"{BANK}{answer.id}/"
    sanne.post(f"{url}wijzigen/", form(text="De markt is op zaterdag."))
    text = page(sanne, f"{url}versies/?van=1&naar=2")
    assert "weggehaald: </span>vrijdag<" in text and "toegevoegd: </span>zaterdag<" in text
    sanne.post(f"{url}terugzetten/", {"number": "1"})
    with acting_for(world.duinrand.id):
        kept = Answer.objects.get(id=answer.id)
        assert (kept.text_nl, kept.version) == ("De markt is op vrijdag.", 3)
        assert AnswerVersion.objects.get(answer=kept, number=3).why == "teruggezet naar versie 1"


@pytest.mark.parametrize("number", ["", "9", "x", "-1", "1" * 30])
def test_a_version_that_does_not_exist_cannot_be_put_back(sanne, world, number):
    answer = written(world, world.duinrand, "Markt", "Vrijdag.")
    assert sanne.post(f"{BANK}{answer.id}/terugzetten/", {"number": number}).status_code == 404


def test_who_writes_over_a_colleague_is_told_and_loses_nothing(sanne, world):
    answer = written(world, world.duinrand, "Markt", "Vrijdag.")
    sanne.post(f"{BANK}{answer.id}/wijzigen/", form(text="Zaterdag."))
    response = sanne.post(f"{BANK}{answer.id}/wijzigen/", form(text="Mijn lange tekst."))
    text = response.content.decode()
    assert response.status_code == 422 and "Een collega was je voor" in text and "Mijn lange tekst." in text


def test_changing_the_owner_alone_makes_no_version(sanne, world):
    answer = written(world, world.duinrand, "Markt", "Vrijdag.")
    sanne.post(f"{BANK}{answer.id}/wijzigen/", form(text="Vrijdag.", owner=str(world.members["bram"].id)))
    with acting_for(world.duinrand.id):
        kept = Answer.objects.get(id=answer.id)
        assert (kept.version, kept.owner_id) == (1, world.members["bram"].id)


def test_a_member_of_elsewhere_cannot_be_the_owner(sanne, world):
    response = sanne.post(f"{BANK}nieuw/", form(owner=str(world.members["vera"].id)))
    assert response.status_code == 422


def test_what_the_country_writes_everybody_reads_and_nobody_else_changes(sanne, world, national):
    assert "Paspoort verlopen" in page(sanne, BANK)
    assert sanne.post(f"{BANK}{national.id}/wijzigen/", form()).status_code == 404
    assert sanne.post(f"{BANK}{national.id}/nagekeken/").status_code == 404
    with acting_for(world.duinrand.id):
        assert SharedAnswer.objects.filter(id=national.id).update(title="Gekaapt") == 0


def test_a_region_writes_for_whom_it_covers(sanne, world):
    regional = written(world, world.region, "Strand in de regio", "Het strand is open.")
    assert sanne.get(f"{BANK}{regional.id}/").status_code == 404
    assert [each.title for each in suggested(world.veenwijk, "Is het strand open?")] == ["Strand in de regio"]
    assert suggested(world.duinrand, "Is het strand open?") == []


def test_a_concept_of_the_country_is_seen_by_the_country_alone(world):
    with acting_for(world.national.id):
        concept = actions.write(
            organisation=world.national, draft=Draft("Nog niet", "x"), by=world.members["land"]
        )
        assert find(world.national.id, concept.id)
    with acting_for(world.duinrand.id):
        assert find(world.duinrand.id, concept.id) is None


def test_an_own_answer_is_not_seen_elsewhere(client, world):
    own = written(world, world.duinrand, "Geheim plan", "Geheim.")
    client.force_login(world.vera)
    assert client.get(f"/veenwijk/antwoorden/{own.id}/").status_code == 404
    assert suggested(world.veenwijk, "geheim plan") == []


def test_a_municipality_adds_its_own_part(sanne, world, national):
    url = f"{BANK}{national.id}/overname/"
    assert "Eigen stuk voor {lokaal}" in page(sanne, url)
    sanne.post(url, {"version": "1", "part_0": "Bij ons aan balie {balie}."})
    assert "Bij ons aan balie" in page(sanne, f"{BANK}{national.id}/")
    (shown,) = suggested(world.duinrand, "paspoort verlopen")
    assert shown.text == "Het kost {prijs paspoort}.\n\nBij ons aan balie {balie}."
    assert (shown.source, shown.open_blanks) == ("landelijk, overgenomen", ["prijs paspoort", "balie"])
    (elsewhere,) = suggested(world.veenwijk, "paspoort verlopen")
    assert elsewhere.text == "Het kost {prijs paspoort}."


def test_a_municipality_hears_of_a_change_and_decides(sanne, world, national):
    url = f"{BANK}{national.id}/overname/"
    sanne.post(url, {"version": "1", "part_0": "Eigen stuk."})
    with acting_for(world.national.id):
        draft = Draft("Paspoort verlopen", "Het is nu gratis.\n\n{lokaal}", state=State.PUBLISHED)
        kept = shared(world.national.id).get(id=national.id)
        actions.rewrite(answer=kept, draft=draft, seen=1, by=world.members["land"])
    assert suggested(world.duinrand, "paspoort verlopen")[0].text.startswith("Het kost")
    assert suggested(world.veenwijk, "paspoort verlopen")[0].text == "Het is nu gratis."
    assert "van versie 1 naar 2" in page(sanne, f"{BANK}nakijken/")
    assert "toegevoegd" in page(sanne, url)
    sanne.post(url, {"version": "2", "part_0": "Eigen stuk."})
    assert suggested(world.duinrand, "paspoort verlopen")[0].text == "Het is nu gratis.\n\nEigen stuk."


def test_others_see_neither_what_was_tried_nor_who_wrote_it(sanne, client, world, national):
    sanne.post(f"{BANK}{national.id}/overname/", {"version": "1", "part_0": "Eigen stuk."})
    with acting_for(world.national.id):
        for number, text in enumerate(("Eerste probeersel", "Tweede probeersel", "Zo is het goed."), 1):
            kept = shared(world.national.id).get(id=national.id)
            state = State.PUBLISHED if number == 3 else State.CONCEPT
            draft = Draft("Paspoort verlopen", text, state=state)
            actions.rewrite(answer=kept, draft=draft, seen=number, by=world.members["land"])
    text = page(sanne, f"{BANK}{national.id}/versies/")
    assert "versie 1" in text and "versie 4" in text and "Zo is het" in text
    assert "versie 2" not in text and "probeersel" not in text and "Land" not in text
    assert "probeersel" not in page(sanne, f"{BANK}{national.id}/versies/?van=3&naar=2")
    client.force_login(world.land)
    own = page(client, f"/landelijk/antwoorden/{national.id}/versies/?van=2&naar=3")
    assert "probeersel" in own and "Land" in own


def test_letting_go_follows_the_country_again(sanne, world, national):
    url = f"{BANK}{national.id}/overname/"
    sanne.post(url, {"version": "1", "part_0": "Eigen stuk."})
    sanne.post(url, {"deed": "leave"})
    sanne.post(url, {"deed": "leave"})
    with acting_for(world.duinrand.id):
        assert not Adoption.objects.exists()


def test_adopting_a_version_that_does_not_exist_yet_takes_the_newest(sanne, world, national):
    sanne.post(f"{BANK}{national.id}/overname/", {"version": "99"})
    with acting_for(world.duinrand.id):
        assert Adoption.objects.get().version == 1


def test_an_own_answer_cannot_be_adopted(sanne, world):
    own = written(world, world.duinrand, "Markt", "Vrijdag.")
    assert sanne.get(f"{BANK}{own.id}/overname/").status_code == 404


def test_a_fact_fills_its_blank_until_it_is_stale(sanne, world, national):
    assert "prijs paspoort" in page(sanne, f"{BANK}gegevens/")
    sanne.post(f"{BANK}gegevens/", {"name": "{Prijs  Paspoort}", "kind": "price", "value": "€ 12,50"})
    assert "Het kost € 12,50." in page(sanne, f"{BANK}{national.id}/")
    with acting_for(world.duinrand.id):
        Fact.objects.update(checked_on=timezone.localdate() - timedelta(days=400))
        fact = Fact.objects.get()
    assert "{prijs paspoort}" in page(sanne, f"{BANK}{national.id}/")
    assert "verouderd" in page(sanne, f"{BANK}gegevens/")
    sanne.post(f"{BANK}gegevens/{fact.id}/", {"deed": "check"})
    assert "Het kost € 12,50." in page(sanne, f"{BANK}{national.id}/")
    sanne.post(f"{BANK}gegevens/{fact.id}/", {"deed": "remove"})
    with acting_for(world.duinrand.id):
        assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "naam"}, "wordt al vanzelf ingevuld"),
        ({"name": "lokaal a"}, "wordt al vanzelf ingevuld"),
        ({"name": "a{b"}, "Gebruik geen accolades in de naam"),
        ({"value": "{naam}"}, "Gebruik geen accolades in de waarde"),
        ({"kind": "link", "value": "javascript:alert(1)"}, "Begin een link met https://"),
        ({"value": ""}, "Vul de waarde in"),
    ],
)
def test_a_fact_that_would_confuse_is_refused(sanne, typed, sentence):
    given = {"name": "prijs x", "kind": "price", "value": "€ 1"} | typed
    response = sanne.post(f"{BANK}gegevens/", given)
    assert response.status_code == 422 and sentence in response.content.decode()


def test_a_reader_reads_and_changes_nothing(client, world, national):
    client.force_login(world.lezer)
    text = page(client, f"{BANK}{national.id}/")
    assert "Overnemen" not in text and "Goed antwoord" not in text
    assert client.post(f"{BANK}nieuw/", form()).status_code == 404


def test_a_colleague_says_what_they_think_once(sanne, world, national):
    for verdict in ("ja", "nee", "misschien"):
        sanne.post(f"{BANK}{national.id}/oordeel/", {"is_good": verdict})
    assert "0 vinden het goed, 1 niet" in page(sanne, f"{BANK}{national.id}/")


def test_an_owner_is_reminded_once_and_can_say_it_is_right(sanne, world, run_jobs):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = written(
        world, world.duinrand, "Oude tekst", "x", owner_id=world.members["bram"].id, review_on=yesterday
    )
    for _ in range(2):
        ask_owners(0)
        run_jobs()
    (letter,) = mail.outbox
    assert letter.to == [world.bram.email] and "Oude tekst" in letter.body
    assert "nakijken was gepland" in page(sanne, f"{BANK}nakijken/")
    sanne.post(f"{BANK}{answer.id}/nagekeken/")
    assert "Alles is nagekeken" in page(sanne, f"{BANK}nakijken/")


def upload(client, content, name="antwoorden.csv"):
    return client.post(f"{BANK}invoer/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_is_looked_at_before_anything_changes(sanne, world, run_jobs):
    content = "titel;nederlands\nMarkt;Café\n;leeg\n".encode("cp1252")
    response = upload(sanne, content)
    text = response.content.decode()
    assert (
        "1 antwoord kan worden ingevoerd" in text and "De titel ontbreekt." in text and "Windows-1252" in text
    )
    with acting_for(world.duinrand.id):
        assert not Answer.objects.exists()
    url = response.redirect_chain[-1][0]
    sanne.post(url, {"deed": "start"})
    run_jobs()
    text = page(sanne, url)
    assert "1 antwoord is nieuw en 0 bijgewerkt" in text and "1 rij met een fout is niet ingevoerd" in text
    assert "Deze invoer is al begonnen" in sanne.post(url, {"deed": "start"}, follow=True).content.decode()
    assert "Rij;" not in page(sanne, f"{url}fouten.csv") and "De titel ontbreekt." in page(
        sanne, f"{url}fouten.csv"
    )


def test_the_same_file_again_doubles_nothing_and_a_change_is_a_version(sanne, world, run_jobs):
    for text in ("vrijdag", "vrijdag", "zaterdag"):
        content = f"titel;nederlands;kenmerk\nMarkt;{text};m1\nKade;{text};\n".encode()
        sanne.post(upload(sanne, content).redirect_chain[-1][0], {"deed": "start"})
        run_jobs()
    with acting_for(world.duinrand.id):
        assert set(Answer.objects.values_list("title", "version")) == {("Markt", 2), ("Kade", 2)}
        last = AnswerImport.objects.latest("id")
        assert (last.added, last.changed, last.state) == (0, 2, "done")


def test_an_import_that_was_stopped_goes_on_where_it_was(sanne, world):
    rows = "".join(f"Antwoord {number};Tekst\n" for number in range(1100))
    response = upload(sanne, f"titel;nederlands\n{rows}".encode())
    shown_id = response.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    sanne.post(response.redirect_chain[-1][0], {"deed": "start"})
    with acting_for(world.duinrand.id):
        sheet = importing.sheet_of(AnswerImport.objects.get(id=shown_id))
    assert importing.bring_in_part(world.duinrand.id, shown_id, sheet)
    text = page(sanne, response.redirect_chain[-1][0])
    assert "500 van 1100" in text
    importing.bring_in(organisation_id=world.duinrand.id, import_id=shown_id)
    importing.bring_in(organisation_id=world.duinrand.id, import_id=shown_id)
    with acting_for(world.duinrand.id):
        assert Answer.objects.count() == AnswerVersion.objects.count() == 1100


def test_forty_thousand_rows_with_twelve_bad_ones_are_looked_at(sanne):
    rows = [f"Antwoord {number};Tekst één" for number in range(40_000)]
    for place in range(12):
        rows[place * 3000] = ";geen titel"
    response = upload(sanne, "\n".join(["titel;nederlands", *rows]).encode("cp1252"))
    text = response.content.decode()
    assert "39988 antwoorden kunnen worden ingevoerd" in text and "12 rijen hebben een fout" in text
    assert "Rij 33002" in text


@pytest.mark.parametrize("content", [b"", b"\x00", b"geen;kolommen\n1;2\n"])
def test_a_file_that_is_no_list_is_refused(sanne, content):
    response = upload(sanne, content)
    assert (
        response.status_code == 422 and "field__error" in response.content.decode()
    ) or "error" in response.content.decode()


def test_a_file_that_was_refused_brings_nothing_in(sanne, world, run_jobs):
    url = upload(sanne, b"titel;nederlands\nMarkt;Ja\n").redirect_chain[-1][0]
    sanne.post(url, {"deed": "cancel"})
    run_jobs()
    assert "niet ingevoerd" in page(sanne, url)
    with acting_for(world.duinrand.id):
        assert not Answer.objects.exists()


def test_what_goes_out_comes_in_again(sanne, world, run_jobs):
    written(world, world.duinrand, "Markt", 'Met "tekens"; en\n\nregels', reference="m1", text_fy="Ja")
    content = sanne.get(f"{BANK}uitvoer.csv").content
    sanne.post(upload(sanne, content).redirect_chain[-1][0], {"deed": "start"})
    run_jobs()
    with acting_for(world.duinrand.id):
        assert Answer.objects.get().version == 1
    assert "kenmerk;titel" in page(sanne, f"{BANK}invoer/voorbeeld.csv")


def test_the_first_national_answers_come_once_and_what_people_changed_stays(world, settings):
    file = settings.DATA / "answers.csv"
    assert actions.load_starters(file) == 40
    assert actions.load_starters(file) == 0
    with acting_for(world.national.id):
        answer = SharedAnswer.objects.get(reference="bezwaar")
        changed = Draft("Bezwaar", "Onze eigen tekst.", topic="bezwaar", state=State.PUBLISHED)
        actions.rewrite(answer=answer, draft=changed, seen=1, by=world.members["land"])
    assert actions.load_starters(file) == 0
    with acting_for(world.national.id):
        assert SharedAnswer.objects.get(reference="bezwaar").text_nl == "Onze eigen tekst."


def test_without_a_national_organisation_no_answers_come(db, settings):
    assert actions.load_starters(settings.DATA / "answers.csv") == 0


def test_the_first_answers_are_whole_sentences_without_amounts(settings):
    text = (settings.DATA / "answers.csv").read_text("utf-8")
    assert "€" not in text and "https://" not in text


def test_a_text_for_u_and_je_is_shown_both_ways_and_used_as_this_municipality_speaks(sanne, world):
    answer = written(world, world.duinrand, "Markt", "{Komt u|Kom je} ook?", reference="m1")
    text = page(sanne, f"{BANK}{answer.id}/")
    assert "Nederlands, met “u”" in text and text.index("Komt u ook?") < text.index("Kom je ook?")
