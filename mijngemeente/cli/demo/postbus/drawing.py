"""HTML of the postbus. Everything that came by mail is escaped here."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import groupby

from .box import Letter
from .letters import DUTCH_TIME, mailboxes

#: Fields of the form for a new mail.
FIELDS = ("name", "address", "to", "subject", "text")

LINK = re.compile(r"https?://[^\s<>\"']+")

PAGE = """<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – De postbus</title>
<link rel="stylesheet" href="/postbus.css">
<script src="/postbus.js" type="module"></script>
</head>
<body>
<header class="top">
<p class="top__name"><a href="/">De postbus van de inwoners</a></p>
<p class="top__demo">Alleen in de demo: hier lees en schrijf je e-mail zoals een inwoner.</p>
</header>
<main>
{content}
</main>
</body>
</html>
"""


def page(title: str, content: str) -> str:
    return PAGE.format(title=escape(title), content=content)


def missing() -> str:
    return page("Niet gevonden", '<h1>Deze post is er niet</h1><p><a href="/">Naar alle post</a></p>')


def overview(letters: Sequence[Letter]) -> str:
    """All mail by day, newest first."""
    days = groupby(letters, key=lambda letter: letter.at.astimezone(DUTCH_TIME).date())
    lists = "".join(
        f'<h2>{day:%d-%m-%Y}</h2><ul class="post">{"".join(map(row, each))}</ul>' for day, each in days
    )
    return page(
        "Alle post",
        '<div class="bar"><h1>Alle post</h1><a class="button" href="/nieuw">Schrijf een mail</a></div>'
        f'<p role="status" id="news" data-count="{len(letters)}"></p>' + (lists or EMPTY),
    )


EMPTY = (
    '<p class="empty">Er is nog geen post. Stel als inwoner een vraag en vul je e-mailadres in, of schrijf '
    "hier een mail aan een gemeente. Wat de gemeente antwoordt, komt in deze bus.</p>"
)


def row(letter: Letter) -> str:
    towards = "Verzonden aan" if letter.is_sent else "Van"
    return (
        f'<li class="post__row{" post__row--sent" if letter.is_sent else ""}"><a href="/post/{letter.name}">'
        f'<span class="post__subject">{escape(letter.subject)}</span>'
        f'<span class="post__who">{towards} {escape(letter.other)}, bus van {escape(letter.resident)}</span>'
        f'<span class="post__at">{clock(letter.at)}</span></a></li>'
    )


def clock(at: datetime) -> str:
    return at.astimezone(DUTCH_TIME).strftime("%H:%M")


def one(letter: Letter, text: str, problem: str) -> str:
    """A mail, and below it the place to answer."""
    facts = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>"
        for name, value in (
            ("Van", str(letter.mail["From"])),
            ("Aan", str(letter.mail["To"])),
            ("Tijd", letter.at.astimezone(DUTCH_TIME).strftime("%d-%m-%Y %H:%M")),
            ("Bijlagen", ", ".join(file.get_filename() or "zonder naam" for file in letter.files)),
        )
        if value
    )
    return page(
        letter.subject,
        f'<p><a href="/">Alle post</a></p><article class="letter"><h1>{escape(letter.subject)}</h1>'
        f'<dl>{facts}</dl><div class="letter__text">{with_links(letter.text)}</div></article>'
        + ("" if letter.is_sent else answer_form(letter, text, problem)),
    )


def with_links(text: str) -> str:
    """Escaped, with addresses of web pages as links, as mail programs show them."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        url = found.group().rstrip(".,;:!?)")
        parts += [escape(text[end : found.start()]), f'<a href="{escape(url)}">{escape(url)}</a>']
        end = found.start() + len(url)
    return "".join([*parts, escape(text[end:])])


def answer_form(letter: Letter, text: str, problem: str) -> str:
    return (
        f'<form method="post" action="/post/{letter.name}"><h2>Antwoord als {escape(letter.resident)}</h2>'
        f"{trouble(problem)}{area(text)}"
        '<button class="button">Verstuur</button></form>'
    )


def new(form: Mapping[str, str], problem: str) -> str:
    """The form for a new mail, filled with what was typed."""
    value = {name: escape(form.get(name, "")) for name in FIELDS}
    options = "".join(
        f'<option value="{escape(address)}"{" selected" if form.get("to") == address else ""}>'
        f"{escape(name)}, {escape(address)}</option>"
        for address, name in mailboxes()
    )
    return page(
        "Schrijf een mail",
        f'<p><a href="/">Alle post</a></p><form method="post" action="/nieuw"><h1>Schrijf een mail</h1>'
        f"{trouble(problem)}"
        f'<label>Je naam<input name="name" value="{value["name"] or "Fatma Yıldız"}" required></label>'
        f'<label>Je e-mailadres<input name="address" type="email" '
        f'value="{value["address"] or "fatma@post.example"}" required></label>'
        f'<label>Aan<select name="to">{options}</select></label>'
        f'<label>Onderwerp<input name="subject" value="{value["subject"]}" required></label>'
        f'{area(form.get("text", ""))}<button class="button">Verstuur</button></form>',
    )


def area(text: str) -> str:
    return f'<label>Bericht<textarea name="text" rows="9" required>{escape(text)}</textarea></label>'


def trouble(problem: str) -> str:
    return f'<p class="trouble" role="alert">Niet verstuurd. {escape(problem)}</p>' if problem else ""
