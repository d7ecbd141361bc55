"""What a colleague is told, and what they ask to be told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.organisations.queries import (
    absences_on,
    coverage_of,
    members_answering_for,
    notification_choice,
)
from mijngemeente.organisations.rules import Right, Role
from mijngemeente.platform import jobs, live, rows

from ..models import Conversation, Follow, Message, Notification, Reminder


def notify(
    *, conversation: Conversation, to: Member, kind: str, about: object, by: Member | None = None
) -> bool:
    """Tell one member something about a conversation; the same twice is told once.

    False for who did it, who does not want to know, and who may no longer read it.
    """
    if by is not None and by.person_id == to.person_id:
        return False
    covered = coverage_of(to.person).get(conversation.organisation_id)
    if covered is None or Right.READ not in covered.rights or not covered.reaches(conversation.covered_by_id):
        return False
    if kind in notification_choice(to.person).muted:
        return False
    notification = Notification(
        organisation_id=conversation.organisation_id,
        member=to,
        conversation=conversation,
        kind=kind,
        about=str(about),
        by=by,
    )
    with transaction.atomic(savepoint=False):
        is_new = rows.add_once(notification)
        if is_new:
            live.tell(to.person_id)
    return is_new


def tell_followers(*, conversation: Conversation, message: Message) -> None:
    """The resident wrote: who follows the conversation is told."""
    follows = Follow.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)
    for each in follows.select_related("member__person"):
        notify(conversation=conversation, to=each.member, kind=Notification.Kind.FOLLOWED, about=message.id)


def tell_team(conversation: Conversation) -> None:
    """Nobody has it and its time is nearly over: the agents of the team that answers are told, who are there.

    Not whoever did not read yet that there is such a conversation here: the queue shows all of them.
    """
    organisation_id, kind = conversation.organisation_id, Notification.Kind.UNCLAIMED
    unread = Notification.objects.filter(organisation_id=organisation_id, kind=kind, read_at=None)
    knowing = set(unread.values_list("member_id", flat=True))
    team = members_answering_for(organisation_id)
    away = absences_on((each.person_id for each in team), timezone.localdate())
    for each in team:
        is_theirs = each.organisation_id == conversation.covered_by_id and Role.AGENT in each.roles
        if is_theirs and each.id not in knowing and each.person_id not in away:
            notify(conversation=conversation, to=each, kind=kind, about=conversation.id)


def follow(*, conversation: Conversation, by: Member) -> bool:
    """Know from now on when the resident writes; True if that changed anything. Nobody else is told."""
    wish = Follow(organisation_id=conversation.organisation_id, conversation=conversation, member=by)
    return rows.add_once(wish)


def unfollow(*, conversation: Conversation, by: Member) -> bool:
    """No longer follow; True if that changed anything."""
    followed = Follow.objects.filter(
        organisation_id=conversation.organisation_id, conversation=conversation, member=by
    )
    return followed.delete()[0] == 1


def remind(*, conversation: Conversation, at: datetime, note: str, by: Member) -> Reminder:
    """Ask to be told again at that moment. Nobody else sees it."""
    with transaction.atomic():
        reminder = Reminder.objects.create(
            organisation_id=conversation.organisation_id,
            conversation=conversation,
            member=by,
            at=at,
            note=note,
        )
        jobs.later("conversations.remind", organisation_id=reminder.organisation_id, at=at, id=reminder.id)
    return reminder


def forget_reminder(*, reminder: Reminder) -> None:
    """It is no longer needed; what was told stays told."""
    Reminder.objects.filter(organisation_id=reminder.organisation_id, id=reminder.id, told_at=None).delete()


def tell_reminder(*, reminder: Reminder) -> bool:
    """Its moment has come; False if it was told, or is not due yet by the clock of the database."""
    waiting = Reminder.objects.filter(
        organisation_id=reminder.organisation_id, id=reminder.id, told_at=None, at__lte=Now()
    )
    with transaction.atomic():
        is_due = waiting.update(told_at=timezone.now()) == 1
        if is_due:
            notify(
                conversation=reminder.conversation,
                to=reminder.member,
                kind=Notification.Kind.REMINDER,
                about=reminder.id,
            )
    return is_due


def read_notifications(*, organisation_id: int, by: Member, conversation_id: UUID | None = None) -> int:
    """They were seen: all, or those of the conversation that is opened. How many there were."""
    unread = Notification.objects.filter(organisation_id=organisation_id, member=by, read_at=None)
    if conversation_id is not None:
        unread = unread.filter(conversation_id=conversation_id)
    count = unread.update(read_at=timezone.now())
    if count:
        live.tell(by.person_id)
    return count
