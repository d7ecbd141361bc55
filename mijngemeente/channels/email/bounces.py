"""Word that a mail could not be delivered (RFC 3464, and the free forms that older servers send)."""

import re
from dataclasses import dataclass

from mijngemeente.channels.email.automatic import is_daemon
from mijngemeente.channels.email.charsets import guess, one_line
from mijngemeente.channels.email.headers import Headers, read_headers
from mijngemeente.channels.email.parts import Part

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_RECIPIENT_LIMIT = 100
_READ_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Bounce:
    #: Addresses that were not reached.
    recipients: tuple[str, ...]
    #: As 5.1.1 (RFC 3463); "" when nobody said.
    status: str
    #: False: the other server still tries.
    permanent: bool
    #: Message-ID of our mail, with angle brackets; "" when it was not quoted.
    original_message_id: str


def bounce_of(headers: Headers, sender: str, subject: str, parts: list[Part], text: str) -> Bounce | None:
    """What did not arrive, if this mail says so; None for all other mail, and for word of success."""
    original = _original_message_id(parts, text)
    reports = [part for part in parts if part.content_type in _REPORTS]
    if reports:
        return _from_report(reports[0], original)
    failed = headers.all("x-failed-recipients")
    is_from_server = is_daemon(sender) or (headers.first("return-path") == "<>" and not sender)
    if failed or (is_from_server and _SUBJECT.search(subject)):
        return _from_text(failed, text, subject, original)
    return None


def _from_report(report: Part, original: str) -> Bounce | None:
    recipients: list[str] = []
    statuses: list[str] = []
    actions: set[str] = set()
    for fields in _groups(report.content()[:_READ_LIMIT]):
        action = fields.first("action").lower().strip()
        if action not in ("failed", "delayed"):
            continue
        actions.add(action)
        recipient = fields.first("original-recipient") or fields.first("final-recipient")
        recipients.append(one_line(recipient.partition(";")[2] or recipient).strip("<> "))
        stated = _STATUS.search(fields.first("status")) or _STATUS.search(fields.first("diagnostic-code"))
        statuses.append(stated[0] if stated else "")
    if not actions:
        return None
    status = next((status for status in statuses if status), "")
    return Bounce(
        recipients=tuple(dict.fromkeys(filter(None, recipients)))[:_RECIPIENT_LIMIT],
        status=status,
        permanent="failed" in actions and not status.startswith("4"),
        original_message_id=original,
    )


def _groups(content: bytes) -> list[Headers]:
    groups: list[Headers] = []
    position, problems = 0, list[str]()
    while position < len(content) and len(groups) <= _RECIPIENT_LIMIT:
        fields, position = read_headers(content, position, len(content), problems)
        if fields.fields:
            groups.append(fields)
        else:
            position = content.find(b"\n", position) + 1 or len(content)
    return groups


_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ -])")
_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (?:status|failure|has failed|incomplete)"
    r"|mail delivery|failure notice|onbestelbaar"
    r"|niet (?:bezorgd|afgeleverd)|unzustellbar|non remis|échec|delayed|vertraagd|could not be delivered",
    re.I,
)
_DELAY = re.compile(
    r"delay|vertraagd|warning|will (?:be )?(?:retr|keep trying)|not need to (?:do|resend)", re.I
)
_ADDRESS = re.compile(r"<?([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>?")
_COPY = re.compile(r"^-{2,}.*(?:copy|kopie|original|oorspronkelijk|below this line)", re.I | re.M)
_NO_RECIPIENT = re.compile(r"mailer-daemon|postmaster", re.I)


def _from_text(failed: list[str], text: str, subject: str, original: str) -> Bounce:
    said = _COPY.split(text[:_READ_LIMIT])[0][:20_000]
    where = ", ".join(failed)[:20_000] or said
    found = [address for address in _ADDRESS.findall(where) if not _NO_RECIPIENT.match(address)]
    status, code = _STATUS.search(said), _CODE.search(said)
    kind = status[0][0] if status else code[1] if code else ""
    return Bounce(
        recipients=tuple(dict.fromkeys(found))[:_RECIPIENT_LIMIT],
        status=status[0] if status else "",
        permanent=kind == "5" or (kind != "4" and not _DELAY.search(subject)),
        original_message_id=original,
    )


_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s\x00-\x1f]{1,900}>)", re.I | re.M)


def _original_message_id(parts: list[Part], text: str) -> str:
    for part in parts:
        if part.content_type in (
            "message/rfc822",
            "text/rfc822-headers",
            "message/global",
            "message/global-headers",
        ):
            found = _MESSAGE_ID.search(guess(part.content()[:_READ_LIMIT]))
            if found:
                return one_line(found[1])
    found = _MESSAGE_ID.search(text[:_READ_LIMIT])
    return one_line(found[1]) if found else ""
