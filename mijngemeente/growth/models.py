"""How an organisation judges itself, with who said what when."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel


class Scan(OrganisationModel):
    """One of each organisation: counts what was written down, and keeps two who write apart."""

    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_scan")]

    def __str__(self) -> str:
        return f"{self.revision}"


class Said(OrganisationModel):
    """What somebody said of one success factor or statement; the latest that was taken counts."""

    append_only = True

    revision = models.PositiveIntegerField()
    code = models.CharField(max_length=8)
    #: 1 to 5 for a success factor, 0 or 1 for a statement; nothing takes it back.
    value = models.PositiveSmallIntegerField(null=True)
    evidence = models.CharField(max_length=500, blank=True)
    #: False: somebody else was first. It stays here, so that nobody has to type it again.
    is_taken = models.BooleanField(default=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-revision", "-id"]
        indexes = [models.Index(fields=["organisation", "revision"], name="said")]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
