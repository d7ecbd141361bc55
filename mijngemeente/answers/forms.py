"""What somebody may type in the answer bank."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.reference.models import Topic

from .actions import Draft
from .models import LANGUAGES, Fact, State, Wording
from .queries.bank import Known, parts_of
from .queries.facts import FROM_CONVERSATION, FROM_RULES
from .rules.blanks import blank_name, is_local
from .rules.sheets import TEXT_CHARACTERS, TITLE_CHARACTERS

#: A file of 40,000 ordinary answers is about half of this.
SHEET_BYTES = 32 * 1024 * 1024

_NO_TEXT = {"required": "Schrijf het antwoord in het Nederlands."}
_MOST = f"{TEXT_CHARACTERS:,}".replace(",", ".")
_TOO_LONG = {"max_length": f"Deze tekst is te lang. Hij mag {_MOST} tekens lang zijn."}
_NO_DATE = {"invalid": "Vul een datum in, zoals 31-12-2027."}


def _text(language: str, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 10 if language == "nl" else 5, "lang": language})
    errors = {**_TOO_LONG, **kwargs.pop("error_messages", {})}
    label = f"Tekst in het {LANGUAGES[language]}"
    return forms.CharField(
        label=label, max_length=TEXT_CHARACTERS, widget=widget, error_messages=errors, **kwargs
    )


class AnswerForm(forms.Form):
    """An answer, new or changed."""

    title = forms.CharField(
        label="Titel",
        max_length=TITLE_CHARACTERS,
        help_text="De vraag in een paar woorden: “Paspoort verlopen”.",
        error_messages={"required": "Geef het antwoord een titel."},
    )
    topic = forms.ModelChoiceField(
        label="Onderwerp", queryset=Topic.objects.none(), required=False, empty_label="Geen onderwerp"
    )
    text_nl = _text(
        "nl",
        help_text="Zonder aanhef en ondertekening: die komen uit de spelregels. Tussen accolades staat wat"
        " straks wordt ingevuld: {voornaam}, {organisatie}, {telefoon}, {openingstijden}, {gespreksnummer} of"
        " een eigen gegeven, zoals {prijs paspoort}. Met {lokaal} laat je ruimte voor een eigen stuk,"
        " met {invullen: welke straat} vraag je iets aan wie antwoordt. {vraagt u|vraag je} wordt wat in de"
        " spelregels staat: u of je.",
        error_messages=_NO_TEXT,
    )
    text_en = _text("en", required=False)
    text_fy = _text("fy", required=False)
    state = forms.ChoiceField(
        label="Status",
        choices=State.choices,
        widget=forms.RadioSelect,
        initial=State.PUBLISHED,
        help_text="Alleen een gepubliceerd antwoord staat naast een gesprek.",
    )
    owner = forms.ModelChoiceField(
        label="Eigenaar",
        queryset=Member.objects.none(),
        required=False,
        empty_label="Niemand",
        help_text="Krijgt een mail als het tijd is om na te kijken.",
    )
    review_on = forms.DateField(
        label="Nakijken voor",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_NO_DATE,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.current().filter(organisation=organisation).select_related("person")
        self.fields["owner"].queryset = members.order_by("person__name")  # type: ignore[attr-defined]  # a choice field
        self.fields["topic"].queryset = Topic.objects.all()  # type: ignore[attr-defined]  # likewise

    def draft(self) -> Draft:
        """What was written."""
        written = self.cleaned_data
        owner, topic = written["owner"], written["topic"]
        return Draft(
            title=written["title"],
            text_nl=_lines(written["text_nl"]),
            text_en=_lines(written["text_en"]),
            text_fy=_lines(written["text_fy"]),
            topic=topic.slug if topic else "",
            state=written["state"],
            owner_id=owner.id if owner else None,
            review_on=written["review_on"],
        )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def filled_in(answer: Known) -> dict[str, Any]:
    """The form as the answer stands."""
    names = ("title", "text_nl", "text_en", "text_fy", "state", "review_on")
    return {
        **{name: getattr(answer, name) for name in names},
        "topic": answer.topic_id,
        "owner": answer.owner_id,
        "seen": answer.version,
    }


class ReviewForm(forms.Form):
    """When to look again."""

    review_on = forms.DateField(required=False, error_messages=_NO_DATE)

    def next_date(self) -> date:
        """A year from now unless somebody chose."""
        chosen: date | None = self.cleaned_data["review_on"]
        return chosen or timezone.localdate() + timedelta(days=365)


class AdoptionForm(forms.Form):
    """The municipality's own parts in a shared answer."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names: dict[str, tuple[str, str]] = {}
        for language, part in _parts(wording):
            name = f"part_{len(self._names)}"
            self._names[name] = (language, part)
            self.fields[name] = forms.CharField(
                label=f"Eigen stuk voor {{{part}}}, in het {LANGUAGES[language]}",
                required=False,
                max_length=TEXT_CHARACTERS,
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                help_text="Zonder tekst valt dit stuk weg.",
                error_messages=_TOO_LONG,
            )

    def fill_in(self, kept: dict[str, dict[str, str]]) -> None:
        """With what the municipality wrote before."""
        for name, (language, part) in self._names.items():
            self.fields[name].initial = kept.get(language, {}).get(part, "")

    def parts(self) -> dict[str, dict[str, str]]:
        """Language → part → text, without what was left empty."""
        found: dict[str, dict[str, str]] = {}
        for name, (language, part) in self._names.items():
            if text := _lines(self.cleaned_data[name]).strip():
                found.setdefault(language, {})[part] = text
        return found


