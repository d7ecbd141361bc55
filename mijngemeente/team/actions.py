"""Keeping plots: the only code that writes them."""

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit

from .models import Offer, OwnEntry, PlotVersion, Sharing, TeamPlot
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
    """Write down what was typed; True if that changed anything. `plot` is locked by the caller."""
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
    """Out of sight for everybody, and no longer shared; a second time changes nothing."""
    with transaction.atomic():
        if TeamPlot.objects.filter(id=plot.id, removed_at=None).update(removed_at=timezone.now()):
            audit.record("plot.removed", plot, by=by)
            for each in Sharing.objects.filter(plot=plot):
                stop_sharing(sharing=each, by=by)


def bring_back(*, plot: TeamPlot, by: Member) -> None:
    """Undo `remove_plot`."""
    with transaction.atomic():
        if TeamPlot.objects.filter(id=plot.id).exclude(removed_at=None).update(removed_at=None):
            audit.record("plot.brought_back", plot, by=by)


def share_plot(*, plot: TeamPlot, size: str, figures: dict[str, float], by: Member) -> Sharing:
    """Let others count with these figures, in place of what was shared before."""
    with transaction.atomic():
        sharing, _ = Sharing.objects.update_or_create(
            organisation_id=plot.organisation_id,
            defaults={
                "plot": plot,
                "size": size,
                "figures": figures,
                "shared_by": by,
                "shared_at": timezone.now(),
            },
        )
        audit.record("plot.shared", plot, by=by)
    return sharing


def stop_sharing(*, sharing: Sharing, by: Member) -> None:
    """The figures count no longer for anybody, at once; a second time changes nothing."""
    with transaction.atomic():
        if Sharing.objects.filter(id=sharing.id).delete()[0]:
            audit.record("plot.sharing_withdrawn", sharing.plot, by=by)


def make_offer(*, roles: list[str], contact: str, email: str, note: str, by: Member) -> Offer:
    """Agree to be asked about these roles, in place of what was offered before."""
    with transaction.atomic():
        offer, _ = Offer.objects.update_or_create(
            organisation_id=by.organisation_id,
            defaults={
                "roles": roles,
                "contact": contact,
                "email": email,
                "note": note,
                "agreed_at": timezone.now(),
            },
        )
        audit.record("offer.made", offer, by=by)
    return offer


def withdraw_offer(*, offer: Offer, by: Member) -> None:
    """Nobody sees it any more; a second time changes nothing."""
    with transaction.atomic():
        if Offer.objects.filter(id=offer.id).delete()[0]:
            audit.record("offer.withdrawn", offer, by=by)


def add_own(*, kind: OwnEntry.Kind, name: str, essence: str, roles: list[str], by: Member) -> OwnEntry:
    """A role or task of the organisation's own, with a code that nothing else ever had.

    What is offered by that name already is left as it is.
    """
    letter = "ER" if kind is OwnEntry.Kind.ROLE else "ET"
    with transaction.atomic():
        # Two who add at once wait for each other, and so get each their own number; nobody else waits.
        Organisation.objects.select_for_update(no_key=True).get(id=by.organisation_id)
        ours = OwnEntry.objects.filter(organisation_id=by.organisation_id, kind=kind)
        there = ours.filter(name__iexact=name, retired_at=None).first()
        if there is not None:
            return there
        number = ours.count() + 1
        entry = OwnEntry.objects.create(
            organisation_id=by.organisation_id,
            kind=kind,
            code=f"{letter}{number}",
            name=name,
            essence=essence,
            roles=roles,
            added_by=by,
        )
        audit.record("own_entry.added", entry, by=by)
    return entry


def retire_own(*, entry: OwnEntry, by: Member) -> None:
    """Offer it no longer; a second time changes nothing."""
    with transaction.atomic():
        if OwnEntry.objects.filter(id=entry.id, retired_at=None).update(retired_at=timezone.now()):
            audit.record("own_entry.retired", entry, by=by)


def use_own_again(*, entry: OwnEntry, by: Member) -> None:
    """Undo `retire_own`."""
    with transaction.atomic():
        if OwnEntry.objects.filter(id=entry.id).exclude(retired_at=None).update(retired_at=None):
            audit.record("own_entry.used_again", entry, by=by)
