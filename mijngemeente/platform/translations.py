"""English and Frisian for the pages that residents see; Dutch is the source.

The .po files are written by people, the .mo files made from them by `mijngemeente translations`. Both are
kept in the repository, so that nobody needs gettext's own programs.
"""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "fy")
#: Of these a machine's file is made; the Dutch one only says better what Django says in Dutch.
WRITTEN = ("nl", *LANGUAGES)

_CALLS = {"gettext", "gettext_lazy", "_", "ngettext"}
_TEXT = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"(?<!\w)(n?gettext|_)\({_TEXT}(?:, *{_TEXT})?")
# Between singular and plural, as in the .mo format.
PLURAL = "\0"

Catalogue = dict[str, str]


def path_of(language: str) -> Path:
    """Where the people's file stands; the machine's stands beside it."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def asked_for() -> set[str]:
    """Every sentence that a page or a form of ours wants in another language."""
    found: set[str] = set()
    for file in sorted(ROOMS.rglob("templates/**/*")):
        if file.suffix in {".html", ".js", ".txt"}:
            found.update(_in_template(file.read_text("utf-8")))
    for file in sorted(ROOMS.rglob("*.py")):
        if "tests" not in file.parts:
            found.update(_in_python(file.read_text("utf-8")))
    return found - {""}


def _in_template(source: str) -> Iterator[str]:
    for match in _IN_TEMPLATE.finditer(templatize(source)):
        plural = match[3] if match[1] == "ngettext" else None
        yield PLURAL.join(ast.literal_eval(each) for each in (match[2], plural) if each)


def _in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if words and isinstance(words[0], str):
                yield words[0]


def read_po(text: str) -> Catalogue:
    """What people wrote: source → translation; the header is under the empty source."""
    found: Catalogue = {}
    for block in re.split(r"\n\s*\n", text.strip()):
        parts = _parts(block)
        plurals = [parts[key] for key in sorted(parts) if key.startswith("msgstr")]
        source = PLURAL.join(parts[key] for key in ("msgid", "msgid_plural") if key in parts)
        found[source] = PLURAL.join(plurals)
    return found


def _parts(block: str) -> dict[str, str]:
    """`msgid`, `msgid_plural` and `msgstr` of one block, each with its lines joined."""
    parts: dict[str, str] = {}
    key = ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        word, quote, rest = line.partition('"')
        key = word.strip() or key
        parts[key] = parts.get(key, "") + ast.literal_eval(quote + rest)
    return parts


def mo_of(catalogue: Catalogue) -> bytes:
    """The machine's file: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    rows = sorted((source.encode(), words.encode()) for source, words in catalogue.items() if words)
    table = 28
    start = table + 16 * len(rows)
    sources = b"".join(source + b"\0" for source, _ in rows)
    words = b"".join(each + b"\0" for _, each in rows)
    header = struct.pack("<7I", 0x950412DE, 0, len(rows), table, table + 8 * len(rows), 0, start)
    places = _places(start, [source for source, _ in rows])
    places += _places(start + len(sources), [each for _, each in rows])
    return header + places + sources + words


def _places(start: int, texts: list[bytes]) -> bytes:
    places = b""
    for text in texts:
        places += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    return places


def untranslated() -> list[tuple[str, str]]:
    """(language, sentence) of what a page asks for and nobody translated."""
    missing = []
    for language in LANGUAGES:
        known = read_po(path_of(language).read_text("utf-8"))
        missing += [(language, source) for source in sorted(asked_for()) if not known.get(source)]
    return missing


def make() -> list[Path]:
    """Make the machine's files again; returns those that changed."""
    changed = []
    for language in WRITTEN:
        made = mo_of(read_po(path_of(language).read_text("utf-8")))
        target = path_of(language).with_suffix(".mo")
        if not target.exists() or target.read_bytes() != made:
            target.write_bytes(made)
            changed.append(target)
    return changed
