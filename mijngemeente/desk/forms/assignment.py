"""Rules that say who takes a conversation, as an administrator types them."""

from typing import Any

from django import forms

from mijngemeente.assignment.actions import Outline
from mijngemeente.conversations.rules.conditions import Condition
from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.organisations.rules.covering import MOMENTS, Moment

#: More at once nobody can look after.
MOST_OPEN = 200


class RuleForm(forms.Form):
    """Everything of a rule but its conditions."""

    name = forms.CharField(
        label="Naam",
        max_length=60,
        help_text="Zo herken je de regel in de lijst. Bijvoorbeeld: paspoorten naar Burgerzaken.",
        error_messages={"required": "Geef de regel een naam."},
    )
    members = forms.MultipleChoiceField(
        label="Wie krijgt ze?",
        help_text="Meer mensen? Dan krijgt steeds wie de minste open gesprekken heeft er een bij.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    team = forms.ChoiceField(
        label="Naar het team van",
        help_text="Alleen teams die voor jullie antwoorden. Leeg: het blijft bij jullie.",
        required=False,
    )
    moment = forms.ChoiceField(
        label="Wanneer?",
        choices=[(each.value, words.capitalize()) for each, words in MOMENTS.items()],
        widget=forms.RadioSelect,
        initial=Moment.ALWAYS.value,
    )
    most_open = forms.IntegerField(
        label="Hoogstens zoveel open gesprekken per persoon",
        help_text="Leeg: geen grens. Wie vol zit, krijgt er niets bij; het gesprek wacht dan in de rij.",
        min_value=1,
        max_value=MOST_OPEN,
        required=False,
    )
    needs_skill = forms.BooleanField(
        label="Alleen wie het onderwerp kent",
        help_text="Wie wat kent, staat onder Toewijzing, Wie weet wat.",
        required=False,
    )

    def __init__(
        self, *args: Any, at: Organisation, members: list[Member], teams: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(each.id): each for each in members}
        self._teams = {str(each.id): each for each in teams}
        people = [(key, each.name_at(at.id)) for key, each in self._members.items()]
        self.fields["members"].choices = people  # type: ignore[attr-defined]  # a choice field
        named = [(key, each.name) for key, each in self._teams.items()]
        self.fields["team"].choices = [("", "Ons eigen team"), *named]  # type: ignore[attr-defined]  # a choice field

    def outline(self, condition: Condition) -> Outline:
        """The rule that was filled in."""
        typed = self.cleaned_data
        return Outline(
            name=typed["name"],
            condition=condition,
            members=tuple(self._members[each] for each in typed["members"]),
            team=self._teams.get(typed["team"]),
            moment=Moment(typed["moment"]),
            most_open=typed["most_open"],
            needs_skill=typed["needs_skill"],
        )
