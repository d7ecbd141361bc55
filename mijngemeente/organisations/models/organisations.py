"""Who we are and whom we cover: organisations, people, members, agreements and inboxes."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import DirectoryModel, OrganisationModel
from mijngemeente.reference.models import Municipality

from ..rules import ROLES, Role
from ..rules.covering import LINES, MOMENTS, Line, Moment, Terms


class Organisation(DirectoryModel):
    """A tenant: a municipality, a region or the national organisation."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "gemeente"
        REGION = "region", "regio"
        NATIONAL = "national", "landelijk"

    id = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField("naam", max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    municipality = models.OneToOneField(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    #: Name of one of our neutral themes; a municipality's own tokens stand in `Theme`.
    theme = models.CharField("uiterlijk", max_length=20, default="laken")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name as a resident knows it: "gemeente Tilburg"."""
        return f"gemeente {self.name}" if self.kind == self.Kind.MUNICIPALITY else self.name


class UndoSeconds(models.IntegerChoices):
    """How long somebody can take back an answer."""

    NONE = 0, "Niet: mijn antwoord gaat meteen weg"
    TEN = 10, "10 seconden"
    TWENTY = 20, "20 seconden"


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person who signs in with this address."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in; without a password only after setting one."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, DirectoryModel):
    """Somebody who signs in; what they may do hangs on their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=120)
    is_active = models.BooleanField(default=True)
    has_shortcuts = models.BooleanField("sneltoetsen aan", default=True)
    #: How long an answer waits before it leaves, so that its writer can take it back.
    undo_seconds = models.SmallIntegerField(
        "verzenden terugnemen", choices=UndoSeconds.choices, default=UndoSeconds.TEN
    )
    #: Another system, with a token of its own: on no list of people, and nobody gives it work.
    is_machine = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Nobody: there is no Django admin. allauth asks."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Nobody. allauth asks."""
        return False


class MemberQuerySet(models.QuerySet["Member"]):
    """Readings of memberships."""

    def current(self) -> "MemberQuerySet":
        """Those who have not left."""
        return self.filter(left_at__isnull=True)


class Member(DirectoryModel):
    """A person in an organisation, with roles there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(
        models.CharField(max_length=20, choices=[(r.value, ROLES[r]) for r in Role]), default=list
    )
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(left_at__isnull=True), name="member_once"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    def name_at(self, organisation_id: int) -> str:
        """The name; with where somebody works, who answers there for another organisation."""
        return str(self) if self.organisation_id == organisation_id else f"{self} ({self.organisation})"

    @property
    def role_names(self) -> list[str]:
        """The roles as a person reads them."""
        return [ROLES[Role(role)] for role in self.roles]


class ServiceAgreementQuerySet(models.QuerySet["ServiceAgreement"]):
    """Readings of service agreements."""

    def in_force(self, on: date) -> "ServiceAgreementQuerySet":
        """Those that hold on that day."""
        return self.lasting(on).filter(starts_on__lte=on)

    def lasting(self, on: date) -> "ServiceAgreementQuerySet":
        """Those that are not over on that day; they may still have to begin."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class ServiceAgreement(DirectoryModel):
    """Who covers whom: members of `provider` answer for `client`, and for which conversations.

    While it is on, they get those by themselves; the client's first agreement that can take one does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="covers")
    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="covered_by")
    #: Empty means every channel.
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    #: Values of `reference.Topic.group`; empty means every topic.
    topic_groups = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, db_default=models.Value([])
    )
    reaches = models.SmallIntegerField(
        choices=[(each.value, words) for each, words in LINES.items()], default=Line.ALL, db_default=3
    )
    moment = models.CharField(
        max_length=6,
        choices=[(each.value, words) for each, words in MOMENTS.items()],
        default=Moment.ALWAYS,
        db_default="always",
    )
    #: It helps once more than this wait at the client's own team; None: always.
    helps_above = models.IntegerField(null=True, blank=True)
    #: Open conversations of the client that it has at a time; None: any number.
    most_open = models.IntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    #: Among the client's agreements, the first comes first.
    position = models.IntegerField(default=0, db_default=0)
    #: The provider gets conversations by itself; otherwise only what a person or a rule gives it.
    is_on = models.BooleanField(default=False, db_default=False)
    #: Why it switched itself off; empty when a person did.
    problem = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = ServiceAgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "client", "starts_on"], name="one_agreement_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} voor {self.client}"

    def is_over(self, on: date) -> bool:
        """Whether its last day is past."""
        return self.ends_on is not None and self.ends_on < on

    @property
    def terms(self) -> Terms:
        """What is agreed, as the rule reads it."""
        return Terms(
            provider_id=self.provider_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            channels=frozenset(self.channels),
            topic_groups=frozenset(self.topic_groups),
            reaches=Line(self.reaches),
            moment=Moment(self.moment),
            helps_above=self.helps_above,
            most_open=self.most_open,
        )


class Invitation(DirectoryModel):
    """A person asked by mail to join; the mailed token is kept as a digest only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mailadres")
    name = models.CharField("naam", max_length=120)
    roles = ArrayField(models.CharField(max_length=20))
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email

    def is_open(self, now: datetime) -> bool:
        """It can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at


class InboxAddress(DirectoryModel):
    """One account on one channel: a mailbox, a web form, the telephone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    #: A key of `channels.registry.CHANNELS`.
    kind = models.CharField(max_length=20)
    address = models.CharField("adres", max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inboxes")
    name = models.CharField("naam", max_length=80)
    #: Part of the webhook address: /in/<kind>/<token>.
    token = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("address"),
                name="one_owner_per_address",
                violation_error_message="Dit postvak is al aan een organisatie gekoppeld.",
            ),
        ]
        ordering = ["kind", "address"]

    def __str__(self) -> str:
        return self.name


