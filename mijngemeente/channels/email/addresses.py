"""Names and addresses out of address lines."""

import re
from dataclasses import dataclass

from mijngemeente.channels.email.charsets import one_line, turns_direction
from mijngemeente.channels.email.headers import decode_words

#: More than any real mail has; the rest is counted, not listed.
ADDRESS_LIMIT = 1_000
_CHARACTER_LIMIT = 200_000
_ENTRY_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str


_ANGLE = re.compile(r"<([^<>]*)>?")
_COMMENT = re.compile(r"\((?:[^()\\]|\\.){0,250}+\)")
_ESCAPED = re.compile(r"\\(.)")
_BARE = re.compile(r"[^\s<>\"'(),:;]+@[^\s<>\"'(),:;]+")


def addresses(values: list[str], problems: list[str]) -> tuple[Address, ...]:
    """All addresses of these lines in order, groups opened up, at most ADDRESS_LIMIT."""
    found: list[Address] = []
    line = ", ".join(values)
    entries = _entries(line[:_CHARACTER_LIMIT])
    for entry in entries[:ADDRESS_LIMIT]:
        address = _address(entry, problems)
        if address is not None:
            found.append(address)
    if len(entries) > ADDRESS_LIMIT or len(line) > _CHARACTER_LIMIT:
        problems.append(f"Er zijn ongeveer {line.count('@')} adressen; de eerste {len(found)} zijn gelezen.")
    return tuple(found)


def _entries(value: str) -> list[str]:
    if not any(sign in value for sign in ',;:"('):
        return [value]
    entries, start = [], 0
    for token in _SEPARATORS.finditer(value):
        sign = token[0]
        if sign in ",;":
            entries.append(value[start : token.start()])
            start = token.end()
        elif sign == ":" and "@" not in value[start : token.start()]:
            start = token.end()
        if len(entries) > ADDRESS_LIMIT:
            return entries
    entries.append(value[start:])
    return entries


_SEPARATORS = re.compile(r'"(?:[^"\\]|\\.){0,250}+"|\((?:[^()\\]|\\.){0,250}+\)|<[^<>,;]{0,250}+>|[,;:]')


def _address(entry: str, problems: list[str]) -> Address | None:
    entry = entry.strip()[:_ENTRY_LIMIT]
    if not entry:
        return None
    angle = _ANGLE.search(entry)
    if angle is None and "=?" in entry:
        entry = decode_words(entry, problems)
        angle = _ANGLE.search(entry)
    if angle is not None:
        return _made(entry[: angle.start()] or entry[angle.end() :], angle[1], problems)
    bare = _BARE.search(_COMMENT.sub(" ", entry))
    if bare is None:
        return _made(entry, "", problems)
    comment = _COMMENT.search(entry)
    return _made(comment[0][1:-1] if comment else entry.replace(bare[0], ""), bare[0], problems)


def _made(name: str, address: str, problems: list[str]) -> Address | None:
    address = one_line(address).removeprefix("mailto:").replace(" ", "").strip("'\"")[:320]
    if address.startswith("@") and ":" in address:
        address = address.partition(":")[2]
    name = _unquoted(name)
    if "=?" in name:
        name = _unquoted(decode_words(name, problems))
    if turns_direction(name):
        problems.append("Een naam bevat tekens die de leesrichting omdraaien; die zijn weggehaald.")
    name = one_line(name)[:300]
    return Address(name, address) if name or address else None


def _unquoted(name: str) -> str:
    name = name.strip().rstrip(",;:").strip()
    if len(name) >= 2 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    if "\\" in name:
        name = _ESCAPED.sub(r"\1", name)
    return name.strip('"') if name.count('"') == 1 else name


def plain_address(address: str) -> str:
    """Where a mail to it arrives: `Info+abc@tilburg.example` is `info@tilburg.example`."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
