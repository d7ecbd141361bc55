"""What a person may say about keeping and erasing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from mijngemeente.conversations.models import Conversation

from . import rules
from .actions import Asked
from .models import Erasure, Hold, Way

#: In the names of the form's fields, the conversations whose kind nobody chose.
NONE = "none"


class ErasureForm(forms.Form):
    """What has to go, and why."""

    way = forms.ChoiceField(
        label="Wat moet er gebeuren?",
        choices=[
            (
                Way.ANONYMISE.value,
                "Anonimiseren: naam, adressen en berichten gaan weg. De cijfers blijven kloppen.",
            ),
            (Way.ERASE.value, "Wissen: ook het gesprek zelf gaat weg."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er moet gebeuren."},
    )
    reason = forms.ChoiceField(
        label="Waarom?",
        choices=[each for each in Erasure.Reason.choices if each[0] != Erasure.Reason.RESTORED],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom."},
    )
    explanation = forms.CharField(
        label="Toelichting",
        help_text="Bijvoorbeeld een zaaknummer. Deze tekst blijft bewaard: noem de inwoner niet.",
        max_length=300,
        required=False,
    )

    def asked(self) -> Asked:
        """What was asked."""
        return Asked(**self.cleaned_data)


class HoldForm(forms.Form):
    """A conversation to keep, and why."""

    number = forms.IntegerField(
        label="Nummer van het gesprek",
        help_text="Het staat boven aan het gesprek. Zolang het is vastgehouden, ruimen wij het niet op.",
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": "Vul een nummer in.", "invalid": "Vul een getal in, bijvoorbeeld 112."},
    )
    reason = forms.ChoiceField(label="Waarom?", choices=Hold.Reason.choices)


class PeriodsForm(forms.Form):
    """How long each kind is kept, and what happens after that."""

    def __init__(self, *args: Any, periods: Mapping[str, rules.Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._periods = periods
        names = dict(Conversation.Kind.choices)
        for kind, period in periods.items():
            name = str(names.get(kind, "zonder soort"))
            self.fields[f"{kind or NONE}-months"] = _months(name, period)
            self.fields[f"{kind or NONE}-way"] = _way(name, period)

    def periods(self) -> dict[str, rules.Period]:
        """What was chosen, for each kind."""
        return {
            kind: rules.Period(
                months=self.cleaned_data[f"{kind or NONE}-months"],
                source=period.source,
                way=self.cleaned_data[f"{kind or NONE}-way"],
            )
            for kind, period in self._periods.items()
        }

    def lines(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """How long it is now and where that comes from, with its two fields."""
        return [
            (
                f"Nu {rules.term(period.months)}. {period.source}.",
                self[f"{kind or NONE}-months"],
                self[f"{kind or NONE}-way"],
            )
            for kind, period in self._periods.items()
        ]


def _months(name: str, period: rules.Period) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{name.capitalize()}: maanden na sluiten",
        initial=period.months,
        min_value=1,
        max_value=rules.LONGEST_MONTHS,
        error_messages={
            "required": "Vul een aantal maanden in.",
            "invalid": "Vul een getal in, bijvoorbeeld 12.",
            "min_value": "Kies ten minste 1 maand.",
            "max_value": f"Kies hoogstens {rules.LONGEST_MONTHS} maanden (20 jaar).",
        },
    )


def _way(name: str, period: rules.Period) -> forms.ChoiceField:
    return forms.ChoiceField(label=f"{name.capitalize()}: daarna", initial=period.way, choices=Way.choices)
