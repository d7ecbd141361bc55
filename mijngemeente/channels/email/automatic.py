"""Whether a person wrote this mail to us, or a machine, or somebody to very many."""

import re

from mijngemeente.channels.email.headers import Headers

#: A mail to more people than this is not a question to one municipality.
MANY_RECIPIENTS = 20
_REPLY_SUBJECT = re.compile(
    r"\s*(?:automatisch (?:antwoord|beantwoord)|automatic reply"
    r"|auto(?:matic)?[ -]?reply|autoreply|out of (?:the )?office"
    r"|afwezigheid(?:sbericht|sassistent)?|afwezig"
    r"|automatische antwort|abwesenheitsnotiz|réponse automatique)\b",
    re.I,
)
_DAEMON = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[0-9a-f]+)@", re.I)


def auto_submitted(headers: Headers, sender_address: str, subject: str) -> str:
    """`auto-replied`, `auto-generated` or another word of RFC 3834; "" when a person sent this."""
    stated = headers.first("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    if stated and stated != "no":
        return stated
    precedence = headers.first("precedence").strip().lower()
    if precedence in ("auto_reply", "auto-reply") or _REPLY_SUBJECT.match(subject):
        return "auto-replied"
    if any(
        name in headers for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")
    ):
        return "auto-replied"
    if headers.first("x-auto-response-suppress").lower() not in ("", "none"):
        return "auto-generated"
    is_from_nobody = "return-path" in headers and headers.first("return-path") == "<>"
    is_report = headers.first("content-type").lower().startswith("multipart/report")
    if is_from_nobody or is_report or is_daemon(sender_address):
        return "auto-generated"
    return ""


def is_daemon(address: str) -> bool:
    return _DAEMON.match(address) is not None


def is_mass(headers: Headers, recipient_count: int) -> bool:
    """Sent to a list or to many, so that a reply to it proves no tie with us."""
    return (
        recipient_count > MANY_RECIPIENTS
        or headers.first("precedence").strip().lower() in ("bulk", "list", "junk")
        or any(name.startswith("list-") for name in headers.fields)
    )
