"""Words to sort conversations by."""

from django.db import models
from django.db.models.functions import Lower

from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class Label(OrganisationModel):
    """A word an organisation sorts its conversations by."""

    name = models.CharField("label", max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="one_label_per_name",
                violation_error_message="Dit label bestaat al.",
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ConversationLabel(OrganisationModel):
    """A label on a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labellings")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labellings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "conversation", "label"], name="one_label_once"),
        ]

    def __str__(self) -> str:
        return self.label.name
