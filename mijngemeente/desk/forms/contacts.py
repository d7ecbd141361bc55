"""A call or a visit."""

from uuid import UUID

from django import forms

from mijngemeente.channels.note.wire import TEXT_CHARACTERS
from mijngemeente.platform.ids import uuid7
from mijngemeente.reference.models import Topic

from ..actions import Contact


class ContactForm(forms.Form):
    """A contact at the telephone or the counter."""

    channel = forms.ChoiceField(
        label="Waar sprak je de inwoner?",
        choices=[("Telefoongesprek", "Aan de telefoon"), ("Gesprek aan de balie", "Aan de balie")],
        initial="Telefoongesprek",
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label="Wat vroeg de inwoner?", max_length=TEXT_CHARACTERS, widget=forms.Textarea(attrs={"rows": 5})
    )
    told = forms.CharField(
        label="Wat heb je verteld?",
        help_text="Alleen collega's lezen dit.",
        max_length=TEXT_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(label="Naam", max_length=200, required=False)
    phone = forms.CharField(label="Telefoonnummer", max_length=30, required=False)
    email = forms.EmailField(
        label="E-mailadres", help_text="Nodig als je later nog wilt antwoorden.", required=False
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label="Onderwerp", required=False, empty_label="Nog geen onderwerp"
    )
    is_done = forms.BooleanField(label="De inwoner is geholpen, het gesprek kan dicht", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def contact(self) -> Contact:
        """What was written down."""
        written = self.cleaned_data
        key: UUID = written["key"]
        return Contact(
            key=key,
            subject=written["channel"],
            text=written["body"],
            name=written["name"],
            email=written["email"],
            phone=written["phone"],
            told=written["told"],
            topic=written["topic"],
            is_done=written["is_done"],
        )
