"""The door: finds out for whom a request works, and opens that unit around the view.

Deny by default: what a person may not see does not exist for them, so every refusal is the same 404.
"""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member, Organisation, Person
from mijngemeente.organisations.queries import coverage_of, must_set_up_second_factor
from mijngemeente.organisations.requests import MemberRequest, PersonRequest, ResidentRequest
from mijngemeente.organisations.rules import Coverage, Right
from mijngemeente.platform import failpoints
from mijngemeente.platform.tenancy import Parts, acting_for, keeping_to, parts

from .parts import IN_PART
from .permissions import READING_BESIDES, Door, access_to

View = Callable[..., HttpResponse]


class DoorMiddleware:
    """Must be last: it calls the view itself, inside the unit."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the unit the route asks for, or refuse."""
        match = request.resolver_match
        access = access_to(match.view_name) if match else None
        if access in (None, Door.NOBODY):
            raise Http404
        if access is Door.RESIDENT:
            return _for_resident(cast(ResidentRequest, request), view, arguments, keywords)
        # Residents choose a language; the workplace is Dutch, whatever the browser prefers.
        translation.activate(settings.LANGUAGE_CODE)
        if access in (Door.PUBLIC, Door.MACHINE):
            return None
        if not request.user.is_authenticated:
            return _led_to(redirect_to_login(_page_of(request)).url, request)
        if must_set_up_second_factor(request.user):
            return _led_to(reverse("mfa_activate_totp"), request)
        person_request = cast(PersonRequest, request)
        person_request.coverage = _reached(person_request.user, match.view_name if match else "")
        if access is Door.PERSON:
            return _for_person(person_request, view, arguments, keywords)
        with keeping_to(_parts(person_request)):
            return _for_member(cast(MemberRequest, request), access, view, arguments, keywords)


def _reached(person: Person, route: str) -> dict[int, Coverage]:
    """Where this person works, as far as the page knows how to show only a part of an organisation."""
    covered = coverage_of(person)
    return {number: each for number, each in covered.items() if route in IN_PART or not each.is_limited}


def _parts(request: PersonRequest) -> Parts:
    return {number: each.team_ids for number, each in request.coverage.items() if each.is_limited}


def _for_person(
    request: PersonRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> HttpResponse | None:
    """None for the stream, which tells ids alone."""
    if iscoroutinefunction(view):
        return None
    with keeping_to(_parts(request)):
        return view(request, *arguments, **keywords)


def _led_to(url: str, request: HttpRequest) -> HttpResponse:
    """Elsewhere with the whole page, also for a part of one; nowhere when nobody pressed anything."""
    if request.headers.get("X-By-Itself"):
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(url) if HtmxDetails(request) else redirect(url)


def _page_of(request: HttpRequest) -> str:
    """Where somebody is, to come back to: of a part, the page that it was for."""
    return HtmxDetails(request).current_url_abs_path or request.get_full_path()


def _for_resident(
    request: ResidentRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> HttpResponse | None:
    request.organisation = _organisation(keywords)
    if iscoroutinefunction(view):
        return None
    return _answer_inside(request, view, arguments, keywords)


def _for_member(
    request: MemberRequest, right: object, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> HttpResponse:
    request.organisation = _organisation(keywords)
    covered = request.coverage.get(request.organisation.id)
    if covered is None or right not in covered.rights:
        raise Http404
    request.rights = covered.rights
    request.member = Member.objects.select_related("person", "organisation").get(id=covered.member_id)
    return _answer_inside(request, view, arguments, keywords)


def _answer_inside(
    request: ResidentRequest | MemberRequest, view: View, arguments: tuple[Any, ...], keywords: dict[str, Any]
) -> HttpResponse:
    """Nobody hears that it was stored before it was."""
    with acting_for(request.organisation.id, reading=_read_besides(request)):
        _check_reached(request.organisation.id, keywords.get("conversation_id"))
        response = view(request, *arguments, **keywords)
    failpoints.reach("door.committed")
    return response


def _check_reached(organisation_id: int, conversation_id: UUID | None) -> None:
    """Who reaches a part has no page of another conversation, nor of what hangs on it."""
    if organisation_id not in parts() or conversation_id is None:
        return
    if not Conversation.objects.filter(organisation_id=organisation_id, id=conversation_id).exists():
        raise Http404


def _read_besides(request: ResidentRequest | MemberRequest) -> list[int]:
    """For a few pages: what else this person may read. It writes for one organisation all the same."""
    match = request.resolver_match
    if match is None or match.view_name not in READING_BESIDES:
        return []
    covered = cast(MemberRequest, request).coverage
    return [number for number, each in covered.items() if Right.READ in each.rights]


def _organisation(keywords: dict[str, Any]) -> Organisation:
    return get_object_or_404(Organisation, slug=keywords.pop("organisation"), is_active=True)


def may(request: HttpRequest) -> dict[str, bool]:
    """What templates ask: `may.reply`."""
    rights: frozenset[Right] = getattr(request, "rights", frozenset())
    return {right.value: right in rights for right in Right} | {"reach_all": not _is_in_part(request)}


def _is_in_part(request: HttpRequest) -> bool:
    """Only what their own team has is shown of the organisation."""
    covered = getattr(request, "coverage", {}).get(getattr(getattr(request, "organisation", None), "id", 0))
    return covered is not None and covered.is_limited
