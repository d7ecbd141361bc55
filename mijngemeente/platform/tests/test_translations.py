"""English and Frisian: complete, and made from what people wrote."""

import gettext
import io
import re
from pathlib import Path

import django
import pytest
from django import forms

from mijngemeente.platform.translations import (
    LANGUAGES,
    PLURAL,
    WRITTEN,
    asked_for,
    mo_of,
    path_of,
    read_po,
    untranslated,
)

ESSENTIALS = re.compile(r"%\(\w+\)[sd]|</?\w+[^>]*>")


def test_every_sentence_on_a_residents_page_is_translated():
    assert untranslated() == []


def test_sentences_are_found_in_templates_and_forms():
    found = asked_for()
    assert {"Stel een vraag", "Wat is de vraag?", "Dit gesprek is afgerond.", "vandaag %(clock)s"} <= found
    assert f"Er gaat nog iets niet goed{PLURAL}Er gaan nog %(number)s dingen niet goed" in found


@pytest.mark.parametrize("language", WRITTEN)
def test_the_machines_file_is_made_from_the_peoples_file(language):
    made = mo_of(read_po(path_of(language).read_text("utf-8")))
    assert path_of(language).with_suffix(".mo").read_bytes() == made, "run: mijngemeente translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_and_markup_survive_translation(language):
    for source, words in read_po(path_of(language).read_text("utf-8")).items():
        if source:
            assert set(ESSENTIALS.findall(source)) == set(ESSENTIALS.findall(words)), source


def test_gettext_reads_what_we_make():
    catalogue = read_po(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        '# remark\nmsgid "een \\"vraag\\""\nmsgstr "in "\n"fraach"\n\n'
        'msgid "dag"\nmsgid_plural "dagen"\nmsgstr[0] "dei"\nmsgstr[1] "dagen ú"\n\n'
        'msgid "leeg"\nmsgstr ""\n'
    )
    read = gettext.GNUTranslations(io.BytesIO(mo_of(catalogue)))
    assert read.gettext('een "vraag"') == "in fraach"
    assert [read.ngettext("dag", "dagen", number) for number in (1, 2)] == ["dei", "dagen ú"]
    assert read.gettext("leeg") == "leeg"


def test_what_django_says_under_a_field_is_plain_dutch():
    class Form(forms.Form):
        name = forms.CharField(max_length=3)
        number = forms.IntegerField(min_value=1)
        choice = forms.ChoiceField(choices=[("a", "a")])

    form = Form({"name": "vier", "number": "0", "choice": "b"})
    assert form.errors == {
        "name": ["Dit is te lang: er passen 3 tekens in, en het zijn er 4."],
        "number": ["Dit is te weinig: vul ten minste 1 in."],
        "choice": ["Deze keuze is er niet. Kies iets uit de lijst."],
    }
    assert Form({}).errors["name"] == ["Dit is nog niet ingevuld."]


@pytest.mark.parametrize("source", read_po(path_of("nl").read_text("utf-8")))
def test_django_still_says_what_we_say_better(source):
    """Renamed by Django: look for the new sentence in its catalogue."""
    theirs = Path(django.__file__).parent / "conf" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    assert source in read_po(theirs.read_text("utf-8"))
