"""What a file is, by its bytes; and a name for it that no system trips over. Plain Python."""

import re
import unicodedata

UNKNOWN = "application/octet-stream"
NAME_CHARACTERS = 120
# Whoever hides something after so much text is caught by the attachment disposition.
LOOKED_AT = 4096

#: Offset, first bytes, type.
_SIGNATURES = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)

#: Containers whose contents the last part of the name tells.
_WITHIN = {
    "application/zip": {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    },
    "application/x-ole-storage": {
        "doc": "application/msword",
        "xls": "application/vnd.ms-excel",
        "msg": "application/vnd.ms-outlook",
    },
}

# Turning reading direction makes "gpj.exe" look like "exe.jpg" (Trojan Source, CVE-2021-42574).
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*%]')


def type_of(content: bytes, name: str) -> str:
    """The content type the bytes show; a claim by the sender does not count.

    Text is plain text, whatever language is in it: a page or a script is never run from here.
    """
    for offset, start, content_type in _SIGNATURES:
        if content.startswith(start, offset):
            extension = name.lower().rpartition(".")[2]
            return _WITHIN.get(content_type, {}).get(extension, content_type)
    return "text/plain" if _is_text(content) else UNKNOWN


def _is_text(content: bytes) -> bool:
    start = content[:LOOKED_AT]
    try:
        text = start.decode()
    except UnicodeDecodeError as error:
        # A letter may be cut in two at the end of the part we look at.
        if len(content) <= LOOKED_AT or error.start < LOOKED_AT - 3:
            return False
        text = start[: error.start].decode()
    return bool(text) and all(sign.isprintable() or sign in "\t\n\r\f" for sign in text)


def safe_name(name: str) -> str:
    """The name without folders, control signs and direction tricks; never empty, at most 120 characters."""
    last = _SEPARATORS.split(name)[-1]
    visible = "".join(sign for sign in _DIRECTION.sub("", last) if unicodedata.category(sign)[0] != "C")
    plain = _FORBIDDEN.sub("_", visible).strip(" .") or "bestand"
    if len(plain) <= NAME_CHARACTERS:
        return plain
    stem, dot, extension = plain.rpartition(".")
    if not dot or len(extension) > 10:
        return plain[:NAME_CHARACTERS]
    return stem[: NAME_CHARACTERS - len(extension) - 1] + dot + extension


def without_direction_tricks(text: str) -> str:
    """The text without signs that turn the reading direction; languages written from the right stay whole."""
    return _DIRECTION.sub("", text)
