"""Which words find which: our own lexemes beside those of PostgreSQL's Dutch dictionary."""

import pytest
from django.db import connection

from mijngemeente.reference.rules.lexemes import TOKENS, tokens_of, vector_of
from mijngemeente.reference.rules.words import lexeme_of, parts_of

#: What a resident wrote, and what an agent types to find it.
PAIRS = """
huizen huis | rijbewijzen rijbewijs | paspoorten paspoort | afvalcontainer container
paspoortaanvraag paspoort | lantaarnpalen lantaarnpaal | lantaarnpaal lantaarn | bomen boom
gekapt kappen | geleegd legen | aangevraagd aanvraag | verhuisd verhuizen | verhuizing verhuizen
parkeervergunningen parkeervergunning | parkeervergunning vergunning | straatverlichting verlichting
geluidsoverlast overlast | hondenpoep poep | zwerfafval afval | bouwvergunning bouw
identiteitskaart identiteit | fietspaden fietspad | kinderopvang opvang | speelplaatsen speelplaats
containers container | kapotte kapot | betaald betalen | liep lopen | kinderen kind
rioolheffing riool | stoeptegels stoep | uitkeringen uitkering | afspraken afspraak | zwembaden zwembad
café's cafe | gemeentes gemeente | trouwakte akte | wegen weg | geboorteakte geboorte | ratten rat
"""
#: What must not find it.
STRANGERS = """
gemeente ente | gemeente gem | voorstel stel | burgemeester burg | beer varken | noot niet | wethouder houder
openbaar open | bestand stand | kastanje kast
"""


def pairs(text):
    return [tuple(pair.split()) for line in text.split("\n") for pair in line.split("|") if pair.strip()]


def finds(said, typed):
    return lexeme_of(typed) in [each for token in tokens_of(said) for each in token.lexemes]


@pytest.mark.parametrize(("said", "typed"), pairs(PAIRS))
def test_an_everyday_word_is_found_in_its_other_form(said, typed):
    assert finds(said, typed)


@pytest.mark.parametrize(("said", "typed"), pairs(STRANGERS))
def test_a_word_in_a_word_is_not_always_a_part(said, typed):
    assert not finds(said, typed)


@pytest.mark.django_db
def test_postgresqls_own_dutch_finds_fewer(capsys):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM unnest(%s::text[], %s::text[]) AS pair (said, typed)"
            " WHERE to_tsvector('dutch', said) @@ plainto_tsquery('dutch', typed)",
            [[said for said, _ in pairs(PAIRS)], [typed for _, typed in pairs(PAIRS)]],
        )
        theirs = cursor.fetchone()[0]
    ours = sum(finds(*pair) for pair in pairs(PAIRS))
    print(f"pairs found: ours {ours}, to_tsvector('dutch') {theirs}, of {len(pairs(PAIRS))}")
    assert ours > theirs


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Ik woon op 5038 EA.", "5038EA"),
        ("Ik woon op 5038ea.", "5038 EA"),
        ("Ik woon op 5038 EA.", "5038"),
        ("Bel 06-12345678", "0612345678"),
        ("Bel +31 6 1234 5678", "06 12345678"),
        ("Bel (013) 542 88 11", "0135428811"),
        ("Mail jan.de.boer@post.example", "jan.de.boer@post.example"),
        ("Mail jan.de.boer@post.example", "boer"),
        ("Kenteken 12-ABC-3", "12abc3"),
        ("Zaak Z2024-00123", "z2024-00123"),
        ("Zaak Z2024-00123", "00123"),
        ("Café Ürümqi", "urumqi"),
        ("zie foto_kapot.jpg", "kapot"),
    ],
)
def test_numbers_and_addresses_are_found_however_they_are_written(said, typed):
    wanted = next(tokens_of(typed)).lexemes[0]
    assert wanted in [each for token in tokens_of(said) for each in token.lexemes]


def test_words_that_turn_a_sentence_around_are_kept():
    words = [each for token in tokens_of("Het is niet zo en ik heb geen idee") for each in token.lexemes]
    assert {"niet", "geen"} <= set(words)
    assert "het" not in words


def test_parts_of_three_are_found():
    assert "overlast" in parts_of("hondenpoepoverlast")


def test_a_vector_holds_places_weights_and_marks():
    vector = vector_of(["o:3"], [("A", "Container"), ("", "Niet geleegd")])
    assert vector.text == "'o:3' 'container':1A 'niet':3 'legen':4"
    assert not vector.is_cut


def test_what_is_longer_than_we_keep_is_cut_and_says_so():
    vector = vector_of([], [("", "boom " * (TOKENS + 1))])
    assert vector.is_cut


@pytest.mark.parametrize(
    "text", ["", "'", "\\", "o:3", "''' \\' :", "\x00", "💥 🏛", "x" * 5000, "'s", "1-1-1-" * 500]
)
def test_any_text_makes_a_vector_and_reaches_no_mark(text):
    vector = vector_of(["o:1"], [("A", text)])
    assert vector.text.count("'o:") == 1
