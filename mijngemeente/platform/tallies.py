"""How often somebody did something on a page that asks for no account."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .http import client_address, network_of
from .seals import derived_key
from .tenancy import DirectoryModel

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

#: Long enough to stop a robot, and over before a person comes back with another question.
SECONDS = 600


class Tally(DirectoryModel):
    """What one sender did in ten minutes."""

    #: Keyed hash of what was done and by whom: it can be counted, not read.
    sender = models.BinaryField(max_length=32)
    #: Start of the ten minutes.
    since = models.DateTimeField()
    count = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "since"], name="one_public_tally")]
        indexes = [models.Index(fields=["since"], name="public_tally_age")]

    def __str__(self) -> str:
        return str(self.count)


def count(deed: str, sender: str) -> int:
    """How often this sender did it in the current ten minutes, this time included.

    Of both a keyed hash is kept, and nothing else. One statement, so that two at once are two.
    """
    since = _since()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_tally (sender, since, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (sender, since) DO UPDATE SET count = platform_tally.count + 1 RETURNING count",
            [_hash(deed, sender), since],
        )
        counted = int(cursor.fetchone()[0])
    if counted == 1:
        _forget(since)
    return counted


def counted(deed: str, sender: str) -> int:
    """The same without counting this time."""
    rows = Tally.objects.filter(sender=_hash(deed, sender), since=_since())
    return rows.values_list("count", flat=True).first() or 0


def _since() -> datetime:
    return datetime.fromtimestamp(timezone.now().timestamp() // SECONDS * SECONDS, UTC)


def _hash(deed: str, sender: str) -> bytes:
    return hmac.digest(derived_key("public tally"), f"{deed} {sender}".encode(), hashlib.sha256)


def _forget(before: datetime) -> None:
    """A hundred old rows at a time; those that another request is removing are left to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM platform_tally WHERE id IN (SELECT id FROM platform_tally WHERE since < %s"
            " LIMIT 100 FOR UPDATE SKIP LOCKED)",
            [before],
        )


def sender_of(request: HttpRequest) -> str:
    """The network that a request came from."""
    return network_of(client_address(request.META, settings.TRUSTED_PROXIES))


def at_most(most: int, deed: str) -> Callable[[View[P]], View[P]]:
    """From one network no more than so many in ten minutes; after that a page that asks to wait."""

    def limit(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *arguments: P.args, **keywords: P.kwargs) -> HttpResponse:
            if count(deed, sender_of(request)) > most:
                return render(request, "429.html", status=429)
            return view(request, *arguments, **keywords)

        return limited

    return limit
