"""An mbox file: which mails there are, which belong together, and what each says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from mijngemeente.channels.contract import IncomingFile, Party
from mijngemeente.channels.email.mail import Mail, parse_mail
from mijngemeente.conversations.rules.history import OldConversation, OldMessage

from .conversations import in_order
from .layouts import Entry, Layout, Problem

_LINE_BYTES = 64 * 1024
#: Larger mails no server of ours would have taken (intake).
_MAIL_BYTES = 40 * 1024 * 1024
_HEADER_BYTES = 64 * 1024
#: "From jan@voorbeeld.example Mon Mar  4 10:00:00 2024": a year at the end tells it from a sentence.
_BETWEEN = re.compile(rb"From .*\d\d:\d\d.*\d{4}")
_QUOTED = re.compile(rb"^>(>*From )", re.M)


@dataclass
class Place:
    """Where one mail stands, and of which mails it tells."""

    number: int
    start: int
    end: int = 0
    ids: tuple[str, ...] = field(default=())


def threads(file: BinaryIO) -> list[list[Place]]:
    """The mails that belong together by Message-ID, References and In-Reply-To, in the order of the file."""
    roots: dict[str, str] = {}
    places = list(_places(file))
    for place in places:
        for each in place.ids[1:]:
            roots[_root(roots, each)] = _root(roots, place.ids[0])
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(_root(roots, place.ids[0]), []).append(place)
    return list(found.values())


def _root(roots: dict[str, str], name: str) -> str:
    """Each step halves the way for who comes next: a thread of thousands is no chain of thousands."""
    while roots.setdefault(name, name) != name:
        roots[name] = roots[roots[name]]
        name = roots[name]
    return name


def _places(file: BinaryIO) -> Iterator[Place]:
    for number, (start, end) in enumerate(_bounds(file), start=1):
        mail = parse_mail(_head(file, start, end))
        yield Place(number, start, end, (mail.message_id, *mail.in_reply_to, *mail.references))


def _bounds(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Begin and end of each mail: a line with From after an empty one, or at the top."""
    file.seek(0)
    start, place, is_blank, is_whole = -1, 0, True, True
    while line := file.readline(_LINE_BYTES):
        if is_blank and is_whole and _BETWEEN.match(line):
            if start >= 0:
                yield start, place
                file.seek(place + len(line))
            start = place
        is_blank = is_whole and not line.strip()
        is_whole = line.endswith(b"\n")
        place += len(line)
    if start >= 0:
        yield start, place


def _head(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    head = file.read(min(end - start, _HEADER_BYTES))
    return re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0] + b"\n\n"


def conversation_of(file: BinaryIO, places: Sequence[Place], layout: Layout) -> Entry:
    """One thread as a conversation; a mail without a date is dated as the one before it."""
    problems: list[Problem] = []
    mails: list[tuple[Place, Mail]] = []
    for place in places:
        if place.end - place.start > _MAIL_BYTES:
            problems.append(Problem(place.number, "Dit bericht is groter dan 40 MB."))
        else:
            mails.append((place, _mail(file, place)))
    dated = [(place, mail) for place, mail in mails if mail.date and mail.date <= layout.now]
    for place, mail in mails:
        if (place, mail) not in dated:
            problems.append(
                Problem(place.number, "De datum ontbreekt, is niet te lezen, of is in de toekomst.")
            )
    resident = _resident([mail for _, mail in dated], layout)
    if not dated or not resident.address:
        wrong = problems or [Problem(places[0].number, "Er staat niet bij met welke inwoner dit was.")]
        return Entry(places[0].number, None, tuple(wrong))
    said = [_message(place, mail, layout) for place, mail in dated]
    first = min(dated, key=lambda each: each[1].date or layout.now)[1]
    old = OldConversation(f"mail:{first.message_id}", first.subject[:300], resident, in_order(said))
    return Entry(places[0].number, old, tuple(problems))


def _mail(file: BinaryIO, place: Place) -> Mail:
    file.seek(place.start)
    return parse_mail(_QUOTED.sub(rb"\1", file.read(place.end - place.start)))


def _is_ours(mail: Mail, layout: Layout) -> bool:
    return mail.sender.address.lower() in layout.own_addresses


def _resident(mails: Sequence[Mail], layout: Layout) -> Party:
    """Who wrote first that is not us; if only we wrote, to whom."""
    wrote = [each.sender for each in mails if each.sender.address and not _is_ours(each, layout)]
    heard = [to for each in mails for to in each.to if to.address.lower() not in layout.own_addresses]
    found = next(iter([*wrote, *heard]), None)
    return Party(found.name[:200], found.address, "email") if found else Party("", "", "email")


def _message(place: Place, mail: Mail, layout: Layout) -> OldMessage:
    return OldMessage(
        external_id=mail.message_id,
        direction="out" if _is_ours(mail, layout) else "in",
        said_at=mail.date or layout.now,
        text=mail.reply_text,
        folded=mail.quoted_text,
        html=mail.html,
        author=mail.sender.address.lower(),
        recipients=tuple(each.address for each in (*mail.to, *mail.cc) if each.address),
        replies_to=(*mail.in_reply_to, *reversed(mail.references)),
        files=tuple(
            IncomingFile(each.name, each.sniffed_type, each.content, each.inline, each.content_id)
            for each in mail.attachments
        ),
        is_automatic=bool(mail.auto_submitted),
    )
