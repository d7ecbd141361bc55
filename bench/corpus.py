"""Mails as a municipality gets them, from a seed: text, HTML, files, and answers to earlier ones."""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

REPLYING = 0.3
WITH_HTML, WITH_FILE = 0.6, 0.1
FILE_BYTES = (10_000, 60_000)
PARAGRAPHS = (1, 5)

SENTENCES = (
    "De grijze container in onze straat is deze week weer niet geleegd.",
    "Ik heb hierover al twee keer gebeld, maar kreeg geen antwoord.",
    "Kunt u mij vertellen welke papieren ik mee moet nemen?",
    "Mijn vader is slecht ter been en kan niet naar het gemeentehuis komen.",
    "Op de hoek staat al een maand een lantaarnpaal te knipperen.",
    "Wij willen met de buurt een feest houden en de straat een dag afsluiten.",
    "Hoe lang duurt het voordat de vergunning er is?",
    "In de bijlage vindt u een foto van de plek.",
    "Het nieuwe paspoort moet er zijn voor onze vakantie in juli.",
    "Kan ik de afspraak verzetten naar een andere dag?",
    "De drempel in de weg maakt ’s nachts veel lawaai als er vrachtwagens overheen rijden.",
    "Ik wil graag weten of er subsidie is voor zonnepanelen op een monument.",
)
SUBJECTS = ("Container niet geleegd", "Vraag over paspoort", "Lantaarnpaal kapot", "Straatfeest", "Afspraak")
GREETING = "Met vriendelijke groet,\r\n\r\n{name}\r\n06 123 456 78"

# What passing servers add; a real mail is for a third made of this.
TRAIL = (
    "Received: from mx{n}.provider.example (mx{n}.provider.example [192.0.2.{n}])\r\n"
    "\tby mail.gemeente.example (Postfix) with ESMTPS id 4XyZ{n}kLm\r\n"
    "\tfor <info@duinrand.example>; {date}\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=provider.example; s=s{n};\r\n"
    "\th=from:to:subject:date:message-id:in-reply-to:references:mime-version:content-type;\r\n"
    "\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n"
    "\tb=" + "dGhpcyBpcyBub3QgYSBzaWduYXR1cmUgYnV0IGl0IGlzIGFzIGxvbmc=" * 3 + "\r\n"
    "Authentication-Results: mail.gemeente.example; dkim=pass header.d=provider.example; spf=pass\r\n"
    "X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00,DKIM_VALID,HTML_MESSAGE\r\n"
)


@dataclass(frozen=True)
class Mail:
    """One mail, and which question it belongs to."""

    body: bytes
    message_id: str
    thread: int


@dataclass
class _Question:
    number: int
    name: str
    address: str
    subject: str
    ids: list[str]
    texts: list[str]


def mails(count: int, seed: str) -> list[Mail]:
    """In an order as if the post was shaken; ids are new for each seed."""
    chance = random.Random(seed)
    made = list(_in_order(count, seed, chance))
    chance.shuffle(made)
    return made


def _in_order(count: int, seed: str, chance: random.Random) -> Iterator[Mail]:
    questions: list[_Question] = []
    for number in range(count):
        if questions and chance.random() < REPLYING:
            question = chance.choice(questions)
        else:
            name = f"Bewoner {seed} {number}"
            address = f"bewoner.{seed}.{number}@provider.example"
            question = _Question(len(questions), name, address, f"{chance.choice(SUBJECTS)} {number}", [], [])
            questions.append(question)
        message_id = f"<{seed}.{number}@provider.example>"
        yield Mail(_body(question, message_id, number, chance), message_id, question.number)
        question.ids.append(message_id)


def _body(question: _Question, message_id: str, number: int, chance: random.Random) -> bytes:
    text = _text(question, chance)
    is_answer = bool(question.ids)
    date = format_datetime(datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=number))
    head = TRAIL.format(n=number % 200, date=date)
    head += f"From: {question.name} <{question.address}>\r\nTo: Gemeente Duinrand <info@duinrand.example>\r\n"
    head += f"Subject: {'Re: ' if is_answer else ''}{question.subject}\r\nDate: {date}\r\n"
    head += f"Message-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
    if is_answer:
        head += f"In-Reply-To: {question.ids[-1]}\r\nReferences: {' '.join(question.ids)}\r\n"
    question.texts.append(text)
    return (head + _content(text, number, chance)).encode()


def _text(question: _Question, chance: random.Random) -> str:
    paragraphs = (" ".join(chance.sample(SENTENCES, 3)) for _ in range(chance.randint(*PARAGRAPHS)))
    text = "\r\n\r\n".join(["Geachte heer, mevrouw,", *paragraphs, GREETING.format(name=question.name)])
    if question.texts:
        quoted = "\r\n".join(f"> {line}" for line in question.texts[-1].split("\r\n"))
        text += f"\r\n\r\nOp 2 mrt 2026 om 14:05 schreef gemeente Duinrand:\r\n{quoted}"
    return text


def _content(text: str, number: int, chance: random.Random) -> str:
    plain = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    if chance.random() >= WITH_HTML:
        return plain
    paragraphs = "".join(f"<p style='margin:0'>{line}</p>\r\n" for line in text.split("\r\n") if line)
    html = f"<html><body><div dir='ltr'>{paragraphs}</div></body></html>"
    html = f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n"
    both = _multipart("alternative", f"a{number}", [plain, html])
    if chance.random() >= WITH_FILE:
        return both
    content = base64.encodebytes(chance.randbytes(chance.randint(*FILE_BYTES))).decode().replace("\n", "\r\n")
    file = (
        'Content-Type: image/jpeg; name="foto.jpg"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="foto {number}.jpg"\r\n\r\n{content}'
    )
    return _multipart("mixed", f"m{number}", [both, file])


def _multipart(kind: str, boundary: str, parts: list[str]) -> str:
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'
