"""What one table holds of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db import models


class Until(StrEnum):
    """How long it stays, as an administrator reads it."""

    CONVERSATION = "zo lang als het gesprek"
    EVENT = "zo lang als een gesprek dat bij de gebeurtenis hoort"
    CONTACT = "zo lang als de inwoner een gesprek heeft"
    NOTE = "tot de dag die een medewerker koos"
    FEW_DAYS = "een paar dagen"
    WEEK = "zeven dagen na de sessie"
    MONTH = "30 dagen"
    NIGHT = "tot het eind van de nacht"
    YEAR = "een jaar nadat iemand het invulde, of tot iemand weggaat"
    MEMBER = "zo lang iemand hier werkt, en daarna als naam onder wat die deed"
    ORGANISATION = "tot de organisatie het verandert"
    ALWAYS = "blijvend"


@dataclass(frozen=True)
class Holding:
    """What one table holds of people.

    Rows of a conversation, message, contact or address are found by their keys to those; what points at them
    otherwise stands in `points`.
    """

    #: `room.Model`: a name and no import, as some rooms stand above this one.
    table: str
    #: In Dutch: what, and why we have it.
    what: str
    why: str
    until: Until
    #: Columns that are emptied when the row is anonymised.
    empties: tuple[str, ...] = ()
    #: Columns that tell nothing about a person, or that we may keep.
    keeps: tuple[str, ...] = ()
    #: Column → what stands there instead of what was said.
    says: Mapping[str, str] = field(default_factory=dict)
    #: Anonymising takes the whole row away.
    is_removed: bool = False
    #: Erasing empties the row and keeps it: that it came in has to stay known.
    stays: bool = False
    #: Column with the id of a conversation or message → `conversations` or `messages`.
    points: Mapping[str, str] = field(default_factory=dict)
    #: Columns in which an address of anybody may stand, in rows of others too.
    mentions: tuple[str, ...] = ()
    #: As `mentions`, and ids as well; these tables stay small.
    quotes: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The table. Raises LookupError for one that is not there."""
        return apps.get_model(self.table)

    @property
    def when_anonymised(self) -> str:
        """What anonymising does, as an administrator reads it."""
        if self.is_removed:
            return "weg"
        return "leeg" if self.empties or self.says else "blijft"

    @property
    def when_erased(self) -> str:
        """What erasing does, as an administrator reads it."""
        if not self.stays:
            return "weg"
        return "leeg; alleen een vingerafdruk blijft" if self.empties else "blijft"

    @property
    def decided(self) -> frozenset[str]:
        """The columns somebody decided about."""
        return frozenset({*self.empties, *self.keeps, *self.says})
