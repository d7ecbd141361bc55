"""The questions of signing in, in our words; what they check is allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms

PASSWORD_HELP = "Minstens 12 tekens. Een zin van een paar woorden is goed te onthouden."  # noqa: S105 - no password


def _ask(form: forms.Form, name: str, label: str, help_text: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = f"Vul dit nog in: {label.lower()}."


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "login", "E-mailadres")
        _ask(self, "password", "Wachtwoord")
        # Who types at once must not see a password land in the field of the address.
        self.fields["login"].widget.attrs["autofocus"] = not self.is_bound


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", "Huidig wachtwoord")
        _ask(self, "password1", "Nieuw wachtwoord", PASSWORD_HELP)
        _ask(self, "password2", "Nog een keer het nieuwe wachtwoord")


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address to mail to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "email", "E-mailadres")


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password1", "Nieuw wachtwoord", PASSWORD_HELP)
        _ask(self, "password2", "Nog een keer het nieuwe wachtwoord")


class AuthenticateForm(second_factor.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code from the telephone, or a spare one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", "Code", "De zes cijfers uit de app op je telefoon, of een reservecode.")


class ReauthenticateForm(second_factor.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", "Code", "De zes cijfers uit de app op je telefoon, of een reservecode.")


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code, to prove that the telephone knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", "Code", "Typ de zes cijfers die de app nu toont.")
