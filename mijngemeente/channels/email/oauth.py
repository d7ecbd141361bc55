"""Access tokens for XOAUTH2, at the two providers municipalities use."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from ..contract import Credentials, WireError

TIMEOUT_SECONDS = 15
ANSWER_BYTES = 64 * 1024
# Asked again a minute before it ends, so that a session does not die halfway.
MARGIN_SECONDS = 60

# Fixed hosts: what an administrator types never decides where a secret goes.
MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
GOOGLE = "https://oauth2.googleapis.com/token"
_TENANT = re.compile(r"[A-Za-z0-9.-]{1,100}")


@dataclass(frozen=True)
class _Token:
    text: str
    ends_at: float


_tokens: dict[tuple[str, str], _Token] = {}


def access_token(credentials: Credentials) -> str:
    """A token that is valid now, from the refresh token in the settings. Raises WireError."""
    key = (str(credentials["oauth_provider"]), str(credentials["oauth_refresh_token"]))
    known = _tokens.get(key)
    if known is None or known.ends_at < time.monotonic() + MARGIN_SECONDS:
        known = _tokens[key] = _ask(credentials)
    return known.text


def _ask(credentials: Credentials) -> _Token:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": str(credentials["oauth_refresh_token"]),
        "client_id": str(credentials["oauth_client_id"]),
        "client_secret": str(credentials.get("oauth_client_secret", "")),
    }
    answer = _post(_address(credentials), {name: value for name, value in form.items() if value})
    try:
        return _Token(
            str(answer["access_token"]), time.monotonic() + float(str(answer.get("expires_in", 300)))
        )
    except (KeyError, ValueError) as error:
        raise WireError("De aanmeldserver gaf geen toegang.") from error


def _address(credentials: Credentials) -> str:
    if credentials["oauth_provider"] == "google":
        return GOOGLE
    tenant = str(credentials.get("oauth_tenant") or "common")
    if not _TENANT.fullmatch(tenant):
        raise WireError("De naam van de Microsoft-omgeving klopt niet.", permanent=True)
    return MICROSOFT.format(tenant=tenant)


def _post(address: str, form: dict[str, str]) -> dict[str, object]:
    request = urllib.request.Request(address, urllib.parse.urlencode(form).encode())  # noqa: S310 - fixed hosts
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            content = json.loads(answer.read(ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        raise WireError(f"De aanmeldserver weigert ({error.code}). Koppel het postvak opnieuw.") from error
    except (OSError, ValueError) as error:
        raise WireError("De aanmeldserver is niet bereikbaar.") from error
    return content if isinstance(content, dict) else {}
