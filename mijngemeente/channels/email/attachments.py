"""Files that came with a mail: what they are called, what they say they are, what they are."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass, field

from mijngemeente.channels.email.charsets import guess, one_line, printable, turns_direction
from mijngemeente.channels.email.parts import Part, uudecoded

_NAME_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    #: What the mail says it is; what the bytes say when the mail says nothing.
    content_type: str
    #: What the bytes say it is; "application/octet-stream" when they do not say.
    sniffed_type: str
    size: int
    sha256: str
    #: Shown inside the text rather than under it.
    inline: bool
    #: Without angle brackets; "" for none.
    content_id: str
    content: bytes = field(repr=False)


def attachment(part: Part, number: int, html: str) -> Attachment:
    """The part as a file; `html` is the text in which it may be shown."""
    content = part.raw() if part.content_type.startswith("multipart/") else part.content()
    sniffed = sniff(content)
    content_type = part.content_type or sniffed
    content_id = one_line(part.headers.first("content-id")).strip("<> ")
    return Attachment(
        name=_name(part, content_type, content, number),
        content_type=content_type,
        sniffed_type=sniffed,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        inline=part.disposition.value == "inline" or (bool(content_id) and f"cid:{content_id}" in html),
        content_id=content_id,
        content=content,
    )


def found_file(name: str, content: bytes, problems: list[str]) -> Attachment:
    """A file that stood inside something else: uuencoded in the text, or in a winmail.dat."""
    sniffed = sniff(content)
    guessed = mimetypes.guess_type(name)[0] or sniffed
    return Attachment(
        name=safe_name(name, problems) or "bijlage.bin",
        content_type=guessed,
        sniffed_type=sniffed,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        inline=False,
        content_id="",
        content=content,
    )


_EXTENSIONS = {
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "text/rfc822-headers": ".txt",
    "text/calendar": ".ics",
    "text/plain": ".txt",
    "application/pgp-encrypted": ".txt",
    "application/pgp-signature": ".asc",
    "application/applefile": ".applefile",
    "image/jpeg": ".jpg",
}


def _name(part: Part, content_type: str, content: bytes, number: int) -> str:
    given = part.disposition.get("filename") or part.type_parameters.get("name")
    name = safe_name(given, part.problems) if given else ""
    if name:
        return name
    extension = _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
    if extension == ".eml":
        subject = re.search(rb"(?im)^subject:[ \t]*([^\r\n]{1,200})", content[:20_000])
        words = re.sub(
            r"[^\w .-]+", " ", guess(subject[1]) if subject and b"=?" not in subject[1] else ""
        ).strip()
        return f"{words[:80].strip() or 'bericht'}.eml"
    return f"bijlage-{number}{extension}"


def safe_name(name: str, problems: list[str]) -> str:
    """The last part of a path, at most 150 characters, with its extension; "" when nothing is left."""
    if turns_direction(name):
        problems.append(
            "De naam van een bijlage bevat tekens die de leesrichting omdraaien; die zijn weggehaald."
        )
    name = one_line(re.split(r"[/\\]", printable(name))[-1]).strip(". ")
    name = re.sub(r'[<>:"|?*]', "_", name)
    if len(name) <= _NAME_LIMIT:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:_NAME_LIMIT]
    return f"{stem[: _NAME_LIMIT - len(extension) - 1]}.{extension}"


_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"AVI ", "video/x-msvideo"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"#!", "text/x-script"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
)
_IN_ZIP = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(!doctype html|html|head|body|script|svg)", re.I)


def sniff(content: bytes) -> str:
    """The type that the first bytes tell; nothing is unpacked."""
    head = content[:1024]
    for offset, magic, content_type in _MAGIC:
        if head.startswith(magic, offset):
            return content_type
    if head.startswith(b"PK\x03\x04"):
        names = content[:4096] + content[-8192:]
        return next((kind for inside, kind in _IN_ZIP if inside in names), "application/zip")
    markup = _MARKUP.match(head)
    if markup:
        return "image/svg+xml" if markup[1].lower() == b"svg" else "text/html"
    if not head or b"\x00" in head or len(head.translate(None, bytes(range(1, 9)))) != len(head):
        return "application/octet-stream"
    return "text/plain"


_DANGEROUS = {
    "application/x-msdownload",
    "application/x-executable",
    "text/html",
    "image/svg+xml",
    "text/x-script",
}


def disguises(file: Attachment) -> bool:
    """Whether a file that can do harm calls itself something harmless."""
    return file.sniffed_type in _DANGEROUS and not (
        file.content_type == file.sniffed_type
        or file.content_type.startswith(("message/", "application/x-", "multipart/"))
        or file.content_type in ("application/octet-stream", "application/xhtml+xml", "text/plain")
    )


_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n(?=[!-`])", re.M)
_UU_END = re.compile(rb"^(?:`|[ ])?\r?\n?end[ \t]*\r?$", re.M)
_UU_LIMIT = 100


def without_uuencoded(data: bytes, problems: list[str]) -> tuple[bytes, list[Attachment]]:
    """The text with each uuencoded file replaced by its name, and the files."""
    if b"begin " not in data:
        return data, []
    out: list[bytes] = []
    files: list[Attachment] = []
    position = 0
    for begin in _UU_BEGIN.finditer(data):
        if begin.start() < position or len(files) == _UU_LIMIT:
            continue
        end = _UU_END.search(data, begin.end())
        if end is None:
            break
        name = guess(begin[1]).strip()
        content = uudecoded(data[begin.end() : end.start()].split(b"\n"))
        if not content:
            continue
        files.append(found_file(name, content, problems))
        out += [data[position : begin.start()], f"[bijlage: {files[-1].name}]".encode()]
        position = end.end()
    return b"".join([*out, data[position:]]), files
