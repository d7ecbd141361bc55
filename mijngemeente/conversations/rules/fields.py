"""What conversations may be asked by: the allow-list of the condition language (promise rule 19)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Operator(StrEnum):
    """How a field is compared with values."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    BEFORE = "before"
    AFTER = "after"
    WITHIN_LAST = "within_last"
    LONGER_AGO = "longer_ago"
    IN_HOURS = "in_hours"
    OUTSIDE_HOURS = "outside_hours"
    OVERDUE = "overdue"
    NEAR = "near"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"


class Takes(StrEnum):
    """What stands behind an operator."""

    NOTHING = "nothing"
    #: One of, or some of, the names of the field's source.
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    #: A Dutch day, as 2026-11-21.
    DAY = "day"
    #: "30m", "2h" or "3d".
    DURATION = "duration"


class Source(StrEnum):
    """Whose names the values of a field are."""

    STATUS = "status"
    KIND = "kind"
    PRIORITY = "priority"
    CHANNEL = "channel"
    LANGUAGE = "language"
    TOPIC = "topic"
    TOPIC_GROUP = "topic_group"
    #: By name, not by id: each organisation has labels of its own, and a view goes over many.
    LABEL = "label"
    INBOX = "inbox"
    MEMBER = "member"
    ORGANISATION = "organisation"


#: Values of a member that mean somebody else for each reader, or nobody.
ME = "me"
NOBODY = "nobody"


@dataclass(frozen=True)
class Words:
    """An operator as one chooses it, and in a sentence: `{name}` and `{value}` are filled in."""

    choice: str
    sentence: str


OPERATORS: Mapping[Operator, Words] = {
    Operator.IS: Words("is", "{name} is {value}"),
    Operator.IS_NOT: Words("is niet", "{name} is niet {value}"),
    Operator.ONE_OF: Words("is een van", "{name} is {value}"),
    Operator.NONE_OF: Words("is geen van", "{name} is niet {value}"),
    Operator.CONTAINS: Words("bevat", "{name} bevat {value}"),
    Operator.CONTAINS_NOT: Words("bevat niet", "{name} bevat niet {value}"),
    Operator.BEFORE: Words("voor", "{name} voor {value}"),
    Operator.AFTER: Words("na", "{name} na {value}"),
    Operator.WITHIN_LAST: Words("in de laatste", "{name} in de laatste {value}"),
    Operator.LONGER_AGO: Words("langer geleden dan", "{name} langer dan {value} geleden"),
    Operator.IN_HOURS: Words("binnen openingstijd", "{name} binnen openingstijd"),
    Operator.OUTSIDE_HOURS: Words("buiten openingstijd", "{name} buiten openingstijd"),
    Operator.OVERDUE: Words("is te laat", "te laat"),
    Operator.NEAR: Words("is bijna te laat", "bijna te laat"),
    Operator.AT_LEAST: Words("is ten minste", "{name} is ten minste {value}"),
    Operator.AT_MOST: Words("is ten hoogste", "{name} is ten hoogste {value}"),
    Operator.EMPTY: Words("is leeg", "{name} is leeg"),
    Operator.NOT_EMPTY: Words("is niet leeg", "{name} is niet leeg"),
}


@dataclass(frozen=True)
class Field:
    """Something a conversation is asked by."""

    name: str
    #: In the order in which they are offered.
    operators: Mapping[Operator, Takes]
    source: Source | None = None
    #: Operators that read otherwise here.
    words: Mapping[Operator, Words] = field(default_factory=dict)

    def words_of(self, operator: Operator) -> Words:
        """How this operator is said about this field."""
        return self.words.get(operator, OPERATORS[operator])


