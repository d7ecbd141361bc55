"""The lines above a mail or one of its parts, however broken."""

import binascii
import re
from dataclasses import dataclass
from itertools import islice, takewhile
from urllib.parse import unquote_to_bytes

from mijngemeente.channels.email.charsets import codec_of, decode, guess

_FIELD = re.compile(rb"([!-9;-~]{1,200}+)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
_BLANK = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|return-path|reply-to|references"
    rb"|in-reply-to|x-[a-z-]+)[ \t]*:",
    re.I,
)
#: Values longer than this are cut before they are read; the stored mail keeps them.
_VALUE_LIMIT = 2_000_000
_FIELD_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Headers:
    """Raw values by lower-case name, in order of appearance."""

    fields: dict[str, list[bytes]]

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def all(self, name: str) -> list[str]:
        return [unfolded(value) for value in self.fields.get(name, ())]

    def first(self, name: str) -> str:
        values = self.fields.get(name)
        return unfolded(values[0]) if values else ""

    def words(self, name: str, problems: list[str]) -> str:
        """The first value with its encoded words read."""
        value = self.first(name)
        return decode_words(value, problems) if "=?" in value else value


def read_headers(buffer: bytes, start: int, end: int, problems: list[str]) -> tuple[Headers, int]:
    """The header fields from `start`, and where the body begins."""
    fields: dict[str, list[bytes]] = {}
    position, count, last = start, 0, ""
    while position < end:
        field = _FIELD.match(buffer, position, end)
        if field is None:
            blank = _BLANK.match(buffer, position, end)
            if blank:
                return Headers(fields), max(blank.end(), position + 1)
            stray_end = _end_of_stray_line(buffer, position, end)
            if not fields or not stray_end:
                break
            fields[last][-1] += b" " + buffer[position:stray_end]
            problems.append("Er staat een losse regel tussen de kopregels.")
            position = stray_end
            continue
        position, count = field.end(), count + 1
        if count <= _FIELD_LIMIT:
            last = field[1].decode("ascii").lower()
            fields.setdefault(last, []).append(field[2][:_VALUE_LIMIT])
    if fields and position < end:
        problems.append("De lege regel tussen kopregels en bericht ontbreekt.")
    if count > _FIELD_LIMIT:
        problems.append(f"Er zijn {count} kopregels; de eerste {_FIELD_LIMIT} zijn gelezen.")
    return Headers(fields), position


def _end_of_stray_line(buffer: bytes, position: int, end: int) -> int:
    """Past a line that is no field, when a known field follows it; 0 when the body seems to begin."""
    line_end = buffer.find(b"\n", position, min(end, position + 2_000))
    if line_end >= 0 and (_KNOWN.match(buffer, line_end + 1, end)):
        return line_end + 1
    return 0


def unfolded(value: bytes) -> str:
    text = value.decode("ascii") if value.isascii() else guess(value)
    if "\n" in text or "\r" in text:
        text = text.replace("\r", "").replace("\n ", " ").replace("\n\t", " ").replace("\n", " ")
    return text.strip()


# The text stops at its end, or where the next word begins, so that hostile headers are read once.
_WORD = re.compile(
    r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?=]|=(?!\?[^=])|\?(?!=))*+)(?:\?=|\Z|(?==\?))(\s*+(?==\?))?"
)
_WORD_LIMIT = 2_000


def decode_words(value: str, problems: list[str]) -> str:
    """RFC 2047, also broken: inside quotes, with spaces, cut off, a character split over two words."""
    out: list[str] = []
    pending, charset, position = b"", "", 0
    for word in islice(_WORD.finditer(value), _WORD_LIMIT):
        between, here = value[position : word.start()], word[1].split("*")[0]
        if pending and (between or here.lower() != charset.lower()):
            out.append(decode(pending, charset, problems))
            pending = b""
        out.append(between)
        pending, charset, position = pending + _word_bytes(word[2], word[3]), here, word.end()
    if pending:
        out.append(decode(pending, charset, problems))
    out.append(value[position:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b"_", b"=20"))
    return decode_base64(data)[0]


_PIECE_LIMIT = 10_000
_ONLY_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decode_base64(data: bytes) -> tuple[bytes, bool]:
    """What base64 gives, and whether it was whole; pieces that were put one after another are all read."""
    if _is_in_pieces(data):
        pieces = [piece for piece in data.split(b"=") if piece.strip()]
        # After the padding may also stand a list's footer, which is no base64.
        clean = list(takewhile(_ONLY_BASE64.fullmatch, pieces)) or pieces[:1]
        return b"".join(_piece(piece)[0] for piece in clean), len(clean) == len(pieces)
    return _piece(data)


def _is_in_pieces(data: bytes) -> bool:
    """Whether more follows the first padding; without a copy, as it may be 55 MB."""
    first = data.find(b"=")
    return first >= 0 and bool(data[first:].strip(b"=\r\n\t ")) and data.count(b"=") < _PIECE_LIMIT


def _piece(data: bytes) -> tuple[bytes, bool]:
    if b"=" not in data:
        blanks = sum(map(data.count, (b" ", b"\t", b"\r", b"\n")))
        data += b"=" * ((blanks - len(data)) % 4)
    try:
        return binascii.a2b_base64(data), True
    except binascii.Error:
        kept = _NOT_BASE64.sub(b"", data)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), False


@dataclass(frozen=True, slots=True)
class Parameters:
    """A value with parameters, as in Content-Type and Content-Disposition."""

    value: str
    by_name: dict[str, str]

    def get(self, name: str) -> str:
        return self.by_name.get(name, "")


_PARAMETER = re.compile(r';\s*+([^=;\s"]{1,100}+)\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^;]*+))', re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)


def parameters(text: str, problems: list[str]) -> Parameters:
    """Parameters, with RFC 2231 (continued, charset) and RFC 2047 (forbidden here, yet everywhere) read."""
    text = text[:20_000]
    value = text.partition(";")[0].strip().lower()
    by_name: dict[str, str] = {}
    continued: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, quoted, bare in _PARAMETER.findall(text):
        content = _ESCAPED.sub(r"\1", quoted) if quoted and "\\" in quoted else quoted or bare.strip()
        base, star, tail = name.lower().partition("*")
        if not star:
            by_name.setdefault(base, decode_words(content, problems) if "=?" in content else content)
            continue
        number, is_encoded = tail.rstrip("*"), tail.endswith("*") or not tail
        if number == "" or (number.isascii() and number.isdigit() and len(number) < 4):
            continued.setdefault(base, {})[int(number or 0)] = (is_encoded, content)
    for base, pieces in continued.items():
        by_name[base] = _joined(pieces, problems)
    return Parameters(value, by_name)


def _joined(pieces: dict[int, tuple[bool, str]], problems: list[str]) -> str:
    charset, data = "", b""
    for number in sorted(pieces):
        is_encoded, content = pieces[number]
        if is_encoded and number == min(pieces) and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        data += unquote_to_bytes(content) if is_encoded else content.encode("utf-8", "replace")
    return decode(data, charset if charset and codec_of(charset) else "", problems)
