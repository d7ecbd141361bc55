"""For whom a saved view is, in which order it lists, and who may change it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from mijngemeente.organisations.rules.rights import Right


class Audience(StrEnum):
    """Who sees a view, and over which conversations it goes."""

    #: The owner; everything they read.
    PERSONAL = "personal"
    #: Members of its organisation; what that organisation answers, also for others.
    TEAM = "team"
    #: Members of its organisation; conversations of that organisation.
    ORGANISATION = "organisation"
    #: Everybody who works for its organisation, a region too; conversations of that organisation.
    REGION = "region"


#: Who sees it, with the organisation's name filled in.
AUDIENCES: Mapping[Audience, str] = {
    Audience.PERSONAL: "Alleen ik",
    Audience.TEAM: "Mijn team bij {name}: alles wat wij behandelen",
    Audience.ORGANISATION: "Collega's van {name}: alleen gesprekken van {name}",
    Audience.REGION: "Iedereen die voor {name} werkt, ook de regio",
}

_NEEDED: Mapping[Audience, Set[Right]] = {
    Audience.PERSONAL: {Right.READ},
    Audience.TEAM: {Right.ORGANISE, Right.ADMINISTER},
    Audience.ORGANISATION: {Right.ORGANISE, Right.ADMINISTER},
    Audience.REGION: {Right.MANAGE, Right.ADMINISTER},
}


def may_share(audience: Audience, rights: Set[Right]) -> bool:
    """Whether somebody with these rights in an organisation makes, changes and removes such views there."""
    return bool(_NEEDED[audience] & rights)


@dataclass(frozen=True)
class Order:
    """In which order a view lists."""

    name: str
    column: str


ORDERS: Mapping[str, Order] = {
    "waiting": Order("wie het langst wacht eerst", "waiting_since"),
    "due": Order("wat het eerst klaar moet eerst", "due_at"),
    "latest": Order("laatste bericht eerst", "-last_message_at"),
    "newest": Order("nieuwste eerst", "-created_at"),
    "oldest": Order("oudste eerst", "created_at"),
}

#: Pictures for a view, with what they show.
ICONS: Mapping[str, str] = {
    "filter": "trechter",
    "star": "ster",
    "clock": "klok",
    "bell": "bel",
    "label": "label",
    "alert": "uitroepteken",
    "team": "mensen",
    "house": "huis",
    "globe": "wereldbol",
    "archive": "doos",
}

#: Further than this nobody counts: a number beyond it changes nobody's day.
MOST_COUNTED = 1000


def count_words(count: int) -> str:
    """A count as it is shown."""
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)
