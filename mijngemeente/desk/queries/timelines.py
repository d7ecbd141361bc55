"""What was done with a conversation, drawn from its audit lines."""

from collections.abc import Iterable
from datetime import datetime
from itertools import starmap
from typing import NamedTuple
from uuid import UUID

from mijngemeente.assignment.models import AssignmentRule
from mijngemeente.clusters.models import Cluster
from mijngemeente.conversations.models import Closure, Conversation, Label
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules.covering import BECAUSE, Because
from mijngemeente.platform.audit import AuditLine
from mijngemeente.reference.models import Topic

from .. import rules

# Far more than anybody reads; a conversation of years still opens at once.
LINES = 200


class _Line(NamedTuple):
    """Of an audit line what is told."""

    id: UUID
    verb: str
    at: datetime
    member_id: UUID | None
    detail: dict[str, str]


def _lines_of(conversation: Conversation) -> list[_Line]:
    """The newest audit lines of the conversation."""
    rows = AuditLine.objects.filter(
        organisation_id=conversation.organisation_id, conversation_id=conversation.id
    )
    return list(starmap(_Line, rows.order_by("-id").values_list(*_Line._fields)[:LINES]))


def timeline_of(conversation: Conversation) -> list[rules.Line]:
    """What happened, newest first, with names instead of ids."""
    lines = _lines_of(conversation)
    names = _names_for(lines)
    return rules.condensed(
        rules.Line(line.id, line.verb, line.at, _who(line, names), _to(line, names)) for line in lines
    )


def _who(line: _Line, names: dict[str, str]) -> str:
    """Whoever did it; a rule by its name, also when it was removed since."""
    if line.member_id is None and line.detail.get("rule"):
        rule = names.get(line.detail["rule"], _GONE)
        return rule[0].upper() + rule[1:]
    return names.get(str(line.member_id), "")


#: What a rule is called that was removed.
_GONE = "een regel die er niet meer is"


def _words(choices: Iterable[tuple[object, object]]) -> dict[str, str]:
    return {str(value): str(name) for value, name in choices}


#: Verb → the detail it is told with, and the words for each of its values.
_WORDS = {
    "conversation.status_changed": ("to", _words(Conversation.Status.choices)),
    "conversation.formal_marked": ("to", _words(Conversation.FormalKind.choices)),
    "conversation.kind_changed": ("to", _words(Conversation.Kind.choices)),
    "conversation.prioritised": ("to", _words(Conversation.Priority.choices)),
    "conversation.nearly_due": ("norm", _words(Conversation.Norm.choices)),
    "conversation.overdue": ("norm", _words(Conversation.Norm.choices)),
    "conversation.closed": ("reason", _words(Closure.Reason.choices)),
}


def _to(line: _Line, names: dict[str, str]) -> str:
    """What the line's detail says to a person."""
    detail = {name: str(value) for name, value in line.detail.items()}
    if line.verb in _WORDS:
        key, words = _WORDS[line.verb]
        return words.get(detail.get(key, ""), "")
    if line.verb == "conversation.snoozed":
        return rules.future_words(datetime.fromisoformat(detail["until"]), line.at)
    if line.verb == "conversation.rated":
        return detail.get("score", "")
    if line.verb == "conversation.covered" and detail.get("because"):
        because = BECAUSE[Because(detail["because"])].lower()
        return f"{names.get(detail['to'], '')} ({names.get(detail.get('rule', ''), because)})"
    return names.get(detail.get("to") or detail.get("label") or "", "")


def _names_for(lines: Iterable[_Line]) -> dict[str, str]:
    """Names of who did it, and of the members, topics, labels and organisations that the lines point at."""
    wanted = {verb: _mentioned(lines, verb) for verb in _POINTING}
    acting = {each.member_id for each in lines if each.member_id}
    members = Member.objects.filter(id__in=[*acting, *_ids(wanted["assigned"])]).select_related("person")
    labels = Label.objects.filter(id__in=_ids(wanted["labelled"] | wanted["unlabelled"]))
    topics = Topic.objects.filter(slug__in=_mentioned(lines, "topic_changed"))
    organisations = Organisation.objects.filter(
        id__in=[int(each) for each in wanted["handed_over"] | wanted["covered"] if each.isdecimal()]
    )
    others = wanted["merged"] | wanted["unmerged"] | wanted["split"]
    return {
        **_numbers_of(others),
        **{str(each.id): str(each) for each in members},
        **{str(each.id): str(each) for each in labels},
        **_events_of(wanted["gathered"] | wanted["ungathered"]),
        **_rules_of({line.detail.get("rule", "") for line in lines}),
        **{each.slug: str(each) for each in topics},
        **{str(each.id): each.full_name for each in organisations},
    }


#: Lines that point at a row whose name is not in the line.
_POINTING = (
    "assigned",
    "covered",
    "labelled",
    "unlabelled",
    "handed_over",
    "merged",
    "unmerged",
    "split",
    "gathered",
    "ungathered",
)


def _events_of(cluster_ids: Iterable[str]) -> dict[str, str]:
    ids = _ids(cluster_ids)
    return {str(each.id): each.name for each in Cluster.objects.filter(id__in=ids)} if ids else {}


def _rules_of(rule_ids: Iterable[str]) -> dict[str, str]:
    ids = _ids(rule_ids)
    found = AssignmentRule.objects.filter(id__in=ids) if ids else ()
    return {str(each.id): f"de regel “{each.name}”" for each in found}


def _numbers_of(conversation_ids: Iterable[str]) -> dict[str, str]:
    rows = Conversation.objects.filter(id__in=_ids(conversation_ids))
    return {str(number): str(called) for number, called in rows.values_list("id", "number")}


def _mentioned(lines: Iterable[_Line], verb: str) -> set[str]:
    return {
        str(line.detail.get("to") or line.detail.get("label") or "")
        for line in lines
        if line.verb == f"conversation.{verb}"
    }


def _ids(texts: Iterable[str]) -> list[UUID]:
    return [UUID(each) for each in texts if each]
