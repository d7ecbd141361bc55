"""That a conversation was closed, and why."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class Closure(OrganisationModel):
    """That a conversation was closed: by whom, when and why."""

    class Reason(models.TextChoices):
        ANSWERED = "answered", "beantwoord"
        UNANSWERED = "unanswered", "bewust niet beantwoord"
        HANDED_OVER = "handed_over", "overgedragen"
        SPAM = "spam", "spam"
        MERGED = "merged", "samengevoegd"
        BLOCKED = "blocked", "afzender geblokkeerd"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="closures")
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField("reden", max_length=12, choices=Reason.choices, default=Reason.ANSWERED)
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.get_reason_display()
