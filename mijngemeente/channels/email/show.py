"""`mijngemeente mail show`: a mail as one JSON object."""

import errno
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from mijngemeente.channels.email.addresses import Address
from mijngemeente.channels.email.attachments import Attachment
from mijngemeente.channels.email.bounces import Bounce
from mijngemeente.channels.email.mail import Mail, parse_mail


class AddressObject(TypedDict):
    name: str
    address: str


class AttachmentObject(TypedDict):
    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool


class BounceObject(TypedDict):
    recipients: list[str]
    status: str
    permanent: bool
    original_message_id: str


#: Written as a call because `from` and `list` cannot be field names of a class that also says `list[str]`.
MailObject = TypedDict(
    "MailObject",
    {
        "message_id": str,
        "in_reply_to": str | None,
        "references": list[str],
        "date": str | None,
        "from": AddressObject,
        "reply_to": AddressObject | None,
        "to": list[AddressObject],
        "cc": list[AddressObject],
        "subject": str,
        "text": str,
        "html": str,
        "reply_text": str,
        "attachments": list[AttachmentObject],
        "auto_submitted": bool,
        "bounce": BounceObject | None,
        "list": str | None,
        "problems": list[str],
    },
)


def show(paths: Iterable[Path]) -> Iterator[str]:
    """One line of JSON per file, in order; a file that cannot be read gives a line that says so."""
    for path in paths:
        text = json.dumps(_shown(path), ensure_ascii=False).translate(_LINE_ENDS)
        yield text.encode("utf-8", "replace").decode("utf-8")


# No mail server takes more; a device without end is left in time.
_SIZE_BYTES = 200 * 1024 * 1024
# One object is one line, also for programs that know more line ends than JSON does.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def _shown(path: Path) -> MailObject:
    try:
        with path.open("rb") as file:
            return as_json(parse_mail(file.read(_SIZE_BYTES)))
    except OSError as refusal:
        problem = f"Het bestand is niet te lezen: {why_unreadable(refusal)}."
    except Exception as error:
        # A bug of ours, or no memory left: the other files are shown all the same.
        problem = f"Het bericht kan niet worden gelezen ({type(error).__name__})."
    return as_json(parse_mail(b"")) | {"problems": [problem]}


_WHY = {
    errno.ENOENT: "het bestaat niet",
    errno.EISDIR: "het is een map",
    errno.EACCES: "je hebt er geen rechten voor",
    errno.EPERM: "je hebt er geen rechten voor",
}


def why_unreadable(refusal: OSError) -> str:
    """Why a file cannot be read, for the person who named it."""
    return _WHY.get(refusal.errno or 0, refusal.strerror or "onbekende fout")


def as_json(mail: Mail) -> MailObject:
    """The mail as plain JSON types.

    Ids keep their angle brackets; `in_reply_to` is the first one or null. `date` is ISO 8601 in UTC or null.
    `from` always is an object, with empty strings when nobody is named; `reply_to` is one or null. `text`,
    `html` and `reply_text` are strings, empty when there is none. `auto_submitted` is a boolean. `bounce` is
    null or `{recipients[], status, permanent, original_message_id}`. `list` is the List-Id or null.
    """
    return {
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to[0] if mail.in_reply_to else None,
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "from": _address(mail.sender),
        "reply_to": _address(mail.reply_to) if mail.reply_to else None,
        "to": [_address(one) for one in mail.to],
        "cc": [_address(one) for one in mail.cc],
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "reply_text": mail.reply_text,
        "attachments": [_attachment(one) for one in mail.attachments],
        "auto_submitted": bool(mail.auto_submitted),
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "list": mail.list,
        "problems": list(mail.problems),
    }


def _address(one: Address) -> AddressObject:
    return {"name": one.name, "address": one.address}


def _attachment(one: Attachment) -> AttachmentObject:
    return {
        "name": one.name,
        "content_type": one.content_type,
        "size": one.size,
        "sha256": one.sha256,
        "inline": one.inline,
    }


def _bounce(one: Bounce) -> BounceObject:
    return {
        "recipients": list(one.recipients),
        "status": one.status,
        "permanent": one.permanent,
        "original_message_id": one.original_message_id,
    }
