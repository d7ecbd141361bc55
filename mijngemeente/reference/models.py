"""National facts: municipalities, places, postcodes, holidays and topics. Filled from data/."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mijngemeente.platform.tenancy import ReferenceModel


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Readings of the municipal division."""

    def existing(self, on: date) -> "MunicipalityQuerySet":
        """The municipalities of that day."""
        return self.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=on))


class Municipality(ReferenceModel):
    """A municipality as CBS knows it."""

    #: CBS code, as GM0855.
    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    province = models.CharField(max_length=20)
    other_names = ArrayField(models.CharField(max_length=80), default=list)
    domain = models.CharField(max_length=120, blank=True)
    safety_region = models.CharField(max_length=4, blank=True)
    slug_aliases = ArrayField(models.CharField(max_length=60), default=list)
    nicknames = ArrayField(models.CharField(max_length=80), default=list)
    tooi_uri = models.URLField()
    #: First day it no longer exists, and where it went.
    valid_until = models.DateField(null=True)
    merges_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class FormerMunicipality(ReferenceModel):
    """A municipality that no longer exists, and what it became."""

    name = models.CharField(max_length=80)
    valid_until = models.DateField()
    successor_codes = ArrayField(models.CharField(max_length=6))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "valid_until"], name="one_end_per_former")]

    def __str__(self) -> str:
        return self.name


class Place(ReferenceModel):
    """A town or village; one name may lie in more municipalities, each a row."""

    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="places")
    spellings = ArrayField(models.CharField(max_length=80), default=list)
    is_common_word = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "municipality"], name="one_place_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class Postcode(ReferenceModel):
    """The four digits of a postcode; most common municipality first."""

    digits = models.CharField(max_length=4, primary_key=True)
    municipality_codes = ArrayField(models.CharField(max_length=6))
    places = ArrayField(models.CharField(max_length=80), default=list)

    def __str__(self) -> str:
        return self.digits


class District(ReferenceModel):
    """A part of a town that people call by name."""

    class Kind(models.TextChoices):
        """How much the name alone tells."""

        #: Well known: the name leads to its town.
        DISTRICT = "district"
        #: From the national list of CBS, where Centrum lies in a hundred towns.
        NEIGHBOURHOOD = "neighbourhood"

    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="districts")
    kind = models.CharField(max_length=13, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "municipality", "kind"], name="one_district_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Street(ReferenceModel):
    """The name of a street; of the whole country only after an administrator loaded the address register."""

    name = models.CharField(max_length=80)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="streets")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "municipality"], name="one_street_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class NationalList(ReferenceModel):
    """An official list that an administrator loaded after installing; what understands messages then reads
    the tables instead of the files that came with the program.
    """

    #: municipalities, districts or addresses: see `rules.lists`.
    form = models.CharField(max_length=20, primary_key=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.form


class Holiday(ReferenceModel):
    """A national holiday."""

    date = models.DateField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "name"], name="one_holiday_per_day")]
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.name} {self.date}"


class Topic(ReferenceModel):
    """What a question can be about: the national list."""

    slug = models.SlugField(max_length=60, primary_key=True)
    label = models.CharField(max_length=120)
    #: report, product or other
    kind = models.CharField(max_length=10)
    group = models.CharField(max_length=60)
    upl_uri = models.URLField(blank=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
