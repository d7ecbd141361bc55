"""What one colleague was told, over all organisations they read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mijngemeente.conversations.models import Conversation, Notification, Reminder
from mijngemeente.organisations.models import Member

from .choices import Workplace
from .queues import url_of

SHOWN = 50
#: Nobody reads a number beyond this.
COUNTED = 99

_ICONS = {
    Notification.Kind.NAMED: "note",
    Notification.Kind.ASSIGNED: "assign",
    Notification.Kind.FOLLOWED: "eye",
    Notification.Kind.DUE: "hourglass",
    Notification.Kind.UNCLAIMED: "hourglass",
    Notification.Kind.FAILED: "alert",
    Notification.Kind.REMINDER: "bell",
    Notification.Kind.WOKEN: "clock",
    Notification.Kind.HELD: "alert",
    Notification.Kind.ASKED: "eye",
    Notification.Kind.RETURNED: "reply",
    Notification.Kind.DEPARTMENT: "house",
}

_SENTENCES = {
    Notification.Kind.NAMED: "{wie} noemt je in een notitie",
    Notification.Kind.ASSIGNED: "{wie} gaf je dit gesprek",
    Notification.Kind.FOLLOWED: "{inwoner} schreef weer",
    Notification.Kind.DUE: "De tijd voor een antwoord is bijna om",
    Notification.Kind.UNCLAIMED: "Nog van niemand, en bijna te laat",
    Notification.Kind.FAILED: "Je antwoord kwam misschien niet aan",
    Notification.Kind.REMINDER: "Je wilde hieraan denken",
    Notification.Kind.WOKEN: "Het uitstel is voorbij",
    Notification.Kind.HELD: "Je geplande antwoord is niet verstuurd",
    Notification.Kind.ASKED: "{wie} vraagt je om mee te lezen",
    Notification.Kind.RETURNED: "{wie} gaf je antwoord terug",
    Notification.Kind.DEPARTMENT: "De afdeling antwoordde op je vraag",
}


@dataclass(frozen=True)
class Told:
    """One notification as it is read."""

    sentence: str
    #: What somebody wrote to remind themselves.
    note: str
    about: str
    place: str
    icon: str
    url: str
    at: datetime
    is_unread: bool


def told_to(workplace: Workplace) -> list[Told]:
    """The newest notifications of one person."""
    rows = Notification.objects.filter(
        organisation_id__in=workplace.ids, member__in=workplace.member_ids
    ).select_related("conversation__contact", "by__person")
    newest = list(rows.order_by("-at", "-id")[:SHOWN])
    notes = _notes_of(newest)
    return [_told(each, workplace, notes.get(each.about, "")) for each in newest]


def _notes_of(notifications: Iterable[Notification]) -> dict[str, str]:
    ids = [each.about for each in notifications if each.kind == Notification.Kind.REMINDER]
    return {
        str(number): note for number, note in Reminder.objects.filter(id__in=ids).values_list("id", "note")
    }


def _told(notification: Notification, workplace: Workplace, note: str) -> Told:
    conversation = notification.conversation
    organisation = workplace.organisations[notification.organisation_id]
    kind = Notification.Kind(notification.kind)
    subject = conversation.subject or conversation.excerpt
    return Told(
        sentence=_SENTENCES[kind].format(wie=notification.by or "Een collega", inwoner=conversation.contact),
        note=note,
        about=f"{conversation.number} {subject}".strip(),
        place=organisation.name if len(workplace.organisations) > 1 else "",
        icon=_ICONS[kind],
        url=url_of(organisation.slug, conversation.id),
        at=notification.at,
        is_unread=notification.read_at is None,
    )


def unread_count(workplace: Workplace) -> int:
    """How many were not read, up to one more than COUNTED."""
    rows = _unread(workplace)
    return rows[: COUNTED + 1].count()


def organisations_with_unread(workplace: Workplace) -> list[int]:
    """Where somebody has unread notifications."""
    return list(_unread(workplace).values_list("organisation_id", flat=True).distinct().order_by())


def _unread(workplace: Workplace) -> QuerySet[Notification]:
    return Notification.objects.filter(
        organisation_id__in=workplace.ids, member__in=workplace.member_ids, read_at=None
    )


def reminders_of(conversation: Conversation, by: Member) -> list[Reminder]:
    """What this member still wants to be reminded of here, the first to come first."""
    rows = Reminder.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    return list(rows.filter(member=by, told_at=None).order_by("at"))


def reminder_of(conversation: Conversation, by: Member, reminder_id: UUID) -> Reminder | None:
    """One of their own."""
    return next((each for each in reminders_of(conversation, by) if each.id == reminder_id), None)