_PRESENCE = {Operator.EMPTY: Takes.NOTHING, Operator.NOT_EMPTY: Takes.NOTHING}
_CHOICE = {
    Operator.IS: Takes.CHOICE,
    Operator.IS_NOT: Takes.CHOICE,
    Operator.ONE_OF: Takes.CHOICES,
    Operator.NONE_OF: Takes.CHOICES,
}
_TEXT = {
    Operator.CONTAINS: Takes.TEXT,
    Operator.CONTAINS_NOT: Takes.TEXT,
}
_NUMBER = {
    Operator.IS: Takes.NUMBER,
    Operator.AT_LEAST: Takes.NUMBER,
    Operator.AT_MOST: Takes.NUMBER,
}
_MOMENT = {
    Operator.WITHIN_LAST: Takes.DURATION,
    Operator.LONGER_AGO: Takes.DURATION,
    Operator.BEFORE: Takes.DAY,
    Operator.AFTER: Takes.DAY,
}
_HOURS = {Operator.IN_HOURS: Takes.NOTHING, Operator.OUTSIDE_HOURS: Takes.NOTHING}
_LABELS = {
    Operator.IS: Words("is", "label {value} zit erop"),
    Operator.IS_NOT: Words("is niet", "label {value} zit er niet op"),
    Operator.ONE_OF: Words("is een van", "label {value} zit erop"),
    Operator.NONE_OF: Words("is geen van", "label {value} zit er niet op"),
    Operator.EMPTY: Words("zit er niet op", "er zit geen label op"),
    Operator.NOT_EMPTY: Words("zit erop", "er zit een label op"),
}
_WAITING = {
    Operator.WITHIN_LAST: Words("korter dan", "inwoner wacht korter dan {value}"),
    Operator.LONGER_AGO: Words("langer dan", "inwoner wacht langer dan {value}"),
    Operator.BEFORE: Words("al van voor", "inwoner wacht al van voor {value}"),
    Operator.AFTER: Words("pas van na", "inwoner wacht pas van na {value}"),
    Operator.EMPTY: Words("niet op ons", "inwoner wacht niet op ons"),
    Operator.NOT_EMPTY: Words("op ons", "inwoner wacht op ons"),
}


def _happened(not_yet: str, already: str) -> Mapping[Operator, Words]:
    return {Operator.EMPTY: Words(not_yet, not_yet), Operator.NOT_EMPTY: Words(already, already)}


#: As it stands in a stored condition → what it is.
FIELDS: Mapping[str, Field] = {
    "status": Field("status", _CHOICE, Source.STATUS),
    "kind": Field("soort", _CHOICE | _PRESENCE, Source.KIND),
    "topic": Field("onderwerp", _CHOICE | _PRESENCE, Source.TOPIC),
    "topic_group": Field("onderwerpgroep", _CHOICE, Source.TOPIC_GROUP),
    "label": Field("label", _CHOICE | _PRESENCE, Source.LABEL, _LABELS),
    "channel": Field("kanaal", _CHOICE, Source.CHANNEL),
    "inbox": Field("postvak", _CHOICE, Source.INBOX),
    "priority": Field("voorrang", _CHOICE, Source.PRIORITY),
    "alarm": Field("nood", _PRESENCE, words=_happened("niemand in nood", "iemand lijkt in nood of gevaar")),
    "place": Field("plaats", _TEXT | _PRESENCE, words=_happened("geen plaats genoemd", "plaats genoemd")),
    "assignee": Field("van", _CHOICE, Source.MEMBER),
    "covered_by": Field("team", _CHOICE, Source.ORGANISATION),
    "organisation": Field("gemeente", _CHOICE, Source.ORGANISATION),
    "language": Field("taal", _CHOICE | _PRESENCE, Source.LANGUAGE),
    "contact_name": Field("naam van de inwoner", _TEXT),
    "contact_address": Field("adres van de inwoner", _TEXT | _PRESENCE),
    "subject": Field("onderwerpregel", _TEXT | _PRESENCE),
    "text": Field("wat er is geschreven", _TEXT),
    "number": Field("nummer", _NUMBER),
    "score": Field("cijfer", _NUMBER | _PRESENCE, words=_happened("nog geen cijfer", "cijfer gegeven")),
    "created_at": Field("binnengekomen", _MOMENT | _HOURS),
    "last_message_at": Field("laatste bericht", _MOMENT),
    "waiting_since": Field("inwoner wacht", _MOMENT | _PRESENCE, words=_WAITING),
    "first_replied_at": Field(
        "eerste antwoord", _MOMENT | _HOURS | _PRESENCE, words=_happened("nog niet beantwoord", "beantwoord")
    ),
    "closed_at": Field("gesloten", _MOMENT | _PRESENCE, words=_happened("niet gesloten", "is gesloten")),
    "due_at": Field(
        "uiterste tijd",
        {Operator.OVERDUE: Takes.NOTHING, Operator.NEAR: Takes.NOTHING} | _MOMENT | _PRESENCE,
        words=_happened("geen uiterste tijd", "heeft een uiterste tijd"),
    ),
}
