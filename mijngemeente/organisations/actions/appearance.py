"""How an organisation's own pages look."""

import json

from django.db import transaction

from mijngemeente.platform import audit

from ..errors import UnreadableTheme
from ..models import Member, Organisation, Theme
from ..rules.appearance import UnusableTokens, read_tokens, unreadable_pairs


def choose_theme(*, organisation: Organisation, theme: str, by: Member) -> None:
    """Take one of our own themes; tokens of the organisation's own stay on top of it.

    Keeping the one there was is a choice too, and is recorded.
    """
    with transaction.atomic():
        Organisation.objects.filter(id=organisation.id).update(theme=theme)
        audit.record("organisation.changed", organisation, by=by, theme=theme)


def load_theme(*, organisation: Organisation, content: bytes, by: Member) -> None:
    """Take the organisation's own token file in place of an earlier one.

    Raises UnreadableTheme, with a sentence for each pair of colours with too little contrast.
    """
    tokens = _tokens_of(content)
    reasons = unreadable_pairs(tokens)
    if reasons:
        raise UnreadableTheme(reasons)
    with transaction.atomic():
        Theme.objects.update_or_create(organisation_id=organisation.id, defaults={"tokens": tokens})
        audit.record("organisation.changed", organisation, by=by, tokens=len(tokens))


def _tokens_of(content: bytes) -> dict[str, str]:
    try:
        return read_tokens(json.loads(content))
    except UnusableTokens as error:
        raise UnreadableTheme([str(error)]) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableTheme(["Dit bestand is geen JSON."]) from error


def remove_theme(*, organisation: Organisation, by: Member) -> None:
    """Go back to our own theme alone."""
    with transaction.atomic():
        removed, _ = Theme.objects.filter(organisation_id=organisation.id).delete()
        if removed:
            audit.record("organisation.changed", organisation, by=by, tokens=0)
