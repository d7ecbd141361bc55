"""How the municipality's own pages look, and the stylesheet that makes them so."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.platform.http import posted

from .. import actions, queries
from ..errors import UnreadableTheme
from ..forms import THEMES, ThemeForm, TokenFileForm
from ..requests import MemberRequest, ResidentRequest
from ..rules.appearance import stylesheet as stylesheet_of


@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: MemberRequest) -> HttpResponse:
    """Choose one of our themes."""
    form = ThemeForm(posted(request), initial={"theme": request.organisation.theme})
    if form.is_valid():
        actions.choose_theme(organisation=request.organisation, by=request.member, **form.cleaned_data)
        messages.success(request, "Het uiterlijk is gekozen.")
        return redirect(request.path)
    return _page(request, form=form)


def _page(request: MemberRequest, **given: object) -> HttpResponse:
    context = {
        "form": ThemeForm(initial={"theme": request.organisation.theme}),
        "file_form": TokenFileForm(),
        "token_count": len(queries.tokens_of(request.organisation.id)),
        "themes": THEMES,
        **given,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/appearance.html", context, status=status)


@require_POST
def own_theme(request: MemberRequest) -> HttpResponse:
    """Load the organisation's own token file; one that cannot be read changes nothing."""
    form = TokenFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form)
    try:
        actions.load_theme(
            organisation=request.organisation, content=form.cleaned_data["tokens"], by=request.member
        )
    except UnreadableTheme as refusal:
        return _page(request, contrast_problems=refusal.reasons)
    messages.success(request, "De eigen huisstijl is geladen.")
    return redirect("organisations:appearance", request.organisation.slug)


@require_POST
def remove(request: MemberRequest) -> HttpResponse:
    """Back to our own theme."""
    actions.remove_theme(organisation=request.organisation, by=request.member)
    messages.success(request, "De eigen huisstijl is weggehaald.")
    return redirect("organisations:appearance", request.organisation.slug)


@require_safe
def stylesheet(request: ResidentRequest) -> HttpResponse:
    """The organisation's own tokens as CSS, for its pages; 404 if it has none."""
    tokens = queries.tokens_of(request.organisation.id)
    if not tokens:
        raise Http404
    response = HttpResponse(stylesheet_of(tokens), content_type="text/css; charset=utf-8")
    # Short, so that a new house style shows the same day without a new address.
    response["Cache-Control"] = "public, max-age=300"
    return response