def _parts(wording: Wording) -> Iterator[tuple[str, str]]:
    for language, parts in parts_of(wording).items():
        for part in parts:
            yield language, part


class FactForm(forms.Form):
    """A named fact that fills a blank."""

    name = forms.CharField(
        label="Naam",
        max_length=80,
        help_text="Zoals hij in teksten tussen accolades staat: prijs paspoort",
        error_messages={"required": "Geef het gegeven een naam."},
    )
    kind = forms.ChoiceField(label="Soort", choices=Fact.Kind.choices, widget=forms.RadioSelect)
    value = forms.CharField(
        label="Waarde",
        max_length=300,
        help_text="Een prijs als € 12,50, een link met https:// ervoor.",
        error_messages={"required": "Vul de waarde in."},
    )

    def clean_name(self) -> str:
        """Without braces, and not a name that is filled already."""
        name = blank_name(str(self.cleaned_data["name"]).strip("{} "))
        if not name or "{" in name or "}" in name:
            raise forms.ValidationError("Gebruik geen accolades in de naam.")
        if name in FROM_CONVERSATION | FROM_RULES or is_local(name):
            raise forms.ValidationError(f"{{{name}}} wordt al vanzelf ingevuld. Kies een andere naam.")
        return name

    def clean(self) -> dict[str, Any]:
        """A link leads to the web; a value cannot look like a blank."""
        cleaned = super().clean() or {}
        value = cleaned.get("value", "")
        if "{" in value or "}" in value:
            self.add_error("value", "Gebruik geen accolades in de waarde.")
        if cleaned.get("kind") == Fact.Kind.LINK and not value.startswith(("https://", "http://")):
            self.add_error("value", "Begin een link met https://")
        return cleaned


class SheetForm(forms.Form):
    """A file with answers."""

    file = forms.FileField(
        label="CSV-bestand",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Hoogstens 32 MB. Bewaar een Excel-bestand eerst als CSV.",
    )

    def clean_file(self) -> Any:
        """Refuse what is too big to look at."""
        file = self.cleaned_data["file"]
        if file.size > SHEET_BYTES:
            raise forms.ValidationError("Dit bestand is groter dan 32 MB. Knip het in stukken.")
        return file


class OpinionForm(forms.Form):
    """Thumb up or down."""

    is_good = forms.TypedChoiceField(
        choices=[("ja", "ja"), ("nee", "nee")], coerce=lambda typed: typed == "ja"
    )
