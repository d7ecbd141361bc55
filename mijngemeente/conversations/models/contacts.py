"""Who writes, from which addresses, and what colleagues should know about them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel


class ContactQuerySet(models.QuerySet["Contact"]):
    """Readings of contacts."""

    def known(self) -> "ContactQuerySet":
        """Those who can be looked up: neither gone up in another one, nor anonymised."""
        return self.filter(merged_into=None, anonymised_at=None)


class Contact(OrganisationModel):
    """Someone who writes; known to one organisation only."""

    name = models.CharField("naam", max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: The contact this one went up in; its addresses and conversations are there.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    #: Since when nothing here tells who it was.
    anonymised_at = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="contact_merged",
            )
        ]

    def __str__(self) -> str:
        return self.name or "onbekende inwoner"


class ContactAddress(OrganisationModel):
    """An address of a contact on one channel."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    #: email, phone or a channel's kind
    kind = models.CharField(max_length=20)
    #: Normalised: lower case, no spaces.
    value = models.CharField(max_length=320)
    #: Answers go here rather than to another address of the same kind.
    is_preferred = models.BooleanField(default=False)
    #: Automatic mails from here are put aside without a receipt until then.
    silenced_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "value"], name="one_contact_per_address"),
            models.UniqueConstraint(
                fields=["organisation", "contact", "kind"],
                condition=Q(is_preferred=True),
                name="one_preferred_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.value


class ContactNote(OrganisationModel):
    """What colleagues should know about a contact, for as long as it matters."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField("notitie")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    #: The last day it is kept; the night after that it is removed.
    ends_on = models.DateField("bewaren tot en met")

    class Meta:
        indexes = [models.Index(fields=["organisation", "ends_on"], name="contact_note_end")]

    def __str__(self) -> str:
        return self.text[:60]


class ContactMerge(OrganisationModel):
    """That two contacts turned out to be one person, and what moved for it."""

    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    #: Ids of what moved from the one to the other.
    addresses = ArrayField(models.UUIDField(), default=list)
    conversations = ArrayField(models.UUIDField(), default=list)
    messages = ArrayField(models.UUIDField(), default=list)
    notes = ArrayField(models.UUIDField(), default=list)
    #: Of the addresses: those that were preferred until then.
    once_preferred = ArrayField(models.UUIDField(), default=list)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.gone_id} in {self.kept_id}"
