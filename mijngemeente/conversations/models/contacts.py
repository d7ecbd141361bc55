"""Who writes, and from which addresses."""

from django.db import models
from django.utils import timezone

from mijngemeente.platform.tenancy import OrganisationModel


class Contact(OrganisationModel):
    """Someone who writes; known to one organisation only."""

    name = models.CharField("naam", max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name or "onbekende inwoner"


class ContactAddress(OrganisationModel):
    """An address of a contact on one channel."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    #: email, phone or a channel's kind
    kind = models.CharField(max_length=20)
    #: Normalised: lower case, no spaces.
    value = models.CharField(max_length=320)
    #: Automatic mails from here are put aside without a receipt until then.
    silenced_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "value"], name="one_contact_per_address"),
        ]

    def __str__(self) -> str:
        return self.value
