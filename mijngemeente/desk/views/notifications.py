"""What somebody was told, and what they want to be told."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.conversations import actions as conversations
from mijngemeente.organisations import actions as organisations
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import notification_choice
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import acting_for, covering

from ..forms import NotificationsForm
from ..queries import choices, notifications
from .drawing import REFUSED, SEE_OTHER


@require_GET
def notices(request: PersonRequest) -> HttpResponse:
    """The newest, and the form with what somebody wants to know."""
    form = NotificationsForm.of(notification_choice(request.user))
    return _draw(request, form)


def _draw(request: PersonRequest, form: NotificationsForm, *, status: int = 200) -> HttpResponse:
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        told = notifications.told_to(workplace)
    context = {"told": told, "has_unread": any(each.is_unread for each in told), "form": form}
    return render(request, "desk/notifications.html", context, status=status)


@require_GET
def unread(request: PersonRequest) -> HttpResponse:
    """The number beside the bell."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        count = notifications.unread_count(workplace)
    shown = f"{notifications.COUNTED}+" if count > notifications.COUNTED else str(count or "")
    return render(request, "desk/_unread.html", {"count": shown})


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Everything was seen."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        places = notifications.organisations_with_unread(workplace)
    for organisation_id in places:
        with acting_for(organisation_id):
            by = Member.objects.get(id=request.coverage[organisation_id].member_id)
            conversations.read_notifications(organisation_id=organisation_id, by=by)
    return HttpResponseRedirect(reverse("desk:notifications"), status=SEE_OTHER)


@require_POST
def choose(request: PersonRequest) -> HttpResponse:
    """What somebody wants to know from now on."""
    form = NotificationsForm(request.POST)
    if not form.is_valid():
        return _draw(request, form, status=REFUSED)
    organisations.choose_notifications(
        person=request.user, muted=form.muted, wants_digest=form.cleaned_data["wants_digest"]
    )
    messages.success(request, "Bewaard. Dit geldt vanaf nu.")
    return redirect("desk:notifications")
