"""What templates turn into words."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

from mijngemeente.intake.forms import ManyFiles
from mijngemeente.platform.translations import ROOMS
from mijngemeente.web.templatetags.web import browser, file_size, kept_whole

GECKO = "Mozilla/5.0 ({}) Gecko/20100101 Firefox/140.0"
WEBKIT = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (GECKO.format("Windows NT 10.0; Win64; x64; rv:140.0"), "Firefox op Windows"),
        (WEBKIT.format("Linux; Android 15; Pixel 8", "Chrome/140.0 Mobile "), "Chrome op Android"),
        (WEBKIT.format("Windows NT 10.0; Win64; x64", "Chrome/140.0 Edg/140.0 "), "Edge op Windows"),
        (
            WEBKIT.format("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Version/18.0 Mobile "),
            "Safari op een iPhone",
        ),
        (WEBKIT.format("X11; Linux x86_64", "Chrome/140.0 "), "Chrome op Linux"),
        ("Mosaic/1.0", "Mosaic/1.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_call_it(user_agent, words):
    assert browser(user_agent) == words


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 kB"), (662, "1 kB"), (23_700, "24 kB"), (999_400, "999 kB"), (3_140_000, "3,1 MB")],
)
def test_the_size_of_a_file_is_said_shortly(size, said):
    assert file_size(size) == said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bel 0900-8844.", ["0900-8844"]),
        ("Bel 0800-9009 (gratis) of (013-5428090)", ["0800-9009", "013-5428090"]),
        ("maandag 8.30 - 17.00 uur", ["8.30 - 17.00 uur"]),
        ("nummer 20260-0800-9009-1 van 3-11", []),
        ('<a href="https://x.nl/0800-9009">hier</a> & <b>', []),
    ],
)
def test_a_number_is_kept_whole_and_the_rest_escaped(text, kept):
    shown = kept_whole(text)
    assert re.findall(r'<span class="number">([^<]*)</span>', shown) == kept
    assert "<b>" not in shown and re.sub(r"</?span[^>]*>", "", shown) == escape(text)


class Chosen(forms.Form):
    file = forms.FileField()
    files = forms.FileField(required=False, widget=ManyFiles())


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("nl", "file", "Kies een bestand"),
        ("nl", "files", "Kies bestanden"),
        ("en", "files", "Choose files"),
        ("fy", "file", "Kies in bestân"),
    ],
)
def test_a_file_field_speaks_the_language_of_the_page(language, name, words):
    with override(language):
        shown = render_to_string("web/_field.html", {"field": Chosen()[name]})
    assert words in shown and 'class="file-input__field"' in shown


def test_no_page_shows_a_file_field_in_the_words_of_the_browser():
    bare = [
        file.name
        for file in ROOMS.rglob("templates/**/*.html")
        for tag in re.findall(r'<input[^>]*type="file"[^>]*>', file.read_text())
        if "file-input__field" not in tag and "composer__files" not in tag
    ]
    assert bare == []
