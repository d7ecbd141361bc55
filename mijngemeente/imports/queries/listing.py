"""The imports of an organisation."""

from ..models import Import

SHOWN = 20


def imports_of(organisation_id: int) -> list[Import]:
    """The last ones, newest first."""
    rows = Import.objects.filter(organisation_id=organisation_id).select_related("by__person")
    return list(rows.order_by("-id")[:SHOWN])
