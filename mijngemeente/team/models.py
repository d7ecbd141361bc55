"""Plots that an organisation keeps."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel


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
