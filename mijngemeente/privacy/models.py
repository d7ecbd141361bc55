"""What was erased and why, what may not be erased, how long we keep, and what a resident asked for."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.conversations.models import Contact, Conversation
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import OrganisationModel


class Way(models.TextChoices):
    """What becomes of it."""

    ANONYMISE = "anonymise", "anonimiseren"
    ERASE = "erase", "wissen"


class Erasure(OrganisationModel):
    """That something was erased: what kinds and how many rows, why and by whom; nothing of what they said."""

    class Reason(models.TextChoices):
        REQUEST = "request", "de inwoner vroeg erom"
        NO_GROUND = "no_ground", "wij mogen dit niet bewaren"
        MISTAKE = "mistake", "het kwam per ongeluk bij ons"
        OTHER = "other", "een andere reden"
        RESTORED = "restored", "opnieuw, na het terugzetten van een reservekopie"

    way = models.CharField(max_length=10, choices=Way.choices)
    #: Whose; no keys, as the rows are gone afterwards.
    contact_id = models.UUIDField(null=True)
    conversation_id = models.UUIDField(null=True)
    reason = models.CharField("waarom", max_length=10, choices=Reason.choices)
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    #: Why it was not done, as a person reads it.
    refusal = models.CharField(max_length=300, blank=True)
    #: Table → how many rows.
    counts = models.JSONField(default=dict)
    #: Ids of the rows that were meant, to erase them again from a restored backup.
    rows = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="erasure_order")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.asked_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Neither done nor refused yet."""
        return self.done_at is None and not self.refusal


class HoldQuerySet(models.QuerySet["Hold"]):
    """Readings of holds."""

    def in_force(self) -> "HoldQuerySet":
        """Those nobody lifted."""
        return self.filter(lifted_at=None)


class Hold(OrganisationModel):
    """That a conversation may not be erased, as for an objection or a court case."""

    class Reason(models.TextChoices):
        OBJECTION = "objection", "bezwaar of beroep"
        CLAIM = "claim", "schadeclaim of rechtszaak"
        COMPLAINT = "complaint", "klacht bij de ombudsman"
        REQUEST = "request", "verzoek om openbaarheid (Woo)"
        OTHER = "other", "een andere reden"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField("waarom", max_length=10, choices=Reason.choices)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation"],
                condition=Q(lifted_at__isnull=True),
                name="one_hold_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class RetentionPeriod(OrganisationModel):
    """How long an organisation keeps closed conversations of one kind, where it chose that itself."""

    #: Empty: conversations whose kind nobody chose.
    kind = models.CharField(max_length=14, choices=Conversation.Kind.choices, blank=True)
    months = models.SmallIntegerField("maanden")
    way = models.CharField(max_length=10, choices=Way.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_period_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or 'zonder soort'}: {self.months}"


class RetentionRun(OrganisationModel):
    """One night's work: what was over time, and became of it."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    conversations = models.IntegerField(default=0)
    contacts = models.IntegerField(default=0)
    notes = models.IntegerField(default=0)
    #: Of residents who went, until the run ends: then they go out of what others were sent, all at once.
    addresses = ArrayField(models.CharField(max_length=320), default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(finished_at__isnull=True), name="one_run_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class Export(OrganisationModel):
    """Everything we hold of one resident, to hand over; downloadable for a few days."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    #: A zip; empty until made.
    content = models.BinaryField()
    size_bytes = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation", "expires_at"], name="export_end")]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.asked_at:%Y-%m-%d}"

    def is_ready(self, now: datetime) -> bool:
        """It can be downloaded."""
        return self.made_at is not None and now < self.expires_at
