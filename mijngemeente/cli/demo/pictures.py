"""Files for the demo's messages: real PNG and PDF bytes, made by rule, the same each time."""

import struct
import zlib
from pathlib import PurePath
from random import Random

from mijngemeente.channels.contract import IncomingFile

WIDTH, HEIGHT = 480, 320

Colour = tuple[int, int, int]

SKIES: tuple[Colour, ...] = ((188, 214, 230), (214, 220, 224), (240, 200, 160), (70, 84, 110))
GROUNDS: tuple[Colour, ...] = ((122, 130, 126), (104, 132, 88), (150, 132, 112), (92, 96, 104))
THINGS: tuple[Colour, ...] = ((60, 62, 66), (176, 84, 62), (214, 180, 70), (64, 104, 72), (230, 228, 222))


def file_called(name: str, about: str) -> IncomingFile:
    """A file of that name; a photo becomes a PNG, everything else a page of PDF that says `about`."""
    path = PurePath(name)
    if path.suffix in {".jpg", ".jpeg", ".png"}:
        return IncomingFile(path.with_suffix(".png").name, "image/png", photo(name))
    return IncomingFile(path.with_suffix(".pdf").name, "application/pdf", page(name, about))


def photo(seed: str) -> bytes:
    """A street with things on it, seen by somebody with few pixels."""
    chance = Random(seed)  # noqa: S311 - a picture, not a secret
    sky, ground = chance.choice(SKIES), chance.choice(GROUNDS)
    horizon = chance.randrange(HEIGHT // 3, HEIGHT // 2)
    rows = [bytearray(bytes(shade(sky if y < horizon else ground, y)) * WIDTH) for y in range(HEIGHT)]
    for _ in range(chance.randrange(4, 9)):
        put_thing(rows, chance, horizon)
    return png(rows)


def shade(colour: Colour, y: int) -> Colour:
    """A little lighter towards the top, so that it is not flat."""
    return (
        max(0, colour[0] - y // 12),
        max(0, colour[1] - y // 12),
        max(0, colour[2] - y // 12),
    )


def put_thing(rows: list[bytearray], chance: Random, horizon: int) -> None:
    width, height = chance.randrange(8, 90), chance.randrange(20, 150)
    left = chance.randrange(0, WIDTH - width)
    bottom = chance.randrange(horizon, HEIGHT)
    colour = chance.choice(THINGS)
    for y in range(max(0, bottom - height), bottom):
        rows[y][3 * left : 3 * (left + width)] = bytes(shade(colour, y)) * width


def png(rows: list[bytearray]) -> bytes:
    """https://www.w3.org/TR/png-3/: 8 bits of red, green and blue, no filter."""
    header = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def page(title: str, about: str) -> bytes:
    """One A4 with two lines of text (ISO 32000-1, the smallest that readers accept)."""
    text = f"BT /F1 18 Tf 72 760 Td ({plain(title)}) Tj /F1 12 Tf 0 -32 Td ({plain(about)}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf(objects)


def plain(text: str) -> str:
    """ASCII without the signs that mean something inside a PDF string."""
    return "".join(sign for sign in text if sign.isascii() and sign.isprintable() and sign not in "()\\")[:80]


def pdf(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    )
