"""Which municipality, text by text; the whole of the reference data, no database."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mijngemeente.understanding.rules.outcome import Decision
from mijngemeente.understanding.rules.places import Gazetteer, locate
from mijngemeente.understanding.sources import gazetteer_from

DATA = Path(__file__).resolve().parents[3] / "data"
GAZETTEER = gazetteer_from(DATA, on=date(2026, 11, 1))
TILBURG, GOIRLE, BREDA, UTRECHT = "GM0855", "GM0785", "GM0758", "GM0344"


def answer(text: str, gazetteer: Gazetteer = GAZETTEER, **around: str | tuple[str, ...]) -> str:
    """As a column of the development set: codes, `unknown` or `ambiguous`."""
    where = locate(text, gazetteer, **around)
    if where.decision is Decision.UNKNOWN:
        return "unknown"
    if where.decision is Decision.ASK:
        return "ambiguous"
    return ";".join(sorted(each.code for each in where.candidates if each.probability >= 0.5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de stoeptegels bij de speeltuin in Berkel-Enschot liggen los", TILBURG),
        ("Er staat een lantaarn scheef in de Reeshof.", TILBURG),
        ("Wat kost een paspoort in Heerhugowaard?", "GM1980"),
        ("Graach in ôfspraak yn Ljouwert", "GM0080"),
        ("Mokum is één grote bouwput", "GM0363"),
        ("wanneer is het zwembad in tilbrug open", TILBURG),
        ("niet in Tilburg maar in Goirle", GOIRLE),
        ("de lamp is stuk aan de Markt, 5038 CB", TILBURG),
        ("Ik bel steeds naar 14 013 en niemand neemt op", TILBURG),
        ("Op www.tilburg.nl staat niets", TILBURG),
        ("afval in het Leijpark", TILBURG),
        ("Glas op het pad rond de Rottemeren in Zevenhuizen", "GM1892"),
        ("bij Singer Laren staat alles vol", "GM0417"),
        ("Mieszkam w Tilburgu, chcę zameldować żonę", TILBURG),
        ("Waddingsveen, de brug gaat niet open", "GM0627"),
        ("krimpen ad ijsel, wanneer papier", "GM0542"),
        ("Wij wonen in Wichen bij Nijmegen", "GM0296"),
        ("alfen aan de rijn, kuil in de weg", "GM0484"),
        ("woont iemand in enskede die dit snapt", "GM0153"),
        ("mijn postcode 7325 wordt niet herkend, 7325 is toch een postcode", "GM0200"),
        ("ik kom er niet uit: in Goirle ligt een band op de weg", GOIRLE),
        ("De Maassluise markt was vol", "GM0556"),
        ("@GemeenteTilburg wanneer komt de vuilniswagen", TILBURG),
        ("wat een troep #denbosch", "GM0796"),
        ("Kapotte speeltoestellen, Hengelo Gld", "GM1876"),
        ("gemeente Rijswijk, wanneer is het loket open", "GM0603"),
        ("de kapotte brug op de grens van Tilburg en Goirle", f"{GOIRLE};{TILBURG}"),
    ],
)
def test_a_place_leads_to_its_municipality(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(
    "text", ["er ligt rommel in Bergen", "afval in Hengelo", "Rijswijk", "een boom in Laren"]
)
def test_a_name_of_several_is_asked_about(text: str) -> None:
    where = locate(text, GAZETTEER)
    assert where.decision is Decision.ASK
    assert 2 <= len(where.candidates) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🙂",
        "de lamp voor mijn deur is stuk",
        "dat is best goed gemaakt, het gaat goed",
        "mijn buren maken lawaai in hun houten schuur",
        "op vakantie in Bergen in Noorwegen",
        "losse tegels in de Haarlemmerstraat",
        "FC Utrecht verloor weer",
        "meneer van Breda heeft mij niet gebeld",
        "Utrecht Bakery zet zijn vuil op straat",
        "de kapelle op het kerkhof is dicht",
        "Dhr. K. Deventer belde mij niet terug",
        "Mevrouw De Boer-Utrecht belde mij niet terug",
        "de assen van mijn kar zijn gebroken",
        "de lamp op de hoek bij de sluis",
        "supporters uit Enschede hebben alles vernield",
        "We zijn met de klas naar Utrecht geweest",
        "Ik woon niet in Tilburg",
        "mijn naam is van Breda",
        "bakkerij Van Breda zet afval op de stoep",
        "ik sprak met ambtenaar J. van Goor",
        "de vrede van Utrecht",
        "Goudse kaas is lekker",
        "ik sprak met De Vries",
        "varen op het Amsterdam-Rijnkanaal",
        "de provincie Utrecht heeft dit besloten",
        "wij verhuizen naar Berlijn",
    ],
)
def test_no_place_is_unknown(text: str) -> None:
    assert answer(text) == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik woon in Goirle maar werk in Tilburg, en daar is mijn fiets weggehaald", TILBURG),
        ("ik werk in Utrecht en woon in Zeist. Kan ik bij u een paspoort aanvragen?", "GM0355"),
        ("ik verhuis van Tilburg naar Breda, hoe geef ik dat door", BREDA),
        ("Bijstand stopzetten bij gemeente Almelo omdat ik naar Deventer ga", "GM0141"),
        ("Mijn moeder woont in Breda, maar de kuil zit in Goirle", GOIRLE),
        ("Hilversum is het niet. Bussum is het wel.", "GM1942"),
        ("dit is geen klacht over Veldhoven maar over Eindhoven", "GM0772"),
        ("in Goirle is het net als in Tilburg een bende", GOIRLE),
        ("Spijk bij Gorinchem, het wandelpad is verzakt", "GM1960"),
        ("Oegstgeest hoort niet tot Leiden", "GM0579"),
        ("Ons dorp heet Strijen en dat is geen Dordrecht", "GM1963"),
        ("Breda heeft een mooie kade, bij ons in Goirle staat niets", GOIRLE),
        ("Oosterhout, aan de noordkant van Nijmegen, mist een bord", "GM1734"),
        ("ik kom vanuit Nieuwegein en op het perron van Westraven is het donker", "GM0344"),
        ("het ziekenhuis in Leiden stuurt me naar mijn eigen gemeente en ik woon in Goirle", GOIRLE),
        ("Van Utrecht naar Zwolle verhuisd en nog een boete voor de Biltstraat", "GM0344"),
        ("niet alleen in Tilburg maar ook in Goirle", f"{GOIRLE};{TILBURG}"),
        ("ik wil van Tilburg naar Breda fietsen", f"{BREDA};{TILBURG}"),
        ("zowel in Breda als in Tilburg", f"{BREDA};{TILBURG}"),
        ("Beste gemeente Tilburg, in Goirle ligt een boom om", GOIRLE),
        ("Breda gaf aan dat ik bij Tilburg moet zijn", TILBURG),
        ("Breda is het dus niet, Tilburg wel", TILBURG),
        ("Toen ik nog in Breda woonde had ik een stadspas. Kan dat in Tilburg ook?", TILBURG),
        ("na 12 jaar Breda weer in Tilburg", TILBURG),
        ("rijswijk in de buurt van Wijk bij Duurstede", "GM0214"),
        ("ik las in Breda over een regeling, Tilburg heeft die nog niet", "ambiguous"),
        ("ben vanuit Breda in Tilburg komen wonen", TILBURG),
        ("Tilburg, en dus niet Breda of Goirle", TILBURG),
        ("de lamp in Goirle is stuk. Vriendelijke groet, Jo, Tilburg", GOIRLE),
        ("wie maait de berm, Tilburg of Goirle? ik heb van beide niets gehoord", f"{GOIRLE};{TILBURG}"),
    ],
)
def test_it_is_about_one_of_the_places_that_are_named(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Goes: de fietsenstalling is vol", "GM0664"),
        ("hij goes naar school", "unknown"),
        ("ik woon in best", "GM0753"),
        ("Best is vandaag alles dicht", "unknown"),
        ("wij wonen in houten", "GM0321"),
        ("in houten kisten", "unknown"),
        ("ik woon in De Wijk", "GM1690"),
        ("het is vies in de wijk", "unknown"),
        ("kan de gemeente een bank plaatsen", "unknown"),
        ("Een, Drenthe", "GM1699"),
        ("wij wonen in Een", "GM1699"),
        ("dit kan leiden tot schade", "unknown"),
        ("de haarlemmerstraat leiden is afgesloten", "GM0546"),
        ("vakantie in Zeeland", "unknown"),
        ("hank je jas op", "unknown"),
        ("Best", "GM0753"),
        ("houten", "GM0321"),
        ("een", "unknown"),
    ],
)
def test_a_name_that_is_a_word_too_needs_more(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bij ons (5038) is de lamp stuk", TILBURG),
        ("5038, de lamp is stuk", TILBURG),
        ("heeft u postcode 5038 vergeten", TILBURG),
        ("lantaarnpaal 5038", "unknown"),
        ("zaaknummer 2026-5038", "unknown"),
        ("in 2026 heb ik dit gemeld", "unknown"),
        ("het kostte in 5038 euro", "unknown"),
        ("bel mij op 013-5428811", "unknown"),
        ("14013 neemt niet op", TILBURG),
        ("mail aan jan@example.com", "unknown"),
        ("info@tilburg.nl antwoordt niet", TILBURG),
        ("@gem_stadskanaal doe iets", "GM0037"),
        ("#rotterdam010 vol", "GM0599"),
        ("@fcutrecht verloor", "unknown"),
    ],
)
def test_numbers_and_accounts_that_belong_to_a_municipality(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize(
    "wrong", ["Tilbrug", "Eindhove", "Zwijndregt", "Nijmeegen", "Bergen op Zoon", "dnebosch", "L e i d e n"]
)
def test_a_name_that_is_nearly_right_is_found(wrong: str) -> None:
    assert locate(f"{wrong}: er hangt een tak over de weg", GAZETTEER).decision is Decision.CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "Tilburg Breda " * 5_000,
        "tilbrug " * 5_000,
        "Bergen " * 10_000,
        "5038 cb " * 5_000,
        "é" * 50_000,
    ],
)
def test_a_flood_is_cut_and_answered(text: str) -> None:
    assert all(found.end <= 20_000 for each in locate(text, GAZETTEER).candidates for found in each.evidence)


def test_the_place_wins_over_the_account_that_was_written_to() -> None:
    assert answer("er ligt een boom om in Goirle", to="@gemeentetilburg") == GOIRLE
    assert answer("er ligt een boom om", to="@gemeentetilburg") == TILBURG


@pytest.mark.parametrize(
    "form",
    [
        "@gemeente{}",
        "gemeente_{}",
        "@gem_{}",
        "@{}gemeente",
        "{}nl",
        "@gemeente{}@social.overheid.nl",
        "Gemeente {}",
    ],
)
@pytest.mark.parametrize(
    ("name", "code"),
    [("stadskanaal", "GM0037"), ("wijchen", "GM0296"), ("ettenleur", "GM0777"), ("heerenveen", "GM0074")],
)
def test_a_municipality_is_known_by_its_account(form: str, name: str, code: str) -> None:
    assert answer("de lamp is stuk", to=form.format(name)) == code


@pytest.mark.parametrize(
    "to", ["@MijnGemeente", "@fcutrecht", "jan@example.com", "@politie_utrecht", "@", ".", "@@"]
)
def test_another_account_tells_nothing(to: str) -> None:
    assert answer("de lamp is stuk", to=to) == "unknown"


def test_an_account_with_a_hyphen_is_read_whole() -> None:
    assert answer("@etten-leur.nl de lamp is stuk") == "GM0777"
    assert answer("@dantumadiel.eu de lamp is stuk") == "GM1891"


def test_earlier_conversations_tell_which_of_two_is_meant() -> None:
    assert answer("er ligt rommel in Bergen", history=("GM0893",)) == "GM0893"


@pytest.mark.parametrize(
    "text", ["T\u200bil\u00adburg is vies", "Т\u0456lburg is vies", "ＴＩＬＢＵＲＧ is vies"]
)
def test_hidden_signs_and_lookalikes_hide_nothing(text: str) -> None:
    where = locate(text, GAZETTEER)
    assert [each.code for each in where.candidates] == [TILBURG]
    found = where.candidates[0].evidence[0]
    assert text[found.start : found.end] == found.text == text.removesuffix(" is vies")


def test_on_1_january_2027_wijdemeren_is_hilversum() -> None:
    after = gazetteer_from(DATA, on=date(2027, 1, 1))
    for text in ("gemeente Wijdemeren", "een gat in de weg in Loosdrecht", "1231 AB"):
        assert (answer(text), answer(text, after)) == ("GM1696", "GM0402")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer(text: str, to: str) -> None:
    for candidate in locate(text, GAZETTEER, to=to).candidates:
        assert 0 <= candidate.probability <= 1
        for found in candidate.evidence:
            assert found.start == -1 or text[found.start : found.end] == found.text
