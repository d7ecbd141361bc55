"""What looks like a formal message, or like danger: a proposal to a person, never a decision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mijngemeente.reference.rules.calendar import MONTHS

# Awb 6:4 (bezwaarschrift), 9:4 (klaagschrift), 4:1 (aanvraag). More than the literal words is left to people.
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "objection": (
        r"\bbezwaar(?:schrift|schriften)\b",
        r"\bpro[ -]?forma bezwaar\b",
        r"\b(?:in|maak|maken|teken|tekenen|aantekenen|dien|indienen)\b[^.!?\n]{0,40}\bbezwaar\b",
        r"\bbezwaar\b[^.!?\n]{0,40}\b(?:maken|aan ?tekenen|in ?dienen)\b",
        r"\bbezwaar tegen (?:de|het|uw|jullie|mijn|dit) [\w-]*"
        r"(?:besluit|beschikking|aanslag|vergunning|boete|afwijzing|weigering)",
        r"\boneens met (?:het|uw|jullie|dit) (?:besluit|beschikking)\b",
        r"\bbeswier(?:skrift)?\b",
        r"\b(?:formal )?objection (?:to|against)\b",
    ),
    "complaint": (
        r"\b(?:formele|officiële|officiele) klacht\b",
        r"\bklaagschrift\b",
        r"\bklacht (?:in ?dienen|in te dienen)\b",
        r"\bdien\b[^.!?\n]{0,40}\bklacht in\b",
        r"\bklacht (?:over|tegen) (?:een|uw|jullie|de) (?:medewerker|ambtenaar|wethouder|burgemeester)\b",
        r"\bformal complaint\b",
    ),
    "application": (
        r"\b(?:hierbij|hiermee|bij deze)\b[^.!?\n]{0,60}\b(?:aanvraag|vraag ik|vragen wij|aanvragen)\b",
        r"\baanvraag (?:in ?dienen|in te dienen)\b",
        r"\bdien\b[^.!?\n]{0,60}\baanvraag in\b",
        r"\bvraag (?:ik|hierbij)\b[^.!?\n]{0,60}\b(?:vergunning|uitkering|bijstand|subsidie|kwijtschelding)"
        r"\b[^.!?\n]{0,20}\baan\b",
        r"\bwoo-?verzoek\b",
        r"\b(?:i|we) (?:hereby )?apply for\b",
    ),
}
_SIGNS_READ = {
    kind: tuple(re.compile(sign, re.IGNORECASE) for sign in signs) for kind, signs in _SIGNS.items()
}
_NO_OBJECTION = re.compile(r"\bgeen (?:enkel )?bezwaar\b|\bzonder bezwaar\b|\bno objection\b", re.IGNORECASE)

_DANGER = re.compile(
    r"\b(?:112|zelfmoord|zelfdoding|suïcide|suicide|gaslucht|brandlucht|er is brand|explosie"
    r"|bommelding|vermoord|doodmaken|dood maken|wapen|mishandel|bedreig|neersteken"
    r"|ontvoerd|noodgeval|levensgevaar|in gevaar)",
    re.IGNORECASE,
)

# A long mail is formal in its beginning or not at all; the rest is often what they answer to.
READ_CHARACTERS = 4_000


def suggested_formal(subject: str, text: str) -> str:
    """Which formal message this looks like; empty if none.

    An objection comes before the rest: its term is the shortest to miss (Awb 6:7: six weeks).
    """
    read = _NO_OBJECTION.sub("", f"{subject}\n{text[:READ_CHARACTERS]}")
    found = (kind for kind, signs in _SIGNS_READ.items() if any(sign.search(read) for sign in signs))
    return next(found, "")


def has_danger(subject: str, text: str) -> bool:
    """Whether somebody may be in danger: such a message is never put aside."""
    return _DANGER.search(f"{subject}\n{text[:READ_CHARACTERS]}") is not None


@dataclass(frozen=True)
class Way:
    """The designated way for one kind of formal message."""

    url: str = ""
    email: str = ""
    post: str = ""
    terms: str = ""

    @property
    def is_known(self) -> bool:
        """Somebody filled in where it goes."""
        return bool(self.url or self.email or self.post)


@dataclass(frozen=True)
class Arrival:
    """A formal message as it is confirmed to whoever sent it."""

    kind: str
    number: int
    #: In Dutch local time.
    received_at: datetime
    organisation: str
    #: je or u
    addressed_as: str


_CALLED = {"objection": "bezwaar", "application": "aanvraag", "complaint": "klacht"}


def receipt_words(arrival: Arrival, way: Way, *, is_certain: bool) -> str:
    """The receipt of a formal message, and where such messages belong.

    Sources: objection Awb 6:14, complaint Awb 9:6, electronic application Awb 4:3a, and since 1 January 2026
    every formal message by electronic way (Wet modernisering elektronisch bestuurlijk verkeer); the
    designated way Awb 2:13. It judges nothing: not whether it is in time, nor whether it is complete.
    """
    yours = "je" if arrival.addressed_as == "je" else "uw"
    called = _CALLED[arrival.kind]
    what = called if is_certain else "bericht"
    paragraphs = [
        f"Wij hebben {yours} {what} ontvangen op {_moment(arrival.received_at)}.",
        f"Het nummer is {arrival.number}.",
        "" if is_certain else f"Het lijkt een {called}. Een medewerker kijkt daarnaar.",
        _led_to(called, way, yours),
        way.terms,
        f"Dit is een ontvangstbevestiging. Wij hebben nog niets besloten.\n{arrival.organisation}",
    ]
    return "\n\n".join(filter(None, paragraphs))


def _moment(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year} om {at.hour}.{at.minute:02} uur"


def _led_to(called: str, way: Way, yours: str) -> str:
    if not way.is_known:
        return f"Wij zorgen dat {yours} bericht bij de juiste afdeling komt."
    ways = [
        f"- met het formulier: {way.url}" if way.url else "",
        f"- per e-mail: {way.email}" if way.email else "",
        f"- per post: {way.post}" if way.post else "",
    ]
    lines = "\n".join(filter(None, ways))
    lead = f"Voor een {called} hebben wij een vaste weg. Stuur {yours} {called} ook daarheen"
    return f"{lead}, dan komt het zeker op de goede plek:\n{lines}"
