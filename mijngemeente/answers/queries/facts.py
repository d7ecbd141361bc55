"""What fills the blanks of an organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import rules_of

from ..models import Fact, State
from ..rules.blanks import FORM_OF_ADDRESS, blank_name, blanks_in, is_for_writer, is_local, people
from .bank import own, shared

#: Filled when a conversation is answered; not for an organisation to write.
FROM_CONVERSATION = frozenset(people(resident="", agent="", organisation="")) | {"gespreksnummer"}
#: From the engagement rules.
FROM_RULES = frozenset({"telefoon", "openingstijden", FORM_OF_ADDRESS})


def values_of(organisation: Organisation, today: date) -> dict[str, str]:
    """Blank → value; what is stale or unknown is not there, and so stays visible."""
    rules = rules_of(organisation.id)
    facts = Fact.objects.filter(organisation=organisation)
    return {
        **{blank_name(each.name): each.value for each in facts if not each.is_stale(today)},
        "organisatie": organisation.full_name,
        "telefoon": rules.telephone,
        "openingstijden": rules.opening_hours,
        FORM_OF_ADDRESS: rules.form_of_address,
    }


def wanted_facts(texts: Iterable[str]) -> list[str]:
    """Blanks of these texts that an organisation fills itself."""
    names = {name for text in texts for name in blanks_in(text)}
    names = {name for name in names if not is_local(name) and not is_for_writer(name)}
    return sorted(names - FROM_CONVERSATION - FROM_RULES)


@dataclass(frozen=True)
class Kept:
    """A fact, and whether somebody has to look at it."""

    fact: Fact
    is_stale: bool


def facts_of(organisation_id: int, today: date) -> list[Kept]:
    """All of them; what is stale first."""
    kept = [Kept(each, each.is_stale(today)) for each in Fact.objects.filter(organisation_id=organisation_id)]
    return sorted(kept, key=lambda each: (not each.is_stale, each.fact.name))


@dataclass(frozen=True)
class Missing:
    """A blank that texts ask for and nobody wrote."""

    name: str
    #: Titles of answers that ask for it.
    titles: list[str]


def missing_facts(organisation_id: int) -> list[Missing]:
    """What published answers that count here ask for, most asked first."""
    known = set(Fact.objects.filter(organisation_id=organisation_id).values_list("name", flat=True))
    asked: dict[str, list[str]] = defaultdict(list)
    for rows in (own(organisation_id), shared(organisation_id)):
        for answer in rows.filter(state=State.PUBLISHED):
            texts = [answer.text_nl, answer.text_en, answer.text_fy]
            for name in wanted_facts(texts):
                asked[name].append(answer.title)
    missing = [Missing(name, titles) for name, titles in asked.items() if name not in known]
    return sorted(missing, key=lambda each: (-len(each.titles), each.name))
