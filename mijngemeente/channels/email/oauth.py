"""Access tokens for XOAUTH2, at the two providers municipalities use."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import IO, Any

from ..contract import Credentials, WireError

TIMEOUT_SECONDS = 5
ANSWER_BYTES = 64 * 1024
# Asked again a minute before it ends, so that a session does not die halfway.
MARGIN_SECONDS = 60

# Fixed hosts: what an administrator types never decides where a secret goes.
MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
GOOGLE = "https://oauth2.googleapis.com/token"
# What a program of its own, rather than a person, may ask of Microsoft.
MICROSOFT_SCOPE = "https://outlook.office365.com/.default"
_TENANT = re.compile(r"[A-Za-z0-9.-]{1,100}")


@dataclass(frozen=True)
class _Token:
    text: str
    ends_at: float


class AccessTokens:
    """Tokens of all accounts, each kept while it is valid; the addresses differ only in tests."""

    def __init__(self, *, microsoft: str = MICROSOFT, google: str = GOOGLE) -> None:
        self._microsoft = microsoft
        self._google = google
        self._kept: dict[tuple[str, ...], _Token] = {}

    def token(self, credentials: Credentials) -> str:
        """A token that is valid now. Raises WireError."""
        key = _key(credentials)
        known = self._kept.get(key)
        if known is None or known.ends_at < time.monotonic() + MARGIN_SECONDS:
            known = self._kept[key] = _token_in(_post(self._address(credentials), _form(credentials)))
        return known.text

    def forget(self, credentials: Credentials) -> None:
        """The mail server refused the token: ask for a new one next time."""
        self._kept.pop(_key(credentials), None)

    def _address(self, credentials: Credentials) -> str:
        if credentials["oauth_provider"] == "google":
            return self._google
        tenant = str(credentials.get("oauth_tenant") or "common")
        if not _TENANT.fullmatch(tenant):
            raise WireError("De naam van de Microsoft-omgeving klopt niet.", account=True)
        return self._microsoft.format(tenant=tenant)


_ASKED = ("oauth_provider", "oauth_tenant", "oauth_client_id", "oauth_client_secret", "oauth_refresh_token")


def _key(credentials: Credentials) -> tuple[str, ...]:
    return tuple(str(credentials.get(name) or "") for name in _ASKED)


def _form(credentials: Credentials) -> dict[str, str]:
    """With a refresh token in a person's name, without one in the name of the program itself."""
    refresh_token = str(credentials.get("oauth_refresh_token") or "")
    form = {
        "grant_type": "refresh_token" if refresh_token else "client_credentials",
        "refresh_token": refresh_token,
        "scope": "" if refresh_token else MICROSOFT_SCOPE,
        "client_id": str(credentials.get("oauth_client_id") or ""),
        "client_secret": str(credentials.get("oauth_client_secret") or ""),
    }
    return {name: value for name, value in form.items() if value}


def _token_in(answer: dict[str, Any]) -> _Token:
    try:
        lives_seconds = float(answer.get("expires_in", 300))
        return _Token(str(answer["access_token"]), time.monotonic() + lives_seconds)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("De aanmeldserver gaf geen toegang.", account=True) from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A secret goes to one address only."""

    def redirect_request(  # noqa: PLR0917 - as urllib calls it
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def _post(address: str, form: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(address, urllib.parse.urlencode(form).encode())  # noqa: S310 - fixed hosts
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            content = json.loads(answer.read(ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        error.close()
        raise WireError(
            f"De aanmeldserver weigert ({error.code}). Koppel het postvak opnieuw.", account=True
        ) from error
    except (OSError, ValueError) as error:
        raise WireError("De aanmeldserver is niet bereikbaar.", account=True) from error
    return content if isinstance(content, dict) else {}
