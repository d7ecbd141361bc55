"""Acts on many conversations at once."""

from django.db import models
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from ..rules.bulk import Verb


class BulkAct(OrganisationModel):
    """One deed on many conversations of one organisation; acts of other organisations may share its batch."""

    batch = models.UUIDField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Verb])
    value = models.CharField(max_length=60, blank=True)
    explanation = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "batch"], name="one_act_per_batch")]

    def __str__(self) -> str:
        return f"{self.verb} {self.batch}"


class BulkChange(OrganisationModel):
    """What the act did to one conversation."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        DONE = "done", "gedaan"
        SAME = "same", "was al zo"
        REFUSED = "refused", "kon niet"
        UNDONE = "undone", "ongedaan gemaakt"
        KEPT = "kept", "intussen verder"

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="changes")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    #: What it changed: field → value, as conversations/actions/restoring.py keeps it.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    #: A label that came on; no key, as a label may be removed and the record stays.
    label_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "act", "conversation"], name="one_change_per_act")
        ]

    def __str__(self) -> str:
        return self.get_state_display()
