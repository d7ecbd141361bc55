"""What is found by its words."""

from ..models import SearchEntry


def organisations_with_emptied_entries() -> list[int]:
    """The organisations where something changed under an entry, of those this unit covers."""
    emptied = SearchEntry.objects.filter(version=0).order_by()
    return list(emptied.values_list("organisation_id", flat=True).distinct())
