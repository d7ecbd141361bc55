"""What is looked at before an answer leaves: what it must find, and thirty ordinary answers it must leave alone."""

import csv
import time

import pytest

from mijngemeente.answers.rules.blanks import fill
from mijngemeente.desk.queries.checks import plain_words
from mijngemeente.desk.rules import Occasion, findings_in
from mijngemeente.desk.rules.personal_data import is_bsn, is_iban

SIGNATURE = "Met vriendelijke groet,\nSanne de Wit\ngemeente Duinrand"
U = Occasion(
    addresses="u", signature=SIGNATURE, names=("Fatma Yilmaz",), own=("fatma@gmail.com", "06 12345678")
)
JE = Occasion(addresses="je", signature=SIGNATURE)
LETTER = Occasion(addresses="u", signature=SIGNATURE, salutation="Beste {naam},", is_letter=True)
OPENED = Occasion(signature=SIGNATURE, is_letter=True, opening=f"Beste Fatma,\n\n\n\n{SIGNATURE}")
PUBLIC = Occasion(addresses="u", is_public=True, own=("fatma@gmail.com", "0612345678"))
WITH_FILE = Occasion(addresses="u", has_files=True)
ENGLISH = Occasion(addresses="u", language="en")


@pytest.mark.parametrize("form", ["u", "je"])
def test_the_first_answers_are_right_for_either_form_of_address(form, settings):
    with (settings.DATA / "answers.csv").open(encoding="utf-8", newline="") as file:
        texts = [fill(each["nederlands"], {"aanspreekvorm": form}) for each in csv.DictReader(file)]
    assert not [each for each in texts if "Deze gemeente schrijft" in why(each, Occasion(addresses=form))]
    assert not [each for each in texts if "|" in each]


def why(text, on=U):
    return " | ".join(f"{each.why} [{each.quote}]" for each in findings_in(text, on, plain_words()))


# Figures that pass the tests and belong to nobody: 111222333 is the tax office's own example.
FOUND = [
    ("2", U, "maar één teken"),
    ("👍", ENGLISH, "maar één teken"),
    (" o\nk ", U, "maar twee tekens"),
    (f"Beste Fatma,\n\n2\n\n{SIGNATURE}", OPENED, "maar één teken"),
    ("Ik heb je vraag gelezen.", U, "“je”"),
    ("Dank je wel. Wij bellen jou.", U, "2 keer"),
    ("Komen jullie langs?", U, "“jullie”"),
    ("Ik heb uw vraag gelezen.", JE, "“uw”"),
    ("Ik help u.", JE, "“u”"),
    ("U krijgt bericht.", JE, "“U”"),
    ("Beste mevrouw,\n\nDe brug is open.", LETTER, "ondertekening"),
    ("De brug is open.\n\nMet vriendelijke groet,\nSanne", LETTER, "aanhef"),
    ("Uw BSN is 111222333.", U, "burgerservicenummer"),
    ("Uw nummer: 111 222 333", U, "burgerservicenummer"),
    ("BSN 1112.22.333 staat genoteerd", U, "burgerservicenummer"),
    ("Your number is 111222333.", ENGLISH, "burgerservicenummer"),
    ("Op NL91 ABNA 0417 1643 00 staat het.", U, "rekeningnummer"),
    ("Het is NL91ABNA0417164300", U, "rekeningnummer"),
    ("Bel Kees op 06-87654321.", U, "mobiel nummer"),
    ("Bel Kees op +31 6 8765 4321.", U, "mobiel nummer"),
    ("Mail naar kees.jansen@hotmail.com.", U, "privé-mailadres"),
    ("Uw nummer is 06 12345678.", PUBLIC, "telefoonnummer"),
    ("Uw adres is fatma@gmail.com.", PUBLIC, "mailadres"),
    ("U woont op 5038 EA 12.", PUBLIC, "huisadres"),
    ("U woont in de Dorpsstraat 12.", PUBLIC, "huisadres"),
    ("De kosten zijn {bedrag}.", U, "ingevuld"),
    ("U kunt terecht op XXX.", U, "ingevuld"),
    ("Dag [naam],", U, "ingevuld"),
    ("Het kost ____ euro.", U, "ingevuld"),
    ("The price is {price}.", ENGLISH, "ingevuld"),
    ("In de bijlage vindt u het formulier.", U, "bijlage"),
    ("Het formulier is bijgevoegd.", U, "bijlage"),
    ("Ik stuur u de kaart als bijlage.", U, "bijlage"),
    ("Wij garanderen dat het vrijdag klaar is.", U, "belooft"),
    ("Ik beloof u dat het goed komt.", U, "belooft"),
    ("Derhalve sturen wij het terug.", U, "daarom"),
    ("Wij doen dat middels een formulier.", U, "Schrijf liever: met"),
    ("Dit geldt met inachtneming van de regels.", U, "volgens"),
    (
        "Wij hebben uw vraag gelezen en daarna met de collega's van de afdeling besproken wat de beste oplossing is"
        " voor u en voor uw buren in de straat en wij komen daar nog op terug.",
        U,
        "woorden. Maak er twee van",
    ),
]


