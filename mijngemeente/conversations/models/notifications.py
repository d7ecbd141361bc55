"""What one colleague should know about a conversation, and what they asked to know."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class Follow(OrganisationModel):
    """That a member wants to know when the resident writes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "conversation", "member"], name="one_follow"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} volgt {self.conversation_id}"


class Reminder(OrganisationModel):
    """A moment at which a member wants to think of a conversation again."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reminders")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    note = models.CharField("waaraan", max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    #: When it was told; then it is done.
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "conversation"],
                condition=Q(told_at__isnull=True),
                name="reminder_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.note or "herinnering"


class Notification(OrganisationModel):
    """Something about a conversation that one member should know."""

    class Kind(models.TextChoices):
        NAMED = "named", "Iemand noemt mij in een notitie"
        ASSIGNED = "assigned", "Ik krijg een gesprek"
        FOLLOWED = "followed", "De inwoner schrijft in een gesprek dat ik volg"
        DUE = "due", "De tijd voor een antwoord is bijna om"
        UNCLAIMED = "unclaimed", "Een gesprek van niemand is bijna te laat"
        FAILED = "failed", "Mijn antwoord kwam niet aan"
        REMINDER = "reminder", "Een herinnering van mijzelf"
        WOKEN = "woken", "Een gesprek dat ik uitstelde, is terug"
        HELD = "held", "Mijn geplande antwoord wordt vastgehouden"
        ASKED = "asked", "Een collega vraagt mij om mee te lezen"
        RETURNED = "returned", "Een collega geeft mijn antwoord terug"
        DEPARTMENT = "department", "Een afdeling antwoordt op mijn vraag"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    #: What it tells of, as an id: the same is told once.
    about = models.CharField(max_length=60)
    #: The colleague who caused it; None for a resident or the clock.
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member", "kind", "about"], name="one_notification_about"
            ),
        ]
        # By member alone: one colleague reads those of every organisation at once.
        indexes = [
            models.Index(fields=["member", "-at"], name="notification_newest"),
            models.Index(fields=["member"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
