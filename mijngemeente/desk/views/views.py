"""Views that people keep: making, changing, ordering and removing them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mijngemeente.conversations.rules.conditions import condition_of
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.errors import Refused
from mijngemeente.platform.tenancy import acting_for, covering

from .. import actions
from ..actions import may_change
from ..errors import NotYours
from ..forms import ViewForm
from ..models import SavedView
from ..queries import choices, editors, panes
from ..queries.choices import Choice
from ..rules import Audience
from ..rules.sketches import Group, Row, draft_in, draft_of, edited
from .drawing import REFUSED, SEE_OTHER, is_fragment

SAVE, COUNT = "save", "count"


@require_GET
def view_counts(request: PersonRequest) -> HttpResponse:
    """How many conversations each saved view holds now."""
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        choice = choices.choice_of(request.GET, workplace)
        links = panes.view_links(choice, workplace, timezone.now())
        return render(request, "desk/_view_counts.html", {"queues": links})


@require_http_methods(["GET", "POST"])
def new_view(request: PersonRequest) -> HttpResponse:
    """Put conditions together and keep them under a name."""
    return _edited(request, None)


@require_http_methods(["GET", "POST"])
def edit_view(request: PersonRequest, view_id: UUID) -> HttpResponse:
    """Change a view, or make a copy of one; of a colleague's there is only a copy."""
    return _edited(request, _found(request, view_id))


def _found(request: PersonRequest, view_id: UUID) -> SavedView:
    workplace = choices.workplace_of(request.coverage)
    with covering(workplace.ids):
        seen = choices.views_of(workplace).select_related("owner__person", "organisation")
        return get_object_or_404(seen, id=view_id)


def _edited(request: PersonRequest, view: SavedView | None) -> HttpResponse:
    page = _Page(request, view)
    deed = request.POST.get("deed", "")
    if deed != SAVE:
        return page.draw(edited(page.draft, deed))
    kept = page.keep()
    if kept is None:
        return page.draw(page.draft, status=REFUSED)
    messages.success(request, f"De rij “{kept.name}” is bewaard.")
    return HttpResponseRedirect(choices.list_url(Choice(view_id=str(kept.id))), status=SEE_OTHER)


class _Page:
    """The page on which a view is put together, as somebody left it."""

    def __init__(self, request: PersonRequest, view: SavedView | None) -> None:
        self.request = request
        self.view = view
        self.workplace = choices.workplace_of(request.coverage)
        members = _members(request)
        self.own = next((each for each in members if view and may_change(view, each)), None)
        self.is_copy = view is not None and (self.own is None or request.GET.get("kopie") == "1")
        asked = [self.own] if self.own and not self.is_copy else members
        posted = request.POST if request.POST.get("deed") == SAVE else None
        self.form = ViewForm(posted, members=asked, initial=self._initial(asked))
        self.draft = self._draft()

    def _initial(self, members: list[Member]) -> dict[str, str]:
        typed = {name: self.request.POST[name] for name in ViewForm.base_fields if name in self.request.POST}
        if self.view is None:
            return typed
        audience = Audience.PERSONAL if self.is_copy else self.view.audience
        kept = {
            "name": f"{self.view.name} (kopie)" if self.is_copy else self.view.name,
            "icon": self.view.icon,
            "sorted_by": self.view.sorted_by,
            "audience": f"{audience}:{members[0].id}" if members else "",
        }
        return kept | typed

    def _draft(self) -> Group:
        if self.request.method == "POST":
            return draft_in(dict(self.request.POST.lists()))
        if self.view is None:
            return Group(parts=(Row(values=("open",)),))
        try:
            return draft_of(condition_of(self.view.condition))
        except Refused:
            return Group(parts=(Row(),))

    def keep(self) -> SavedView | None:
        """Store the view; None when there is something to mend."""
        with covering(self.workplace.ids):
            condition = editors.matches_of(self.draft, self.workplace, timezone.now()).condition
        if not self.form.is_valid() or condition is None:
            return None
        by, outline = self.form.by, self.form.outline(condition)
        try:
            with acting_for(by.organisation_id):
                if self.view is None or self.is_copy:
                    return actions.make_view(by=by, outline=outline)
                actions.change_view(view=self.view, by=by, outline=outline)
        except Refused as refusal:
            self.form.add_error(None, str(refusal))
            return None
        return self.view

    def draw(self, draft: Group, *, status: int = 200) -> HttpResponse:
        """The page, or for htmx the conditions and what matches them."""
        with covering(self.workplace.ids):
            context = {
                "form": self.form,
                "view": self.view,
                "own": self.own,
                "oob": is_fragment(self.request),
                "is_copy": self.is_copy,
                "group": editors.Editor(self.workplace).group(draft),
                "matches": editors.matches_of(draft, self.workplace, timezone.now()),
                "form_url": self.request.get_full_path(),
                "units": editors.UNITS,
            }
            return render(self.request, _template(self.request), context, status=status)


def _template(request: PersonRequest) -> str:
    """While a value is typed only what matches is drawn anew, so that nothing typed is lost."""
    if not is_fragment(request):
        return "desk/view.html"
    return "desk/_matches.html" if request.POST.get("deed") == COUNT else "desk/_draft.html"


def _members(request: PersonRequest) -> list[Member]:
    """As whom somebody can keep views: each membership with which they read."""
    ids = {each.member_id for each in request.coverage.values()}
    rows = Member.objects.filter(id__in=ids).select_related("organisation", "person")
    reading = [each for each in rows.order_by("organisation_id") if _reads(request, each)]
    return reading


def _reads(request: PersonRequest, member: Member) -> bool:
    covered = request.coverage.get(member.organisation_id)
    return covered is not None and Right.READ in covered.rights


@require_POST
def move_view(request: PersonRequest, view_id: UUID) -> HttpResponse:
    """One place up or down."""
    steps = 1 if request.POST.get("to") == "down" else -1
    return _done(request, view_id, lambda view, by: actions.move_view(view=view, by=by, steps=steps))


@require_POST
def remove_view(request: PersonRequest, view_id: UUID) -> HttpResponse:
    """Take a view away."""
    return _done(request, view_id, lambda view, by: actions.remove_view(view=view, by=by))


def _done(request: PersonRequest, view_id: UUID, deed: Callable[[SavedView, Member], None]) -> HttpResponse:
    view = _found(request, view_id)
    by = next((each for each in _members(request) if may_change(view, each)), None)
    if by is None:
        messages.error(request, str(NotYours()))
    else:
        try:
            with acting_for(view.organisation_id):
                deed(view, by)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("desk:views")


@require_GET
def views(request: PersonRequest) -> HttpResponse:
    """All views that somebody sees, to put in order or take away."""
    workplace = choices.workplace_of(request.coverage)
    members = _members(request)
    with covering(workplace.ids):
        seen = choices.views_of(workplace).select_related("owner__person", "organisation")
        rows = [editors.Listed(each, any(may_change(each, by) for by in members)) for each in seen]
        return render(request, "desk/views.html", {"views": rows})
