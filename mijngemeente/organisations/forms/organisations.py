"""What an administrator may type, and what people decide about themselves."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from mijngemeente.platform.file_types import without_direction_tricks

from ..models import EngagementRules, Organisation, Person
from ..rules import ROLES

THEMES = (
    ("laken", "Laken: wijnrood, met letters als in een boek"),
    ("water", "Water: een helder meer met kleine golven"),
    ("veen", "Veen: turf en mos, met hei erboven"),
    ("polder", "Polder: groene weiden van boven gezien"),
    ("haven", "Haven: een kade in de nacht"),
    ("lucht", "Lucht: een hoge hemel boven laag land"),
)
# A token file of a municipality is tens of kilobytes.
TOKEN_FILE_BYTES = 512 * 1024

_ROLE_CHOICES = [(role.value, name) for role, name in ROLES.items()]
_NO_NAME = {"required": "Vul een naam in."}
_NO_ROLE = {"required": "Kies ten minste één rol.", "invalid_choice": "Kies een rol uit de lijst."}


class RolesForm(forms.Form):
    """What somebody does here."""

    roles = forms.MultipleChoiceField(
        label="Rollen",
        help_text="Een meelezer en een data-analist lezen alleen. Een beheerder regelt postvakken en mensen,"
        " en leest geen gesprekken. Wie een andere rol heeft, geeft ook antwoord.",
        choices=_ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_NO_ROLE,
    )


class InvitationForm(RolesForm):
    """Somebody to ask, and for what."""

    field_order = ("name", "email", "roles")

    name = forms.CharField(
        label="Naam",
        max_length=120,
        help_text="Zo staat het onder antwoorden aan inwoners. De collega kan het nog veranderen.",
        error_messages=_NO_NAME,
    )
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hier komt de uitnodiging aan, en hiermee logt de collega in.",
        error_messages={
            "required": "Vul een e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Een voorbeeld: naam@gemeente.nl",
        },
    )


class AcceptForm(forms.Form):
    """Somebody new sets a name and a password."""

    name = forms.CharField(
        label="Naam",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=_NO_NAME,
    )
    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        help_text="Minstens 12 tekens. Een zin van een paar woorden is goed te onthouden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Kies een wachtwoord."},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """Refuse what is easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Person(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What people decide about themselves."""

    class Meta:
        model = Person
        fields = ("name", "has_shortcuts", "undo_seconds")
        widgets = {"undo_seconds": forms.RadioSelect}
        help_texts = {
            "has_shortcuts": "Met j en k door de lijst, r om te antwoorden. Zet het uit als het hindert.",
            "undo_seconds": "Zo lang wacht je antwoord voordat het weggaat. Tot dan kun je het terugnemen.",
        }


#: Form of address → what is promised as long as nobody wrote something else.
PROMISES = {
    form.value: f"{form.label.capitalize()} krijgt binnen twee werkdagen antwoord."
    for form in EngagementRules.FormOfAddress
}
_TONE = ("form_of_address", "salutation", "signature")


class LinesField(forms.CharField):
    """A list, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: object) -> object:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]  # a list is what is stored
        """As a list, without empty lines."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare as lists."""
        return self.to_python(self.prepare_value(initial)) != self.to_python(data)


class EngagementRulesForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """How a municipality wants to be spoken for."""

    widget_sites = LinesField(
        label="Websites die het contactvenster mogen tonen",
        required=False,
        help_text="Eén adres per regel, zoals https://www.gemeente.nl. Leeg: op geen enkele site.",
    )

    class Meta:
        model = EngagementRules
        fields = (
            "form_of_address",
            "salutation",
            "signature",
            "answer_promise",
            "promised",
            "not_promised",
            "norms",
            "hand_over_to",
            "house_rules",
            "call_back_to",
            "lends_texts",
            "widget_sites",
        )
        widgets = {
            "signature": forms.Textarea(attrs={"rows": 3}),
            "promised": forms.Textarea(attrs={"rows": 3}),
            "not_promised": forms.Textarea(attrs={"rows": 3}),
            "norms": forms.Textarea(attrs={"rows": 3}),
            "house_rules": forms.Textarea(attrs={"rows": 3}),
            "hand_over_to": forms.Textarea(attrs={"rows": 3}),
            "form_of_address": forms.RadioSelect,
        }
        labels = {
            "answer_promise": "Wanneer komt het antwoord?",
            "promised": "Wat mogen collega's toezeggen?",
            "not_promised": "Wat zeggen collega's nooit toe?",
            "norms": "Hoe willen jullie antwoorden?",
            "hand_over_to": "Wie krijgt welke vraag?",
        }
        help_texts = {
            "form_of_address": "Voor het verzenden kijken wij of het antwoord deze vorm gebruikt.",
            "salutation": "{naam} wordt de naam van de inwoner, {voornaam} alleen de voornaam.",
            "signature": "{medewerker} wordt de naam van wie antwoordt, {voornaam medewerker} alleen de"
            " voornaam, {organisatie} de naam van de gemeente.",
            "answer_promise": "Dit leest een inwoner bij het stellen van een vraag, en daarna.",
            "promised": "Bijvoorbeeld: wij bellen binnen een dag terug. Leeg: dan staat er niets.",
            "not_promised": "Bijvoorbeeld: een uitkomst of een bedrag. Leeg: dan staat er niets.",
            "norms": "In gewone woorden. De tijd waarmee de klok rekent, staat bij Servicenormen.",
            "call_back_to": "Dan komt er een gesprek “Terugbellen” in de rij. Bij 0 gebeurt dat nooit.",
            "lends_texts": "Het programma leert van berichten waarin een medewerker iets verbeterde. De naam"
            " van de inwoner, nummers en adressen gaan eruit; een mens leest ze na.",
            "house_rules": "Wat doen jullie met schelden, dreigen of reclame? Ook dit zien medewerkers.",
            "hand_over_to": "Bijvoorbeeld: vragen over bomen gaan naar Groen. Leeg: dan staat er niets.",
        }

    @property
    def tone(self) -> list[forms.BoundField]:
        """What an answer sounds like: beside these stands a sample."""
        return [self[name] for name in _TONE]

    @property
    def others(self) -> list[forms.BoundField]:
        """The rest."""
        return [field for field in self.visible_fields() if field.name not in _TONE]

    def clean_answer_promise(self) -> str:
        """Nobody reads "u" above answers that say "je" because this was left as it came."""
        promise: str = self.cleaned_data["answer_promise"]
        form = self.cleaned_data.get("form_of_address", "")
        return PROMISES.get(form, promise) if promise in PROMISES.values() else promise

    def clean_call_back_to(self) -> int:
        """A mark, or 0."""
        limit: int = self.cleaned_data["call_back_to"]
        if not 0 <= limit <= 10:
            raise forms.ValidationError("Vul een cijfer van 0 tot en met 10 in.")
        return limit

    def clean_widget_sites(self) -> list[str]:
        """Origins only: a scheme, a host and perhaps a port."""
        sites = [_origin(line) for line in self.cleaned_data["widget_sites"]]
        return list(dict.fromkeys(sites))


