"""Scores of single people: personnel data, which the person shares or keeps."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel

from .rules import LONGEST_EVIDENCE


class OwnScore(OrganisationModel):
    """What somebody says of themselves about one competency, and what shows it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    #: Code in the role library.
    competency = models.CharField(max_length=12)
    level = models.SmallIntegerField()
    evidence = models.CharField(max_length=LONGEST_EVIDENCE, blank=True)
    scored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member", "competency"], name="one_own_score_per_competency"
            ),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="own_level_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.level}"


class SecondScore(OrganisationModel):
    """What a manager says beside it, with whom the person shared theirs."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    competency = models.CharField(max_length=12)
    level = models.SmallIntegerField()
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    scored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member", "competency", "by"], name="one_second_score_per_manager"
            ),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="second_level_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.level}"


class Sharing(OrganisationModel):
    """That somebody lets one manager look, until they withdraw it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    manager = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "member", "manager"],
                condition=Q(withdrawn_at__isnull=True),
                name="shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shared_at:%Y-%m-%d}"
