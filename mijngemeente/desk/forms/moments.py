"""A moment in the future, as one button or as a date and time of one's own."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from .. import rules

_OWN = "eigen"


class MomentField(forms.DateTimeField):
    """A date and time on Dutch clocks, in the future and within a year."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "required": "Kies een dag en een tijd.",
        "invalid": "Kies een dag en een tijd, bijvoorbeeld 25-11-2026 9:00.",
    }

    def to_python(self, value: Any) -> datetime | None:
        """The moment in UTC; the hour that comes twice means its first time."""
        if value in self.empty_values:
            return None
        try:
            return _checked(rules.dutch_moment(datetime.fromisoformat(str(value)).replace(tzinfo=None)))
        except rules.NoSuchHour as error:
            raise forms.ValidationError(
                "Deze tijd bestaat die nacht niet: de klok gaat van 2.00 naar 3.00 uur. Kies 3.00 uur."
            ) from error
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def _checked(at: datetime) -> datetime:
    now = timezone.now()
    if at <= now:
        raise forms.ValidationError("Dit moment is al voorbij. Kies een later moment.")
    if at - now > rules.FURTHEST:
        raise forms.ValidationError("Kies een dag binnen een jaar.")
    return at


class SnoozeForm(forms.Form):
    """Until when a conversation is put off."""

    when = forms.CharField(max_length=20, error_messages={"required": "Kies een dag en een tijd."})
    own = MomentField(label="Eigen dag en tijd", required=False)

    def clean(self) -> dict[str, Any]:
        """Puts the moment meant in `until`."""
        chosen = super().clean() or {}
        if chosen.get("when") == _OWN:
            if "own" in chosen and chosen["own"] is None:
                raise forms.ValidationError("Kies een dag en een tijd.")
            return chosen | {"until": chosen.get("own")}
        at = {each.key: each.at for each in rules.presets(timezone.now())}.get(chosen.get("when", ""))
        if at is None:
            raise forms.ValidationError("Dit moment is al voorbij. Kies een later moment.")
        return chosen | {"until": at}

    @property
    def until(self) -> datetime:
        """The moment chosen."""
        moment: datetime = self.cleaned_data["until"]
        return moment
