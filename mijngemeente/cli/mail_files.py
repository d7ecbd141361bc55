"""Mails in files: single ones, mboxes (RFC 4155), maildirs, and folders of all these."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mijngemeente.channels.email.show import why_unreadable

# What the mail listener takes too.
SIZE_BYTES = 60 * 1024 * 1024
_MAILDIR = ("cur", "new", "tmp")
# With a time of day in it, so that a sentence that begins with "From " parts no mail in two.
_NEXT_MAIL = re.compile(rb"From .*\d\d:\d\d")


@dataclass(frozen=True)
class Found:
    """One mail in a file, or why there is none."""

    #: How many bytes of the file this is.
    size_bytes: int
    body: bytes = b""
    #: For the person at the keyboard; empty if all is well.
    problem: str = ""


def files_in(path: Path) -> list[Path]:
    """Every file with mail in it at or below the path, in one fixed order."""
    if not path.is_dir():
        return [path]
    files: list[Path] = []
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        is_maildir = (here / "cur").is_dir() or (here / "new").is_dir()
        if is_maildir:
            # Beside the mails stands what mail programs keep for themselves.
            files += [each for name in ("cur", "new") for each in (here / name).glob("*")]
        else:
            files += [here / name for name in names if not name.startswith(".")]
        folders[:] = sorted(each for each in folders if _is_looked_in(each, is_maildir=is_maildir))
    return sorted(each for each in files if each.is_file())


def _is_looked_in(name: str, *, is_maildir: bool) -> bool:
    """Folders of a maildir are themselves maildirs, with a dot before their name."""
    return name not in _MAILDIR if is_maildir else not name.startswith(".")


def size_of(path: Path) -> int:
    """In bytes; 0 for what is gone or not ours to see."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def mails_in(path: Path) -> Iterator[Found]:
    """The mails in one file, one at a time; a file that cannot be read is one problem."""
    try:
        with path.open("rb") as file:
            is_mbox = file.read(5) == b"From "
            file.seek(0)
            yield from _mails_of(path, file) if is_mbox else [_only_mail(path, file.read(SIZE_BYTES + 1))]
    except OSError as error:
        yield Found(size_of(path), problem=f"{path}: niet te lezen ({why_unreadable(error)}).")


def _only_mail(path: Path, body: bytes) -> Found:
    if not body:
        return Found(0, problem=f"{path}: het bestand is leeg.")
    if len(body) > SIZE_BYTES:
        return Found(size_of(path), problem=f"{path}: te groot; hoogstens 60 MB.")
    return Found(len(body), body)


def _mails_of(path: Path, lines: Iterator[bytes]) -> Iterator[Found]:
    """The mails of an mbox; a line that begins with "From " after an empty one begins the next."""
    kept: list[bytes] = []
    size, number, is_after_empty = 0, 0, False
    for line in lines:
        if is_after_empty and _NEXT_MAIL.match(line):
            number += 1
            yield _mail_of(path, number, kept, size)
            kept, size = [], 0
        size += len(line)
        if size <= SIZE_BYTES:
            kept.append(line)
        is_after_empty = line in (b"\n", b"\r\n")
    yield _mail_of(path, number + 1, kept, size)


def _mail_of(path: Path, number: int, lines: list[bytes], size: int) -> Found:
    """The first line is the mbox's own, and the empty one at the end too."""
    if size > SIZE_BYTES:
        return Found(size, problem=f"{path}: mail {number} is te groot; hoogstens 60 MB.")
    body = b"".join(lines[1:])
    ending = b"\r\n\r\n" if body.endswith(b"\r\n\r\n") else b"\n\n"
    return Found(size, body[: -len(ending) // 2] if body.endswith(ending) else body)
