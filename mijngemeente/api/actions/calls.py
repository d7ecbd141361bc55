"""The same call twice is one call."""

from datetime import datetime, timedelta

from django.http import HttpResponse

from mijngemeente.platform import rows

from ..errors import KeyReused
from ..models import Call, Token

#: How long a repeated call is recognised.
CALL_LIVES = timedelta(days=2)


def begin_call(*, token: Token, key: str, digest: bytes) -> tuple[Call, bool]:
    """The call with this key, and whether it is new; waits for the same one that is being answered.

    Raises KeyReused if the key was used for something else.
    """
    call = Call(organisation_id=token.organisation_id, token=token, key=key, digest=digest)
    if rows.add_once(call):
        return call, True
    known = Call.objects.get(organisation_id=token.organisation_id, token=token, key=key)
    if bytes(known.digest) != digest:
        raise KeyReused
    return known, False


def end_call(*, call: Call, response: HttpResponse) -> None:
    """Keep what was answered, in the transaction of what was done."""
    same = Call.objects.filter(organisation_id=call.organisation_id, id=call.id)
    same.update(
        status=response.status_code,
        answer=response.content.decode(),
        location=response.headers.get("Location", ""),
    )


def forget_calls(*, organisation_id: int, now: datetime) -> int:
    """Remove what is too old to be repeated; returns how many."""
    old = Call.objects.filter(organisation_id=organisation_id, at__lt=now - CALL_LIVES)
    return old.delete()[0]
