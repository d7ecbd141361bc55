"""What people read better than the machine leaves for the training, where the organisation allows that."""

from dataclasses import dataclass

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.queries import rules_of
from mijngemeente.platform import audit

from .. import rules
from ..queries.corrections import corrected


@dataclass(frozen=True)
class Example:
    """A text, and what somebody said of it; empty where nobody said anything."""

    text: str
    topic: str
    kind: str
    #: "1", "0" or empty.
    urgent: str


def export_corrections(*, organisation: Organisation) -> list[Example]:
    """Those of one organisation, without names, numbers and addresses; none if it does not lend them."""
    if not rules_of(organisation.id).lends_texts:
        return []
    examples = [
        Example(rules.masked(each.text, each.names), each.topic, each.kind, each.urgent)
        for each in corrected(organisation.id)
    ]
    if examples:
        audit.record("corrections.exported", organisation, count=len(examples))
    return examples
