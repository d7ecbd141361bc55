"""What somebody may choose about an import."""

from typing import Any

from django import forms

from mijngemeente.organisations.models import InboxAddress

from .actions.showing import Chosen
from .models import Import
from .rules.layouts import FIELDS, Form, Kind

#: About 60,000 residents, or a few thousand mails. The command takes larger files.
FILE_BYTES = 32 * 1024 * 1024
_ADDRESSES = 50


class FileForm(forms.Form):
    """A file of another system."""

    file = forms.FileField(
        label="Bestand",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.json,.jsonl,.mbox"}),
        help_text="CSV, JSON of mbox, hoogstens 32 MB.",
    )

    def clean_file(self) -> Any:
        """Refuse what is too big to look at while somebody waits."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(
                "Dit bestand is groter dan 32 MB. Knip het in stukken, of vraag de beheerder van de server"
                " om het in te voeren."
            )
        return file


class LayoutForm(forms.Form):
    """How a file is read: what it tells of, what stands in which column, and where it belongs."""

    kind = forms.ChoiceField(
        label="Wat staat er in dit bestand?",
        choices=[(Kind.CONTACTS, "inwoners"), (Kind.CONVERSATIONS, "gesprekken")],
    )
    inbox = forms.ModelChoiceField(
        label="Bij welk postvak horen deze gesprekken?",
        queryset=InboxAddress.objects.none(),
        empty_label=None,
        help_text="Schrijft een inwoner later terug, dan gaat het antwoord via dit postvak.",
    )
    own_addresses = forms.CharField(
        label="Andere e-mailadressen van jullie zelf",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text="Oude adressen waarvan jullie antwoord gaven. Op elke regel één. Jullie postvakken en"
        " collega's kennen wij al.",
    )

    def __init__(self, *args: Any, shown: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown = shown
        self.order_fields(["kind", "inbox", "own_addresses"])
        inboxes = InboxAddress.objects.filter(organisation_id=shown.organisation_id)
        self.fields["inbox"].queryset = inboxes  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.initial = {
            "kind": shown.kind,
            "inbox": shown.inbox_id,
            "own_addresses": "\n".join(shown.own_addresses),
        }
        if shown.kind == Kind.CONTACTS:
            del self.fields["inbox"], self.fields["own_addresses"]
        if shown.form != Form.CSV:
            del self.fields["kind"]
        self._add_columns(shown)

    def _add_columns(self, shown: Import) -> None:
        choices = [("", "niet invoeren")]
        choices += [(field, label) for field, (label, _) in FIELDS[Kind(shown.kind)].items()]
        for place, name in enumerate(shown.heading):
            label = name or f"kolom {place + 1}"
            field = forms.ChoiceField(label=label, choices=choices, required=False)
            field.widget.attrs["aria-label"] = f"Wat staat er in {label}?"
            self.fields[f"column_{place}"] = field
            self.initial[f"column_{place}"] = shown.columns[place]

    def clean_own_addresses(self) -> tuple[str, ...]:
        """Lower case, one per line."""
        typed = str(self.cleaned_data["own_addresses"]).lower().replace(",", "\n").split()
        if any("@" not in each for each in typed) or len(typed) > _ADDRESSES:
            raise forms.ValidationError("Schrijf op elke regel één e-mailadres, hoogstens 50.")
        return tuple(typed)

    def clean(self) -> dict[str, Any]:
        """Each field comes from one column."""
        cleaned = super().clean() or {}
        chosen = [value for name, value in cleaned.items() if name.startswith("column_") and value]
        for twice in {each for each in chosen if chosen.count(each) > 1}:
            label = FIELDS[Kind(self._shown.kind)][twice][0]
            self.add_error(None, f"Je koos twee kolommen voor {label}. Kies er één.")
        return cleaned

    def chosen(self) -> Chosen:
        """What was chosen, once it is valid."""
        data = self.cleaned_data
        return Chosen(
            kind=data.get("kind", self._shown.kind),
            columns=tuple(data[f"column_{place}"] for place in range(len(self._shown.heading))),
            inbox=data.get("inbox"),
            own_addresses=data.get("own_addresses", ()),
        )
