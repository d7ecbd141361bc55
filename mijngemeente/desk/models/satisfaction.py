"""What residents thought of the answer."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.platform.tenancy import OrganisationModel


class Satisfaction(OrganisationModel):
    """A resident's mark for a conversation, and why."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="satisfaction")
    score = models.SmallIntegerField("cijfer", validators=[MinValueValidator(1), MaxValueValidator(10)])
    reason = models.TextField("waarom", blank=True)
    at = models.DateTimeField(default=timezone.now)
    #: The call to make because of it; once, however often the resident changes the mark.
    call_back = models.ForeignKey(
        Conversation, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=10), name="score_one_to_ten"),
        ]

    def __str__(self) -> str:
        return str(self.score)
