"""Bringing in answers from a file."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel


class AnswerImport(OrganisationModel):
    """One file with answers, looked at first and then brought in row by row."""

    class State(models.TextChoices):
        SHOWN = "shown", "nog niet ingevoerd"
        RUNNING = "running", "bezig"
        DONE = "done", "klaar"
        CANCELLED = "cancelled", "niet ingevoerd"

    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    encoding = models.CharField(max_length=20)
    separator = models.CharField(max_length=1)
    good = models.IntegerField()
    #: Row number and sentence of each row that is left out.
    problems = models.JSONField(default=list)
    #: How many of the good rows are in; changes together with them, so that a lost worker does none twice.
    position = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
