"""What is searched for, and where."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices

from mijngemeente.channels.registry import CHANNELS
from mijngemeente.conversations.models import Conversation
from mijngemeente.conversations.queries.searches import Narrowing
from mijngemeente.conversations.rules.searches import TYPED_CHARACTERS, Asked, read_search
from mijngemeente.reference.models import Topic

from ..queries.choices import Workplace


class Period(TextChoices):
    """How long ago it was said."""

    DAY = "dag", "afgelopen dag"
    WEEK = "week", "afgelopen week"
    MONTH = "maand", "afgelopen maand"
    YEAR = "jaar", "afgelopen jaar"


_DAYS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


class Whose(TextChoices):
    """Who takes care of it."""

    MINE = "mij", "van mij"
    NOBODY = "niemand", "van niemand"


def _all(words: str, choices: Any) -> list[tuple[str, str]]:
    return [("", words), *choices]


class SearchForm(forms.Form):
    """The search box with its filters; a filter nobody knows filters nothing."""

    zoek = forms.CharField(required=False, max_length=TYPED_CHARACTERS, strip=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    kanaal = forms.ChoiceField(label="Kanaal", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=_all("Elke status", Conversation.Status.choices)
    )
    onderwerp = forms.ChoiceField(label="Onderwerp", required=False)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=_all("Elke soort", Conversation.Kind.choices)
    )
    periode = forms.ChoiceField(label="Periode", required=False, choices=_all("Altijd", Period.choices))
    wie = forms.ChoiceField(label="Medewerker", required=False, choices=_all("Van iedereen", Whose.choices))
    bestand = forms.BooleanField(label="Met bijlage", required=False)

    def __init__(self, *arguments: Any, workplace: Workplace, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._workplace = workplace
        named = sorted(workplace.organisations.values(), key=lambda each: each.name)
        self._set("gemeente", "Alle gemeenten", [(each.slug, each.name) for each in named])
        self._set("kanaal", "Elk kanaal", [(kind, each.name) for kind, each in CHANNELS.items()])
        self._set("onderwerp", "Elk onderwerp", Topic.objects.order_by("label").values_list("slug", "label"))
        if len(named) < 2:
            del self.fields["gemeente"]
        self.full_clean()

    def _set(self, name: str, words: str, choices: Any) -> None:
        self.fields[name].choices = _all(words, choices)  # type: ignore[attr-defined]  # each is a ChoiceField

    @property
    def asked(self) -> Asked:
        """What was typed."""
        return read_search(self.cleaned_data.get("zoek", ""))

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are on, as in the address."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "zoek"}
        return {name: "on" if value is True else str(value) for name, value in chosen.items()}

    def narrowing(self, now: datetime) -> Narrowing:
        """The filters as the search takes them."""
        chosen = self.filters
        days = _DAYS.get(Period(chosen["periode"])) if "periode" in chosen else None
        return Narrowing(
            organisation_ids=self._organisation_ids(chosen.get("gemeente")),
            channels=_one(chosen, "kanaal") or (),
            statuses=_one(chosen, "status"),
            kinds=_one(chosen, "soort"),
            topics=_one(chosen, "onderwerp"),
            assignees=sorted(self._workplace.member_ids) if chosen.get("wie") == Whose.MINE else None,
            is_unassigned=chosen.get("wie") == Whose.NOBODY,
            has_file="bestand" in chosen,
            said_from=now - timedelta(days=days) if days else None,
        )

    def _organisation_ids(self, slug: str | None) -> list[int] | None:
        if slug is None:
            return None
        return [number for number, each in self._workplace.organisations.items() if each.slug == slug]


def _one(chosen: dict[str, str], name: str) -> list[str] | None:
    return [chosen[name]] if name in chosen else None
