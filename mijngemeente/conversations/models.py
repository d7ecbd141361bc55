"""Conversations with residents: who wrote, what was said, and what became of each message."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from mijngemeente.organisations.models import InboxAddress, Member, Organisation
from mijngemeente.platform.files import StoredFile
from mijngemeente.platform.tenancy import OrganisationModel
from mijngemeente.reference.models import Topic


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


class Conversation(OrganisationModel):
    """One question of one resident, with all that was said about it."""

    class Status(models.TextChoices):
        OPEN = "open", "open"
        WAITING_RESIDENT = "waiting_resident", "wacht op inwoner"
        WAITING_DEPARTMENT = "waiting_department", "wacht op afdeling"
        CLOSED = "closed", "gesloten"

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
    assignee = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: Since when the resident waits for us; None while the next step is not ours.
    waiting_since = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(default=timezone.now)
    #: First words of the last message, for the list.
    excerpt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_number_per_organisation"),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "-last_message_at"], name="conversation_queue"),
            models.Index(
                fields=["organisation", "assignee", "-last_message_at"],
                condition=~Q(status="closed"),
                name="conversation_mine",
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


class Message(OrganisationModel):
    """Something said in a conversation, or a note beside it."""

    class Direction(models.TextChoices):
        INCOMING = "in", "van de inwoner"
        OUTGOING = "out", "aan de inwoner"
        NOTE = "note", "notitie"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    direction = models.CharField(max_length=4, choices=Direction.choices)
    #: No person wrote it: a receipt, a hand-over notice, an out-of-office reply.
    is_automatic = models.BooleanField(default=False)
    #: Who wrote it; None for a resident or a machine.
    author = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: The channel's id; ours for what we send. Empty until sent.
    external_id = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    #: Quotes and signature, folded away on screen, never cut.
    folded = models.TextField(blank=True)
    #: Sanitised.
    html = models.TextField(blank=True)
    #: Addresses it was sent to, lower case: who was addressed takes part.
    recipients = ArrayField(models.CharField(max_length=320), default=list)
    #: What the sender's machine says; may be nonsense.
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: Key of the form it was written in: pressed twice is one message.
    key = models.UUIDField(null=True)
    #: It came from an address that had no part in this conversation.
    is_from_stranger = models.BooleanField(default=False)
    #: What could not be read, in Dutch sentences.
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id", "inbox"],
                condition=~Q(external_id=""),
                name="one_message_per_external_id",
            ),
            models.UniqueConstraint(fields=["organisation", "key"], name="one_message_per_key"),
        ]
        indexes = [models.Index(fields=["organisation", "conversation", "id"], name="message_order")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_note(self) -> bool:
        """Only colleagues read it."""
        return self.direction == self.Direction.NOTE


class MessageReference(OrganisationModel):
    """An earlier message that a message names, whether we have it or not: mail arrives in any order."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="references")
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    external_id = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["organisation", "external_id"], name="reference_to")]

    def __str__(self) -> str:
        return self.external_id


class Attachment(OrganisationModel):
    """A file that came or went with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)
    size_bytes = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class Delivery(OrganisationModel):
    """What became of one outgoing message."""

    class State(models.TextChoices):
        QUEUED = "queued", "wordt verzonden"
        SENDING = "sending", "wordt nu verzonden"
        SENT = "sent", "verzonden"
        DELIVERED = "delivered", "afgeleverd"
        FAILED = "failed", "niet verzonden"
        UNCERTAIN = "uncertain", "onzeker of het is verzonden"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery")
    #: The account we speak from; its kind is the channel used.
    inbox = models.ForeignKey(InboxAddress, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient_address = models.CharField(max_length=320, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.IntegerField(default=0)
    #: Why it failed, as an agent reads it.
    problem = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state"],
                condition=~Q(state__in=["sent", "delivered"]),
                name="delivery_unfinished",
            )
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Closure(OrganisationModel):
    """That a conversation was closed: by whom, when and why."""

    class Reason(models.TextChoices):
        ANSWERED = "answered", "beantwoord"
        UNANSWERED = "unanswered", "bewust niet beantwoord"
        HANDED_OVER = "handed_over", "overgedragen"
        SPAM = "spam", "spam"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="closures")
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField("reden", max_length=12, choices=Reason.choices, default=Reason.ANSWERED)
    explanation = models.CharField("toelichting", max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.get_reason_display()


class Label(OrganisationModel):
    """A word an organisation sorts its conversations by."""

    name = models.CharField("label", max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="one_label_per_name",
                violation_error_message="Dit label bestaat al.",
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ConversationLabel(OrganisationModel):
    """A label on a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labellings")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labellings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "conversation", "label"], name="one_label_once"),
        ]

    def __str__(self) -> str:
        return self.label.name


class Link(OrganisationModel):
    """That this conversation belongs with another one, perhaps at another organisation."""

    class Kind(models.TextChoices):
        HANDED_OVER_TO = "handed_over_to", "overgedragen aan"
        HANDED_OVER_FROM = "handed_over_from", "overgenomen van"
        RELATED = "related", "hoort bij"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    other_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: No key: a row of another organisation cannot be referred to.
    other_conversation_id = models.UUIDField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "conversation", "other_conversation_id"], name="one_link_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other_conversation_id}"


#: What a personal link is keyed with (platform/seals.py).
PERSONAL_LINK = "personal link"
