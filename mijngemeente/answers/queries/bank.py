"""Which answers an organisation has at hand, and how they stand there."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from mijngemeente.organisations.models import Organisation, ServiceAgreement

from ..models import (
    LANGUAGES,
    Adoption,
    Answer,
    AnswerTally,
    AnswerVersion,
    SharedAnswer,
    SharedAnswerVersion,
    SharedTally,
    State,
    Wording,
)
from ..rules.blanks import local_parts_in, with_local_parts
from ..rules.ranking import Experience

Known = Answer | SharedAnswer
KnownVersion = AnswerVersion | SharedAnswerVersion


def sources_of(organisation_id: int) -> frozenset[int]:
    """Whose answers count here: its own, those of the country, and of who answers for it."""
    providers = ServiceAgreement.objects.in_force(timezone.localdate()).filter(client_id=organisation_id)
    national = Organisation.objects.filter(kind=Organisation.Kind.NATIONAL)
    ids = Organisation.objects.filter(
        Q(id__in=providers.values("provider_id")) | Q(id__in=national.values("id")), is_active=True
    )
    return frozenset({organisation_id, *ids.values_list("id", flat=True)})


def own(organisation_id: int) -> QuerySet[Answer]:
    """A municipality's own."""
    return Answer.objects.filter(organisation_id=organisation_id).select_related(
        "topic", "organisation", "owner__person"
    )


def shared(organisation_id: int) -> QuerySet[SharedAnswer]:
    """Those of others that count here, and for who writes for others its own in every state."""
    published = Q(organisation_id__in=sources_of(organisation_id), state=State.PUBLISHED)
    rows = SharedAnswer.objects.filter(published | Q(organisation_id=organisation_id))
    return rows.select_related("topic", "organisation", "owner__person")


def find(organisation_id: int, answer_id: UUID) -> Known | None:
    """The answer, if this organisation may read it."""
    return (
        own(organisation_id).filter(id=answer_id).first()
        or shared(organisation_id).filter(id=answer_id).first()
    )


def versions_of(answer: Known, reader: int) -> list[KnownVersion]:
    """Newest first. Of somebody else's: what holds now, and what the reading organisation said yes to.

    What was tried in between was meant for colleagues.
    """
    rows = answer.versions.filter(organisation_id=answer.organisation_id)
    if reader != answer.organisation_id:
        adopted = Adoption.objects.filter(organisation_id=reader, answer=answer.id)
        numbers = {answer.version, *adopted.values_list("version", flat=True)}
        rows = rows.filter(number__in=numbers)
    found: list[KnownVersion] = []
    found += rows.select_related("by__person", "topic").order_by("-number")
    return found


@dataclass(frozen=True)
class Current:
    """An answer as it holds in one organisation."""

    answer: Known
    #: The newest, or the version that this municipality said yes to.
    wording: Wording
    adoption: Adoption | None = None

    @property
    def id(self) -> UUID:
        """Of the answer."""
        return self.answer.id

    @property
    def has_news(self) -> bool:
        """The text changed since this municipality said yes to it."""
        return self.adoption is not None and self.adoption.version < self.answer.version

    def parts_in(self, language: str) -> dict[str, str]:
        """What this municipality wrote itself."""
        parts: dict[str, str] = self.adoption.parts.get(language, {}) if self.adoption else {}
        return parts


def whole_text(standing: Current, language: str) -> str:
    """The text in that language with this municipality's parts in it, its blanks still open."""
    text, written_in = standing.wording.text_in(language)
    return with_local_parts(text, standing.parts_in(written_in))


def current(organisation_id: int, answers: Iterable[Known]) -> list[Current]:
    """How these answers hold here, in the same order."""
    known = list(answers)
    adoptions = adoptions_of(organisation_id, [each.id for each in known])
    behind = {
        each.id: adoptions[each.id].version
        for each in known
        if each.id in adoptions and adoptions[each.id].version < each.version
    }
    kept = {
        each.answer_id: each
        for each in SharedAnswerVersion.objects.filter(answer_id__in=behind, number__in=set(behind.values()))
        if behind[each.answer_id] == each.number
    }
    return [Current(each, kept.get(each.id, each), adoptions.get(each.id)) for each in known]


def adoptions_of(organisation_id: int, ids: Iterable[UUID]) -> dict[UUID, Adoption]:
    """What this municipality said yes to, by answer."""
    rows = Adoption.objects.filter(organisation_id=organisation_id, answer_id__in=list(ids))
    return {each.answer_id: each for each in rows}


def adoptions_behind(organisation_id: int) -> list[Current]:
    """Adopted answers whose text changed since."""
    adopted = Adoption.objects.filter(organisation_id=organisation_id)
    rows = shared(organisation_id).filter(id__in=adopted.values("answer_id")).order_by("title")
    return [each for each in current(organisation_id, rows) if each.has_news]


def parts_of(answer: Wording) -> dict[str, list[str]]:
    """Per language the parts a municipality can write."""
    found = {each: local_parts_in(getattr(answer, f"text_{each}")) for each in LANGUAGES}
    return {language: parts for language, parts in found.items() if parts}


def experience_here(organisation_id: int, ids: Iterable[UUID]) -> dict[UUID, Experience]:
    """How this organisation fared with these answers."""
    wanted = list(ids)
    own_ones = AnswerTally.objects.filter(organisation_id=organisation_id, answer_id__in=wanted)
    shared_ones = SharedTally.objects.filter(organisation_id=organisation_id, answer_id__in=wanted)
    found = {each.answer_id: each.experience for each in own_ones}
    return found | {each.answer_id: each.experience for each in shared_ones}


def experience_everywhere(answer: Known) -> Experience:
    """How all organisations together fared: counts only, nobody can tell whose."""
    if isinstance(answer, Answer):
        return experience_here(answer.organisation_id, [answer.id]).get(answer.id, Experience())
    names = ("used", "changed", "helped", "not_helped")
    sums = SharedTally.objects.filter(answer=answer).aggregate(**{each: Sum(each) for each in names})
    return Experience(**{name: sums[name] or 0 for name in names})


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the bank."""

    topic: str = ""
    #: own or shared; empty is both.
    source: str = ""
    #: Empty is everything that still counts.
    state: str = ""


def bank_of(organisation_id: int, wanted: Wanted) -> list[Current]:
    """All that fit, by title."""
    rows: list[Known] = []
    if wanted.source != "shared":
        rows += _narrowed(own(organisation_id), wanted)
        rows += _narrowed(shared(organisation_id).filter(organisation_id=organisation_id), wanted)
    if wanted.source != "own":
        rows += _narrowed(shared(organisation_id).exclude(organisation_id=organisation_id), wanted)
    return current(organisation_id, sorted(rows, key=lambda each: each.title.casefold()))


def _narrowed(rows: "QuerySet[Answer] | QuerySet[SharedAnswer]", wanted: Wanted) -> "Iterable[Known]":
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    return rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=State.RETIRED)
