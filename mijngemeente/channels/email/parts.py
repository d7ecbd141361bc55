"""A mail taken apart into its leaves, without copying and without recursion."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mijngemeente.channels.email.charsets import printable
from mijngemeente.channels.email.headers import Headers, Parameters, decode_base64, parameters, read_headers

DEPTH_LIMIT = 250
_STRANGE_DEPTH = 30
PART_LIMIT = 1_000
_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,100}/[\w.+-]{1,100}")
_BASE64_LINE = re.compile(rb"\s*+[A-Za-z0-9+/=]*+[ \t\r]*+(?:\n|\Z)")
_UUENCODE = {"x-uuencode", "uuencode", "x-uue", "uue"}
_IDENTITY = {"", "7bit", "8bit", "binary"}


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf: bytes `start` to `end` of `buffer`, still in its transfer encoding."""

    headers: Headers
    #: "" when the mail did not say, or said nonsense.
    content_type: str
    type_parameters: Parameters
    disposition: Parameters
    encoding: str
    buffer: bytes = field(repr=False)
    start: int
    end: int
    #: Subtypes of the multiparts around it, outermost first.
    parents: tuple[str, ...]
    #: Number of the outermost multipart/alternative around it; 0 for none.
    alternative: int
    problems: list[str] = field(repr=False)

    def raw(self) -> bytes:
        return self.buffer[self.start : self.end]

    def content(self) -> bytes:
        """The bytes as they were before transfer; what does not decode is given as it stands."""
        return decoded(self.raw(), self.encoding, self.problems)


def decoded(raw: bytes, encoding: str, problems: list[str]) -> bytes:
    if encoding == "base64":
        if not _BASE64_LINE.match(raw):
            problems.append("Een onderdeel heet base64 maar is het niet; het is gelezen zoals het er staat.")
            return raw
        data, is_whole = decode_base64(raw)
        if not is_whole:
            problems.append("Een onderdeel in base64 is beschadigd; het leesbare deel is bewaard.")
        return data
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw)
    if encoding in _UUENCODE:
        return uudecoded(raw.split(b"\n"))
    if encoding not in _IDENTITY:
        problems.append(
            f"De codering ‘{printable(encoding)[:40]}’ is onbekend; het onderdeel is gelezen zoals het kwam."
        )
    return raw


def uudecoded(lines: list[bytes]) -> bytes:
    """The bytes in uuencoded lines, with or without `begin` and `end`; broken lines are skipped."""
    out = []
    for line in (one.rstrip(b"\r\n") for one in lines):
        if line in (b"end", b"`", b"") or line.startswith(b"begin "):
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders pad too far; the first character says how long the line really is.
            try:
                out.append(binascii.a2b_uu(line[: 1 + ((((line[0] - 32) & 63) * 4) + 5) // 3]))
            except binascii.Error:
                continue
    return b"".join(out)


@dataclass(slots=True)
class _Stretch:
    buffer: bytes
    start: int
    end: int
    parents: tuple[str, ...] = ()
    alternative: int = 0
    is_digest: bool = False
    headers: Headers | None = None


def leaves(headers: Headers, buffer: bytes, start: int, problems: list[str]) -> Iterator[Part]:
    """Every part that is not itself a multipart, in order; at most PART_LIMIT, at most DEPTH_LIMIT deep."""
    waiting = [_Stretch(buffer, start, len(buffer), headers=headers)]
    seen = 0
    while waiting:
        stretch = waiting.pop()
        part = _part(stretch, problems)
        seen += 1
        if seen > PART_LIMIT:
            problems.append(f"Het bericht heeft meer dan {PART_LIMIT} onderdelen; de rest is niet gelezen.")
            return
        children = _children(part, seen, problems) if part.content_type.startswith("multipart/") else []
        if children:
            waiting.extend(reversed(children))
        else:
            yield part


def _part(stretch: _Stretch, problems: list[str]) -> Part:
    headers, start = stretch.headers, stretch.start
    if headers is None:
        headers, start = read_headers(stretch.buffer, stretch.start, stretch.end, problems)
    of_type = parameters(headers.first("content-type"), problems)
    content_type = of_type.value if _TYPE.fullmatch(of_type.value) else ""
    if not content_type and stretch.is_digest:
        content_type = "message/rfc822"
    return Part(
        headers=headers,
        content_type=content_type,
        type_parameters=of_type,
        disposition=parameters(headers.first("content-disposition"), problems),
        encoding=headers.first("content-transfer-encoding")
        .partition(";")[0]
        .partition("(")[0]
        .strip(" \"'")
        .lower(),
        buffer=stretch.buffer,
        start=start,
        end=stretch.end,
        parents=stretch.parents,
        alternative=stretch.alternative,
        problems=problems,
    )


def _children(part: Part, number: int, problems: list[str]) -> list[_Stretch]:
    """The parts of a multipart; none when it has no readable boundary, so that it stays a leaf."""
    if len(part.parents) >= DEPTH_LIMIT:
        problems.append(
            f"Het bericht is meer dan {DEPTH_LIMIT} lagen diep; wat dieper zit is als bestand bewaard."
        )
        return []
    if len(part.parents) == _STRANGE_DEPTH:
        problems.append(f"Het bericht is meer dan {_STRANGE_DEPTH} lagen diep.")
    boundary = part.type_parameters.get("boundary").rstrip().encode("utf-8", "replace")
    buffer, start, end = part.buffer, part.start, part.end
    pieces = _between(boundary, buffer, start, end, problems) if boundary else []
    if not pieces and boundary and part.encoding in ("base64", "quoted-printable"):
        buffer = part.content()
        pieces = _between(boundary, buffer, 0, len(buffer), problems)
    if not pieces:
        problems.append("De onderdelen van het bericht zijn niet te scheiden; alles staat in de tekst.")
        return []
    subtype = part.content_type.partition("/")[2]
    return [
        _Stretch(
            buffer,
            piece_start,
            piece_end,
            parents=(*part.parents, subtype),
            alternative=part.alternative or (number if subtype == "alternative" else 0),
            is_digest=subtype == "digest",
        )
        for piece_start, piece_end in pieces
    ]


def _between(
    boundary: bytes, buffer: bytes, start: int, end: int, problems: list[str]
) -> list[tuple[int, int]]:
    """Where each part begins and ends: between lines that are the boundary."""
    marker = b"--" + boundary
    pieces: list[tuple[int, int]] = []
    opened, position, is_closed = -1, start, False
    while not is_closed and len(pieces) <= PART_LIMIT:
        found = buffer.find(marker, position, end)
        if found < 0:
            break
        after = position = found + len(marker)
        line_end = buffer.find(b"\n", after, min(end, after + 200))
        line_end = min(end, after + 200) if line_end < 0 else line_end
        rest = buffer[after:line_end].strip()
        if rest not in (b"", b"--") or (found > start and buffer[found - 1 : found] != b"\n"):
            continue
        if opened >= 0:
            pieces.append((opened, _before_line_end(buffer, opened, found)))
        opened, position, is_closed = min(line_end + 1, end), line_end, rest == b"--"
    if opened >= 0 and not is_closed:
        if len(pieces) <= PART_LIMIT and opened < end:
            pieces.append((opened, end))
        problems.append("Het einde van het bericht ontbreekt; misschien is het onderweg afgebroken.")
    return pieces


def _before_line_end(buffer: bytes, start: int, found: int) -> int:
    end = found - 1 if found > start and buffer[found - 1 : found] == b"\n" else found
    return end - 1 if end > start and buffer[end - 1 : end] == b"\r" else end
