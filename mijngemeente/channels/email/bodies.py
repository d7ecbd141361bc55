"""Which parts of a mail are its text, and which are files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from mijngemeente.channels.email.attachments import (
    Attachment,
    attachment,
    disguises,
    found_file,
    without_uuencoded,
)
from mijngemeente.channels.email.charsets import decode, has_unprintable, printable
from mijngemeente.channels.email.parts import Part
from mijngemeente.channels.email.tnef import files_in
from mijngemeente.platform.html import NO_MARKS, marked_text_of, sanitise

#: A longer text is kept as a file too, and shown up to here.
TEXT_LIMIT = 2_000_000
_FILE_BYTES_LIMIT = 200_000_000
_ENCRYPTED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


@dataclass(slots=True)
class _Block:
    """One stretch of text, perhaps in two forms."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    #: Sanitised; "" when the mail has no HTML.
    html: str
    #: As `text`, with the marks of `platform.html` where quotes and signatures begin; taken from the HTML.
    marked: str
    attachments: tuple[Attachment, ...]


def read_body(parts: list[Part], problems: list[str]) -> Body:
    """Text, HTML and files out of the leaves of a mail."""
    blocks: dict[int, _Block] = {}
    files: list[Attachment | Part] = []
    for number, part in enumerate(parts, 1):
        if not _is_text(part, has_text=bool(blocks)):
            files.append(part)
            continue
        block = blocks.setdefault(part.alternative or -number, _Block())
        text, found = _text(part)
        files.extend(found)
        (block.html if part.content_type == "text/html" else block.plain).append(text)
    if any(part.content_type in _ENCRYPTED for part in parts):
        problems.append("Het bericht is versleuteld of verpakt; de inhoud staat in een bijlage.")
    shown = [_shown(block) for block in blocks.values()]
    html = (
        "\n".join(one.html or _as_html(one.text) for one in shown) if any(one.html for one in shown) else ""
    )
    return Body(
        text=_joined(one.text for one in shown),
        html=html.strip(),
        marked=_joined(one.marked or one.text for one in shown),
        attachments=tuple(_opened(files, html, problems)),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    html: str
    marked: str


def _shown(block: _Block) -> _Shown:
    """Both forms of a block; the text comes from the HTML when there is no other."""
    text = "\n".join(block.plain)
    html = "\n".join(sanitise(html) for html in block.html if html.strip())
    marked = marked_text_of(html) if html and (not text.strip() or _MARKS.search(html)) else ""
    return _Shown(text if text.strip() else marked.translate(NO_MARKS), html, marked)


_MARKS = re.compile(r'class="mail-|type="cite"')


def _as_html(text: str) -> str:
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if text.strip() else ""


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip()).rstrip()


_NO_TEXT_NEEDED = ("", "text/plain", "text/html")


def _is_text(part: Part, *, has_text: bool) -> bool:
    if part.content_type not in _NO_TEXT_NEEDED or part.disposition.value == "attachment":
        # A multipart whose parts cannot be told apart is read as text, so that nothing is hidden in it.
        return part.content_type.startswith("multipart/") and len(part.parents) < 2 and not has_text
    if part.disposition.value and part.disposition.value != "inline":
        return False
    is_named = bool(part.disposition.get("filename") or part.type_parameters.get("name"))
    if is_named and (has_text or part.content_type == ""):
        return False
    return part.content_type != "" or not part.parents or not part.disposition.value


def _text(part: Part) -> tuple[str, list[Attachment]]:
    data = part.content()
    found: list[Attachment] = []
    if len(data) > TEXT_LIMIT * 10:
        part.problems.append("De tekst is te lang; alleen het begin staat hier.")
        data = data[: TEXT_LIMIT * 10]
    charset = part.type_parameters.get("charset")
    if part.content_type != "text/html":
        data, found = without_uuencoded(data, part.problems)
    text = decode(data, charset, part.problems)
    if part.content_type == "text/html":
        return text, []
    if has_unprintable(text):
        part.problems.append("De tekst bevat onleesbare tekens; die zijn weggehaald.")
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    if part.type_parameters.get("format").lower() == "flowed":
        text = _unflowed(text, deletes_space=part.type_parameters.get("delsp").lower() == "yes")
    if len(text) > TEXT_LIMIT:
        part.problems.append("De tekst is te lang; alleen het begin staat hier.")
        text = text[:TEXT_LIMIT]
    return text, found


def _unflowed(text: str, *, deletes_space: bool) -> str:
    """Lines that end in a space run on in the next one of the same quote depth (RFC 3676)."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if depth == open_depth and not is_signature:
            out[-1] += content
        else:
            out.append(">" * depth + (" " if depth and content else "") + content)
        open_depth = depth if content.endswith(" ") and not is_signature else -1
        if open_depth >= 0 and deletes_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _opened(files: list[Attachment | Part], html: str, problems: list[str]) -> list[Attachment]:
    """The files, with those hidden in a winmail.dat behind it."""
    opened: list[Attachment] = []
    room = _FILE_BYTES_LIMIT
    for number, file in enumerate(files, 1):
        one = attachment(file, number, html) if isinstance(file, Part) else file
        opened.append(one)
        room -= one.size
        if disguises(one):
            problems.append(
                f"De bijlage ‘{one.name}’ is iets anders dan zij zegt te zijn ({one.sniffed_type})."
            )
        if one.sniffed_type == "application/ms-tnef" and room > 0:
            inside = [found_file(name, content, problems) for name, content in files_in(one.content)]
            opened.extend(inside)
            names = ", ".join(found.name for found in inside) or "geen bijlagen"
            problems.append(f"Het bestand {one.name} komt uit Outlook en bevat: {names}.")
    return opened
