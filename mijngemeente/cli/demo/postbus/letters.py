"""Writes mail as a resident's own program would, and brings it to the municipality."""

import email.utils
import json
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from zoneinfo import ZoneInfo

from .box import SENT, Box, Letter, address_in, header

ORGANISATIONS = Path(__file__).resolve().parents[4] / "data" / "demo" / "organisations.json"
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


class NotSent(Exception):
    """The municipality's server did not take it; the message says why."""


def mailboxes() -> list[tuple[str, str]]:
    """(address, name of the organisation and the mailbox) one can write to, municipalities first."""
    organisations = json.loads(ORGANISATIONS.read_text("utf-8"))["organisations"]
    return [
        (inbox["address"], f"{organisation['name']}: {inbox['name'].lower()}")
        for organisation in sorted(organisations, key=lambda each: each["kind"] != "municipality")
        for inbox in organisation["inboxes"]
        if inbox["channel"] == "email"
    ]


def new_letter(*, name: str, address: str, to: str, subject: str, text: str) -> EmailMessage:
    """A first mail."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = email.utils.formataddr((name, address))
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = email.utils.localtime()
    mail["Message-ID"] = email.utils.make_msgid(domain=address.rpartition("@")[2])
    mail.set_content(text)
    return mail


def answer_to(letter: Letter, text: str) -> EmailMessage:
    """A reply with the marks and the quote that mail programs make (RFC 5322 section 3.6.4)."""
    parent = header(letter.mail, "Message-ID")
    mail = new_letter(
        name=email.utils.parseaddr(header(letter.mail, "To"))[0],
        address=letter.resident,
        to=header(letter.mail, "Reply-To") or header(letter.mail, "From"),
        subject=reply_subject(letter.subject),
        text=f"{text}\n\n{quoted(letter)}",
    )
    mail["In-Reply-To"] = parent
    mail["References"] = f"{header(letter.mail, 'References')} {parent}".strip()
    return mail


def reply_subject(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def quoted(letter: Letter) -> str:
    at = letter.at.astimezone(DUTCH_TIME).strftime("%d-%m-%Y om %H:%M")
    lines = "\n".join(f"> {line}".rstrip() for line in letter.text.strip().splitlines())
    return f"Op {at} schreef {header(letter.mail, 'From')}:\n{lines}"


def bring(box: Box, mail: EmailMessage, port: int) -> None:
    """By real SMTP; kept among the sent ones once it was taken. Raises NotSent."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
            server.send_message(mail, address_in(header(mail, "From")), [address_in(header(mail, "To"))])
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(reason_of(error)) from error
    box.keep(mail.as_bytes(), SENT)


def reason_of(error: Exception) -> str:
    """What the server said, if it said anything."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {said.decode(errors='replace')}"
    return str(error)
