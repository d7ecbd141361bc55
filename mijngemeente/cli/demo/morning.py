"""What lies ready in Tilburg when the demo opens: half-written, planned, put off and arranged."""

from datetime import datetime, timedelta
from uuid import uuid5

from django.utils import timezone

from mijngemeente.assignment import actions as assignment
from mijngemeente.conversations import actions
from mijngemeente.conversations.models import Conversation, Designation
from mijngemeente.conversations.rules.conditions import Leaf
from mijngemeente.conversations.rules.fields import Operator
from mijngemeente.desk.actions import Answer, Outline, Writing, keep_draft, make_view, plan
from mijngemeente.desk.queries.threads import spoken_until
from mijngemeente.desk.rules import Audience
from mijngemeente.organisations.actions.departments import add_department
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import acting_for

from .founding import Cast
from .telling import KEYS

HOME = "tilburg"
WASTE = Leaf("topic", Operator.ONE_OF, ("huishoudelijk_afvalinzameling", "afvalinzamelstation"))

DEPARTMENTS = {
    "Groen en bomen": "groen@tilburg.example",
    "Vergunningen": "vergunningen@tilburg.example",
    "Wegen en verlichting": "wegen@tilburg.example",
}

HALF_WRITTEN = (
    "Dag Lian,\n\nDank voor het logboek, daar hebben we veel aan. Een toezichthouder komt langs op een avond"
)
PLANNED = (
    "Dag Patricia,\n\nVervelend dat dit er nu ook nog bij komt. Na een scheiding kijken we opnieuw naar"
    " je inkomen. Stuur ons je laatste loonstrook, dan rekenen we het na.\n\nGroet,\nSanne"
)


def lay_ready(cast: Cast) -> None:
    """Everything in one unit, as the members themselves would."""
    sanne, mo, karin = (cast.member(f"{name}@tilburg.example", HOME) for name in ("sanne", "mo", "karin"))
    organisation = cast.organisations[HOME]
    with acting_for(organisation.id):
        for name, email in DEPARTMENTS.items():
            add_department(name=name, email=email, by=karin, organisation_id=organisation.id)
        _arrange(mo, karin)
        _write(sanne)
        tomorrow = timezone.now() + timedelta(days=1)
        actions.snooze(conversation=_about("Perk vol zwerfafval en dode struiken"), until=tomorrow, by=mo)
        _put_aside(sanne)


def _arrange(mo: Member, karin: Member) -> None:
    """A view for the team, a rule, and where an objection belongs."""
    make_view(by=mo, outline=Outline("Afval", "label", Audience.TEAM, "waiting", WASTE))
    outline = assignment.Outline("Afval naar Mo", WASTE, (mo,), most_open=15)
    assignment.keep_rule(organisation=mo.organisation, outline=outline, by=karin)
    designation = Designation(
        organisation=mo.organisation,
        kind=Conversation.FormalKind.OBJECTION,
        url="https://tilburg.example/bezwaar",
        terms="Binnen zes weken na het besluit. Stuur het besluit mee.",
    )
    actions.designate(designation=designation, by=karin)


def _write(sanne: Member) -> None:
    """One answer that is not finished, and one that goes later."""
    key = uuid5(KEYS, "half-written")
    keep_draft(
        conversation=_about("Houtstook in onze straat"),
        by=sanne,
        writing=Writing("reply", HALF_WRITTEN, key, timedelta(minutes=20)),
    )
    planned_for = _about("Kwijtschelding na scheiding")
    plan(
        conversation=planned_for,
        by=sanne,
        written=Answer(PLANNED, uuid5(KEYS, "planned"), spoken_until(planned_for, None)),
        at=_at_eight(timezone.localtime() + timedelta(days=1)),
    )


def _at_eight(day: datetime) -> datetime:
    return day.replace(hour=8, minute=0, second=0, microsecond=0)


def _put_aside(sanne: Member) -> None:
    """The sender of spam cannot reach the desk for a month."""
    actions.block(
        conversation=_about("Op nummer 1 in Google?"),
        until=timezone.now() + timedelta(days=30),
        reason="Stuurt steeds opnieuw reclame.",
        by=sanne,
    )


def _about(subject: str) -> Conversation:
    return Conversation.objects.select_related("contact", "inbox").get(
        organisation__slug=HOME, subject=subject
    )
