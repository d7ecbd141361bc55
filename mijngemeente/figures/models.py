"""Numbers that stay when what they count is gone."""

from django.db import models

from mijngemeente.platform.tenancy import OrganisationModel


class ReadingTally(OrganisationModel):
    """How many messages one model read in a month, and how many of these somebody mended."""

    #: Its first day.
    month = models.DateField()
    model_version = models.CharField(max_length=40, blank=True)
    read = models.IntegerField(default=0)
    #: `Correction.What` → how many.
    mended = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "model_version"], name="one_tally_per_month_and_model"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.model_version}"
