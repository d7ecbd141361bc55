"""What is still being written, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from mijngemeente.conversations.models import Conversation
from mijngemeente.organisations.models import Member

from ..models import Draft, DraftFile


@dataclass(frozen=True)
class OwnDraft:
    """A text that its writer comes back to."""

    text: str
    #: In milliseconds, to compare with what their browser may still have.
    age: int
    #: Answers of the bank that were put in it, as the form has them.
    answers: str
    #: What came back with it: id and name.
    files: list[tuple[str, str]]


def own_drafts(conversation: Conversation, by: Member) -> dict[str, OwnDraft]:
    """Kind of box → what this member was writing in it."""
    now = timezone.now()
    return {
        each.kind: OwnDraft(
            text=each.text,
            age=int((now - each.changed_at).total_seconds() * 1000),
            answers=each.answers,
            files=[(str(file.id), file.name) for file in each.files.all()],
        )
        for each in _in(conversation).filter(member=by).prefetch_related("files")
    }


def others_writing(conversation: Conversation, by: Member) -> list[str]:
    """The colleagues who have a draft of an answer here."""
    others = _in(conversation).filter(kind=Draft.Kind.REPLY).exclude(member__person=by.person_id)
    return [str(each.member) for each in others.select_related("member__person").order_by("changed_at")]


def _in(conversation: Conversation) -> QuerySet[Draft]:
    return Draft.objects.filter(organisation_id=conversation.organisation_id, conversation=conversation)


def drafted(conversations: Iterable[Conversation], member_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the conversations in which one of these members, who are one person, has a draft."""
    shown = list(conversations)
    drafts = Draft.objects.filter(
        organisation_id__in={each.organisation_id for each in shown},
        conversation_id__in=[each.id for each in shown],
        member_id__in=list(member_ids),
    )
    return frozenset(drafts.values_list("conversation_id", flat=True))


def kept_files(conversation: Conversation, by: Member) -> dict[str, DraftFile]:
    """Id → file that came back with this member's answer."""
    drafts = _in(conversation).filter(member=by, kind=Draft.Kind.REPLY)
    files = DraftFile.objects.filter(organisation_id=conversation.organisation_id, draft__in=drafts)
    return {str(each.id): each for each in files.select_related("file").defer("file__content").order_by("id")}