@pytest.mark.parametrize(("text", "on", "words"), FOUND)
def test_what_has_to_be_looked_at_again_is_told_with_a_reason(text, on, words):
    assert words in why(text, on)


LEFT_ALONE = [
    ("Ja.", U),
    ("2", WITH_FILE),
    (f"Beste Fatma,\n\nDat mag.\n\n{SIGNATURE}", OPENED),
    ("U schreef: “wat doe je daaraan?” Wij zoeken het uit.", U),
    ("> je hebt mij niet gebeld\n\nWij bellen u vandaag.", U),
    ("Kijk op https://www.duinrand.nl/je/uw en mail je@duinrand.example niet.", JE),
    ("De winkel is open tot 18.00 u vandaag.", JE),
    ("De U-bocht bij de brug is afgesloten.", JE),
    ("Dat staat in het boek van Jan U. de Vries.", JE),
    ("Dag Fatma Yilmaz, wij bellen morgen.", U),
    ("De je-vorm is bij ons gewoon.", U),
    ("Uw zaaknummer is 111222333.", U),
    ("Kenmerk: 111222333", U),
    ("Uw melding met nummer 2026-111222 is klaar.", U),
    ("Het kost 111.222,33 euro.", U),
    ("Het nummer 123456789 klopt niet.", U),
    ("Maak het over op NL86 BNGH 0285 0000 00 van de gemeente.", U),
    ("Rekening NL00 ABNA 0417 1643 00 bestaat niet.", U),
    ("Wij bellen u op 06 12 34 56 78.", U),
    ("Wij mailen naar fatma@gmail.com.", U),
    ("Bel 14 013 of 0800-1234.", U),
    ("Mail naar info@waterschap.example.", U),
    ("Schrijf naar klantcontact@provincie.nl, dan helpen zij u.", PUBLIC),
    ("Veel liefs xxx", U),
    ("Het is klaar... bijna.", U),
    ("Kunt u een foto als bijlage sturen?", U),
    ("Dank voor uw bijlage.", U),
    ("U kunt het formulier als bijlage mailen.", U),
    ("In de bijlage staat de kaart.", WITH_FILE),
    ("Wij kunnen niets beloven.", U),
    ("You will find the form attached, and derhalve is just a word.", ENGLISH),
    ("Dear Mr Smith, do you need help?", ENGLISH),
]


@pytest.mark.parametrize(("text", "on"), LEFT_ALONE)
def test_what_only_looks_like_it_is_left_alone(text, on):
    assert why(text, on) == ""


