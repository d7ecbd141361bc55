"""What a saved view is called, for whom it is and how it lists."""

from collections.abc import Iterable
from typing import Any

from django import forms

from mijngemeente.conversations.rules.conditions import Condition
from mijngemeente.organisations.models import Member
from mijngemeente.organisations.rules import rights_of
from mijngemeente.organisations.rules.rights import Role

from ..actions import Outline
from ..rules import AUDIENCES, ICONS, ORDERS, Audience, may_share


class ViewForm(forms.Form):
    """Everything of a view but its conditions."""

    name = forms.CharField(label="Naam", max_length=60, error_messages={"required": "Geef de rij een naam."})
    audience = forms.ChoiceField(label="Wie ziet deze rij?")
    sorted_by = forms.ChoiceField(
        label="Volgorde", choices=[(key, order.name.capitalize()) for key, order in ORDERS.items()]
    )
    icon = forms.ChoiceField(
        label="Plaatje", choices=[(key, name.capitalize()) for key, name in ICONS.items()]
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {str(each.id): each for each in members}
        self.fields["audience"].choices = list(self._audiences())  # type: ignore[attr-defined]  # a ChoiceField

    def _audiences(self) -> Iterable[tuple[str, str]]:
        """For each membership what that allows; alone-for-me only once."""
        for number, member in self._members.items():
            rights = rights_of(map(Role, member.roles))
            for audience in Audience:
                is_first = member is next(iter(self._members.values()))
                if may_share(audience, rights) and (is_first or audience is not Audience.PERSONAL):
                    name = AUDIENCES[audience].format(name=member.organisation.name)
                    yield f"{audience.value}:{number}", name

    @property
    def by(self) -> Member:
        """As whom the view is kept."""
        return self._members[self.cleaned_data["audience"].partition(":")[2]]

    def outline(self, condition: Condition) -> Outline:
        """The view that was filled in."""
        chosen = self.cleaned_data
        audience = Audience(chosen["audience"].partition(":")[0])
        return Outline(chosen["name"], chosen["icon"], audience, chosen["sorted_by"], condition)
