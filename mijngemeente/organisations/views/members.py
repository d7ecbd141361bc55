"""Who works here: the list, inviting, roles and leaving."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.platform.errors import Refused
from mijngemeente.platform.http import posted

from .. import actions, queries
from ..forms import InvitationForm, RolesForm
from ..models import Invitation, Member
from ..requests import MemberRequest
from ..rules import ROLES, Role


@dataclass(frozen=True)
class MemberRow:
    """A member as the list shows them."""

    name: str
    email: str
    roles: list[str]
    url: str
    has_second_factor: bool
    last_seen_at: datetime | None
    is_me: bool


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that waits for an answer."""

    name: str
    email: str
    roles: list[str]
    sent_at: datetime
    is_open: bool
    #: To pass on by hand, where this installation was given no mail server; empty otherwise.
    link: str
    again_url: str
    withdraw_url: str


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Everybody who works here, and who was asked."""
    members = list(queries.members_of(request.organisation))
    secured = queries.people_with_second_factor(members)
    waiting = queries.waiting_invitations(request.organisation)
    context = {
        "members": [_member_row(request, each, each.person_id in secured) for each in members],
        "invitations": [_invitation_row(request, each) for each in waiting],
        "invite_url": _url(request, "invite"),
    }
    return render(request, "organisations/people.html", context)


def _member_row(request: MemberRequest, member: Member, has_second_factor: bool) -> MemberRow:
    return MemberRow(
        name=member.person.name,
        email=member.person.email,
        roles=member.role_names,
        url=_url(request, "member", member.id),
        has_second_factor=has_second_factor,
        last_seen_at=member.person.last_login,
        is_me=member.id == request.member.id,
    )


def _invitation_row(request: MemberRequest, invitation: Invitation) -> InvitationRow:
    return InvitationRow(
        name=invitation.name,
        email=invitation.email,
        roles=[ROLES[Role(role)] for role in invitation.roles],
        sent_at=invitation.invited_at,
        is_open=invitation.is_open(timezone.now()),
        link="" if settings.MAIL_SMTP else queries.invitation_url(invitation),
        again_url=_url(request, "renew_invitation", invitation.id),
        withdraw_url=_url(request, "withdraw_invitation", invitation.id),
    )


def _url(request: MemberRequest, name: str, *ids: UUID) -> str:
    return reverse(f"organisations:{name}", args=[request.organisation.slug, *ids])


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: MemberRequest) -> HttpResponse:
    """Ask somebody by mail."""
    form = InvitationForm(posted(request))
    if form.is_valid():
        try:
            actions.invite(organisation=request.organisation, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"De uitnodiging voor {form.cleaned_data['name']} is onderweg.")
            return redirect(_url(request, "people"))
    context = {"form": form, "form_url": request.path, "back_url": _url(request, "people")}
    return render(request, "organisations/person_form.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    """A form that comes back after sending says so to htmx."""
    return 422 if request.method == "POST" else 200


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """What one member does here."""
    found = _member(request, member_id)
    form = RolesForm(posted(request), initial={"roles": found.roles})
    if form.is_valid():
        try:
            actions.change_roles(member=found, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, f"De rollen van {found.person.name} zijn bewaard.")
            return redirect(_url(request, "people"))
    context = {
        "form": form,
        "form_url": request.path,
        "member": found.person,
        "back_url": _url(request, "people"),
        "leave_url": _url(request, "end_membership", found.id),
    }
    return render(request, "organisations/person_form.html", context, status=_status(request))


def _member(request: MemberRequest, member_id: UUID) -> Member:
    rows = Member.objects.current().filter(organisation=request.organisation)
    return get_object_or_404(rows.select_related("person"), id=member_id)


@require_POST
def end(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """The member stops working here."""
    found = _member(request, member_id)
    try:
        actions.end_membership(member=found, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{found.person.name} kan er niet meer bij.")
    return redirect(_url(request, "people"))


@require_POST
def renew(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Mail a new link."""
    found = _invitation(request, invitation_id)
    try:
        actions.renew_invitation(invitation=found, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Er is een nieuwe mail onderweg naar {found.name}.")
    return redirect(_url(request, "people"))


def _invitation(request: MemberRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation, organisation=request.organisation, id=invitation_id)


@require_POST
def withdraw(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """The link stops working."""
    found = _invitation(request, invitation_id)
    try:
        actions.withdraw_invitation(invitation=found, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De uitnodiging voor {found.name} is ingetrokken.")
    return redirect(_url(request, "people"))
