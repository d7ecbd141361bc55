"""One question of one resident."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member, Organisation
from mijngemeente.organisations.rules.covering import BECAUSE
from mijngemeente.platform.tenancy import OrganisationModel, Parts, parts
from mijngemeente.reference.models import Topic

from .contacts import Contact


class Counter(OrganisationModel):
    """The last conversation number an organisation gave out."""

    last_number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_counter")]

    def __str__(self) -> str:
        return str(self.last_number)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Readings of conversations."""

    def open(self) -> "ConversationQuerySet":
        """Everything not closed."""
        return self.exclude(status=Conversation.Status.CLOSED)

    def closed(self) -> "ConversationQuerySet":
        """Done."""
        return self.filter(status=Conversation.Status.CLOSED)

    def within(self, parts: Parts) -> "ConversationQuerySet":
        """Of these organisations those of the named teams alone."""
        rows = self
        # Who helps the whole country does so for one team: one condition, however many organisations.
        for teams in set(parts.values()):
            ids = sorted(number for number, each in parts.items() if each == teams)
            rows = rows.filter(~Q(organisation_id__in=ids) | Q(covered_by__in=teams))
        return rows


_Manager = models.Manager.from_queryset(ConversationQuerySet)


class Reached(_Manager["Conversation"]):
    """Who reaches a part of an organisation finds no other conversation, whatever a query forgets."""

    def get_queryset(self) -> ConversationQuerySet:
        """All that may be reached now."""
        return ConversationQuerySet(self.model, using=self._db).within(parts())


