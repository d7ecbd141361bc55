"""Answers that belong to one municipality."""

from django.db import models

from mijngemeente.platform.tenancy import OrganisationModel

from .texts import Standing, StandingVersion, Tally


class Answer(Standing, OrganisationModel):
    """A municipality's own answer: read by who covers it."""

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "title"], name="answer_bank"),
            models.Index(fields=["organisation", "changed_at"], name="answer_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=~models.Q(reference=""),
                name="one_answer_per_reference",
            ),
        ]


class AnswerVersion(StandingVersion, OrganisationModel):
    """A municipality's own answer as it once stood."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "answer", "number"], name="one_answer_version_per_number"
            ),
        ]


class AnswerTally(Tally, OrganisationModel):
    """What came of a municipality's own answer; apart from it, so that counting changes no text."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="tally")

    def __str__(self) -> str:
        return f"{self.used} keer gebruikt"
