"""What stands on the A4, and what is still missing before a board can say yes."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_ACTIONS = 8
#: A field that is longer fits on no A4 with the rest.
LONGEST_CHARACTERS = 700
#: More is not kept of one field: it comes from no form of ours.
KEPT_CHARACTERS = 4_000
_MOST_PILLARS = 4


@dataclass(frozen=True)
class Part:
    """One field of the A4."""

    name: str
    label: str
    hint: str = ""
    #: More than one line may be typed; each line is a point.
    is_list: bool = False


#: In the order of the paper.
PARTS = (
    Part("title", "Boven het blad", "Zoals: Koers online dienstverlening Duinrand"),
    Part("goal", "Het gewaagde doel", "Zoals: inwoners en ondernemers geven in 2028 een 8 of hoger."),
    Part("for_whom", "Voor wie"),
    Part("measured", "Hoe wij meten", "Zoals: het cijfer na elk gesprek en elk formulier, elk kwartaal."),
    Part("baseline", "Waar wij nu staan", "Een getal met een datum."),
    Part("when", "Wanneer het er is"),
    Part("why", "Waarom", "Drie feiten, elk op een regel.", is_list=True),
    Part("obstacles", "Wat staat in de weg", "Elk op een regel.", is_list=True),
    Part("pillars", "Drie of vier pijlers", "Elk op een regel.", is_list=True),
    Part("people", "Gevraagd: mensen", "In fte, met de rol erbij."),
    Part("technology", "Gevraagd: techniek"),
    Part("budget", "Gevraagd: geld", "In euro, per jaar of eenmalig."),
    Part("yields", "Wat het oplevert", "Elk op een regel.", is_list=True),
    Part("otherwise", "Wat er gebeurt als wij niets doen", "Elk op een regel.", is_list=True),
    Part("moments", "Wanneer wij kijken hoe het gaat"),
    Part("says_yes", "Wie ja zegt"),
)
LISTS = frozenset(part.name for part in PARTS if part.is_list)
LABELS = {part.name: part.label for part in PARTS}
ACTION_PARTS = {"what": "wat", "owner": "wie", "quarter": "kwartaal"}


@dataclass(frozen=True)
class Action:
    """Something that is done this year."""

    what: str
    owner: str
    quarter: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the A4; a list is a field with a point on each line."""

    fields: Mapping[str, str]
    actions: tuple[Action, ...]

    def points(self, name: str) -> list[str]:
        """The lines of a list, without the dashes that people type before them."""
        return points_in(self.fields.get(name, ""))


def points_in(text: str) -> list[str]:
    """One for each line that says something."""
    lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
    return [line for line in lines if line]


def action_field(place: int, part: str) -> str:
    """How a form calls one part of an action."""
    return f"actions.{place}.{part}"


def sheet_in(typed: Mapping[str, str]) -> Sheet:
    """What was typed in the form; what is too long stays, and is told by `remarks`."""
    rows = [
        Action(*(typed.get(action_field(place, name), "").strip() for name in ACTION_PARTS))
        for place in range(MOST_ACTIONS)
    ]
    fields = {part.name: typed.get(part.name, "").strip() for part in PARTS}
    return Sheet(fields, tuple(each for each in rows if each.what))


def remarks(sheet: Sheet) -> list[str]:
    """What is not right yet, in sentences; an empty sheet gets none but the first."""
    if not sheet.fields.get("goal"):
        return ["Begin met het doel: daar hangt al het andere aan."]
    found = []
    if not any(each.isdigit() for each in sheet.fields["goal"] + sheet.fields.get("measured", "")):
        found.append("In het doel staat geen getal. Hoe weten jullie straks of het gehaald is?")
    if not sheet.fields.get("baseline"):
        found.append("Er staat niet waar jullie nu staan. Dan is vooruitgang niet te zien.")
    pillars = len(sheet.points("pillars"))
    if pillars > _MOST_PILLARS:
        found.append(f"Er zijn {pillars} pijlers. Met drie of vier kiest een bestuur makkelijker.")
    if any(not each.owner for each in sheet.actions):
        found.append("Niet elke actie heeft iemand die het doet.")
    if not sheet.fields.get("says_yes"):
        found.append("Er staat niet wie ja moet zeggen.")
    too_long = [part.label for part in PARTS if len(sheet.fields.get(part.name, "")) > LONGEST_CHARACTERS]
    return found + [f"“{label}” is te lang voor een A4. Kort het in." for label in too_long]
