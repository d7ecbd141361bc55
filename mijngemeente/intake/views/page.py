"""The frame around every page a resident sees: language, headers, and nothing kept in the browser."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from mijngemeente.organisations.models import Theme
from mijngemeente.organisations.queries import rules_of
from mijngemeente.organisations.requests import ResidentRequest
from mijngemeente.platform.http import is_from_elsewhere

from .. import rules

View = Callable[..., HttpResponse]

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English", "fy": "Frysk"}


class SeeOther(HttpResponseRedirect):
    """After a form: go there with GET, so that "back" and "again" send nothing twice."""

    status_code = 303


def resident_page(view: View) -> View:
    """Dutch unless asked otherwise; without cookies, so forms carry a mark of our own instead of Django's."""

    @wraps(view)
    def page(request: ResidentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A form in another character set than our page's own is a trick: some are no text at all.
        request.encoding = "utf-8"
        if request.method == "POST" and is_from_elsewhere(request):
            raise PermissionDenied
        with translation.override(rules.language_of(asked_language(request))):
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language())
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return csrf_exempt(page)


def asked_language(request: ResidentRequest) -> str:
    """What the address asks for; empty if nothing."""
    return request.GET.get("taal", "")


def speak(request: ResidentRequest, language: str) -> None:
    """Go on in the conversation's language, unless the address asks for another. Inside `resident_page`."""
    translation.activate(rules.language_of(asked_language(request), language))


def show(request: ResidentRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page in the municipality's own face."""
    organisation = request.organisation
    municipality = organisation.municipality
    frame = {
        "rules": rules_of(organisation.id),
        "front_url": reverse("intake:contact", kwargs={"organisation": organisation.slug}),
        "website_url": f"https://www.{municipality.domain}/" if municipality and municipality.domain else "",
        "theme_url": _theme_url(request),
        "languages": list(_languages(request)),
    }
    return render(request, template, frame | context, status=status)


def _theme_url(request: ResidentRequest) -> str:
    has_own = Theme.objects.filter(organisation_id=request.organisation.id).exists()
    return f"/{request.organisation.slug}/contact/uiterlijk.css" if has_own else ""


def _languages(request: ResidentRequest) -> Iterable[dict[str, object]]:
    for code, name in LANGUAGE_NAMES.items():
        query = request.GET.copy()
        query["taal"] = code
        is_current = code == translation.get_language()
        yield {"code": code, "name": name, "url": f"?{query.urlencode()}", "is_current": is_current}


def framed(response: HttpResponse, sites: Iterable[str]) -> HttpResponse:
    """Let these sites, and nobody else, show the page inside theirs."""
    vars(response)["_csp_replace"] = {"frame-ancestors": rules.allowed_frames(sites)}  # read by django-csp
    vars(response)["xframe_options_exempt"] = True  # read by Django
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Keep it out of caches and search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
