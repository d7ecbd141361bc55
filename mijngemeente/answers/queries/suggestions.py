"""Which answers to put beside a conversation, filled in, and why these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mijngemeente.organisations.models import Organisation

from ..models import LANGUAGES
from ..rules import ranking
from ..rules.blanks import blanks_in, fill
from ..rules.ranking import Experience, Fit, Question
from .bank import Current, Known, current, experience_here, find, own, shared, sources_of, whole_text
from .indexes import indexes_for

#: More is not looked at again after experience has been weighed.
WEIGHED = 20


@dataclass(frozen=True)
class Filled:
    """An answer in one language, ready to be put in a reply."""

    id: UUID
    title: str
    text: str
    language: str
    language_name: str
    #: "eigen antwoord", "landelijk" or the name of the region.
    source: str
    checked_on: date
    #: Blanks that nothing filled: they stand in the text.
    open_blanks: list[str]
    reasons: list[str]


def suggest(
    question: Question, organisation: Organisation, values: Mapping[str, str], *, limit: int
) -> list[Filled]:
    """The answers that fit best, first; empty if none fits."""
    fits = ranked(question, organisation.id)
    known = experience_here(organisation.id, [each.candidate.id for each in fits])
    best = ranking.by_experience(fits, known)[:limit]
    standing = {each.id: each for each in _current(organisation.id, best)}
    return [
        filled(
            standing[fit.candidate.id],
            organisation,
            values,
            language=question.language,
            reasons=ranking.reasons(fit, known.get(fit.candidate.id, Experience())),
        )
        for fit in best
        if fit.candidate.id in standing
    ]


def ranked(question: Question, organisation_id: int, limit: int = WEIGHED) -> list[Fit]:
    """What fits, the best first."""
    among = sources_of(organisation_id)
    return ranking.rank(question, indexes_for(organisation_id), among=among, own=organisation_id, limit=limit)


def _current(organisation_id: int, fits: Iterable[Fit]) -> list[Current]:
    ids = [fit.candidate.id for fit in fits]
    rows: list[Known] = [*own(organisation_id).filter(id__in=ids)]
    rows += shared(organisation_id).filter(id__in=ids)
    return current(organisation_id, rows)


def filled(
    standing: Current,
    organisation: Organisation,
    values: Mapping[str, str],
    *,
    language: str,
    reasons: Iterable[str] = (),
) -> Filled:
    """One answer as this organisation gives it, in that language if it has it."""
    _, written_in = standing.wording.text_in(language)
    whole = whole_text(standing, written_in)
    return Filled(
        id=standing.id,
        title=standing.wording.title,
        text=fill(whole, values),
        language=written_in,
        language_name=LANGUAGES[written_in],
        source=source_name(standing, organisation),
        checked_on=standing.answer.checked_on,
        open_blanks=[name for name in blanks_in(whole) if not values.get(name)],
        reasons=list(reasons),
    )


def source_name(standing: Current, organisation: Organisation) -> str:
    """Where it comes from, in a word or two."""
    owner = standing.answer.organisation
    if owner.id == organisation.id:
        return "eigen antwoord"
    name = "landelijk" if owner.kind == owner.Kind.NATIONAL else owner.name
    return f"{name}, overgenomen" if standing.adoption else name


def filled_by_id(
    organisation: Organisation, answer_id: UUID, values: Mapping[str, str], language: str
) -> Filled | None:
    """That answer, if this organisation may use it."""
    answer = find(organisation.id, answer_id)
    if answer is None:
        return None
    (standing,) = current(organisation.id, [answer])
    return filled(standing, organisation, values, language=language)
