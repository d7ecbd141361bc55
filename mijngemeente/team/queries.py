"""The plots of an organisation, and where somebody may keep one."""

from django.db.models import QuerySet

from mijngemeente.organisations.models import Organisation, Person
from mijngemeente.organisations.queries import workplaces_of
from mijngemeente.organisations.rules import Right

from .models import TeamPlot


def kept_plots() -> QuerySet[TeamPlot]:
    """The plots of the organisation that is worked for, with their versions."""
    return TeamPlot.objects.filter(removed_at=None).select_related("what_if_of").prefetch_related("versions")


def removed_plots() -> QuerySet[TeamPlot]:
    """What was taken away last."""
    return TeamPlot.objects.exclude(removed_at=None).order_by("-removed_at")[:20]


def homes_of(person: Person) -> list[Organisation]:
    """Organisations in which this person may keep a plot."""
    return [each.organisation for each in workplaces_of(person) if Right.MANAGE in each.rights]
