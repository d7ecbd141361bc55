"""Bytes that call themselves text: believed when they are right, guessed when they are not."""

import codecs
import re
from functools import lru_cache

# Python also knows codecs that are no charsets (zip, rot13, idna, unicode_escape), some of them slow.
_CHARSETS = re.compile(
    r"ascii|utf-?(?:7|8|8-sig|16|16-[bl]e|32|32-[bl]e)|iso8859-\d+|cp\d+|koi8-[rtu]|gb2312|gbk|gb18030|hz|big5(?:hkscs)?"
    r"|euc_\w+|shift_jis\w*|iso2022_\w+|mac-\w+|tis-620|johab|ptcp154|kz1048"
)
_ALIASES = {
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "win-1252": "cp1252",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
}
_LATIN = {"ascii", "iso8859-1", "cp1252"}
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@lru_cache(maxsize=256)
def codec_of(declared: str) -> str | None:
    """Python's name for a declared charset, or None when it is no charset we know."""
    name = declared.strip().strip("'\"").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name).removeprefix("x-")).name
    except (LookupError, ValueError):
        return None
    return found if _CHARSETS.fullmatch(found) else None


def decode(data: bytes, declared: str, problems: list[str]) -> str:
    """The text in `data`; says in `problems` when the declared charset was not the real one."""
    if not declared or (declared.lower() in ("us-ascii", "utf-8", "iso-8859-1") and data.isascii()):
        return guess(data)
    codec = codec_of(declared)
    if codec is None:
        problems.append(
            f"De tekenset ‘{printable(declared)[:40]}’ is onbekend; de tekst is zo goed mogelijk gelezen."
        )
        return guess(data)
    if codec in _LATIN:
        return _latin(data, codec, problems)
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        problems.append(f"De tekst is niet in de tekenset ‘{codec}’ geschreven die erbij staat.")
        return guess(data)


def _latin(data: bytes, codec: str, problems: list[str]) -> str:
    """Real Latin text is almost never valid UTF-8 by accident, so valid UTF-8 wins."""
    if data.isascii():
        return data.decode("ascii")
    text = guess(data)
    if codec == "ascii" or not _is_utf8(data):
        return text
    problems.append(f"De tekst is niet in de tekenset ‘{codec}’ geschreven die erbij staat.")
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def guess(data: bytes) -> str:
    """UTF-8 if it is (or nearly is: cut off in the middle), else Windows-1252; never an error."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(data.decode("ascii", "ignore"))
    if len(text) - right - wrong > wrong:
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def printable(text: str) -> str:
    """Text that a database and a page can hold: no NUL, no other controls, no half characters."""
    return _UNSAFE.sub("", text)


def has_unprintable(text: str) -> bool:
    return _UNSAFE.search(text) is not None


_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def one_line(text: str) -> str:
    """A name or subject on one line, without characters that turn the reading direction."""
    return " ".join(_TURNING.sub("", printable(text)).split())


def turns_direction(text: str) -> bool:
    return _TURNING.search(text) is not None
