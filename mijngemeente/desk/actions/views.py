"""Views that people keep."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from mijngemeente.conversations.rules.conditions import Condition, json_of
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.rules import rights_of
from mijngemeente.organisations.rules.rights import Role
from mijngemeente.platform import audit
from mijngemeente.platform.order import moved

from ..errors import NotYours, TooManyViews, ViewGone
from ..models import SavedView
from ..rules import Audience, may_share

#: In one organisation, personal ones included.
MOST_VIEWS = 500


@dataclass(frozen=True)
class Outline:
    """What a view is."""

    name: str
    icon: str
    audience: Audience
    sorted_by: str
    condition: Condition

    @property
    def columns(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "name": self.name,
            "icon": self.icon,
            "audience": self.audience.value,
            "sorted_by": self.sorted_by,
            "condition": json_of(self.condition),
        }


def make_view(*, by: Member, outline: Outline) -> SavedView:
    """Keep a view in the organisation of `by`, below the others. Raises NotYours, TooManyViews."""
    _ask_rights(by, outline.audience)
    views = SavedView.objects.filter(organisation_id=by.organisation_id)
    if views.count() >= MOST_VIEWS:
        raise TooManyViews
    last = views.aggregate(last=Max("position"))["last"] or 0
    with transaction.atomic():
        view = SavedView.objects.create(
            organisation_id=by.organisation_id, owner=by, position=last + 1, **outline.columns
        )
        audit.record("view.made", view, by=by, audience=view.audience)
    return view


def change_view(*, view: SavedView, by: Member, outline: Outline) -> None:
    """Give a view another name, audience or condition. Raises NotYours, or ViewGone when it was removed."""
    _ask(view, by)
    _ask_rights(by, outline.audience)
    with transaction.atomic():
        if not _same(view).update(**outline.columns, changed_at=timezone.now()):
            raise ViewGone
        audit.record("view.changed", view, by=by, audience=outline.audience.value)


def remove_view(*, view: SavedView, by: Member) -> None:
    """Take a view away, for everybody who saw it. Raises NotYours."""
    _ask(view, by)
    with transaction.atomic():
        if _same(view).delete()[0]:
            audit.record("view.removed", view, by=by, audience=view.audience)


def move_view(*, view: SavedView, by: Member, steps: int) -> None:
    """Put a view so many places further down among those it stands with. Raises NotYours or ViewGone."""
    _ask(view, by)
    with transaction.atomic():
        rows = SavedView.objects.select_for_update().filter(organisation_id=view.organisation_id)
        beside = list(_beside(rows, view))
        if view not in beside:
            raise ViewGone
        for each, position in zip(moved(beside, view, steps), _spread(beside), strict=True):
            rows.filter(id=each.id).update(position=position)


def _spread(views: list[SavedView]) -> list[int]:
    """Their positions, made different where two were the same."""
    taken: list[int] = []
    for each in sorted(view.position for view in views):
        taken.append(max(each, taken[-1] + 1 if taken else each))
    return taken


def _beside(rows: QuerySet[SavedView], view: SavedView) -> QuerySet[SavedView]:
    """The views among which it stands for its owner."""
    if view.audience == Audience.PERSONAL:
        return rows.filter(audience=Audience.PERSONAL, owner=view.owner_id)
    return rows.exclude(audience=Audience.PERSONAL)


def may_change(view: SavedView, by: Member) -> bool:
    """Whether somebody, as this member, changes or removes the view."""
    if view.organisation_id != by.organisation_id:
        return False
    rights = rights_of(map(Role, by.roles))
    is_shared = view.audience != Audience.PERSONAL
    return view.owner_id == by.id or (is_shared and may_share(Audience(view.audience), rights))


def _ask(view: SavedView, by: Member) -> None:
    """Raises NotYours unless `by` may change the view."""
    if not may_change(view, by):
        raise NotYours


def _ask_rights(by: Member, audience: Audience) -> None:
    if not may_share(audience, rights_of(map(Role, by.roles))):
        raise NotYours


def _same(view: SavedView) -> QuerySet[SavedView]:
    return SavedView.objects.filter(organisation_id=view.organisation_id, id=view.id)
