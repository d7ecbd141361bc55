"""What somebody may look at, and what they chose."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from mijngemeente.conversations.rules.conditions import Condition, condition_of
from mijngemeente.desk.models import SavedView
from mijngemeente.desk.queries.choices import Workplace, is_view_id, views_of, workplace_of
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.errors import Refused

from ..rules import period_of
from .facts import Selection


@dataclass(frozen=True)
class Chosen:
    """What the address asks for, as far as it can be asked."""

    #: Organisations whose figures this person may see.
    organisations: list[Organisation]
    selection: Selection
    #: None for all of them.
    organisation: Organisation | None
    views: list[SavedView]
    view: SavedView | None

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        period = self.selection.period
        asked = {"van": period.first.isoformat(), "tot": period.last.isoformat()}
        if self.organisation is not None:
            asked["gemeente"] = self.organisation.slug
        if self.view is not None:
            asked["rij"] = str(self.view.id)
        return urlencode(asked)


def readable(request: PersonRequest) -> list[Organisation]:
    """Where this person may see figures, by name."""
    ids = [number for number, each in request.coverage.items() if Right.ANALYSE in each.rights]
    return list(Organisation.objects.filter(id__in=ids).order_by("name"))


def chosen_in(
    asked: QueryDict, organisations: list[Organisation], workplace: Workplace, today: date
) -> Chosen:
    """What was chosen; nonsense falls back to the last thirty days of everything. Inside a unit."""
    organisation = next((each for each in organisations if each.slug == asked.get("gemeente")), None)
    views = list(views_of(workplace))
    wanted = asked.get("rij", "")
    view = next((each for each in views if is_view_id(wanted) and str(each.id) == wanted), None)
    looked_at = [organisation] if organisation else organisations
    selection = Selection(
        tuple(each.id for each in looked_at),
        period_of(_day(asked.get("van")), _day(asked.get("tot")), today),
        _condition(view),
    )
    return Chosen(organisations, selection, organisation, views, view)


def workplace(request: PersonRequest) -> Workplace:
    """As on the desk: its saved views narrow the figures down."""
    return workplace_of(request.coverage)


def _condition(view: SavedView | None) -> Condition | None:
    if view is None:
        return None
    try:
        return condition_of(view.condition)
    except Refused:
        return None


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    # PostgreSQL and Python agree on these years; a century is enough.
    return day if 2000 <= day.year <= 2100 else None
