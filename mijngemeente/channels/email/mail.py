"""One mail: bytes in, what we know of it out. Never fails; what is unreadable stands in `problems`."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mijngemeente.channels.email.addresses import Address, addresses
from mijngemeente.channels.email.attachments import Attachment
from mijngemeente.channels.email.automatic import auto_submitted, is_mass
from mijngemeente.channels.email.bodies import Body, read_body
from mijngemeente.channels.email.bounces import Bounce, bounce_of
from mijngemeente.channels.email.charsets import one_line, turns_direction
from mijngemeente.channels.email.headers import Headers, read_headers
from mijngemeente.channels.email.parts import leaves
from mijngemeente.channels.email.quotes import Split, split_reply

NOBODY = Address("", "")
_SUBJECT_LIMIT = 1_000
_REFERENCE_LIMIT = 200
_PROBLEM_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Mail:
    #: With angle brackets; made from the bytes when the mail has none.
    message_id: str
    in_reply_to: tuple[str, ...]
    #: Oldest first, as the mail gives them.
    references: tuple[str, ...]
    #: As the sender's clock had it, in UTC; None when unreadable.
    date: datetime | None
    #: NOBODY when the mail does not say.
    sender: Address
    reply_to: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    #: Where the receiving servers say it was delivered: Delivered-To, X-Original-To, Envelope-To.
    delivered_to: tuple[str, ...]
    subject: str
    text: str
    #: Sanitised; "" without HTML.
    html: str
    #: The new part of `text`.
    reply_text: str
    #: The rest of it: quotes and signature.
    quoted_text: str
    attachments: tuple[Attachment, ...]
    #: A word of RFC 3834 such as `auto-replied`; "" when a person sent it.
    auto_submitted: str
    bounce: Bounce | None
    #: What stands in List-Id; None without.
    list: str | None
    #: Sent to a list or to many: it proves no tie between its reader and us.
    is_mass: bool
    #: What was odd or unreadable, each one short Dutch sentence.
    problems: tuple[str, ...] = field(default=())


def parse_mail(raw: bytes) -> Mail:
    """Everything there is to know about a mail; the same bytes always give the same mail."""
    problems: list[str] = []
    buffer = _with_lines(raw, problems)
    headers, start = _headers(buffer, problems)
    parts = list(leaves(headers, buffer, start, problems))
    body = read_body(parts, problems)
    subject = _subject(headers, problems)
    people = _People(headers, problems)
    split = _new_part(body, subject)
    if not body.text and not body.attachments:
        problems.append("Het bericht is leeg.")
    return Mail(
        message_id=_message_id(headers, raw, problems),
        in_reply_to=_ids(headers.all("in-reply-to"), problems),
        references=_ids(headers.all("references"), problems),
        date=_date(headers, problems),
        sender=people.sender,
        reply_to=people.reply_to,
        to=people.to,
        cc=people.cc,
        delivered_to=_delivered_to(headers, problems),
        subject=subject,
        text=body.text,
        html=body.html,
        reply_text=split.reply,
        quoted_text=split.quoted,
        attachments=body.attachments,
        auto_submitted=one_line(auto_submitted(headers, people.sender.address, subject))[:50],
        bounce=bounce_of(headers, people.sender.address, subject, parts, body.text),
        list=_list(headers, problems),
        is_mass=is_mass(headers, len(people.to) + len(people.cc)),
        problems=_listed(problems),
    )


_MBOX_LINE = re.compile(rb">?From [^\n]*\n")


def _with_lines(raw: bytes, problems: list[str]) -> bytes:
    """The bytes without what storage put before them, and with line feeds."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    if raw[:1] in (b"\r", b"\n"):
        raw = raw.lstrip(b"\r\n")
    if raw.startswith((b"From ", b">From ")):
        line = _MBOX_LINE.match(raw)
        raw = raw[line.end() :] if line else raw
    if b"\x00" in raw[:100_000]:
        problems.append("Het bericht bevat NUL-tekens; in de tekst zijn die weggehaald.")
    return raw


_TELLING = (
    *(
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
    ),
    *("content-type", "sender", "cc", "reply-to", "content-transfer-encoding", "content-disposition"),
)


def _headers(buffer: bytes, problems: list[str]) -> tuple[Headers, int]:
    """The header fields; none when the lines with a colon at the top are just the text."""
    found: list[str] = []
    headers, start = read_headers(buffer, 0, len(buffer), found)
    if not any(name in headers for name in _TELLING):
        problems.append("Het bericht heeft geen kopregels; alles is als tekst gelezen.")
        return Headers({}), 0
    problems.extend(found)
    for name, label in (
        ("from", "From"),
        ("subject", "Subject"),
        ("date", "Date"),
        ("message-id", "Message-ID"),
    ):
        if len(headers.fields.get(name, ())) > 1:
            problems.append(f"De kopregel {label} staat er meer dan één keer; de eerste telt.")
    return headers, start


