"""Connecting a mailbox: IMAP or our own listener in, SMTP out."""

from typing import Any

from django import forms

from ..setup import Setup

SECURITY = [
    ("tls", "TLS vanaf het begin"),
    ("starttls", "STARTTLS"),
    ("none", "geen (alleen binnen het eigen netwerk)"),
]
INCOMING = [
    ("imap", "Wij halen de post op uit een postvak (IMAP)"),
    ("listen", "De mailserver brengt de post naar ons toe (SMTP of LMTP)"),
]
PROVIDERS = [
    ("", "met gebruikersnaam en wachtwoord"),
    ("microsoft", "Microsoft 365 (XOAUTH2)"),
    ("google", "Google Workspace (XOAUTH2)"),
]


class SetupForm(Setup):
    """A mailbox of the organisation."""

    secrets = frozenset({"imap_password", "smtp_password", "oauth_client_secret", "oauth_refresh_token"})
    address_field = "email"
    destinations = frozenset(
        f"{way}_{what}" for way in ("imap", "smtp") for what in ("host", "port", "security", "user")
    ) | {"oauth_provider"}

    parts = {
        "Post ophalen (IMAP)": ("imap_host", "imap_port", "imap_security", "imap_user", "imap_password"),
        "Post versturen (SMTP)": ("smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password"),
        "Aanmelden bij Microsoft of Google": (
            "oauth_provider",
            "oauth_tenant",
            "oauth_client_id",
            "oauth_client_secret",
            "oauth_refresh_token",
        ),
    }
    folded = frozenset({"Aanmelden bij Microsoft of Google"})

    email = forms.EmailField(label="E-mailadres", help_text="Het adres waar inwoners naartoe schrijven.")
    incoming = forms.ChoiceField(label="Hoe komt de post binnen?", choices=INCOMING)
    oauth_provider = forms.ChoiceField(label="Aanmelden", choices=PROVIDERS, required=False)
    imap_host = forms.CharField(label="IMAP-server", max_length=200, required=False)
    imap_port = forms.IntegerField(
        label="IMAP-poort", min_value=1, max_value=65535, initial=993, required=False
    )
    imap_security = forms.ChoiceField(label="IMAP-beveiliging", choices=SECURITY, required=False)
    imap_user = forms.CharField(label="IMAP-gebruikersnaam", max_length=200, required=False)
    imap_password = forms.CharField(
        label="IMAP-wachtwoord", widget=forms.PasswordInput, max_length=500, required=False
    )
    smtp_host = forms.CharField(label="SMTP-server", max_length=200)
    smtp_port = forms.IntegerField(label="SMTP-poort", min_value=1, max_value=65535, initial=587)
    smtp_security = forms.ChoiceField(label="SMTP-beveiliging", choices=SECURITY, initial="starttls")
    smtp_user = forms.CharField(label="SMTP-gebruikersnaam", max_length=200, required=False)
    smtp_password = forms.CharField(
        label="SMTP-wachtwoord", widget=forms.PasswordInput, max_length=500, required=False
    )
    oauth_tenant = forms.CharField(label="Microsoft-omgeving (tenant)", max_length=100, required=False)
    oauth_client_id = forms.CharField(label="Toepassings-id (client)", max_length=200, required=False)
    oauth_client_secret = forms.CharField(
        label="Geheim van de toepassing", widget=forms.PasswordInput, max_length=500, required=False
    )
    oauth_refresh_token = forms.CharField(
        label="Vernieuwingssleutel (refresh token)",
        widget=forms.PasswordInput,
        max_length=4000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """What must be there hangs on how the mail comes in."""
        cleaned = super().clean()
        if cleaned.get("incoming") == "imap":
            self._require(cleaned, "imap_host", "imap_port", "imap_user")
            self._require_secret(
                cleaned, "oauth_refresh_token" if cleaned.get("oauth_provider") else "imap_password"
            )
        if cleaned.get("oauth_provider"):
            self._require(cleaned, "oauth_client_id")
        return cleaned

    def _require(self, cleaned: dict[str, Any], *names: str) -> None:
        for name in names:
            if not cleaned.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])

    def _require_secret(self, cleaned: dict[str, Any], name: str) -> None:
        if not cleaned.get(name) and not self.kept.get(name):
            self.add_error(name, self.fields[name].error_messages["required"])
