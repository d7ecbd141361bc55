"""Secrets at rest, and keyed marks that prove a text came from us."""

import base64
import hashlib
import hmac
from functools import cache
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class BrokenSeal(ValueError):
    """The secret was sealed with another key."""


def seal(secret: str) -> str:
    """Encrypt a secret for storage."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again. Raises BrokenSeal if the key changed."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise BrokenSeal from error


def derived_key(purpose: str) -> bytes:
    """32 bytes that only this installation knows, different for each purpose."""
    return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode(), hashlib.sha256)


@cache
def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key("secrets at rest")))


def make_token(purpose: str, row: UUID) -> str:
    """An unguessable address for one row: its id and 128 bits of keyed hash, 43 characters."""
    return base64.urlsafe_b64encode(row.bytes + _mark(purpose, row)).decode().rstrip("=")


def read_token(purpose: str, token: str) -> UUID | None:
    """The row a token was made for, or None for any other text."""
    try:
        content = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        row = UUID(bytes=content[:16])
    except ValueError:
        return None
    return row if hmac.compare_digest(content[16:], _mark(purpose, row)) else None


def _mark(purpose: str, row: UUID) -> bytes:
    return hmac.digest(derived_key(purpose), row.bytes, hashlib.sha256)[:16]
