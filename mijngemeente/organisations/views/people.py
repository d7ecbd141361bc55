"""What one person sees of their own account: the profile, and an invitation."""

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted
from mijngemeente.platform.tenancy import acting_for

from .. import actions, queries
from ..forms import AcceptForm, ProfileForm
from ..models import Invitation, Member, Person
from ..requests import PersonRequest
from ..rules import ROLES, Role


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Name, shortcuts, and for whom I work."""
    form = ProfileForm(posted(request), instance=Person.objects.get(id=request.user.id))
    if form.is_valid():
        actions.change_profile(person=request.user, **form.cleaned_data)
        messages.success(request, "Bewaard.")
        return redirect("people:profile")
    context = {
        "form": form,
        "workplaces": queries.workplaces_of(request.user),
        "has_second_factor": queries.has_second_factor(request.user),
    }
    return render(request, "organisations/me.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link leads to: join, make an account and join, or sign in first."""
    found = queries.invitation_by_token(token)
    if found is None or not found.is_open(timezone.now()):
        return _closed(request)
    known = Person.objects.filter(email__iexact=found.email).first()
    if request.user.is_authenticated and request.user != known:
        return _show(request, found, for_other=True)
    if known is not None:
        return _join(request, found, known)
    return _join_newly(request, found)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "organisations/invitation.html", {"invitation": None}, status=404)


def _show(request: HttpRequest, found: Invitation, *, status: int = 200, **more: object) -> HttpResponse:
    shown = {
        "organisation_name": found.organisation.full_name,
        "invited_by": found.invited_by.person.name,
        "roles": [ROLES[Role(role)] for role in found.roles],
        "email": found.email,
    }
    context = {"invitation": shown, "form_url": request.path, **more}
    return render(request, "organisations/invitation.html", context, status=status)


def _join(request: HttpRequest, found: Invitation, person: Person) -> HttpResponse:
    if not request.user.is_authenticated:
        return _show(request, found, must_sign_in=True)
    if request.method != "POST":
        return _show(request, found)
    member = _accept(found, person)
    if member is None:
        return _closed(request)
    messages.success(request, f"Je werkt nu voor {found.organisation.full_name}.")
    return redirect("people:profile")


def _join_newly(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(posted(request), email=found.email, initial={"name": found.name})
    if not form.is_valid():
        return _show(request, found, form=form, status=_status(request))
    member = _accept(found, None, **form.cleaned_data)
    if member is None:
        return _closed(request)
    # They just chose the password: the same path as signing in with it, second factor included.
    login = Login(user=member.person, email=found.email)
    return cast(HttpResponse, perform_password_login(request, {"email": found.email}, login))


def _accept(found: Invitation, person: Person | None, **account: str) -> Member | None:
    try:
        with acting_for(found.organisation_id):
            return actions.accept_invitation(invitation=found, person=person, **account)
    except Refused:
        return None
