"""What somebody is still writing."""

from django.db import models
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel


class Draft(OrganisationModel):
    """A text not sent yet; only its writer reads it, colleagues see that it is there."""

    class Kind(models.TextChoices):
        REPLY = "reply", "antwoord"
        NOTE = "note", "notitie"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="drafts", db_index=False
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField()
    #: Answers of the bank that were put in it, as the form has them.
    answers = models.CharField(max_length=2000, blank=True, default="", db_default="")
    #: When it was typed, which may be earlier than when it came here.
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "member", "kind"], name="one_draft_per_box"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class DraftFile(OrganisationModel):
    """A file of an answer that came back to its writer."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name
