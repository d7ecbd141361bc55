"""Named facts of a municipality that fill blanks."""

from datetime import date

from django.db import models
from django.utils import timezone

from mijngemeente.platform.tenancy import OrganisationModel

from ..rules.uses import is_stale_fact


class Fact(OrganisationModel):
    """A price or an address of a page, by the name that texts use for it: {prijs paspoort}."""

    class Kind(models.TextChoices):
        PRICE = "price", "prijs"
        LINK = "link", "link"
        OTHER = "other", "iets anders"

        @classmethod
        def of(cls, name: str) -> "Fact.Kind":
            """As texts name it: {prijs paspoort} is a price, {link afspraak} a link."""
            first = name.split(" ", 1)[0].casefold()
            return {"prijs": cls.PRICE, "link": cls.LINK}.get(first, cls.OTHER)

    name = models.CharField("naam", max_length=80)
    kind = models.CharField("soort", max_length=5, choices=Kind.choices, default=Kind.PRICE)
    value = models.CharField("waarde", max_length=300)
    checked_on = models.DateField("nagekeken op", default=timezone.localdate)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_fact_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_stale(self, today: date) -> bool:
        """Somebody has to look whether it is still so."""
        is_price = self.kind == self.Kind.PRICE
        return is_stale_fact(is_price=is_price, checked_on=self.checked_on, today=today)
