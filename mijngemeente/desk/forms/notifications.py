"""What somebody wants to be told, and when."""

from django import forms

from mijngemeente.conversations.models import Notification
from mijngemeente.organisations.models import NotificationChoice

from .moments import MomentField


class NotificationsForm(forms.Form):
    """The kinds of notification that somebody gets."""

    kinds = forms.MultipleChoiceField(
        label="Ik krijg een melding als",
        choices=Notification.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wants_digest = forms.BooleanField(
        label="Stuur mij elke ochtend een mail als er ongelezen meldingen zijn",
        help_text="In de mail staat alleen hoeveel het er zijn, niet wat inwoners schrijven.",
        required=False,
    )

    @classmethod
    def of(cls, choice: NotificationChoice) -> "NotificationsForm":
        """The form as it stands for somebody."""
        wanted = [each for each in Notification.Kind.values if each not in choice.muted]
        return cls(initial={"kinds": wanted, "wants_digest": choice.wants_digest})

    @property
    def muted(self) -> set[str]:
        """The kinds that were not chosen."""
        return set(Notification.Kind.values) - set(self.cleaned_data["kinds"])


class ReminderForm(forms.Form):
    """When to think of a conversation again, and of what."""

    at = MomentField(label="Wanneer")
    note = forms.CharField(label="Waaraan wil je denken?", max_length=200, required=False)
