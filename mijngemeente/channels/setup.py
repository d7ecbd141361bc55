"""The form with which an administrator connects an account; each channel has its own in `<kind>/setup.py`."""

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

KEPT = "Dit is ingevuld. Laat het leeg om het zo te laten."


class Setup(forms.Form):
    """What every channel asks; a channel's `SetupForm` adds its own questions.

    `kept` holds the settings as they are. What is in `secrets` never goes back to the browser: left
    empty, it stays as it was.
    """

    #: Fields that are stored sealed and never shown again.
    secrets: ClassVar[frozenset[str]] = frozenset()
    #: Fields that say where the secrets go: change one, and the secrets must be typed again.
    destinations: ClassVar[frozenset[str]] = frozenset()
    #: The field with the account's address; empty for our own pages, whose address is the organisation.
    address_field: ClassVar[str] = ""

    #: Titles with their fields, for a channel that asks much; what is in none of them comes first.
    parts: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Titles of parts that stand folded until something in them is filled in or wrong.
    folded: ClassVar[frozenset[str]] = frozenset()

    #: Fields that must be there after some choices and not after others: not called optional.
    dependent: ClassVar[frozenset[str]] = frozenset()

    name = forms.CharField(
        label="Naam",
        max_length=80,
        help_text="Zo heet dit postvak op de werkplek en in dit beheer.",
    )

    def __init__(
        self,
        *args: Any,
        organisation_slug: str = "",
        address: str = "",
        kept: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.organisation_slug = organisation_slug
        self.kept = dict(kept or {})
        shown = {name: value for name, value in self.kept.items() if name not in self.secrets}
        known = {self.address_field: address} if self.address_field and address else {}
        kwargs["initial"] = {**shown, **known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Vul dit nog in: {field.label}."
        for name in self.dependent:
            vars(self.fields[name])["hangs_on_choice"] = True
        for name in self.secrets & self.kept.keys():
            self.fields[name].required = False
            self.fields[name].help_text = KEPT

    def first_fields(self) -> list[forms.BoundField]:
        """The questions that stand in no part."""
        inside = {name for names in self.parts.values() for name in names}
        return [field for field in self.visible_fields() if field.name not in inside]

    def parted(self) -> list[tuple[str, bool, list[forms.BoundField]]]:
        """Each part's title, whether it stands open, and its questions."""
        return [
            (title, title not in self.folded or self._is_used(names), [self[name] for name in names])
            for title, names in self.parts.items()
        ]

    def _is_used(self, names: tuple[str, ...]) -> bool:
        return any(self.kept.get(name) or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        """Secrets go nowhere new unless they are typed again."""
        cleaned = super().clean() or {}
        if any(cleaned.get(name) != self.kept.get(name) for name in self.destinations if name in self.kept):
            for name in self.secrets & self.kept.keys():
                if self.kept[name] and not cleaned.get(name):
                    self.add_error(name, "Vul dit opnieuw in, want de server of de naam is veranderd.")
        return cleaned

    def address(self) -> str:
        """The account's address on its channel; unique over the country."""
        typed = self.cleaned_data.get(self.address_field)
        return str(typed).strip().lower() if typed else self.organisation_slug

    def settings(self) -> dict[str, Any]:
        """What is sealed and handed to the wire as its credentials."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        untouched = {name: self.kept[name] for name in self.secrets & self.kept.keys() if not given.get(name)}
        return given | untouched


def setup_form(kind: str) -> type[Setup]:
    """The setup form of a channel of the registry."""
    form: type[Setup] = importlib.import_module(f"mijngemeente.channels.{kind}.setup").SetupForm
    return form


def can_be_connected(kind: str) -> bool:
    """An administrator can connect this channel: it has a setup form."""
    return importlib.util.find_spec(f"mijngemeente.channels.{kind}.setup") is not None
