"""Other systems bring messages: one address for all channels."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import InboxAddress
from mijngemeente.organisations.queries import credentials_of
from mijngemeente.platform.tenancy import acting_for

from ..actions import keep


@csrf_exempt
@require_POST
def receive(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Keep what a channel sends; 200 only once it is stored. A stopped inbox has no address."""
    known = InboxAddress.objects.filter(is_active=True, organisation__is_active=True, kind__in=CHANNELS)
    inbox = get_object_or_404(known, kind=kind, token=token)
    body = request.body
    with acting_for(inbox.organisation_id):
        if not CHANNELS[kind].wire.authenticate(request.headers, body, credentials_of(inbox)):
            raise PermissionDenied
        keep(inbox=inbox, body=body)
    return HttpResponse()
