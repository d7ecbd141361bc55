"""What allauth asks us: who may have an account, where mail goes, and how secrets are kept."""

import time
from smtplib import SMTPException
from typing import Any, cast

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from mijngemeente.beginning.queries import beginning_of
from mijngemeente.organisations.models import Organisation, Person
from mijngemeente.organisations.queries import coverage_of
from mijngemeente.organisations.rules import Right
from mijngemeente.platform.http import client_address
from mijngemeente.platform.seals import seal, unseal

log = structlog.get_logger(__name__)

# Whoever signed in this short ago need not type the password again to change how they sign in.
FRESH_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from invitations alone, and our address is known from the settings."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is niet meer in gebruik.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "enter_current_password": "Vul je huidige wachtwoord in.",
        "incorrect_code": "Deze code klopt niet.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_login": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "invalid_password_reset": "Deze link werkt niet meer.",
        "too_many_login_attempts": "Te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw.",
        "rate_limited": "Te vaak geprobeerd. Wacht een paar minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without an invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody's work is."""
        return workplace_of(cast(Person, request.user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page about yourself."""
        return reverse("people:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On our own address, whatever name the request used for us."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail now; if the post is down, say so alike for known and unknown addresses."""
        try:
            super().send_mail(template_prefix, email, {**context, "public_url": settings.PUBLIC_URL})
        except (OSError, SMTPException) as error:
            log.warning("account.mail_failed", error=type(error).__name__)
            raise ImmediateHttpResponse(
                render(self._request(), "account/mail_failed.html", status=503)
            ) from error

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What happened has happened, also when the mail about it fails."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            return

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who knocks, seen past our own proxies only."""
        return client_address(request.META, settings.TRUSTED_PROXIES)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Typing the password counts as well when it was to sign in."""
        records = get_authentication_records(self._request(), self._request().user)
        is_fresh = any(time.time() - record["at"] < FRESH_SECONDS for record in records)
        return not is_fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def _request(self) -> HttpRequest:
        request: HttpRequest = self.request or context.request
        return request


def workplace_of(person: Person) -> str:
    """The steps for who begins; the desk for who reads; administration; otherwise the page about yourself."""
    beginning = beginning_of(person)
    if beginning is not None:
        return reverse("beginning:begin", args=[beginning.slug])
    coverage = coverage_of(person)
    if any(Right.READ in each.rights for each in coverage.values()):
        return str(settings.LOGIN_REDIRECT_URL)
    first = next((number for number, each in coverage.items() if Right.ADMINISTER in each.rights), None)
    if first is None:
        return reverse("people:profile")
    return reverse("administration:overview", args=[Organisation.objects.get(id=first).slug])


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Seals the secrets that make the codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Kijk of je telefoon een nieuwe code toont.",
        "cannot_generate_recovery_codes": "Zet eerst de tweede controle aan.",
    }

    def encrypt(self, text: str) -> str:
        """Sealed as every secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises BrokenSeal if our key changed."""
        return unseal(encrypted_text)
