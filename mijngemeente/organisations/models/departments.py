"""Whom a municipality's own people ask."""

from django.db import models
from django.db.models.functions import Lower

from mijngemeente.platform.tenancy import OrganisationModel


class Department(OrganisationModel):
    """A department that answers questions by mail, without an account."""

    name = models.CharField("naam", max_length=80)
    email = models.EmailField("e-mailadres")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="one_department_per_name",
                violation_error_message="Deze afdeling staat er al.",
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
