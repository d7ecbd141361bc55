"""The plots of an organisation, and where somebody may keep one."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch, QuerySet

from mijngemeente.organisations.models import Organisation, Person
from mijngemeente.organisations.queries import workplaces_of
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.audit import AuditLine
from mijngemeente.platform.tenancy import acting_organisation

from .library import national, places
from .models import Offer, OwnEntry, PlotVersion, Sharing, TeamPlot
from .rules.beside import kilometres
from .rules.documents import Document
from .rules.library import Size
from .rules.own import with_own


def kept_plots() -> QuerySet[TeamPlot]:
    """The plots of the organisation that is worked for, with the names of their versions."""
    versions = Prefetch("versions", PlotVersion.objects.defer("document"))
    return TeamPlot.objects.filter(removed_at=None).select_related("what_if_of").prefetch_related(versions)


def money_known() -> Document:
    """What fte cost here by the latest plot that says so: an organisation fills in its salary table once."""
    known = {
        "default",
        *national().roles,
        *own_entries().filter(retired_at=None).values_list("code", flat=True),
    }
    for document in TeamPlot.objects.filter(removed_at=None, what_if_of=None).values_list(
        "document", flat=True
    ):
        told, scales = document.get("salaries"), document.get("scales")
        sums = {code: sum for code, sum in told.items() if code in known} if isinstance(told, dict) else {}
        if sums or scales:
            return {"salaries": sums, "scales": scales or []}
    return {}


def last_writer(plot: TeamPlot) -> str:
    """The name of who changed it last."""
    lines = AuditLine.objects.filter(subject_id=plot.id, verb="plot.changed", conversation_id=None)
    last = lines.select_related("member__person").order_by("-id").first()
    return str(last.member.person.name) if last and last.member else "Een collega"


def removed_plots() -> QuerySet[TeamPlot]:
    """What was taken away last."""
    return TeamPlot.objects.exclude(removed_at=None).order_by("-removed_at")[:20]


def homes_of(person: Person) -> list[Organisation]:
    """Organisations in which this person may keep a plot."""
    return [each.organisation for each in workplaces_of(person) if Right.MANAGE in each.rights]


def plot_rooms_of(person: Person) -> list[Organisation]:
    """Organisations whose plots this person may read."""
    return [each.organisation for each in workplaces_of(person) if Right.ANALYSE in each.rights]


def own_sharing() -> Sharing | None:
    """What this organisation shares."""
    return Sharing.objects.select_related("plot").filter(organisation_id=acting_organisation()).first()


def medians(size: Size) -> tuple[dict[str, float], int]:
    """The middle of what others of this size share, and how many they are; nothing for fewer than five."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, sharers, median FROM team_medians(%s)", [size.value])
        rows = cursor.fetchall()
    return {code: median for code, _, median in rows}, max((count for _, count, _ in rows), default=0)


@dataclass(frozen=True)
class Neighbour:
    """An organisation that may be asked."""

    offer: Offer
    #: None where one of both is no municipality.
    kilometres: int | None


def neighbours(organisation: Organisation, role: str) -> list[Neighbour]:
    """Who agreed to be asked about this role, the nearest first; not ourselves."""
    offers = (
        Offer.objects.filter(roles__contains=[role], organisation__is_active=True)
        .exclude(organisation=organisation)
        .select_related("organisation")
    )
    found = [Neighbour(each, _distance(organisation, each.organisation)) for each in offers]
    return sorted(found, key=lambda each: (each.kilometres is None, each.kilometres or 0))


def _distance(one: Organisation, other: Organisation) -> int | None:
    here, there = (places().get(each.municipality_id or "") for each in (one, other))
    return kilometres(here, there) if here and there else None


def own_offer() -> Offer | None:
    """What this organisation offers."""
    return Offer.objects.filter(organisation_id=acting_organisation()).first()


def own_entries() -> QuerySet[OwnEntry]:
    """Roles and tasks that this organisation added."""
    return OwnEntry.objects.filter(organisation_id=acting_organisation())


def document_of(plot: TeamPlot) -> Document:
    """The plot with the roles and tasks that its organisation has of its own."""
    offered = list(own_entries().filter(retired_at=None))
    roles, tasks = ([each for each in offered if each.kind == kind] for kind in OwnEntry.Kind.values)
    return with_own(
        plot.document,
        [{"code": each.code, "name": each.name, "essence": each.essence} for each in roles],
        [{"code": each.code, "name": each.name, "roles": each.roles} for each in tasks],
    )
