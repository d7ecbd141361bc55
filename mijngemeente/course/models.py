"""Courses that an organisation keeps, with who wrote what when."""

from datetime import date

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel


class Course(OrganisationModel):
    """The sheet as it is being written."""

    title = models.CharField(max_length=200)
    #: Name of a field in the form → what was typed.
    fields = models.JSONField(default=dict)
    #: Counts what was written down; a form says with which one it began.
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    #: Out of sight; the versions stay for who looks back.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["organisation", "changed_at"], name="courses")]

    def __str__(self) -> str:
        return self.title


class CourseEdit(OrganisationModel):
    """What somebody wrote in one field."""

    append_only = True

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    #: False: somebody else was first. It stays here, so that nobody has to type it again.
    is_taken = models.BooleanField(default=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "course", "revision"], name="course_edits")]

    def __str__(self) -> str:
        return f"{self.field} ({self.revision})"


class CourseVersion(OrganisationModel):
    """The sheet as it was kept or printed, with the figures of that day."""

    append_only = True

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=100)
    fields = models.JSONField()
    #: As `rules.figures.frozen` makes them: every figure, also those that were not chosen.
    figures = models.JSONField()
    kept_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def kept_on(self) -> date:
        """The Dutch day."""
        return timezone.localdate(self.kept_at)


class Measurement(OrganisationModel):
    """What somebody measured of the goal on a day, outside the system."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="measurements")
    on = models.DateField()
    value = models.FloatField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "course", "on"], name="one_measurement_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
