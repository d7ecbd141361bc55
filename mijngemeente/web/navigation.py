"""What stands in the header of the staff pages, and what every template may count on."""

from typing import Any

from django.http import HttpRequest

from .door import may


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: the organisation worked for, and what this person may do there."""
    return {"organisation": getattr(request, "organisation", None), "may": may(request)}
