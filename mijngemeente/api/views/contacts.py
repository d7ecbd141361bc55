"""Residents, for other systems: as one organisation knows them."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from mijngemeente.conversations.actions import view_contact
from mijngemeente.conversations.models import Contact
from mijngemeente.conversations.rules import normal_address
from mijngemeente.organisations.rules import Right

from ..describe import PAGE, described, page_shape
from ..door import ApiRequest, endpoint
from ..pages import page_of
from ..shapes import ContactShape

TAG = "inwoners"
#: Why another system looks, in the log that a resident may ask for.
PURPOSE = "api"

_BY_ADDRESS = OpenApiParameter("adres", str, description="Precies dit e-mailadres of telefoonnummer.")


@described(
    "GET",
    "inwoners",
    "Inwoners, wie het laatst voor het eerst schreef eerst",
    tag=TAG,
    parameters=(_BY_ADDRESS, *PAGE),
    answers={200: page_shape("Inwoners", ContactShape)},
)
@endpoint(GET=Right.READ)
def contacts(request: ApiRequest) -> Response:
    """All of them, or who has one address."""
    rows = _rows(request)
    address = request.query_params.get("adres", "")
    if address:
        wanted = {normal_address(kind, address) for kind in ("email", "phone")}
        rows = rows.filter(addresses__value__in=wanted).distinct()
    return page_of(request, rows, ContactShape, newest_first=True)


@described("GET", "inwoner", "Een inwoner", tag=TAG, answers={200: ContactShape})
@endpoint(GET=Right.READ)
def contact(request: ApiRequest, contact_id: UUID) -> Response:
    """One resident; looking is written down, as on the desk."""
    found = get_object_or_404(_rows(request), id=contact_id)
    view_contact(contact=found, by=request.member, purpose=PURPOSE)
    return Response(ContactShape(found).data)


def _rows(request: ApiRequest) -> "QuerySet[Contact]":
    return Contact.objects.known().filter(organisation=request.organisation).prefetch_related("addresses")
