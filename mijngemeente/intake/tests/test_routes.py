"""Where a message goes, from what is known of it; all cases in tables."""

from time import perf_counter

import pytest

from mijngemeente.intake.rules import Evidence, alarm_of, chosen_in, decide_route, named
from mijngemeente.intake.rules.routes import as_name
from mijngemeente.understanding.rules.outcome import (
    Candidate,
    Decision,
    Guess,
    Sign,
    Understanding,
    Where,
)
from mijngemeente.understanding.rules.outcome import Evidence as Words

NATIONAL, TILBURG = 1, 7
CALM = Sign(value=False, probability=0.01, because=())
TRUE = Sign(value=True, probability=0.98, because=("gaslucht",))


TERM = Sign(value=True, probability=0.8, because=("ligt los",))
#: A lamp that blinks.
GUESS = Sign(value=True, probability=0.14, because=("knippert", "discotheek"))


def found(code="GM0855", name="Tilburg", probability=0.98, words="Berkel-Enschot", kind="place"):
    return Candidate(code, name, probability, (Words(kind, words, 3, 3 + len(words)),))


def said(decision, *candidates, topic=0.9, slug="stoeptegels", kind="report", language=("nl", 0.99), **signs):
    signs = {"urgent": CALM, "threat": CALM, "abuse": CALM, "distress": CALM} | signs
    return Understanding(
        where=Where(Decision(decision), candidates),
        topics=(Guess(slug, topic), Guess("speeltuin", 0.04), Guess("straatverlichting", 0.01)),
        kind=Guess(kind, 0.9),
        language=Guess(*language),
        sentiment=Guess("neu", 0.6),
        **signs,
    )


def route(understanding, *, is_national=True, **known):
    known.setdefault("taking_part", {"GM0855": TILBURG})
    known.setdefault("topics", frozenset({"stoeptegels", "overig"}))
    return decide_route(
        Evidence(NATIONAL, is_national=is_national, understanding=understanding, model_version="m1", **known)
    )


BERGEN_L, BERGEN_NH = found("GM0893", "Bergen (L.)", 0.4, "Bergen"), found("GM0373", "Bergen (NH.)", 0.5)
GOIRLE = found("GM0785", "Goirle", 0.6, "Goirle")


@pytest.mark.parametrize(
    ("understanding", "passes_on_to", "asks"),
    [
        (said("certain", found()), TILBURG, ()),
        (said("certain", found("GM0785", "Goirle", 0.97)), None, ()),
        (said("certain", found(probability=0.5), GOIRLE), None, ("GM0855", "GM0785")),
        (said("certain", found(), found("GM0785", "Goirle", 0.01)), TILBURG, ()),
        (said("ask", BERGEN_NH, BERGEN_L), None, ("GM0373", "GM0893")),
        (said("unknown"), None, ()),
        (said("unknown", found(probability=0.1)), None, ()),
        (None, None, ()),
    ],
)
def test_the_national_front_door_passes_on_asks_or_keeps(understanding, passes_on_to, asks):
    decided = route(understanding)
    assert (decided.organisation_id, decided.passes_on_to, decided.asks) == (NATIONAL, passes_on_to, asks)


def test_a_municipality_keeps_what_was_written_to_it_and_sees_where_it_belongs():
    decided = route(said("certain", found()), is_national=False)
    assert (decided.passes_on_to, decided.asks) == (None, ())
    assert decided.understood.because == ("Het gaat over Tilburg, door “Berkel-Enschot”.",)


@pytest.mark.parametrize(
    ("understanding", "topic", "priority", "alarm"),
    [
        (said("unknown"), "stoeptegels", 0, ""),
        (said("unknown", topic=0.3), None, 0, ""),
        (said("unknown", urgent=TERM), "stoeptegels", 1, ""),
        (said("unknown", urgent=GUESS), "stoeptegels", 0, ""),
        (said("unknown", topic=1.0, slug="overig"), None, 0, ""),
        (said("unknown", topic=1.0, slug="nergens-in-de-lijst"), None, 0, ""),
        (said("unknown", threat=TRUE), "stoeptegels", 1, ""),
        (said("unknown", abuse=TRUE), "stoeptegels", 0, ""),
        (said("unknown", urgent=TRUE), None, 2, "danger"),
        (said("unknown", distress=TRUE), None, 2, "distress"),
        (said("unknown", distress=TRUE, urgent=TRUE), None, 2, "distress"),
    ],
)
def test_what_follows_for_the_conversation(understanding, topic, priority, alarm):
    understood = route(understanding).understood
    assert (understood.topic_slug, understood.priority, understood.alarm) == (topic, priority, alarm)


def test_haste_that_is_a_guess_is_not_told():
    assert "dringend" in " ".join(route(said("unknown", urgent=TERM)).understood.because)
    assert "dringend" not in " ".join(route(said("unknown", urgent=GUESS)).understood.because)


@pytest.mark.parametrize(("kind", "topic"), [("report", None), ("spam", "reclame-spam")])
def test_rubbish_is_a_topic_only_where_the_message_is_that_too(kind, topic):
    known = frozenset({"reclame-spam"})
    hallo = said("unknown", topic=0.98, slug="reclame-spam", kind=kind)
    assert route(hallo, topics=known).understood.topic_slug == topic


@pytest.mark.parametrize(
    ("read", "page", "expected"),
    [
        (("pl", 0.99), "nl", "pl"),
        (("pl", 0.6), "nl", "nl"),
        (("nl", 0.99), "fy", "fy"),
        (("en", 0.99), "", "en"),
        (("en", 0.5), "", ""),
    ],
)
def test_a_language_that_was_chosen_stays(read, page, expected):
    assert route(said("unknown", language=read), page_language=page).understood.language == expected


