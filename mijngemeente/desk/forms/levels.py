"""How soon an organisation wants to answer, as its administrator writes it."""

from decimal import Decimal
from typing import Any

from django import forms

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import InboxAddress, ServiceLevel
from mijngemeente.reference.models import Topic

NORMS = ("first_reply", "next_reply", "solution")
SCOPE = ("kind", "channel", "priority", "topic")
#: About a year of working hours: more is a mistake.
MOST_HOURS = 2000
#: Nobody is warned later than at the end, or a year before.
MOST_PERCENT, MOST_MINUTES = 99, 30_000


class HoursField(forms.DecimalField):
    """Working hours on screen, working minutes in the row; empty is no norm."""

    def __init__(self, *, label: str, help_text: str) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=Decimal("0.25"),
            max_value=MOST_HOURS,
            decimal_places=2,
            localize=True,
            error_messages={
                "invalid": "Vul een aantal uren in, zoals 4 of 0,5.",
                "min_value": "Vul ten minste 0,25 uur in: een kwartier.",
                "max_value": f"Vul hoogstens {MOST_HOURS} uur in.",
            },
        )

    def prepare_value(self, value: object) -> object:
        """Minutes as hours."""
        return Decimal(value) / 60 if isinstance(value, int) else value

    def clean(self, value: object) -> int | None:
        """Hours as minutes."""
        hours = super().clean(value)
        return None if hours is None else int(hours * 60)


class GeneralLevelForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The service level of every conversation without one of its own."""

    first_reply = HoursField(
        label="Eerste reactie, binnen hoeveel uur",
        help_text="Van de vraag tot het eerste antwoord van een mens. Leeg: geen norm.",
    )
    next_reply = HoursField(
        label="Volgende reactie, binnen hoeveel uur",
        help_text="Als de inwoner daarna weer schrijft. Leeg: geen norm.",
    )
    solution = HoursField(
        label="Oplossing, binnen hoeveel uur",
        help_text="Van het eerste bericht tot het gesprek dicht is. Leeg: geen norm.",
    )

    class Meta:
        model = ServiceLevel
        fields: tuple[str, ...] = (*NORMS, "warns_at", "warns", "pauses_for_department")
        widgets = {"warns": forms.RadioSelect}
        labels = {
            "warns_at": "Waarschuwen bij",
            "warns": "Dat getal is",
            "pauses_for_department": "De klok staat stil zolang wij op een afdeling wachten",
        }
        help_texts = {
            "warns_at": "Dan wordt de klok oranje en krijgt de behandelaar een melding.",
            "pauses_for_department": "Wachten wij op de inwoner, dan staat de klok altijd stil.",
        }

    def clean(self) -> dict[str, Any]:
        """A warning comes before the end."""
        cleaned = super().clean() or {}
        is_percent = cleaned.get("warns") == ServiceLevel.Warns.PERCENT
        most = MOST_PERCENT if is_percent else MOST_MINUTES
        if "warns_at" in cleaned and not 1 <= cleaned["warns_at"] <= most:
            self.add_error("warns_at", f"Vul een getal in van 1 tot en met {most}.")
        return cleaned


class ServiceLevelForm(GeneralLevelForm):
    """A service level for some conversations."""

    kind = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "elke soort"), *Conversation.Kind.choices]
    )
    channel = forms.ChoiceField(label="Kanaal", required=False)
    priority = forms.TypedChoiceField(
        label="Voorrang",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "elke voorrang"), *Conversation.Priority.choices],
    )
    topic = forms.ModelChoiceField(
        label="Onderwerp", required=False, empty_label="elk onderwerp", queryset=Topic.objects.all()
    )
    field_order = (*SCOPE, *NORMS)

    class Meta(GeneralLevelForm.Meta):
        fields: tuple[str, ...] = (*SCOPE, *GeneralLevelForm.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inboxes = InboxAddress.objects.filter(organisation_id=self.instance.organisation_id)
        kinds = sorted(set(inboxes.values_list("kind", flat=True)) & set(CHANNELS))
        channels = [("", "elk kanaal"), *((kind, CHANNELS[kind].name) for kind in kinds)]
        self.fields["channel"].choices = channels  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """It is about something."""
        cleaned = super().clean()
        if not self.errors and all(cleaned.get(name) in (None, "") for name in SCOPE):
            raise forms.ValidationError("Kies voor welke gesprekken deze norm is.")
        return cleaned
