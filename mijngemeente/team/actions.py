"""Keeping plots: the only code that writes them."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from .models import PlotVersion, TeamPlot
from .rules.documents import Document, without_levels

_TITLE_CHARACTERS = 200


def keep_plot(*, document: Document, by: Member, what_if_of: TeamPlot | None = None) -> TeamPlot:
    """Keep a plot in the organisation that `by` works for, without what single persons can do."""
    kept = without_levels(document)
    with transaction.atomic():
        plot = TeamPlot.objects.create(
            organisation_id=by.organisation_id,
            title=_title_of(kept),
            document=kept,
            made_by=by,
            what_if_of=what_if_of,
        )
        audit.record("plot.kept", plot, by=by)
    return plot


def _title_of(document: Document) -> str:
    return str(document.get("title") or "Ons online team")[:_TITLE_CHARACTERS]


def change_plot(*, plot: TeamPlot, document: Document, by: Member) -> bool:
    """Write down what was typed; True if that changed anything."""
    kept = without_levels(document)
    if kept == plot.document:
        return False
    with transaction.atomic():
        plot.document, plot.title, plot.changed_at = kept, _title_of(kept), timezone.now()
        plot.save(update_fields=["document", "title", "changed_at"])
        audit.record("plot.changed", plot, by=by)
    return True


def copy_as_what_if(*, plot: TeamPlot, title: str, by: Member) -> TeamPlot:
    """A copy to try something out in; the plot itself stays as it is."""
    document = {**plot.document, "title": title.strip() or f"Wat als: {plot.title}"}
    return keep_plot(document=document, by=by, what_if_of=plot)


def keep_version(*, plot: TeamPlot, name: str, by: Member) -> PlotVersion:
    """The plot as it stands now, never to change again."""
    with transaction.atomic():
        version = PlotVersion.objects.create(
            organisation_id=plot.organisation_id,
            plot=plot,
            name=name.strip(),
            document=plot.document,
            kept_by=by,
        )
        audit.record("plot.version_kept", plot, by=by)
    return version


def remove_plot(*, plot: TeamPlot, by: Member) -> None:
    """Out of sight for everybody; a second time changes nothing."""
    with transaction.atomic():
        if TeamPlot.objects.filter(id=plot.id, removed_at=None).update(removed_at=timezone.now()):
            audit.record("plot.removed", plot, by=by)


def bring_back(*, plot: TeamPlot, by: Member) -> None:
    """Undo `remove_plot`."""
    with transaction.atomic():
        if TeamPlot.objects.filter(id=plot.id).exclude(removed_at=None).update(removed_at=None):
            audit.record("plot.brought_back", plot, by=by)
