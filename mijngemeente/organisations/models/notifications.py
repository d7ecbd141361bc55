"""What a person wants to be told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mijngemeente.platform.tenancy import DirectoryModel

from .organisations import Person


class NotificationChoice(DirectoryModel):
    """What one person wants to be told, wherever they work; without a row everything, and no mail."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    #: Kinds of notification that are not made for this person.
    muted = ArrayField(models.CharField(max_length=12), default=list)
    wants_digest = models.BooleanField("elke ochtend een mail met wat ongelezen is", default=False)
    #: The last day a digest was mailed.
    digest_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"meldingen van {self.person_id}"
