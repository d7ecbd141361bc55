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

#: What opens the mailbox: at Microsoft a program may have rights of its own.
_KEYS = {"microsoft": "oauth_client_secret", "google": "oauth_refresh_token"}


class SetupForm(Setup):
    """A mailbox of the organisation."""

    secrets = frozenset({"imap_password", "smtp_password", "oauth_client_secret", "oauth_refresh_token"})
    address_field = "email"
    destinations = frozenset(
        f"{way}_{what}" for way in ("imap", "smtp") for what in ("host", "port", "security", "user")
    ) | {"oauth_provider"}

    dependent = frozenset(
        {"imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "oauth_client_id"}
        | {"oauth_client_secret", "oauth_refresh_token", "smtp_password"}
    )

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
    incoming = forms.ChoiceField(
        label="Hoe komt de post binnen?",
        choices=INCOMING,
        help_text="Weet je het niet? Kies ophalen: dan verandert er aan jullie mailserver niets.",
    )
    oauth_provider = forms.ChoiceField(
        label="Aanmelden",
        choices=PROVIDERS,
        required=False,
        help_text="Microsoft en Google vragen meestal om XOAUTH2. Andere mailservers om een wachtwoord.",
    )
    imap_host = forms.CharField(
        label="IMAP-server",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld outlook.office365.com. Nodig als wij de post ophalen.",
    )
    imap_port = forms.IntegerField(
        label="IMAP-poort",
        min_value=1,
        max_value=65535,
        initial=993,
        required=False,
        help_text="Meestal 993. Nodig als wij de post ophalen.",
    )
    imap_security = forms.ChoiceField(
        label="IMAP-beveiliging",
        choices=SECURITY,
        required=False,
        help_text="Bij poort 993: TLS vanaf het begin.",
    )
    imap_user = forms.CharField(
        label="IMAP-gebruikersnaam",
        max_length=200,
        required=False,
        help_text="Vaak het e-mailadres zelf. Nodig als wij de post ophalen.",
    )
    imap_password = forms.CharField(
        label="IMAP-wachtwoord",
        widget=forms.PasswordInput,
        max_length=500,
        required=False,
        help_text="Nodig als wij de post ophalen, behalve bij Microsoft en Google (XOAUTH2).",
    )
    smtp_host = forms.CharField(
        label="SMTP-server", max_length=200, help_text="Bijvoorbeeld smtp.office365.com."
    )
    smtp_port = forms.IntegerField(
        label="SMTP-poort", min_value=1, max_value=65535, initial=587, help_text="Meestal 587."
    )
    smtp_security = forms.ChoiceField(
        label="SMTP-beveiliging", choices=SECURITY, initial="starttls", help_text="Bij poort 587: STARTTLS."
    )
    smtp_user = forms.CharField(
        label="SMTP-gebruikersnaam",
        max_length=200,
        required=False,
        help_text="Leeg als de mailserver ons zonder aanmelden kent.",
    )
    smtp_password = forms.CharField(
        label="SMTP-wachtwoord",
        widget=forms.PasswordInput,
        max_length=500,
        required=False,
        help_text="Niet nodig bij XOAUTH2.",
    )
    oauth_tenant = forms.CharField(
        label="Microsoft-omgeving (tenant)",
        max_length=100,
        required=False,
        help_text="De id of de domeinnaam van jullie Microsoft-omgeving.",
    )
    oauth_client_id = forms.CharField(
        label="Toepassings-id (client)",
        max_length=200,
        required=False,
        help_text="Van de toepassing die jullie bij Microsoft of Google hebben aangemaakt.",
    )
    oauth_client_secret = forms.CharField(
        label="Geheim van de toepassing",
        widget=forms.PasswordInput,
        max_length=500,
        required=False,
        help_text="Nodig bij Microsoft. Het verloopt: noteer wanneer.",
    )
    oauth_refresh_token = forms.CharField(
        label="Vernieuwingssleutel (refresh token)",
        widget=forms.PasswordInput,
        max_length=4000,
        required=False,
        help_text="Bij Microsoft niet nodig als de toepassing zelf bij het postvak mag.",
    )

    def clean(self) -> dict[str, Any]:
        """What must be there hangs on how the mail comes in, and how we sign in."""
        cleaned = super().clean()
        if cleaned.get("incoming") == "imap":
            self._require(cleaned, "imap_host", "imap_port", "imap_user")
        if cleaned.get("oauth_provider"):
            self._require(cleaned, "oauth_client_id")
            self._require_secret(cleaned, _KEYS[cleaned["oauth_provider"]])
        elif cleaned.get("incoming") == "imap":
            self._require_secret(cleaned, "imap_password")
        return cleaned

    def _require(self, cleaned: dict[str, Any], *names: str) -> None:
        for name in names:
            if not cleaned.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])

    def _require_secret(self, cleaned: dict[str, Any], name: str) -> None:
        if not cleaned.get(name) and not self.kept.get(name):
            self.add_error(name, self.fields[name].error_messages["required"])
