"""Who takes what: the rules, trying them out, and who knows about what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mijngemeente.assignment import actions, queries
from mijngemeente.assignment.models import AssignmentRule
from mijngemeente.conversations.rules.conditions import Condition, condition_of
from mijngemeente.organisations.queries import members_answering_for
from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.platform.errors import Refused
from mijngemeente.reference.models import Topic

from ..forms import RuleForm
from ..queries import editors
from ..queries.choices import Organisations, Workplace
from ..rules.sketches import Group, Row, draft_in, draft_of, edited, json_in
from .drawing import REFUSED, is_fragment

SAVE, COUNT = "save", "count"


@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    """All rules, in the order in which they are looked at."""
    rows = AssignmentRule.objects.filter(organisation=request.organisation).prefetch_related(
        "takers__member__person"
    )
    listed = [(each, _sentence(each)) for each in rows.select_related("team")]
    return render(request, "desk/rules.html", {"rules": listed})


def _sentence(rule: AssignmentRule) -> str:
    """Its condition in words, or what is wrong with it."""
    try:
        return queries.sentence_of(condition_of(rule.condition), rule.organisation_id, timezone.now())
    except Refused as refusal:
        return str(refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: MemberRequest) -> HttpResponse:
    """Put a rule together."""
    return _edited(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: MemberRequest, rule_id: UUID) -> HttpResponse:
    """Change a rule; it is off until it was tried again."""
    return _edited(request, _found(request, rule_id))


def _edited(request: MemberRequest, rule: AssignmentRule | None) -> HttpResponse:
    draft, deed = _draft(request, rule), request.POST.get("deed", "")
    form = _form(request, rule, is_sent=deed == SAVE)
    if deed != SAVE:
        return _draw(request, rule, form, edited(draft, deed))
    condition = _condition(draft)
    if condition is None or not form.is_valid():
        return _draw(request, rule, form, draft, status=REFUSED)
    try:
        kept = actions.keep_rule(
            organisation=request.organisation, outline=form.outline(condition), by=request.member, rule=rule
        )
    except Refused as refusal:
        form.add_error("members", str(refusal))
        return _draw(request, rule, form, draft, status=REFUSED)
    return redirect("desk:rule_trial", request.organisation.slug, kept.id)


def _draft(request: MemberRequest, rule: AssignmentRule | None) -> Group:
    if request.method == "POST":
        return draft_in(dict(request.POST.lists()))
    if rule is None:
        return Group(parts=(Row("topic_group"),))
    try:
        return draft_of(condition_of(rule.condition))
    except Refused:
        return Group(parts=(Row("topic_group"),))


def _form(request: MemberRequest, rule: AssignmentRule | None, *, is_sent: bool) -> RuleForm:
    members, teams = queries.choices_for(request.organisation.id)
    initial = _initial(rule) | request.POST.dict()
    if "members" in request.POST:
        initial["members"] = request.POST.getlist("members")
    return RuleForm(
        request.POST if is_sent else None,
        at=request.organisation,
        members=members,
        teams=teams,
        initial=initial,
    )


def _initial(rule: AssignmentRule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    return {
        "name": rule.name,
        "members": [str(each.member_id) for each in rule.takers.all()],
        "team": str(rule.team_id or ""),
        "moment": rule.moment,
        "most_open": rule.most_open,
        "needs_skill": rule.needs_skill,
    }


def _condition(draft: Group) -> Condition | None:
    try:
        return condition_of(json_in(draft))
    except Refused:
        return None


def _draw(
    request: MemberRequest, rule: AssignmentRule | None, form: RuleForm, draft: Group, *, status: int = 200
) -> HttpResponse:
    context = {
        "rule": rule,
        "form": form,
        "form_url": request.get_full_path(),
        "oob": is_fragment(request),
        "group": editors.Editor(_workplace(request)).group(draft),
        "units": editors.UNITS,
        "trial": _trial(request, rule, draft),
    }
    return render(request, _template(request), context, status=status)


def _template(request: MemberRequest) -> str:
    if not is_fragment(request):
        return "desk/rule.html"
    return "desk/_trial.html" if request.POST.get("deed") == COUNT else "desk/_rule_draft.html"


def _workplace(request: MemberRequest) -> Workplace:
    """A rule looks in its own organisation, whoever writes it."""
    here = request.organisation
    return Workplace(Organisations([here.id]), frozenset({request.member.id}), frozenset({here.id}))


def _trial(request: MemberRequest, rule: AssignmentRule | None, draft: Group) -> queries.Trial | str:
    """What it would have done, or what is still to be filled in."""
    try:
        condition = condition_of(json_in(draft))
    except Refused as refusal:
        return str(refusal)
    before = queries.above(rule) if rule else queries.rules_at_work(request.organisation.id)
    return queries.trial_of(condition, request.organisation.id, before, timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: MemberRequest, rule_id: UUID) -> HttpResponse:
    """What a rule would have done last month, and the switch to let it."""
    asked = _found(request, rule_id)
    if request.method == "POST":
        return _switched(request, asked)
    context = {
        "rule": asked,
        "takers": queries.takers_of(asked),
        "problem": queries.trouble_of(asked, timezone.now()),
        "trial": _trial(request, asked, _draft(request, asked)),
    }
    return render(request, "desk/rule_trial.html", context)


def _switched(request: MemberRequest, rule: AssignmentRule) -> HttpResponse:
    if request.POST.get("to") != "on":
        actions.switch_off(rule=rule, by=request.member)
        messages.success(request, f"De regel “{rule.name}” staat uit.")
        return _back(request)
    try:
        actions.switch_on(rule=rule, by=request.member)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De regel “{rule.name}” staat aan.")
    return _back(request)


@require_POST
def move_rule(request: MemberRequest, rule_id: UUID) -> HttpResponse:
    """One place up or down."""
    moved, steps = _found(request, rule_id), 1 if request.POST.get("to") == "down" else -1
    try:
        actions.move_rule(rule=moved, by=request.member, steps=steps)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
def remove_rule(request: MemberRequest, rule_id: UUID) -> HttpResponse:
    """Take a rule away."""
    gone = _found(request, rule_id)
    actions.remove_rule(rule=gone, by=request.member)
    messages.success(request, f"De regel “{gone.name}” is weg. Wat al was toegewezen, blijft zo.")
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: MemberRequest) -> HttpResponse:
    """Who knows about what."""
    members = members_answering_for(request.organisation.id)
    groups = list(Topic.objects.order_by("group").values_list("group", flat=True).distinct())
    if request.method == "POST":
        for each in members:
            chosen = set(request.POST.getlist(str(each.id))) & set(groups)
            actions.know(
                organisation=request.organisation, member=each, topic_groups=chosen, by=request.member
            )
        messages.success(request, "Bewaard wie wat weet.")
        return redirect(request.path)
    known = queries.skills_of(request.organisation.id)
    rows = [(each, [(group, group in known.get(each.id, ())) for group in groups]) for each in members]
    return render(request, "desk/skills.html", {"rows": rows})


def _found(request: MemberRequest, rule_id: UUID) -> AssignmentRule:
    rows = AssignmentRule.objects.filter(organisation=request.organisation).select_related("team")
    return get_object_or_404(rows, id=rule_id)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("desk:rules", request.organisation.slug)
