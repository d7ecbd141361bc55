"""A question to a department, answered without an account."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Department, Member
from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class DepartmentQuestion(OrganisationModel):
    """What a colleague asked a department by mail; the mailed token is kept as a digest only."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="questions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    question = models.TextField("vraag")
    #: What the department may read of the conversation, as the asker chose it.
    excerpt = models.TextField(blank=True)
    token_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "token_digest"], name="one_question_per_token"),
        ]

    def __str__(self) -> str:
        return f"vraag aan {self.department}"

    def is_open(self, now: datetime) -> bool:
        """It can still be answered by the link."""
        return self.answered_at is None and self.withdrawn_at is None and now < self.expires_at
