"""JSON of other systems, one record at a time: a whole export does not fit in memory."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..errors import UnreadableFile

_PIECE_BYTES = 256 * 1024
#: One conversation with all that was said; more is no conversation.
_RECORD_CHARACTERS = 8 * 1024 * 1024
_BETWEEN = " \t\r\n,"
#: Where the list stands in what these systems answer.
_LIST = re.compile(
    r'\s*\{\s*(?:"data"\s*:\s*\{\s*)?"(?:payload|tickets|conversations|users|contacts|data)"\s*:\s*\['
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Record = Mapping[str, object]


def documents(file: BinaryIO) -> Iterator[Record | None]:
    """Every record of a list or of lines; None for what is no record. Raises UnreadableFile."""
    text = _Text(file)
    is_list = text.begin()
    while text.skip():
        if is_list and text.left.startswith("]"):
            return
        yield text.take()
    if is_list:
        raise UnreadableFile("Dit JSON-bestand is niet compleet: het einde ontbreekt.")


class _Text:
    """The part of the file that was read and not taken yet."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._json = json.JSONDecoder()
        self.left = ""
        self._more()

    def _more(self) -> bool:
        piece = self._file.read(_PIECE_BYTES)
        self.left += self._decoder.decode(piece, final=not piece)
        return bool(piece)

    def begin(self) -> bool:
        """Past the beginning of the list; False when there is none."""
        found = _LIST.match(self.left) or re.match(r"\s*\[", self.left)
        self.left = self.left[found.end() :] if found else self.left
        return found is not None

    def skip(self) -> bool:
        """Up to the next record; False at the end."""
        self.left = self.left.lstrip(_BETWEEN)
        while not self.left and self._more():
            self.left = self.left.lstrip(_BETWEEN)
        return bool(self.left)

    def take(self) -> Record | None:
        """The next record; read on as long as it is not whole."""
        while True:
            try:
                found, end = self._json.raw_decode(self.left)
            except (ValueError, RecursionError) as error:
                if (
                    len(self.left) > _RECORD_CHARACTERS
                    or isinstance(error, RecursionError)
                    or not self._more()
                ):
                    raise UnreadableFile(
                        "Dit JSON-bestand is beschadigd: wij kunnen het niet lezen."
                    ) from error
            else:
                # A number may go on in the next piece.
                if end < len(self.left) or not self._more():
                    self.left = self.left[end:]
                    return found if isinstance(found, dict) else None


def rows_of(record: Record) -> list[Mapping[str, str]]:
    """The messages of a conversation, each as a row of a CSV would have it; of a resident one row."""
    said = next(
        (record[each] for each in ("articles", "messages") if isinstance(record.get(each), list)), None
    )
    if said is None:
        return [_cells(record, record)]
    listed = said if isinstance(said, list) else []
    return [_cells(record, each) for each in listed if isinstance(each, dict)]


def is_conversation(record: Record) -> bool:
    """Whether it has messages, or a place for them."""
    return any(each in record for each in ("articles", "messages", "content"))


def _cells(record: Record, said: Record) -> dict[str, str]:
    if said is record:
        return {name.casefold(): _text(value) for name, value in record.items()}
    return {
        "number": _text(record.get("number") or record.get("id")),
        "title": _text(record.get("title") or record.get("subject")),
        "customer": _person(_customer(record)),
        "closed_at": _text(record.get("close_at") or record.get("closed_at")),
        "message_id": _text(said.get("id")),
        "said_at": _text(said.get("created_at")),
        "from": _person(said.get("from") or _sender(said)),
        "to": _text(said.get("to")),
        "body": _text(said.get("body") if "body" in said else said.get("content")),
        "content_type": _text(said.get("content_type")),
        "direction": _text(said.get("message_type") if "message_type" in said else said.get("sender")),
        "internal": _text(said.get("internal") if "internal" in said else said.get("private")),
    }


def _customer(record: Record) -> object:
    meta = record.get("meta")
    return (
        record.get("customer")
        or record.get("contact")
        or (meta.get("sender") if isinstance(meta, dict) else "")
    )


def _sender(said: Record) -> object:
    """Chatwoot names a person where Zammad says which side."""
    return said.get("sender") if isinstance(said.get("sender"), dict) else ""


def _person(value: object) -> str:
    if not isinstance(value, dict):
        return _text(value)
    parts = [_text(value.get(each)) for each in ("firstname", "lastname")]
    name = _text(value.get("name")) or " ".join(filter(None, parts))
    email = _text(value.get("email"))
    # The comma of “Jansen, Jan” would make two people of one.
    plain = re.sub(r'[<>",;]', " ", name)
    return f'"{plain}" <{email}>' if email else name


def _text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNSTORABLE.sub("", str(value)).replace("\r\n", "\n").strip()
