"""A mail of ours as bytes. Nobody's words can add a header: every value is put on one line first."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.quoprimime import body_encode
from email.utils import encode_rfc2231, format_datetime
from html import escape

from mijngemeente.channels.email.addresses import Address
from mijngemeente.channels.email.attachments import safe_name
from mijngemeente.channels.email.charsets import one_line, printable

# The older policy: the newer one encodes Message-IDs longer than a line, after which nobody recognises them.
_POLICY = policy.compat32.clone(linesep="\r\n", max_line_length=0)
_REFERENCE_LIMIT = 50


class UnusableAddress(ValueError):
    """Naar dit e-mailadres kan niet worden verstuurd."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    #: With angle brackets, from `threads.make_message_id`.
    message_id: str
    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    #: Aware.
    date: datetime
    reply_to: Address | None = None
    #: Message-IDs with angle brackets, oldest first; the last one is what this mail answers.
    references: tuple[str, ...] = ()
    #: Nobody pressed send: a receipt or other automatic word (RFC 3834).
    is_automatic: bool = False
    attachments: tuple[OutgoingFile, ...] = ()


def compose(mail: OutgoingMail) -> bytes:
    """The mail, ASCII throughout, with CRLF line ends. Raises UnusableAddress."""
    message = _body(mail)
    for name, value in _headers(mail):
        message[name] = value
    return message.as_bytes(policy=_POLICY)


def _headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    references = [_id(one) for one in mail.references[:1] + mail.references[1:][1 - _REFERENCE_LIMIT :]]
    headers = [
        ("Message-ID", _id(mail.message_id)),
        ("Date", format_datetime(mail.date.astimezone(UTC))),
        ("From", _address(mail.sender)),
        ("To", ",\r\n ".join(_address(one) for one in mail.to)),
        ("Subject", _words(mail.subject, "Subject: ")),
    ]
    if mail.reply_to:
        headers.append(("Reply-To", _address(mail.reply_to)))
    if references:
        headers += [("In-Reply-To", references[-1]), ("References", "\r\n ".join(references))]
    if mail.is_automatic:
        headers += [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    return headers


_ID = re.compile(r"[^\x21-\x7e]")


def _id(message_id: str) -> str:
    return _ID.sub("", message_id)[:990]


_SAFE_ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.I | re.A
)
_PLAIN_NAME = re.compile(r"[\w !#$%&'*+/=?^`{|}~-]*", re.A)


def _address(one: Address) -> str:
    address = ascii_domain(one.address)
    if not _SAFE_ADDRESS.fullmatch(address):
        raise UnusableAddress(UnusableAddress.__doc__)
    name = one_line(one.name)[:200]
    if not name:
        return address
    if not name.isascii():
        return f"{_words(name, 'Reply-To: ')}\r\n <{address}>"
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} <{address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def ascii_domain(address: str) -> str:
    """The address as mail servers write it. Raises UnusableAddress."""
    address = address.strip()
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}" if not domain.isascii() else address
    except UnicodeError as refusal:
        raise UnusableAddress(UnusableAddress.__doc__) from refusal


def _words(text: str, before: str) -> str:
    """Header text, in folded encoded words if it is not ASCII; `before` already stands on the first line."""
    line = one_line(text)[:1_000]
    if line.isascii() and len(line) < 200 and "=?" not in line:
        return line
    return Header(line, "utf-8", maxlinelen=75 - len(before)).encode(linesep="\r\n")


def _body(mail: OutgoingMail) -> MIMEBase:
    text = printable(mail.text.replace("\r\n", "\n").replace("\r", "\n")).rstrip() + "\n"
    body = MIMEMultipart("alternative", _subparts=[_text(text, "plain"), _text(_as_html(text), "html")])
    if not mail.attachments:
        return body
    whole = MIMEMultipart("mixed", _subparts=[body])
    for file in mail.attachments:
        whole.attach(_file(file))
    return whole


def _text(text: str, subtype: str) -> MIMENonMultipart:
    part = MIMEText("", subtype, "utf-8")
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(_quoted_printable(text))
    return part


def _quoted_printable(text: str) -> str:
    return body_encode(text.encode("utf-8").decode("latin-1"), eol="\r\n")


_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


def _as_html(text: str) -> str:
    """Paragraphs and links, nothing else."""
    paragraphs = [paragraph for paragraph in re.split(r"\n{2,}", text.strip("\n")) if paragraph.strip()]
    written = "\n".join(f"<p>{_linked(paragraph)}</p>" for paragraph in paragraphs)
    head = '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"></head><body>'
    return f"{head}\n{written}\n</body></html>\n"


def _linked(paragraph: str) -> str:
    out, position = [], 0
    for link in _LINK.finditer(paragraph):
        url = escape(link[0])
        out += [escape(paragraph[position : link.start()]), f'<a href="{url}">{url}</a>']
        position = link.end()
    return "".join([*out, escape(paragraph[position:])]).replace("\n", "<br>\n")


_TYPE = re.compile(r"([a-z0-9.+-]{1,60})/([a-z0-9.+-]{1,100})")


def _file(file: OutgoingFile) -> MIMEBase:
    known = _TYPE.fullmatch(file.content_type.lower())
    kind = (
        (known[1], known[2])
        if known and known[1] not in ("multipart", "message")
        else ("application", "octet-stream")
    )
    part = MIMEBase(*kind)
    part.set_payload(file.content)
    encode_base64(part)
    name = safe_name(file.name, []) or "bijlage"
    encoded = f"filename*={encode_rfc2231(name, 'utf-8')}" if not name.isascii() else f'filename="{name}"'
    part["Content-Disposition"] = f"attachment;\r\n {encoded}"
    return part
