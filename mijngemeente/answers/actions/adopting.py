"""Saying yes to a shared answer, with parts of one's own in it."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit
from mijngemeente.platform.tenancy import acting_organisation

from ..errors import NothingToAdopt
from ..models import Adoption, SharedAnswer
from ..queries.bank import Known


def adopt(
    *, answer: Known, version: int, parts: Mapping[str, Mapping[str, str]], by: Member | None
) -> Adoption:
    """Say yes to that version, with `parts` (language → part → text); again replaces what was said.

    Raises NothingToAdopt for an answer of this organisation itself.
    """
    organisation_id = acting_organisation()
    if not isinstance(answer, SharedAnswer) or answer.organisation_id == organisation_id:
        raise NothingToAdopt
    with transaction.atomic():
        adoption, _ = Adoption.objects.update_or_create(
            organisation_id=organisation_id,
            answer=answer,
            defaults={
                "version": min(version, answer.version),
                "parts": {language: dict(texts) for language, texts in parts.items()},
                "by": by,
                "at": timezone.now(),
            },
        )
        audit.record("answer.adopted", adoption, by=by, answer=answer.id, version=adoption.version)
    return adoption


def leave(*, answer: Known, by: Member) -> None:
    """Follow the shared text again without parts of one's own; twice is the same."""
    with transaction.atomic():
        rows = Adoption.objects.filter(organisation_id=acting_organisation(), answer_id=answer.id)
        adoption = rows.first()
        if adoption is not None:
            audit.record("answer.left", adoption, by=by, answer=answer.id)
            rows.delete()
