"""What residents write, and what their mail programs put under it. The people are invented."""

import pytest

from mijngemeente.channels.email.quotes import split_reply

VRAAG = "Goedemorgen,\n\nDe lantaarnpaal voor ons huis is al een week stuk.\n\nMet vriendelijke groet,\nJoke de Wit"
ANTWOORD = "Dank voor uw snelle antwoord.\n\nGroeten,\nPiet Bakker"
CITAAT = "> Beste meneer Bakker,\n>\n> Wij komen morgen kijken.\n>\n> Gemeente Duinrand"
ONGEMERKT = "Beste meneer Bakker,\n\nWij komen morgen kijken.\n\nGemeente Duinrand"


# (what it is, the mail, its new part)
ONE_NEW_PART = [
    ("a first mail", VRAAG, VRAAG),
    ("gmail nl", f"{ANTWOORD}\n\nOp do 12 mrt 2026 om 14:05 schreef Gemeente Duinrand <post@duinrand.example.nl>:\n\n{CITAAT}"),
    ("gmail nl with dots", f"{ANTWOORD}\n\nOp do 12 mrt. 2026 om 14:05 schreef Gemeente Duinrand <\npost@duinrand.example.nl>:\n\n{CITAAT}"),
    ("gmail nl wrapped in three", f"{ANTWOORD}\n\nOp do 12 mrt. 2026 om 14:05 schreef Klantcontactcentrum\nGemeente Duinrand <post@duinrand.example.nl\n>:\n\n{CITAAT}"),
    ("gmail en", f"{ANTWOORD}\n\nOn Thu, Mar 12, 2026 at 2:05 PM Gemeente Duinrand <post@duinrand.example.nl>\nwrote:\n\n{CITAAT}"),
    ("gmail de", f"{ANTWOORD}\n\nAm Do., 12. März 2026 um 14:05 Uhr schrieb Gemeente Duinrand <\npost@duinrand.example.nl>:\n\n{CITAAT}"),
    ("gmail fr", f"{ANTWOORD}\n\nLe jeu. 12 mars 2026 à 14:05, Gemeente Duinrand <post@duinrand.example.nl> a\nécrit :\n\n{CITAAT}"),
    ("thunderbird nl", f"{ANTWOORD}\n\nOp 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n{CITAAT}"),
    ("thunderbird en", f"{ANTWOORD}\n\nOn 12/03/2026 14:05, Gemeente Duinrand wrote:\n{CITAAT}"),
    ("thunderbird de", f"{ANTWOORD}\n\nAm 12.03.26 um 14:05 schrieb Gemeente Duinrand:\n{CITAAT}"),
    ("thunderbird fr", f"{ANTWOORD}\n\nLe 12/03/2026 à 14:05, Gemeente Duinrand a écrit :\n{CITAAT}"),
    ("evolution nl", f"{ANTWOORD}\n\nGemeente Duinrand schreef op do 12-03-2026 om 14:05 [+0100]:\n{CITAAT}"),
    ("roundcube nl", f"{ANTWOORD}\n\nGemeente Duinrand schreef op 2026-03-12 14:05:\n{CITAAT}"),
    ("apple nl", f"{ANTWOORD}\n\n> Op 12 mrt 2026, om 14:05 heeft Gemeente Duinrand <post@duinrand.example.nl> het volgende geschreven:\n> \n{CITAAT}"),
    ("apple phone nl", f"{ANTWOORD}\n\nVerstuurd vanaf mijn iPhone\n\n> Op 12 mrt 2026 om 14:05 heeft Gemeente Duinrand <post@duinrand.example.nl> het volgende geschreven:\n> \n> \n{CITAAT}"),
    ("apple phone emoji", f"{ANTWOORD}\n\nVerstuurd vanaf mijn iPad\n\nOp 12 mrt 2026 om 14:05 heeft Gemeente Duinrand <post@duinrand.example.nl> het volgende geschreven:\n\n\ufeff{ONGEMERKT}"),
    ("outlook desktop nl", f"{ANTWOORD}\n\nVan: Gemeente Duinrand <post@duinrand.example.nl>\nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet Bakker <piet@example.nl>\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("outlook web nl", f"{ANTWOORD}\n________________________________\nVan: Gemeente Duinrand <post@duinrand.example.nl>\nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet Bakker <piet@example.nl>\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("outlook bold", f"{ANTWOORD}\n\n*Van:* Gemeente Duinrand <post@duinrand.example.nl>\n*Verzonden:* donderdag 12 maart 2026 14:05\n*Aan:* Piet Bakker\n*Onderwerp:* RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("outlook en", f"{ANTWOORD}\n\nFrom: Gemeente Duinrand <post@duinrand.example.nl>\nSent: Thursday, March 12, 2026 2:05 PM\nTo: Piet Bakker <piet@example.nl>\nCc: info@example.nl\nSubject: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("outlook de", f"{ANTWOORD}\n\nVon: Gemeente Duinrand <post@duinrand.example.nl>\nGesendet: Donnerstag, 12. März 2026 14:05\nAn: Piet Bakker\nBetreff: AW: Laterne\n\n{ONGEMERKT}"),
    ("outlook fr", f"{ANTWOORD}\n\nDe : Gemeente Duinrand <post@duinrand.example.nl>\nEnvoyé : jeudi 12 mars 2026 14:05\nÀ : Piet Bakker\nObjet : RE: lampadaire\n\n{ONGEMERKT}"),
    ("outlook android nl", f"{ANTWOORD}\n\nVerzonden met Outlook voor Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Gemeente Duinrand <post@duinrand.example.nl>\nSent: Thursday, March 12, 2026 2:05:11 PM\nTo: Piet Bakker <piet@example.nl>\nSubject: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("outlook ios nl", f"{ANTWOORD}\n\nVerzonden vanuit Outlook voor iOS<https://aka.ms/o0ukef>\n________________________________\nVan: Gemeente Duinrand <post@duinrand.example.nl>\nVerzonden: Thursday, March 12, 2026 2:05:11 PM\nAan: Piet Bakker\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("get outlook", f"{ANTWOORD}\n\nOutlook voor Android<https://aka.ms/AAb9ysg> downloaden\n________________________________\nVan: Gemeente Duinrand <post@duinrand.example.nl>\nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet Bakker\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("windows mail", f"{ANTWOORD}\n\nVerzonden vanuit Mail voor Windows\n\nVan: Gemeente Duinrand\nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet Bakker\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("old outlook", f"{ANTWOORD}\n\n-----Oorspronkelijk bericht-----\nVan: Gemeente Duinrand [mailto:post@duinrand.example.nl] \nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet Bakker\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("samsung", f"{ANTWOORD}\n\n\nVerzonden vanaf mijn Galaxy\n\n\n-------- Oorspronkelijk bericht --------\nVan: Gemeente Duinrand <post@duinrand.example.nl>\nDatum: 12-03-2026 14:05 (GMT+01:00)\nAan: piet@example.nl\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("samsung en", f"{ANTWOORD}\n\nSent from my Samsung Galaxy smartphone.\n\n-------- Original message --------\nFrom: Gemeente Duinrand <post@duinrand.example.nl>\nDate: 12/03/2026 14:05 (GMT+01:00)\nTo: piet@example.nl\nSubject: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("original message alone", f"{ANTWOORD}\n\n----- Original Message -----\n{ONGEMERKT}"),
    ("german original", f"{ANTWOORD}\n\n-----Ursprüngliche Nachricht-----\nVon: Gemeente Duinrand\nGesendet: Donnerstag, 12. März 2026 14:05\n\n{ONGEMERKT}"),
    ("yahoo nl", f"{ANTWOORD}\n\nVerzonden vanuit Yahoo Mail op Android\n\n  Op do, 12 mrt. 2026 om 14:05 schreef Gemeente Duinrand<post@duinrand.example.nl>:   {ONGEMERKT}".replace(":   Beste", ":\n\n  Beste")),
    ("ziggo webmail", f"{ANTWOORD}\n\n------ Origineel bericht ------\nVan: post@duinrand.example.nl\nAan: piet@example.nl\nVerzonden: donderdag 12 maart 2026 14:05\nOnderwerp: RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("kpn webmail", f"{ANTWOORD}\n\n----Origineel Bericht----\nVan : post@duinrand.example.nl\nDatum : 12/03/2026 14:05\nAan : piet@example.nl\nOnderwerp : RE: Lantaarnpaal\n\n{ONGEMERKT}"),
    ("proton", f"{ANTWOORD}\n\nVerzonden met Proton Mail beveiligde e-mail.\n\n-------- Oorspronkelijk bericht --------\nOp 12-03-26 14:05, Gemeente Duinrand schreef:\n\n{CITAAT}"),
    ("proton desktop", f"{ANTWOORD}\n\nOn Thursday, March 12th, 2026 at 14:05, Gemeente Duinrand <post@duinrand.example.nl> wrote:\n\n{CITAAT}"),
    ("aol", f"{ANTWOORD}\n\nIn een bericht van 12-3-2026 14:05:00 West-Europa (standaardtijd), schrijft post@duinrand.example.nl:\n\n{CITAAT}"),
    ("frisian", f"{ANTWOORD}\n\nOp to 12 mrt 2026 om 14:05 skreau Gemeente Duinrân <post@duinrand.example.nl>:\n\n{CITAAT}"),
    ("bare quote", f"{ANTWOORD}\n\n{CITAAT}"),
    ("quote without spaces", f"{ANTWOORD}\n\nOp 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n" + CITAAT.replace("> ", ">")),
    ("nested quotes", f"{ANTWOORD}\n\nOp 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n> Wij komen.\n>\n> Op 11-03-2026 om 9:00 schreef Piet:\n>> Hij is stuk.\n>> Groet"),
    ("signature and quote", f"{ANTWOORD}\n\n-- \nPiet Bakker\nDorpsstraat 1\n06 12345678\n\nOp 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n{CITAAT}"),
    ("signature alone", f"{ANTWOORD}\n\n-- \nPiet Bakker, secretaris wijkraad De Haven\nwww.dehaven.example.nl"),
    ("signature without space", f"{ANTWOORD}\n--\nPiet Bakker\nTel. 0123-456789"),
    ("phone alone", f"{ANTWOORD}\n\nVerstuurd vanaf mijn iPhone"),
    ("phone with point", f"{ANTWOORD}\n\nVerzonden vanaf mijn Samsung Galaxy-smartphone."),
    ("huawei", f"{ANTWOORD}\n\nVerzonden vanaf mijn Huawei mobiele telefoon"),
    ("sent from iphone", f"{ANTWOORD}\n\nSent from my iPhone"),
    ("virus footer", f"{ANTWOORD}\n\nVirusvrij.www.avast.com"),
    ("german phone", f"{ANTWOORD}\n\nVon meinem iPhone gesendet"),
    ("french phone", f"{ANTWOORD}\n\nEnvoyé de mon iPhone"),
    ("answer under the quote", f"Op 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n{CITAAT}\n\n{ANTWOORD}"),
    ("answer under, signature", f"Op 12-03-2026 om 14:05 schreef Gemeente Duinrand:\n{CITAAT}\n\n{ANTWOORD}\n\n-- \nPiet"),
    ("reply line", f"{ANTWOORD}\n\n--- Typ uw antwoord boven deze lijn ---\n\n{ONGEMERKT}"),
]  # fmt: skip

WHOLE = [
    ("closing greeting", "Hallo,\n\nKan ik zaterdag terecht?\n\nMvg\nFatima"),
    ("a sentence with schreef", "Op 12 maart 2026 schreef u mij dat de paal gemaakt zou worden. Dat is niet gebeurd.\n\nPiet"),
    ("a sentence with schreef and a colon", "Beste,\n\nOp 12 maart schreef de wethouder:\n\nWij gaan het regelen.\n\nNiets van gemerkt."),
    ("a form with Van", "Van: Rotterdam\nNaar: Duinrand\nWij verhuizen op 1 mei. Wat moet ik doen?"),
    ("a form under a sentence", "Ik wil dit doorgeven:\n\nVan: 1 mei\nTot: 3 mei\nis de straat dicht."),
    ("van in a list", "Openingstijden kloppen niet:\nVan: maandag\nTot: vrijdag\nDank"),
    ("verzonden as a verb", "Mijn aanvraag is al twee keer\nverzonden met de post."),
    ("dashes as a list", "Ik mis:\n-- mijn paspoort\n-- mijn rijbewijs\nGroet"),
    ("dashes before a story", "Deel 1\n--\n" + "Een lange regel over de straat.\n" * 30),
    ("a rule", "Punt 1\n----------\nPunt 2"),
    ("inline answers", "Zie hieronder.\n\nOp 12-03-2026 om 14:05 schreef Gemeente:\n> Wat is uw adres?\nDorpsstraat 1\n> Sinds wanneer?\nMaandag\n\nGroet"),
    ("one inline answer", "Mijn antwoord staat eronder.\n\n> Wat is uw adres?\n\nDorpsstraat 1, Duinrand"),
    ("forwarded", "Ter info, zie onder.\n\n---------- Forwarded message ---------\nVan: Buurman <buur@example.nl>\nDate: do 12 mrt 2026 om 14:05\nSubject: Overlast\nTo: <piet@example.nl>\n\nWat een herrie!"),
    ("forwarded nl", "Kunt u hier iets mee?\n\n-------- Doorgestuurd bericht --------\nOnderwerp: Overlast\nDatum: 12 mrt 2026\nVan: Buurman <buur@example.nl>\nAan: piet@example.nl\n\nWat een herrie!"),
    ("apple forwarded", "Zie dit.\n\nBegin doorgestuurd bericht:\n\n> Van: Buurman <buur@example.nl>\n> Onderwerp: Overlast\n> Wat een herrie!\n\nGroet, Piet"),
    ("only a quote", CITAAT),
    ("only a phone line", "Verstuurd vanaf mijn iPhone"),
    ("only a signature", "-- \nPiet Bakker"),
    ("only an outlook header", "Van: Buurman <buur@example.nl>\nVerzonden: donderdag 12 maart 2026 14:05\nAan: Piet\nOnderwerp: Overlast\n\nWat een herrie!"),
    ("words about an iphone", "Ik heb mijn aanvraag verzonden vanaf mijn iPhone maar kreeg geen bevestiging.\nWat nu?"),
    ("arrow", "De weg A -> B is dicht"),
    ("email about wrote", "He wrote to you.\nOn Monday he came:\nnothing"),
]  # fmt: skip


@pytest.mark.parametrize("case", ONE_NEW_PART, ids=lambda case: case[0])
def test_the_new_part_is_what_the_resident_wrote(case):
    _, text, *expected = case
    assert split_reply(text).reply == (expected[0] if expected else ANTWOORD)


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case[0])
def test_when_in_doubt_everything_is_shown(case):
    assert split_reply(case[1]).reply == case[1].strip("\n").rstrip()


@pytest.mark.parametrize("case", ONE_NEW_PART + WHOLE, ids=lambda case: case[0])
def test_every_line_is_in_one_of_the_two_parts(case):
    split = split_reply(case[1])
    kept = f"{split.reply}\n{split.quoted}".split("\n")
    assert sorted(filter(None, map(str.strip, kept))) == sorted(
        filter(None, map(str.strip, case[1].split("\n")))
    )


def test_a_forwarded_subject_keeps_what_was_forwarded():
    text = (
        "Graag uw hulp.\n\nVan: Buurman <buur@example.nl>\nVerzonden: donderdag 12 maart 2026 14:05\n"
        "Aan: Piet\nOnderwerp: Overlast\n\nWat een herrie!"
    )
    assert split_reply(text, subject="Doorst: Overlast").reply == text
    assert split_reply(text, subject="RE: Overlast").reply == "Graag uw hulp."


def test_answers_between_quotes_keep_the_questions_but_not_the_tail():
    text = "> Vraag 1\nJa\n> Vraag 2\nNee\n\n> Gemeente Duinrand\n> Postbus 1"
    assert split_reply(text).reply == "> Vraag 1\nJa\n> Vraag 2\nNee"
