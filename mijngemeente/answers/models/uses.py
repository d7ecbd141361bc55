"""Which sent reply held which answer."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from ..rules.uses import QUIET_DAYS


class Use(OrganisationModel):
    """An answer went out in a reply. No keys to them: answers know no conversations."""

    conversation_id = models.UUIDField()
    message_id = models.UUIDField()
    #: Of an Answer or a SharedAnswer.
    answer_id = models.UUIDField()
    is_shared = models.BooleanField()
    language = models.CharField(max_length=3)
    is_changed = models.BooleanField()
    used_at = models.DateTimeField(default=timezone.now)
    #: None until it is known.
    has_helped = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "message_id", "answer_id"], name="one_use_per_message"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "used_at"],
                condition=models.Q(has_helped=None),
                name="use_unjudged",
            ),
        ]

    def __str__(self) -> str:
        return str(self.answer_id)

    def is_soon_after(self, at: datetime) -> bool:
        """Whether that moment falls in the days in which coming back says that it did not help."""
        return self.used_at < at <= self.used_at + timedelta(days=QUIET_DAYS)


class Opinion(OrganisationModel):
    """What one colleague thinks of an answer; the last one counts."""

    answer_id = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_good = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "answer_id", "member"], name="one_opinion_each"),
        ]

    def __str__(self) -> str:
        return "goed" if self.is_good else "niet goed"