class Conversation(OrganisationModel):
    """One question of one resident, with all that was said about it."""

    class Status(models.TextChoices):
        OPEN = "open", "open"
        WAITING_RESIDENT = "waiting_resident", "wacht op inwoner"
        WAITING_DEPARTMENT = "waiting_department", "wacht op afdeling"
        SNOOZED = "snoozed", "uitgesteld"
        CLOSED = "closed", "gesloten"

    class Priority(models.IntegerChoices):
        NORMAL = 0, "gewoon"
        HIGH = 1, "hoog"
        URGENT = 2, "spoed"

    class Alarm(models.TextChoices):
        DANGER = "danger", "gevaar"
        DISTRESS = "distress", "in nood"

    class Norm(models.TextChoices):
        FIRST_REPLY = "first_reply", "eerste reactie"
        NEXT_REPLY = "next_reply", "volgende reactie"
        SOLUTION = "solution", "oplossing"

    class Kind(models.TextChoices):
        QUESTION = "question", "vraag"
        REPORT = "report", "melding"
        COMPLAINT = "complaint", "klacht"
        COMPLIMENT = "compliment", "compliment"
        OPINION = "opinion", "mening"
        ATTACK = "attack", "aanval"
        CRISIS_SIGNAL = "crisis_signal", "crisissignaal"
        FORMAL = "formal", "formeel bericht"
        SPAM = "spam", "spam"

    class FormalKind(models.TextChoices):
        OBJECTION = "objection", "bezwaar"
        APPLICATION = "application", "aanvraag"
        COMPLAINT = "complaint", "formele klacht"

    #: Counts per organisation; what people quote.
    number = models.IntegerField()
    subject = models.CharField("onderwerpregel", max_length=300, blank=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="conversations")
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: The channel's kind, as on the inbox.
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    kind = models.CharField("soort", max_length=14, choices=Kind.choices, blank=True)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    language = models.CharField(max_length=3, blank=True)
    #: The team that answers: the organisation itself, a region or the national first line.
    covered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: Why another team has it; empty for the own team.
    covered_because = models.CharField(
        max_length=6,
        choices=[(each.value, words) for each, words in BECAUSE.items()],
        blank=True,
        default="",
        db_default="",
    )
    #: When to look again who covers it; None until something else changes than the hour.
    covers_until = models.DateTimeField(null=True)
    assignee = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    priority = models.SmallIntegerField("voorrang", choices=Priority.choices, default=Priority.NORMAL)
    #: Somebody may be in danger or distress: it stands above everything until a person says otherwise.
    alarm = models.CharField(
        "nood", max_length=8, choices=Alarm.choices, blank=True, default="", db_default=""
    )
    #: Town or village that it is about, as far as that is known.
    place = models.CharField("plaats", max_length=80, blank=True, default="", db_default="")
    #: While snoozed: when it comes back.
    snoozed_until = models.DateTimeField(null=True)
    #: The conversation this one went up in; then it is closed.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    merged_at = models.DateTimeField(null=True)
    #: The conversation whose messages this one began with.
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off", db_index=False
    )
    #: Which formal message it is, said by a person; empty for everything else.
    formal_kind = models.CharField("formeel bericht", max_length=11, choices=FormalKind.choices, blank=True)
    #: When the receipt that the law asks for was sent.
    formal_receipt_at = models.DateTimeField(null=True)
    #: Which norm runs out first, when, and from when that is near; all empty while no clock runs.
    due_norm = models.CharField(max_length=12, choices=Norm.choices, blank=True)
    due_at = models.DateTimeField(null=True)
    amber_at = models.DateTimeField(null=True)
    #: When it is next said that the clock turned amber, or red; None once both were.
    tell_at = models.DateTimeField(null=True)
    #: Since when the clock stands still; and the working minutes it stood still before, since the
    #: conversation began or was opened again, and since the resident waits.
    paused_since = models.DateTimeField(null=True)
    paused_minutes = models.IntegerField(default=0)
    turn_paused_minutes = models.IntegerField(default=0)
    #: When a person answered for the first time.
    first_replied_at = models.DateTimeField(null=True)
    #: None while open again.
    closed_at = models.DateTimeField(null=True)
    #: Since when only what figures need is left of it.
    anonymised_at = models.DateTimeField(null=True)
    #: When it was last opened again after it was closed: from then on a solution is due.
    reopened_at = models.DateTimeField(null=True)
    #: Since when the resident waits for us; None while the next step is not ours.
    waiting_since = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(default=timezone.now)
    #: First words of the last message, for the list.
    excerpt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: When it was brought in from another system; None for what we took in ourselves.
    imported_at = models.DateTimeField(null=True)

    objects = Reached()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_number_per_organisation"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status="closed"), name="merged_is_closed"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "-last_message_at"], name="conversation_queue"),
            models.Index(
                fields=["organisation", "assignee", "-last_message_at"],
                condition=~Q(status="closed"),
                name="conversation_mine",
            ),
            models.Index(
                fields=["organisation", "closed_at"],
                condition=Q(closed_at__isnull=False, anonymised_at__isnull=True),
                name="conversation_retention",
            ),
            models.Index(
                fields=["organisation", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="conversation_merged",
            ),
            models.Index(
                fields=["organisation", "split_from"],
                condition=Q(split_from__isnull=False),
                name="conversation_split",
            ),
            models.Index(
                fields=["organisation", "due_at"], condition=Q(due_at__isnull=False), name="conversation_due"
            ),
            # Without the organisation: who covers hundreds reads the first fifty in order, instead of sorting
            # all of them (342 organisations, 200,000 rows: 23 instead of 306 ms).
            models.Index(fields=["-last_message_at", "id"], name="conversation_latest"),
            models.Index(fields=["-created_at", "id"], name="conversation_newest"),
            models.Index(
                fields=["waiting_since", "id"], condition=Q(status="open"), name="conversation_waiting"
            ),
            # All queues but one are counted in this index alone (342 organisations, 29,500 rows:
            # 19 instead of 52 ms).
            models.Index(
                fields=["organisation", "status", "assignee", "covered_by", "amber_at"],
                condition=~Q(status="closed"),
                name="conversation_unfinished",
            ),
            # By moment first: two weeks of everybody are few, and are counted in the index alone
            # (342 organisations, 100,000 rows: 0.2 instead of 45 ms).
            models.Index(
                fields=["closed_at", "organisation"], condition=Q(status="closed"), name="conversation_closed"
            ),
            models.Index(
                fields=["waiting_since", "organisation"],
                condition=Q(status="open") & ~Q(alarm=""),
                name="conversation_alarm",
            ),
            models.Index(fields=["tell_at"], condition=Q(tell_at__isnull=False), name="conversation_tell"),
            # Of those that somebody works on the hour may pass: they are not in it.
            models.Index(
                fields=["covers_until"],
                condition=Q(covers_until__isnull=False, status="open", assignee__isnull=True),
                name="conversation_cover",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def is_closed(self) -> bool:
        """Done, until somebody writes again."""
        return self.status == self.Status.CLOSED

    def waited_seconds(self, now: datetime) -> int:
        """How long the resident has been waiting for us; 0 while the next step is not ours."""
        return int((now - self.waiting_since).total_seconds()) if self.waiting_since else 0
