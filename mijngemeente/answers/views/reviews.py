"""What somebody should look at."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.requests import MemberRequest

from ..queries.bank import adoptions_behind
from ..queries.facts import facts_of, missing_facts, values_of
from ..queries.uses import worries_of
from .finding import draw


@require_GET
def review(request: MemberRequest) -> HttpResponse:
    """Answers to look at with their owners, changed shared texts, and facts that are old or missing."""
    organisation, today = request.organisation, timezone.localdate()
    is_local = organisation.kind == Organisation.Kind.MUNICIPALITY
    values = values_of(organisation, today) if is_local else None
    context = {
        "worries": worries_of(organisation.id, today, values),
        "behind": adoptions_behind(organisation.id),
        "stale_facts": [each.fact for each in facts_of(organisation.id, today) if each.is_stale],
        "missing": missing_facts(organisation.id) if is_local else [],
    }
    return draw(request, "review", "review", context)
