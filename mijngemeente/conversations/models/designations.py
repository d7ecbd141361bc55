"""Where formal messages belong."""

from django.db import models

from mijngemeente.platform.tenancy import OrganisationModel

from .conversations import Conversation


class Designation(OrganisationModel):
    """The way an organisation designated for one kind of formal message (Awb 2:13)."""

    kind = models.CharField("soort", max_length=11, choices=Conversation.FormalKind.choices)
    url = models.URLField("formulier", blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    post = models.TextField("postadres", blank=True, max_length=300)
    #: What a resident must know about terms and what goes along.
    terms = models.TextField("termijn en voorwaarden", blank=True, max_length=1000)
    #: The receipt for what looks like one is sent at once, without waiting for a person.
    is_automatic = models.BooleanField("ontvangstbevestiging meteen sturen", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_designation_per_kind"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
