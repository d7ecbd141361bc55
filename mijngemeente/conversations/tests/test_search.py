"""What was said is found, by who may read it and nobody else."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from mijngemeente.channels.contract import IncomingFile
from mijngemeente.conversations.actions import (
    add_note,
    answer_question,
    ask_department,
    ask_to_call_back,
    rename_contact,
)
from mijngemeente.conversations.models import Contact, ContactAddress, Conversation, Message, SearchEntry
from mijngemeente.conversations.queries.searches import MOST, Narrowing, guess, search, with_words
from mijngemeente.conversations.rules.searches import (
    Fragment,
    holds,
    marked,
    read_search,
    spellings_of,
)
from mijngemeente.organisations.models import Department
from mijngemeente.platform.guard import DEFINERS
from mijngemeente.platform.tenancy import acting_for, covering


def found(typed, *organisations, **narrowing):
    """The conversations somebody finds who reads these organisations."""
    with covering([each.id for each in organisations]):
        return {hit.conversation_id for hit in search(read_search(typed), Narrowing(**narrowing))}


@pytest.fixture
def container(world):
    return world.ask(
        world.duinrand,
        "De grijze container op 5038 EA is niet geleegd. Bel mij op 06-12345678.",
        subject="Afvalcontainer vol",
        name="Fatma Özdemir",
        email="fatma@post.example",
        files=[IncomingFile("foto_container.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 foto")],
    )


@pytest.mark.parametrize(
    "typed",
    [
        "container", "Containers", "afval", "legen", "niet geleegd", '"grijze container"', "5038EA", "5038 ea",
        "0612345678", "06 12345678", "fatma", "ozdemir container", "van:ozdemir", "fatma@post.example", "foto",
        "conta", "container -fiets", "#1", "1", "van:fat",
    ],
)  # fmt: skip
def test_a_message_is_found_by(world, container, typed):
    assert found(typed, world.duinrand) == {container.id}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "de",
        "-container",
        "fiets",
        "container fiets",
        "container -niet",
        "van:container",
        "#2",
        '"container vol geleegd"',
        '"',
    ],
)
def test_a_message_is_not_found_by(world, container, typed):
    assert found(typed, world.duinrand) == set()


def test_words_of_another_organisation_are_never_found(world, container):
    assert found("container", world.veenwijk) == set()
    assert found("container") == set()
    assert found("container", world.veenwijk, world.duinrand) == {container.id}


@pytest.mark.parametrize("query", ["'container'", "'o:3'", "'o:3' | 'container'", "!'x'", "'o:4' | 'o:3'"])
def test_no_argument_reaches_past_what_one_reads(world, container, query):
    with covering([world.veenwijk.id]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_entries(%s::tsquery, 100, ARRAY[1, 2, 3, 4])", [query])
        assert cursor.fetchone() == (0,)


def test_only_spellings_that_one_reads_are_told(world, container):
    def told(*narrowed):
        with connection.cursor() as cursor:
            words = ["container", "contianer", "' | 'container", "x"]
            cursor.execute(
                "SELECT * FROM search_spellings(%s::text[], %s::int[])", [words, list(narrowed) or None]
            )
            return [each for (each,) in cursor.fetchall()]

    assert told() == []
    with covering([world.duinrand.id]):
        assert told() == ["container"]
        assert told(world.veenwijk.id) == []
    with covering([world.veenwijk.id]):
        assert told(world.duinrand.id, world.veenwijk.id) == []


def test_outside_a_unit_nothing_is_found(world, container):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_entries('container'::tsquery, 100, ARRAY[3])")
        assert cursor.fetchone() == (0,)


def test_another_role_may_not_ask(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT proacl::text FROM pg_proc WHERE proname = ANY (%s)", [list(DEFINERS)])
        rights = [each for (each,) in cursor.fetchall()]
    assert len(rights) == len(DEFINERS)
    assert not any("{=X" in each or ",=X" in each for each in rights)


def test_the_app_cannot_change_the_function(db):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION search_entries")


def test_notes_are_found_too(world, container):
    with acting_for(world.duinrand.id):
        add_note(conversation=container, by=world.members["sanne"], text="Buurman belde ook", key=uuid4())
    assert found("buurman", world.duinrand) == {container.id}


def test_filters_narrow(world, container):
    duinrand = world.duinrand
    assert found("container", duinrand, statuses=["open"]) == {container.id}
    assert found("container", duinrand, statuses=["closed"]) == set()
    assert found("container", duinrand, channels=["web", "email"]) == {container.id}
    assert found("container", duinrand, channels=["email"]) == set()
    assert found("container", duinrand, has_file=True, is_unassigned=True) == {container.id}
    assert found("container", duinrand, organisation_ids=[world.veenwijk.id]) == set()
    assert found("container", duinrand, said_from=container.created_at) == {container.id}
    assert found("container", duinrand, said_until=container.created_at) == set()


def test_a_new_name_is_found_and_the_old_one_at_once_no_more(world, container, run_jobs):
    with acting_for(world.duinrand.id):
        contact = Contact.objects.get(id=container.contact_id)
        rename_contact(contact=contact, name="Fatma Yildiz", by=world.members["sanne"])
    assert found("ozdemir", world.duinrand) == set()
    run_jobs()
    assert found("yildiz", world.duinrand) == {container.id}


@pytest.mark.parametrize(
    "erase",
    [
        lambda container: Message.objects.filter(conversation=container).update(text=""),
        lambda container: Contact.objects.filter(id=container.contact_id).update(name=""),
        lambda container: Conversation.objects.filter(id=container.id).update(subject=""),
        lambda container: ContactAddress.objects.filter(contact=container.contact_id).delete(),
        lambda container: Message.objects.filter(conversation=container).delete(),
    ],
)
def test_what_is_erased_is_found_no_more_even_if_somebody_forgets(world, container, erase):
    from mijngemeente.conversations.jobs import refresh_emptied

    with acting_for(world.duinrand.id):
        erase(container)
        assert not SearchEntry.objects.exclude(version=0).exists()
    assert found("container", world.duinrand) == set()
    refresh_emptied(timestamp=0)
    with acting_for(world.duinrand.id):
        assert not SearchEntry.objects.filter(version=0).exists()


def test_a_condition_on_words_uses_the_index(world, container):
    other = world.ask(world.duinrand, "Waar is de markt?")
    with covering([world.duinrand.id]):
        assert set(Conversation.objects.filter(with_words("legen"))) == {container}
        assert set(Conversation.objects.filter(~with_words("legen"))) == {other}
        assert not Conversation.objects.filter(with_words("de")).exists()


def test_the_newest_are_found_when_there_are_many(world):
    for number in range(4):
        last = world.ask(world.duinrand, f"Nog een container, nummer {number}")
    with covering([world.duinrand.id]):
        hits = search(read_search("container"), Narrowing(), most=2)
    assert len(hits) == 2 < MOST
    assert hits[0].conversation_id == last.id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("contianer", "container"),
        ("kontainer", "container"),
        ("ozdemmir", "ozdemir"),
        ("geleechd", "geleegd"),
    ],
)
def test_a_wrong_spelling_leads_to_what_was_meant(world, container, typed, meant):
    with covering([world.duinrand.id]):
        guessed = guess(read_search(f"{typed} "), Narrowing())
    assert (guessed and guessed[1].get(typed)) == meant


def test_a_guess_never_tells_of_another_organisation(world, container):
    with covering([world.veenwijk.id]):
        assert guess(read_search("ozdemmir "), Narrowing()) is None


def test_spellings_are_of_the_word_as_it_sounds():
    assert "verhuizen" in set(spellings_of("verhuisen"))
    assert "paspoort" in set(spellings_of("paspoord"))
    assert not list(spellings_of("gat"))


def test_marks_stand_where_the_words_are_and_texts_stay_as_they_were():
    pieces = marked("<b>Containers</b> & zo", read_search("container"), characters=100)
    assert pieces == [Fragment("<b>"), Fragment("Containers", True), Fragment("</b> & zo")]


def test_of_a_long_text_the_place_is_shown_with_most_words():
    text = "container " + "zand " * 100 + "container niet geleegd " + "zand " * 100
    pieces = marked(text, read_search("container geleegd"), characters=120)
    assert [each.text for each in pieces if each.is_marked] == ["container", "geleegd"]
    assert len("".join(each.text for each in pieces)) < 130


def test_an_exact_sentence_is_exact():
    assert holds(("grijze", "container"), "De Grijze container!")
    assert not holds(("grijze", "container"), "De grijze containers")


@pytest.mark.parametrize(
    "typed",
    ["'", "\\", "a" * 5000, "''' & | ! <-> :*", '"' * 50, "- - -", "\x00", "(((", "a " * 900, "-" * 40],
)
def test_nothing_that_is_typed_is_an_error(world, typed):
    assert found(typed, world.duinrand) == set()


def test_rebuilding_makes_findable_what_is_not_and_passes_over_the_rest(world, container):
    from mijngemeente.cli.search import rebuild

    with acting_for(world.duinrand.id):
        SearchEntry.objects.all().delete()
    assert found("container", world.duinrand) == set()
    assert rebuild(world.duinrand.id) == 1
    assert found("container", world.duinrand) == {container.id}
    assert rebuild(world.duinrand.id) == 0


def test_rebuilding_says_how_many_messages_are_found_by_their_beginning_only(world):
    from mijngemeente.cli.search import cut_count

    words = " ".join(f"vraagwoord{number}" for number in range(40_000))
    world.ask(world.duinrand, words)
    world.ask(world.duinrand, "kort")
    assert (cut_count(world.duinrand.id), cut_count(world.veenwijk.id)) == (1, 0)


def test_what_nobody_of_ours_wrote_is_found_too(world, container):
    with acting_for(world.duinrand.id):
        call = ask_to_call_back(conversation=container, subject="Terugbellen", why="Veel te laat geleegd.")
        green = Department.objects.create(organisation=world.duinrand, name="Groen", email="g@x.example")
        question = ask_department(
            conversation=container,
            department=green,
            question="Wanneer?",
            excerpt="",
            by=world.members["sanne"],
        )
        answer_question(question=question, text="Eergisteren gesnoeid.", name="")
    assert found("veel te laat", world.duinrand) == {call.id}
    assert found("eergisteren", world.duinrand) == {container.id}
