"""A name in a text, and what it stands for there."""

from typing import NamedTuple


class Mention(NamedTuple):
    """One piece of evidence; `start` and `end` count in the text, -1 when it stands outside."""

    kind: str
    start: int
    end: int
    #: The municipalities it can mean; more than one when the name is shared.
    codes: tuple[str, ...]
    #: Log-odds that this is what the message is about.
    weight: float
    #: Lower tiers are about the place itself, higher ones about who was written to.
    tier: int
    #: How much the message is about it, compared with the other places: see `focus`.
    focus: float = 0.0
    #: One of two to choose from: "in Tilburg of Goirle".
    is_choice: bool = False
    #: Named together with the one before it: "Tilburg en Goirle".
    is_joined: bool = False


#: What a kind of evidence is worth, and its tier.
WEIGHTS: dict[str, tuple[float, int]] = {
    "municipality": (4.6, 0),
    "place": (4.5, 0),
    "former": (4.3, 0),
    "district": (4.0, 0),
    "frisian": (4.3, 0),
    "foreign_name": (4.2, 0),
    "nickname": (3.9, 0),
    "dialect": (3.4, 0),
    "abbreviation": (3.8, 0),
    "landmark": (3.6, 1),
    "postcode": (4.8, 0),
    "spelling": (3.4, 0),
    "people": (3.3, 1),
    "adjective": (3.1, 1),
    "hashtag": (3.8, 1),
    "area_code": (3.0, 1),
    "account": (4.0, 2),
    "domain": (4.2, 2),
    "phone": (4.2, 2),
    "written_to": (3.3, 3),
    "number": (0.8, 4),
    "street": (0.6, 4),
    "neighbourhood": (0.8, 4),
    "history": (1.3, 4),
}
#: Kinds that only tell which of two; with the national lists of streets and neighbourhoods they tell more.
NATIONAL_WEIGHT = (3.2, 1)
