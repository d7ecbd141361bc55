"""Writing answers; every change makes a version."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member, Organisation
from mijngemeente.platform import audit
from mijngemeente.platform.tenancy import acting_organisation

from ..errors import NotOurs, Overtaken
from ..models import Answer, AnswerVersion, SharedAnswer, SharedAnswerVersion, State, Wording
from ..queries.bank import Known, KnownVersion


@dataclass(frozen=True)
class Draft:
    """An answer as somebody wrote it."""

    title: str
    text_nl: str
    text_en: str = ""
    text_fy: str = ""
    #: Slug of the national list, or empty.
    topic: str = ""
    state: str = State.CONCEPT
    owner_id: UUID | None = None
    review_on: date | None = None
    reference: str = ""

    @property
    def wording(self) -> dict[str, Any]:
        """What makes a version, as columns."""
        return {
            "title": self.title,
            "topic_id": self.topic or None,
            "text_nl": self.text_nl,
            "text_en": self.text_en,
            "text_fy": self.text_fy,
        }


def write(*, organisation: Organisation, draft: Draft, by: Member | None, why: str = "") -> Known:
    """A new answer with its first version: a municipality's own, or one for everybody."""
    is_local = organisation.kind == Organisation.Kind.MUNICIPALITY
    table: type[Known] = Answer if is_local else SharedAnswer
    with transaction.atomic():
        answer = table.objects.create(
            organisation=organisation,
            **draft.wording,
            state=draft.state,
            owner_id=draft.owner_id,
            review_on=draft.review_on,
            reference=draft.reference,
        )
        version_of(answer, by=by, why=why).save(force_insert=True)
        audit.record("answer.written", answer, by=by)
    return answer


def version_of(answer: Known, *, by: Member | None, why: str = "") -> KnownVersion:
    """The answer as it stands, to keep."""
    wording = {name: getattr(answer, name) for name in _WORDING}
    given = {"organisation_id": answer.organisation_id, "number": answer.version, "by": by, "why": why}
    if isinstance(answer, Answer):
        return AnswerVersion(answer=answer, **wording, **given)
    return SharedAnswerVersion(answer=answer, **wording, **given)


_WORDING = ("title", "topic_id", "text_nl", "text_en", "text_fy")


def rewrite(*, answer: Known, draft: Draft, seen: int, by: Member | None, why: str = "") -> bool:
    """Change an answer that was read at version `seen`; True if its words changed.

    Raises Overtaken if a colleague changed it meanwhile, and NotOurs.
    """
    refuse_others(answer)
    is_new = any(getattr(answer, name) != value for name, value in draft.wording.items())
    rest = {"state": draft.state, "owner_id": draft.owner_id, "review_on": draft.review_on}
    with transaction.atomic():
        same = type(answer).objects.filter(organisation_id=answer.organisation_id, id=answer.id, version=seen)
        changed = same.update(
            **draft.wording,
            **rest,
            version=seen + int(is_new),
            changed_at=timezone.now(),
            checked_on=timezone.localdate(),
        )
        if not changed:
            raise Overtaken
        answer.refresh_from_db()
        if is_new:
            version_of(answer, by=by, why=why).save(force_insert=True)
        audit.record("answer.changed", answer, by=by, version=answer.version)
    return is_new


def refuse_others(answer: Known) -> None:
    """Only the owner writes; the database would refuse it too, but in words for nobody. Raises NotOurs."""
    if answer.organisation_id != acting_organisation():
        raise NotOurs


def restore(*, answer: Known, version: KnownVersion, by: Member) -> None:
    """Go back to what an earlier version said; that is a new version, so nothing is lost.

    Raises Overtaken and NotOurs.
    """
    draft = draft_of(version, answer)
    rewrite(
        answer=answer,
        draft=draft,
        seen=answer.version,
        by=by,
        why=f"teruggezet naar versie {version.number}",
    )


def draft_of(wording: Wording, answer: Known) -> Draft:
    """These words with the other properties of `answer`."""
    return Draft(
        title=wording.title,
        text_nl=wording.text_nl,
        text_en=wording.text_en,
        text_fy=wording.text_fy,
        topic=wording.topic_id or "",
        state=answer.state,
        owner_id=answer.owner_id,
        review_on=answer.review_on,
        reference=answer.reference,
    )


def review(*, answer: Known, review_on: date, by: Member) -> None:
    """Somebody looked and it is still right; look again on that day. Raises NotOurs."""
    refuse_others(answer)
    today = timezone.localdate()
    with transaction.atomic():
        type(answer).objects.filter(organisation_id=answer.organisation_id, id=answer.id).update(
            review_on=review_on, checked_on=today, reminded_on=None
        )
        audit.record("answer.reviewed", answer, by=by)
