"""What an import has to know."""

from mijngemeente.platform.files import content_of
from mijngemeente.reference.models import Topic

from ..models import AnswerImport
from ..rules.sheets import STATES, Sheet, Topics, read_sheet
from .bank import Known


def topics_by_name() -> Topics:
    """The national list, by slug and by name."""
    listed = list(Topic.objects.all())
    return Topics(
        {
            **{each.label.casefold(): each.slug for each in listed},
            **{each.slug.casefold(): each.slug for each in listed},
        }
    )


def imports_of(organisation_id: int) -> list[AnswerImport]:
    """The last ones, newest first."""
    rows = AnswerImport.objects.filter(organisation_id=organisation_id).select_related("by__person")
    return list(rows.order_by("-id")[:10])


def sheet_of(shown: AnswerImport) -> Sheet:
    """Its file, read again."""
    return read_sheet(content_of(shown.file), topics_by_name())


_STATES = {state: name for name, state in STATES.items() if name}


def as_sheet(answer: Known) -> tuple[str, ...]:
    """An answer as a row of the file."""
    return (
        answer.reference,
        answer.title,
        answer.topic_id or "",
        answer.text_nl,
        answer.text_en,
        answer.text_fy,
        answer.review_on.isoformat() if answer.review_on else "",
        _STATES[answer.state],
    )