class DetailsForm(forms.Form):
    """Our name, and how residents reach us otherwise."""

    name = forms.CharField(
        label="Naam",
        max_length=80,
        help_text="Alleen de plaats, zoals Tilburg. Inwoners lezen: gemeente Tilburg. Het webadres blijft"
        " hetzelfde.",
        error_messages=_NO_NAME,
    )
    telephone = forms.CharField(
        label="Telefoon",
        max_length=20,
        required=False,
        help_text="Staat onder “Liever anders?” en vult {telefoon} in antwoorden. Leeg: inwoners zien geen"
        " nummer.",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    emergency = forms.CharField(
        label="Bij spoed",
        required=False,
        max_length=1000,
        help_text="Wat moet iemand doen die niet kan wachten? Staat op de contactpagina. Leeg: dan staat er"
        " niets over spoed.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    privacy_url = forms.URLField(
        label="Privacyverklaring",
        required=False,
        assume_scheme="https",
        help_text="Het adres van de pagina, met https:// ervoor. Leeg: onder aan de pagina staat geen link.",
        error_messages={"invalid": "Dit is geen adres van een pagina. Begin met https://"},
    )

    def clean_telephone(self) -> str:
        """A number that can be dialled: a resident presses on it."""
        telephone: str = self.cleaned_data["telephone"]
        if telephone and not _TELEPHONE.fullmatch(telephone):
            raise forms.ValidationError("Dit is geen telefoonnummer. Een voorbeeld: 14 013 of 013 123 45 67")
        return telephone

    def clean_privacy_url(self) -> str:
        """Residents click on it: only the web."""
        url: str = self.cleaned_data["privacy_url"]
        if url and urlsplit(url).scheme not in {"http", "https"}:
            raise forms.ValidationError("Begin het adres met https://")
        return url


_TELEPHONE = re.compile(r"\+?[\d ()-]{3,20}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


def _origin(line: str) -> str:
    parts = urlsplit(line.lower().rstrip("/"))
    is_trial = settings.IS_LOCAL and parts.hostname in {"localhost", "127.0.0.1"}
    usable = parts.scheme == "https" or (parts.scheme == "http" and is_trial)
    if not usable or parts.path or parts.query or not _HOST.fullmatch(parts.netloc):
        told = without_direction_tricks(line)[:80]
        raise forms.ValidationError(f"{told} is geen adres van een website, zoals https://www.gemeente.nl")
    return f"{parts.scheme}://{parts.netloc}"


class ThemeForm(forms.Form):
    """One of our own themes."""

    theme = forms.ChoiceField(
        label="Uiterlijk",
        help_text="Kleuren en letters van de pagina's voor inwoners. Je collega's zien hun werkplek zoals"
        " altijd.",
        choices=THEMES,
        widget=forms.RadioSelect,
    )


class TokenFileForm(forms.Form):
    """The organisation's own design tokens."""

    tokens = forms.FileField(
        label="Bestand met design tokens",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
        help_text="Een JSON-bestand met design tokens van NL Design System, hoogstens 512 kB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_tokens(self) -> bytes:
        """The content, if it is not too big."""
        file = self.cleaned_data["tokens"]
        if file.size > TOKEN_FILE_BYTES:
            raise forms.ValidationError("Dit bestand is te groot.")
        content: bytes = file.read()
        return content


class AgreementForm(forms.Form):
    """Who may answer for us, and from when."""

    provider = forms.ModelChoiceField(
        label="Wie antwoordt voor ons",
        help_text="Hun medewerkers lezen en beantwoorden dan jullie gesprekken, in jullie naam.",
        queryset=Organisation.objects.none(),
        empty_label="Kies een organisatie",
        error_messages={"required": "Kies wie voor jullie antwoordt."},
    )
    starts_on = forms.DateField(
        label="Vanaf",
        help_text="Vanaf deze dag zien zij jullie gesprekken.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Vul in vanaf wanneer."},
    )
    ends_on = forms.DateField(
        label="Tot en met",
        required=False,
        help_text="Leeg: tot jullie de afspraak beëindigen.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, client: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.filter(is_active=True).exclude(id=client.id)
        self.fields["provider"].queryset = others.order_by("kind", "name")  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """It cannot end before it starts."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "De afspraak eindigt voordat hij begint.")
        return cleaned
