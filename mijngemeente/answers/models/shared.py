"""Answers that the country or a region writes once, for everybody."""

from django.db import models

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel, SharedModel

from .texts import Standing, StandingVersion, Tally


class SharedAnswer(Standing, SharedModel):
    """A national or regional answer: everybody reads it, the owner writes it."""

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="shared_answer_changed")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=~models.Q(reference=""),
                name="one_shared_answer_per_reference",
            ),
        ]


class SharedAnswerVersion(StandingVersion, SharedModel):
    """A national or regional answer as it once stood."""

    answer = models.ForeignKey(
        SharedAnswer, on_delete=models.CASCADE, related_name="versions", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "answer", "number"], name="one_shared_version_per_number"
            ),
        ]


class SharedTally(Tally, SharedModel):
    """How one organisation fared with a shared answer: only counts go up."""

    answer = models.ForeignKey(SharedAnswer, on_delete=models.CASCADE, related_name="tallies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "answer"], name="one_tally_per_shared_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.used} keer gebruikt"


class Adoption(OrganisationModel):
    """A municipality said yes to one version of a shared answer, and wrote its own parts in it.

    No copy of the text: that version is kept where it was made.
    """

    answer = models.ForeignKey(SharedAnswer, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    #: language → {part: text}
    parts = models.JSONField(default=dict)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "answer"], name="one_adoption_per_answer"),
        ]

    def __str__(self) -> str:
        return f"versie {self.version}"
