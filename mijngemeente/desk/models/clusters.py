"""One answer to all who write about one event."""

from django.db import models
from django.utils import timezone

from mijngemeente.clusters.models import Cluster
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from ..rules.clusters import Purpose, Reason


class ClusterAnswer(OrganisationModel):
    """What is said to all of one organisation; answers of other organisations may share its batch."""

    class State(models.TextChoices):
        #: Written and looked at, not sent.
        PREPARED = "prepared", "klaargezet"
        SENDING = "sending", "wordt verstuurd"

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="answers")
    batch = models.UUIDField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=7, choices=[(each.value, each.value) for each in Purpose])
    #: As it was written, its blanks still open.
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREPARED)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "batch"], name="one_cluster_answer_per_batch")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.batch}"


class ClusterReply(OrganisationModel):
    """What became of the answer for one resident. Its id is the key of the message: never two of them."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        SENT = "sent", "verstuurd"
        SKIPPED = "skipped", "overgeslagen"
        BACK = "back", "teruggenomen"

    answer = models.ForeignKey(ClusterAnswer, on_delete=models.CASCADE, related_name="replies")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(
        max_length=11, blank=True, choices=[(each.value, each.value) for each in Reason]
    )
    #: How much had been said when the answer was looked at.
    spoken = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "answer", "conversation"], name="one_cluster_reply_each"
            )
        ]
        indexes = [models.Index(fields=["organisation", "conversation"], name="cluster_reply_of")]

    def __str__(self) -> str:
        return self.get_state_display()
