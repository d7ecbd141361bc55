"""What a team does for us, as an administrator fills it in."""

from typing import Any

from django import forms

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.organisations.models import InboxAddress, ServiceAgreement
from mijngemeente.organisations.rules.covering import LINES, MOMENTS
from mijngemeente.reference.models import Topic

#: More at once is no limit any more.
MOST = 9999


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """For which conversations, when, and how many."""

    moment = forms.ChoiceField(
        label="Wanneer?",
        help_text="Dit team krijgt alleen gesprekken als het zelf open is.",
        choices=[(each.value, words.capitalize()) for each, words in MOMENTS.items()],
        widget=forms.RadioSelect,
    )
    channels = forms.MultipleChoiceField(
        label="Via welke kanalen?",
        help_text="Niets gekozen: alle kanalen.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topic_groups = forms.MultipleChoiceField(
        label="Over welke onderwerpen?",
        help_text="Niets gekozen: alle onderwerpen, ook wat nog geen onderwerp heeft.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reaches = forms.TypedChoiceField(
        label="Tot hoe ver?",
        help_text="Wat verder gaat, blijft bij jullie eigen team. Is iemand in nood, dan helpt wie er is.",
        choices=[(each.value, words[:1].upper() + words[1:]) for each, words in LINES.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    helps_above = forms.IntegerField(
        label="Pas als er bij ons meer wachten dan",
        help_text="Leeg: altijd, ook als het bij jullie rustig is.",
        min_value=1,
        max_value=MOST,
        required=False,
    )
    most_open = forms.IntegerField(
        label="Hoogstens zoveel open gesprekken tegelijk",
        help_text="Leeg: geen grens. Zit dit team vol, dan kijken we naar de volgende afspraak.",
        min_value=1,
        max_value=MOST,
        required=False,
    )
    ends_on = forms.DateField(
        label="Tot en met",
        help_text="Leeg: tot jullie de afspraak beëindigen.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    class Meta:
        model = ServiceAgreement
        fields = ("moment", "channels", "topic_groups", "reaches", "helps_above", "most_open", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        client = self.instance.client_id
        kinds = set(InboxAddress.objects.filter(organisation_id=client).values_list("kind", flat=True))
        here = sorted((kinds | set(self.instance.channels)) & set(CHANNELS))
        names = [(kind, CHANNELS[kind].name[:1].upper() + CHANNELS[kind].name[1:]) for kind in here]
        self.fields["channels"].choices = names  # type: ignore[attr-defined]  # a choice field
        groups = Topic.objects.order_by("group").values_list("group", flat=True).distinct()
        listed = [(each, each[:1].upper() + each[1:]) for each in groups]
        self.fields["topic_groups"].choices = listed  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """It cannot end before it starts."""
        cleaned = super().clean() or {}
        ends_on = cleaned.get("ends_on")
        if ends_on and ends_on < self.instance.starts_on:
            self.add_error("ends_on", "De afspraak eindigt voordat hij begint.")
        return cleaned