def _subject(headers: Headers, problems: list[str]) -> str:
    subject = headers.words("subject", problems)
    if turns_direction(subject):
        problems.append("Het onderwerp bevat tekens die de leesrichting omdraaien; die zijn weggehaald.")
    subject = one_line(subject)
    if len(subject) > _SUBJECT_LIMIT:
        problems.append("Het onderwerp is te lang en is afgekort.")
    return subject[:_SUBJECT_LIMIT]


class _People:
    def __init__(self, headers: Headers, problems: list[str]) -> None:
        self.to = addresses(headers.all("to"), problems)
        self.cc = addresses(headers.all("cc"), problems)
        self.reply_to = _first(addresses(headers.all("reply-to"), problems))
        senders = [addresses(headers.all(name)[:1], problems) for name in ("from", "sender", "return-path")]
        self.sender = _first(tuple(one for group in senders for one in group)) or NOBODY
        if not self.sender.address:
            problems.append("Er staat geen afzender bij.")


def _first(found: tuple[Address, ...]) -> Address | None:
    """The first that can be written to, else the first."""
    return next((one for one in found if "@" in one.address), next(iter(found), None))


_ID = re.compile(r"<([^<>]{1,900})>")
_BARE_ID = re.compile(r"[^\s<>,;\"'()]{1,450}@[^\s<>,;\"'()]{1,450}")


def _ids(values: list[str], problems: list[str]) -> tuple[str, ...]:
    """Message-IDs with their angle brackets, each once, also where these were forgotten."""
    text = " ".join(values)[:200_000]
    found = ["<" + "".join(one_line(inner).split()) + ">" for inner in _ID.findall(text)]
    found = [one for one in found if len(one) > 2] or [
        f"<{one_line(bare)}>" for bare in _BARE_ID.findall(text)
    ]
    unique = list(dict.fromkeys(found))
    if len(unique) > _REFERENCE_LIMIT:
        problems.append(
            f"Het bericht verwijst naar {len(unique)} andere; de oudste en de nieuwste zijn bewaard."
        )
        # Threading looks from the newest back, and the oldest is the root.
        unique = unique[:1] + unique[1 - _REFERENCE_LIMIT :]
    return tuple(unique)


def _message_id(headers: Headers, raw: bytes, problems: list[str]) -> str:
    stated = headers.first("message-id")[:2_000]
    inner = _ID.search(stated)
    plain = "".join(one_line(inner[1] if inner else stated.strip("<>")).split())
    if plain and len(plain) <= 900:
        return f"<{plain}>"
    problems.append("Het bericht heeft geen bruikbare Message-ID; wij hebben er een gemaakt.")
    return f"<{hashlib.sha256(raw).hexdigest()[:40]}@zonder-message-id.invalid>"


_MONTHS = {
    "mrt": "Mar",
    "maart": "Mar",
    "mei": "May",
    "okt": "Oct",
    "mai": "May",
    "dez": "Dec",
    "juni": "Jun",
    "juli": "Jul",
}
_DUTCH_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b", re.I)
_DUTCH_DAY = re.compile(r"^\s*(?:ma|di|wo|do|vr|za|zo)\.?,?\s+", re.I)


def _date(headers: Headers, problems: list[str]) -> datetime | None:
    stated = headers.first("date")[:200]
    if not stated:
        problems.append("Er staat geen datum bij.")
        return None
    date = _parsed_date(stated) or _parsed_date(
        _DUTCH_MONTH.sub(lambda month: _MONTHS[month[1].lower()], _DUTCH_DAY.sub("", stated))
    )
    if date is None:
        problems.append("De datum is niet te lezen.")
    elif not 1990 <= date.year < 2100:
        problems.append(f"De datum klopt niet: het jaar {date.year}.")
    return date


def _parsed_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def _delivered_to(headers: Headers, problems: list[str]) -> tuple[str, ...]:
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
    values = [value for name in names for value in headers.all(name)[:20]]
    return tuple(dict.fromkeys(one.address for one in addresses(values, problems) if one.address))


def _list(headers: Headers, problems: list[str]) -> str | None:
    stated = one_line(headers.words("list-id", problems))[:500]
    inner = _ID.search(stated)
    return (inner[1] if inner else stated) or None


def _new_part(body: Body, subject: str) -> Split:
    """From the text; when that shows no quote, from the marks that mail programs leave in HTML."""
    split = split_reply(body.text, subject=subject)
    if not split.quoted and body.marked and body.marked != body.text:
        return split_reply(body.marked, subject=subject)
    return split


def _listed(problems: list[str]) -> tuple[str, ...]:
    unique = [one_line(problem)[:300] for problem in dict.fromkeys(problems)]
    if len(unique) > _PROBLEM_LIMIT:
        unique[_PROBLEM_LIMIT - 1 :] = [f"En nog {len(unique) - _PROBLEM_LIMIT + 1} andere bijzonderheden."]
    return tuple(unique)