@pytest.mark.parametrize(
    ("understanding", "place", "because"),
    [
        (said("certain", found()), "Berkel-Enschot", "Het gaat over Tilburg, door “Berkel-Enschot”."),
        (
            said("certain", found(words="013", kind="phone")),
            "",
            "Het gaat over Tilburg, door “013”.",
        ),
        (
            said("certain", GOIRLE),
            "Goirle",
            "Het gaat over Goirle, door “Goirle”. Deze gemeente doet nog niet mee.",
        ),
        (
            said("ask", BERGEN_L, BERGEN_NH),
            "Bergen",
            "Het kan Bergen (L.) of Bergen (NH.) zijn, door “Bergen”.",
        ),
        (said("unknown"), "", "In het bericht staat geen plaats."),
    ],
)
def test_it_says_why(understanding, place, because):
    understood = route(understanding).understood
    assert (understood.place, understood.because[0]) == (place, because)


def test_a_sign_is_told_with_its_words():
    understood = route(said("unknown", urgent=TRUE, distress=Sign(True, 0.9, ()))).understood
    assert understood.because[1:] == ("Iemand lijkt in nood.", "Het lijkt dringend: “gaslucht”.")


BOTH = named([("GM0373", "Bergen (NH.)", "Noord-Holland"), ("GM0893", "Bergen (L.)", "Limburg")])
LITTLE = named([("GM0748", "Bergen op Zoom", "Noord-Brabant"), ("GM1945", "Berg en Dal", "Gelderland")])
OTHERS = named([("GM0855", "Tilburg", "Noord-Brabant"), ("GM0785", "Goirle", "Noord-Brabant")])


def test_choices_of_one_name_carry_their_province():
    assert [each.label for each in BOTH] == ["Bergen (Noord-Holland)", "Bergen (Limburg)"]
    assert [each.label for each in OTHERS] == ["Tilburg", "Goirle"]


@pytest.mark.parametrize(
    ("text", "choices", "expected"),
    [
        ("In Limburg.", BOTH, "GM0893"),
        ("Bergen in Noord-Holland bedoel ik", BOTH, "GM0373"),
        ("noord holland", BOTH, "GM0373"),
        ("Bergen", BOTH, ""),
        ("Limburg, niet Noord-Holland", BOTH, ""),
        ("goirle!", OTHERS, "GM0785"),
        ("weet ik niet", OTHERS, ""),
        ("", OTHERS, ""),
        ("x" * 300 + " Goirle", OTHERS, ""),
        ("Goirle", [], ""),
        ("op het strand en bij de zee", LITTLE, ""),
        ("bergen OP zoom", LITTLE, "GM0748"),
    ],
)
def test_what_somebody_wrote_back_chooses_one_or_none(text, choices, expected):
    assert chosen_in(text, choices) == expected


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("Er staat water op straat en er zit een kind in", "danger"),
        ("water op straat met een kind erin", "danger"),
        ("Er ligt een kind in de vijver", "danger"),
        ("ons huis staat onder water en mijn moeder zit boven vast", "danger"),
        ("een meneer is gevallen en bloedt hevig", "danger"),
        ("er ligt een man op straat", "danger"),
        ("Er hangt een elektriciteitskabel los boven de stoep", "danger"),
        ("de stroomkabel ligt bloot", "danger"),
        ("Mijn kind heeft iets uit de gifbak gegeten", "danger"),
        ("er lekt iets uit een tankwagen", "danger"),
        ("er hangt een vreemde lucht, we worden allemaal misselijk", "danger"),
        ("er ligt rioolwater op straat", ""),
        ("er ligt afval op straat", ""),
        ("water in de kelder, mensen kunnen er niet in", ""),
        ("losse tegel bij de school", ""),
        ("x" * 30_000 + " er ligt een kind in de vijver", ""),
    ],
)
def test_what_is_urgent_is_danger_where_the_words_say_so(text, alarm):
    urgent = Sign(value=True, probability=0.9, because=("anders",))
    assert alarm_of(said("unknown", urgent=urgent), text) == alarm


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("Ik ruik gas in de hal", "danger"),
        ("gaslucht in de straat", "danger"),
        ("er wordt nu ingebroken bij de buren", "danger"),
        ("er staat een auto in brand", "danger"),
        ("Mijn zoontje is weg!! Speeltuin Vondelpark", "danger"),
        ("onze dochter is al uren vermist", "danger"),
        ("mijn kind is weg van school en moet een nieuwe plek", ""),
        ("mijn zoon is zijn paspoort kwijt", ""),
        ("Ik wil een brandgang laten schoonmaken", ""),
        ("mag ik een vuurwerkshow houden? de brandweer zegt van niet", ""),
        ("De inbraakcijfers van vorig jaar", ""),
        ("mijn kind zit in de vijverklas", ""),
    ],
)
def test_some_words_say_danger_whatever_the_model_thinks(text, alarm):
    assert alarm_of(said("unknown"), text) == alarm


def test_a_text_of_nothing_but_danger_is_judged_within_the_time_of_a_message():
    text = "water kind in put gif stroomkabel " * 600
    began = perf_counter()
    alarm_of(said("unknown", urgent=Sign(value=True, probability=0.9, because=())), text)
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("REESHOF", "Reeshof"),
        ("reeshof", "Reeshof"),
        ("Reeshof", "Reeshof"),
        ("berkel-enschot", "Berkel-Enschot"),
        ("ALPHEN AAN DEN RIJN", "Alphen aan den Rijn"),
        ("'s-gravenmoer", "'s-Gravenmoer"),
        ("ijmuiden", "IJmuiden"),
        ("", ""),
    ],
)
def test_a_place_is_one_place_however_it_is_typed(written: str, name: str) -> None:
    assert as_name(written) == name
