"""Plots that an organisation keeps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel, SharedModel


class TeamPlot(OrganisationModel):
    """A plot while it is being worked on.

    The document is what docs/teamplot.md describes, as it was typed, without what single persons can do: that
    is personnel data, which stays in the file of whoever wrote it down.
    """

    title = models.CharField(max_length=200)
    document = models.JSONField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    #: The plot that this one is a what-if of.
    what_if_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="what_ifs")
    #: Out of sight; the versions stay for whoever compares.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["organisation", "changed_at"], name="team_plots")]

    def __str__(self) -> str:
        return self.title


class PlotVersion(OrganisationModel):
    """A plot as it stood on a day, to compare with later."""

    append_only = True

    plot = models.ForeignKey(TeamPlot, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=100)
    document = models.JSONField()
    kept_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.name


class Sharing(OrganisationModel):
    """What an organisation lets others count with: the fte of each role at one moment, and no names.

    Others reach it through the function `team_medians` alone, as a median of five or more. The row is deleted
    when the organisation withdraws, so that it counts no longer at once.
    """

    plot = models.OneToOneField(TeamPlot, on_delete=models.CASCADE, related_name="sharing")
    #: A value of `rules.library.Size`.
    size = models.CharField(max_length=10)
    #: Code of a national role, or "_total" or "_crucial" → fte, or the score.
    figures = models.JSONField()
    shared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_sharing")]

    def __str__(self) -> str:
        return f"gedeeld op {self.shared_at:%d-%m-%Y}"


class Offer(SharedModel):
    """An organisation agrees to be asked about roles that it has: by name, with the contact that it gave."""

    roles = ArrayField(models.CharField(max_length=20))
    contact = models.CharField(max_length=120)
    email = models.EmailField()
    note = models.CharField(max_length=300, blank=True)
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_offer")]

    def __str__(self) -> str:
        return self.contact


class OwnEntry(OrganisationModel):
    """A role or a task that an organisation adds to the national list; seen there only."""

    class Kind(models.TextChoices):
        ROLE = "role", "rol"
        TASK = "task", "taak"

    kind = models.CharField(max_length=4, choices=Kind.choices)
    #: As "ER3" or "ET1": never used again for something else, and never by the national list.
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    #: What a role is for.
    essence = models.CharField(max_length=300, blank=True)
    #: Codes of the roles that a task belongs to.
    roles = ArrayField(models.CharField(max_length=20), default=list)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    #: Offered no longer; plots that use it keep it.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_own_entry_per_code")
        ]

    def __str__(self) -> str:
        return self.name
