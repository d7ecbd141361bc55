"""Rules that say who takes a conversation, and what people know about."""

from django.db import models
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules.covering import MOMENTS
from mijngemeente.platform.tenancy import OrganisationModel


class AssignmentRule(OrganisationModel):
    """Which conversations go to whom. The first rule that holds decides."""

    name = models.CharField("naam", max_length=60)
    #: As conversations/rules/conditions.py reads it.
    condition = models.JSONField()
    position = models.IntegerField(default=0)
    moment = models.CharField(
        "wanneer",
        max_length=6,
        choices=[(each.value, words) for each, words in MOMENTS.items()],
        default="always",
    )
    #: Another organisation whose team takes it; empty when it stays with the own team.
    team = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: How many open conversations one person may have; empty for any number.
    most_open = models.SmallIntegerField("hoogstens open per persoon", null=True, blank=True)
    needs_skill = models.BooleanField("alleen wie het onderwerp kent", default=False)
    is_on = models.BooleanField(default=False)
    #: Why it switched itself off; empty when a person did.
    problem = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class RuleMember(OrganisationModel):
    """Somebody whom a rule may give a conversation."""

    rule = models.ForeignKey(AssignmentRule, on_delete=models.CASCADE, related_name="takers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rule", "member"], name="one_taker_per_rule"),
        ]

    def __str__(self) -> str:
        return str(self.member)


class Skill(OrganisationModel):
    """A group of topics that somebody knows about."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: As `reference.Topic.group`.
    topic_group = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "member", "topic_group"], name="one_skill_once"),
        ]

    def __str__(self) -> str:
        return self.topic_group
