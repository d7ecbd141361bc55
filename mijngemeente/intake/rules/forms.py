"""May it come in this way, and what is left of it."""

import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

# Nobody reads the question and types an answer within two seconds; a robot does.
FASTEST_SECONDS = 2
# Long enough for a form left open over dinner; after that its one-time key is renewed.
FRESH_SECONDS = 24 * 60 * 60
# Two of our own clocks may differ by so much (promise P12).
SKEW_SECONDS = 600
# In ten minutes: from one network to one organisation, and into one conversation.
QUESTIONS = 20
ADDITIONS = 60

LANGUAGES = ("nl", "en", "fy")

# Tabs and line ends are text; the other control signs, NUL and half surrogate pairs fit in no database.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SITE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?")


def printable(content: bytes) -> str:
    """Bytes as text for a person's eyes: nothing invisible, nothing that turns the line around."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)


class Obstacle(StrEnum):
    """Why a form was not taken; each is told to the sender, with the text kept."""

    #: A field that people do not see was filled in.
    TRAP = "trap"
    TOO_FAST = "too_fast"
    #: Left open too long, or not a form of ours.
    STALE = "stale"
    TOO_MANY = "too_many"


def obstacle(*, age_seconds: float | None, is_trapped: bool, sent: int) -> Obstacle | None:
    """What keeps a form from being taken; `age_seconds` is None when its mark is not ours."""
    if sent > QUESTIONS:
        return Obstacle.TOO_MANY
    if is_trapped:
        return Obstacle.TRAP
    if age_seconds is None or not -SKEW_SECONDS <= age_seconds <= FRESH_SECONDS:
        return Obstacle.STALE
    return Obstacle.TOO_FAST if 0 <= age_seconds < FASTEST_SECONDS else None


def storable(text: str) -> str:
    """The text without signs that no database keeps."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_unstorable(text: str) -> bool:
    """Whether `storable` leaves something out."""
    return _UNSTORABLE.search(text.replace("\r", "\n")) is not None


def language_of(*choices: str) -> str:
    """The first of the choices that our pages speak; Dutch if none is."""
    return next((each for each in choices if each in LANGUAGES), "nl")


def allowed_frames(sites: Iterable[str]) -> list[str]:
    """Sources for `frame-ancestors`: ourselves and these sites, without what is not a plain https site."""
    return ["'self'", *(origin for origin in map(_origin_of, sites) if origin)]


def _origin_of(site: str) -> str:
    try:
        parts = urlsplit(site.strip().lower())
    except ValueError:
        return ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "localhost")
    return f"{parts.scheme}://{parts.netloc}" if is_safe and _SITE.fullmatch(parts.netloc) else ""


def shown_author(full_name: str, signature: str, author: str) -> str:
    """As whom an answer stands on the page: with a first name if the municipality signs with names."""
    first_name = next(iter(author.split()), "")
    return f"{first_name}, {full_name}" if first_name and "medewerker}" in signature else full_name
