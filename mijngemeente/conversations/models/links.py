"""Conversations that belong together."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Organisation
from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class Link(OrganisationModel):
    """That this conversation belongs with another one, perhaps at another organisation."""

    class Kind(models.TextChoices):
        HANDED_OVER_TO = "handed_over_to", "overgedragen aan"
        HANDED_OVER_FROM = "handed_over_from", "overgenomen van"
        RELATED = "related", "hoort bij"
        SPLIT_TO = "split_to", "afgesplitst naar"
        SPLIT_FROM = "split_from", "afgesplitst van"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    other_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: No key: a row of another organisation cannot be referred to.
    other_conversation_id = models.UUIDField()
    #: When a conversation that was handed over stood there; None before that, and for other links.
    arrived_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "other_conversation_id"], name="one_link_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other_conversation_id}"


#: What a personal link is keyed with (platform/seals.py).
PERSONAL_LINK = "personal link"
