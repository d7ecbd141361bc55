"""When somebody is away, and who takes their place."""

from django.db import models
from django.db.models import F, Q

from mijngemeente.platform.tenancy import DirectoryModel

from .organisations import Person


class Absence(DirectoryModel):
    """Days on which one person does not work, wherever they work; at most one to come."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="absence")
    starts_on = models.DateField("eerste dag")
    #: The last day away.
    ends_on = models.DateField("laatste dag")
    stand_in = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="vervanger"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends")]

    def __str__(self) -> str:
        return f"afwezig tot en met {self.ends_on:%d-%m-%Y}"