class InboxCredentials(OrganisationModel):
    """How to reach the account; only its owner can read this."""

    inbox = models.OneToOneField(InboxAddress, on_delete=models.CASCADE, related_name="+")
    #: JSON of the channel's setup form, sealed.
    sealed = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.inbox_id)


class InboxHealth(OrganisationModel):
    """Whether the inbox works one way: what it last did, and what went wrong since."""

    class Direction(models.TextChoices):
        INCOMING = "in", "ontvangen"
        OUTGOING = "out", "versturen"

    inbox = models.ForeignKey(InboxAddress, on_delete=models.CASCADE, related_name="+", db_index=False)
    #: Each way fails and recovers by itself: reading may work with a password that sending refuses.
    direction = models.CharField(max_length=3, choices=Direction.choices)
    last_success_at = models.DateTimeField(null=True)
    #: Set while it fails; what an administrator reads.
    failing_since = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    #: Where reading stopped, in the channel's own form (for IMAP "uidvalidity:uid").
    position = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "inbox", "direction"], name="one_health_per_direction"
            ),
        ]

    def __str__(self) -> str:
        return self.problem or "in orde"


class EngagementRules(OrganisationModel):
    """How this municipality wants to be spoken for."""

    class FormOfAddress(models.TextChoices):
        FORMAL = "u", "u"
        INFORMAL = "je", "je"

    form_of_address = models.CharField(
        "aanspreekvorm", max_length=2, choices=FormOfAddress.choices, default="u"
    )
    salutation = models.CharField("aanhef", max_length=120, default="Beste {naam},")
    signature = models.TextField(
        "ondertekening", default="Met vriendelijke groet,\n{medewerker}\n{organisatie}"
    )
    #: What a resident reads about when to expect an answer.
    answer_promise = models.CharField(
        "wat wij beloven", max_length=200, default="U krijgt binnen twee werkdagen antwoord."
    )
    promised = models.TextField("wat wij wel beloven", blank=True)
    not_promised = models.TextField("wat wij niet beloven", blank=True)
    #: In words, for who answers; the norms that the clock counts with stand elsewhere.
    norms = models.TextField("onze normen", blank=True)
    house_rules = models.TextField("huisregels", blank=True)
    hand_over_to = models.TextField("wie voor wat", blank=True)
    emergency = models.TextField(
        "bij spoed", default="Is er direct gevaar? Bel 112. Geen spoed, wel politie? Bel 0900-8844."
    )
    #: The opening week in words, written whenever that changes.
    opening_hours = models.CharField(
        "bereikbaar", max_length=500, default="maandag tot en met vrijdag 9.00 - 17.00 uur"
    )
    telephone = models.CharField("telefoon", max_length=20, blank=True)
    privacy_url = models.URLField("privacyverklaring", blank=True)
    #: A resident who gives this mark or a lower one is called back; 0 is nobody.
    call_back_to = models.SmallIntegerField("terugbellen bij dit cijfer of lager", default=5)
    #: Texts in which somebody mended what was understood may teach the machine, without names and numbers.
    lends_texts = models.BooleanField(
        "onze verbeterde berichten mogen meegaan in de training", default=False, db_default=False
    )
    #: Web sites that may show the widget, as https://www.tilburg.nl
    widget_sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_set_of_rules")]

    def __str__(self) -> str:
        return f"spelregels {self.organisation_id}"


class Theme(OrganisationModel):
    """A municipality's own design tokens, checked for contrast when loaded."""

    tokens = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_theme")]

    def __str__(self) -> str:
        return f"uiterlijk {self.organisation_id}"
