"""winmail.dat: the files that Outlook hides in it ([MS-OXTNEF])."""

from collections.abc import Iterator
from struct import error, unpack_from

_SIGNATURE = 0x223E9F78
_ATTACHMENT_LEVEL = 2
_RENDERING = 0x00069002  # attAttachRenddata: a new file begins
_TITLE = 0x00018010  # attAttachTitle: its short name
_DATA = 0x0006800F  # attAttachData
_PROPERTIES = 0x00069005  # attAttachment: MAPI properties, among which the long name
_LONG_NAMES = (0x3707, 0x3001)  # PidTagAttachLongFilename, PidTagDisplayName
_FILE_LIMIT = 100


def files_in(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each file; what stands behind a broken record is left out."""
    files: list[tuple[str, bytes]] = []
    for key, data in _attributes(content):
        if key == _RENDERING:
            if len(files) == _FILE_LIMIT:
                break
            files.append(("", b""))
        elif not files:
            continue
        elif key == _TITLE:
            files[-1] = (files[-1][0] or _text(data), files[-1][1])
        elif key == _DATA:
            files[-1] = (files[-1][0], data)
        elif key == _PROPERTIES:
            files[-1] = (_long_name(data) or files[-1][0], files[-1][1])
    return [file for file in files if any(file)]


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < 6 or unpack_from("<I", content)[0] != _SIGNATURE:
        return
    position = 6
    while position + 9 <= len(content):
        level, key, length = unpack_from("<BII", content, position)
        start = position + 9
        if start + length > len(content):
            return
        if level == _ATTACHMENT_LEVEL:
            yield key, content[start : start + length]
        position = start + length + 2


def _text(data: bytes) -> str:
    return data.rstrip(b"\x00").decode("cp1252", "replace")


_FIXED_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_COUNTED = (13, 30, 31, 258)


def _long_name(data: bytes) -> str:
    """The first long file name among MAPI properties."""
    try:
        found = dict(_texts(data))
    except (error, IndexError):
        found = {}
    return next((found[key] for key in _LONG_NAMES if found.get(key)), "")


def _texts(data: bytes) -> list[tuple[int, str]]:
    texts: list[tuple[int, str]] = []
    count = unpack_from("<I", data)[0]
    position = 4
    for _ in range(min(count, 200)):
        kind, key = unpack_from("<HH", data, position)
        position += 4
        if key >= 0x8000:
            return texts  # Named properties follow the ones we look for.
        values = 1
        if kind in _COUNTED:
            values = unpack_from("<I", data, position)[0]
            position += 4
        elif kind not in _FIXED_SIZES:
            return texts
        else:
            position += _FIXED_SIZES[kind]
            continue
        for _ in range(min(values, 10)):
            length = unpack_from("<I", data, position)[0]
            value = data[position + 4 : position + 4 + length]
            position += 4 + length + (-length % 4)
            if kind in (30, 31):
                charset = "utf-16-le" if kind == 31 else "cp1252"
                texts.append((key, value.decode(charset, "replace").rstrip("\x00")))
    return texts
