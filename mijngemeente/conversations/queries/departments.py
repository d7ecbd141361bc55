"""Questions to departments: found by link or mail."""

from uuid import UUID

from mijngemeente.organisations.queries import digest_of
from mijngemeente.platform.seals import make_token

from ..models import DepartmentQuestion


def token_of_question(question: DepartmentQuestion) -> str:
    """The secret in the mailed link: 128 bits of keyed hash, good for this question alone."""
    moment = int(question.expires_at.timestamp() * 1_000_000)
    return make_token(f"department {moment}", question.id)


def question_by_token(organisation_id: int, token: str) -> DepartmentQuestion | None:
    """The question a link was made for, open or not."""
    rows = DepartmentQuestion.objects.select_related("conversation", "department", "asked_by__person")
    return rows.filter(organisation_id=organisation_id, token_digest=digest_of(token)).first()


def question_of_mail(organisation_id: int, marked_id: UUID | None) -> DepartmentQuestion | None:
    """The question that a mail's own mark names; None if it names a conversation, or nothing."""
    if marked_id is None:
        return None
    rows = DepartmentQuestion.objects.select_related("conversation", "department", "asked_by__person")
    return rows.filter(organisation_id=organisation_id, id=marked_id).first()