ORDINARY = [
    "De brug gaat om 12 uur weer open. Tot die tijd kunt u omrijden via de Kanaalweg.",
    "Uw paspoort is klaar. U kunt het ophalen in het gemeentehuis. Neem uw oude paspoort mee.",
    "U maakt een afspraak op onze website of via telefoonnummer 14 013.",
    "Een uittreksel kost € 17,10. U betaalt met pin als u het ophaalt.",
    "De gele container wordt volgende week dinsdag geleegd. Zet hem voor half acht aan de weg.",
    "Wat vervelend dat de lamp al zo lang kapot is. Onze monteur komt deze week langs.",
    "Ik heb uw melding doorgegeven aan de collega's van groenbeheer. Zij maken het pad schoon.",
    "De milieustraat is op zaterdag open van 9.00 tot 16.00 uur. Neem een legitimatiebewijs mee.",
    "Voor een parkeervergunning hebben wij uw kenteken nodig. Kunt u dat sturen?",
    "Uw aanvraag is ontvangen. U krijgt binnen acht weken een besluit.",
    "Nee, daar is geen vergunning voor nodig. U mag de schutting tot twee meter hoog maken.",
    "Dat hoort bij het waterschap. Ik heb uw vraag doorgestuurd. U hoeft zelf niets te doen.",
    "Op 4 mei is het gemeentehuis vanaf 16.00 uur dicht. Op 5 mei zijn wij de hele dag dicht.",
    "U kunt bezwaar maken. Dat doet u binnen zes weken, met een brief of met DigiD.",
    "Uw verhuizing geeft u door op onze website. Dat kan vanaf vier weken van tevoren.",
    "Goed dat u dit meldt. De kapotte stoeptegel wordt voor vrijdag vervangen.",
    "De collecte is op 12 december. Meer informatie staat op www.duinrand.example/collecte.",
    "Ja, honden mogen daar los. Alleen in het broedseizoen moeten ze aan de lijn.",
    "Uw trouwdatum ligt vast. De ambtenaar belt u een maand van tevoren.",
    "Wij kunnen helaas niet zien wat er met uw betaling is gebeurd. Kunt u een bankafschrift sturen?",
    "De brief die u kreeg, klopt. U hoeft niet te reageren als u het ermee eens bent.",
    "Sorry dat u zo lang moest wachten. Ik zoek vandaag uit waar uw dossier ligt.",
    "Het zwembad gaat weer open op maandag. Kaartjes koopt u bij de kassa.",
    "U vindt het formulier onder ‘Belastingen’. Kies daar voor ‘Kwijtschelding aanvragen’.",
    "Dat is de Dorpsstraat 12. De ingang zit aan de achterkant.",
    "Bel bij gevaar altijd 112. Is er geen spoed? Bel dan 0900-8844.",
    "Uw kind kan vanaf augustus terecht bij de school in de wijk. U kiest zelf.",
    "De subsidie vraagt u aan voor 1 oktober. Daarna is het loket dicht.",
    "Bedankt voor uw compliment. Ik geef het door aan de collega's van de balie.",
    "Uw rijbewijs verlengt u aan de balie. Neem een pasfoto en uw oude rijbewijs mee, en maak eerst een afspraak.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_answer_raises_no_alarm(text):
    assert why(f"Beste mevrouw Yilmaz,\n\n{text}\n\n{SIGNATURE}", LETTER) == ""


def test_a_finding_tells_where():
    sentence = "Wij bellen. Derhalve wachten wij."
    (found,) = findings_in(sentence, U, plain_words())
    assert sentence[found.start : found.end] == "Derhalve"


@pytest.mark.parametrize("number", ["111222333", "123456782", "010000008"])
def test_a_number_that_passes_the_test_of_eleven_may_be_somebodys(number):
    assert is_bsn(number)


@pytest.mark.parametrize("number", ["000000000", "111222334", "12345678", "1234567820"])
def test_another_number_is_nobodys(number):
    assert not is_bsn(number)


@pytest.mark.parametrize(
    ("account", "is_one"),
    [
        ("NL91ABNA0417164300", True),
        ("BE68 5390 0754 7034", True),
        ("NL91ABNA0417164301", False),
        ("NL91", False),
    ],
)
def test_an_account_passes_the_test_of_97(account, is_one):
    assert is_iban(account) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "a." * 50_000,
        "{" * 100_000,
        "0" * 100_000,
        "x@" * 50_000,
        "[naam " * 16_000,
        "NL91 " * 20_000,
        "je " * 33_000,
        "“" * 100_000,
    ],
)
def test_no_text_takes_long_to_read(text):
    begun = time.process_time()
    findings_in(text, PUBLIC, plain_words())
    assert time.process_time() - begun < 5


def test_there_are_enough_hard_words_and_each_has_a_plain_one():
    words = plain_words().words
    assert len(words) >= 200
    assert all(plain and plain.lower() != hard for hard, plain in words.items())
