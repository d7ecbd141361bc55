"""Looking around in the bank."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from mijngemeente.organisations.requests import MemberRequest
from mijngemeente.reference.models import Topic

from .. import actions
from ..forms import OpinionForm
from ..models import LANGUAGES, State
from ..queries import bank as readings
from ..queries.facts import values_of
from ..queries.suggestions import ranked, source_name
from ..queries.uses import opinions_of
from ..rules.blanks import FORM_OF_ADDRESS, fill, has_variants, stretches
from ..rules.ranking import Question, experience_words
from .finding import as_it_holds, draw, found

PER_PAGE = 50
#: As many answers as one looks through after searching.
FOUND = 100

_ASKED = ("zoek", "onderwerp", "bron", "status")


@require_GET
def bank(request: MemberRequest) -> HttpResponse:
    """All answers at hand, narrowed by what somebody looks for."""
    typed = request.GET.get("zoek", "").strip()[:200]
    wanted = _wanted(request, typed)
    standing = readings.bank_of(request.organisation.id, wanted)
    if typed:
        standing = _best_first(request, typed, standing)
    page = Paginator(standing, PER_PAGE).get_page(request.GET.get("pagina"))
    known = readings.experience_here(request.organisation.id, [each.id for each in page])
    rows = [
        {
            "standing": each,
            "source": source_name(each, request.organisation),
            "experience": experience_words(known[each.id]) if each.id in known else "nog niet gebruikt",
        }
        for each in page
    ]
    kept = {
        name: request.GET[name] for name in ("zoek", "onderwerp", "bron", "status") if request.GET.get(name)
    }
    context = {
        "rows": rows,
        "page": page,
        "query": f"{urlencode(kept)}&" if kept else "",
        "typed": typed,
        "wanted": wanted,
        "topics": Topic.objects.all(),
        "states": State.choices,
    }
    return draw(request, "bank", "bank", context)


def _wanted(request: MemberRequest, typed: str) -> readings.Wanted:
    state = request.GET.get("status", "")
    source = request.GET.get("bron", "")
    return readings.Wanted(
        topic=request.GET.get("onderwerp", ""),
        source=source if source in {"own", "shared"} else "",
        state=state if state in State.values else "",
    )


def _best_first(
    request: MemberRequest, typed: str, standing: list[readings.Current]
) -> list[readings.Current]:
    """What fits the words; a title that holds them as typed always fits, also of a concept."""
    fits = ranked(Question(typed), request.organisation.id, limit=FOUND)
    order = {fit.candidate.id: place for place, fit in enumerate(fits)}
    plain = typed.casefold()
    fitting = [each for each in standing if each.id in order or plain in each.wording.title.casefold()]
    return sorted(fitting, key=lambda each: order.get(each.id, FOUND))


@require_GET
def answer(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """One answer as a reply would show it."""
    shown = found(request, answer_id)
    standing = as_it_holds(request, shown)
    values = values_of(request.organisation, timezone.localdate())
    here = readings.experience_here(request.organisation.id, [shown.id]).get(shown.id)
    context = {
        "standing": standing,
        "answer": shown,
        "source": source_name(standing, request.organisation),
        "texts": _texts(standing, values),
        "here": here,
        "everywhere": readings.experience_everywhere(shown),
        "opinions": opinions_of(request.organisation.id, shown.id),
        "is_own": shown.organisation_id == request.organisation.id,
        "has_parts": bool(readings.parts_of(standing.wording)),
        "is_stale": bool(shown.review_on and shown.review_on < timezone.localdate()),
    }
    return draw(request, "answer", "bank", context)


def _texts(standing: readings.Current, values: dict[str, str]) -> list[dict[str, object]]:
    """Each language; the one that says u or je in both ways, as this organisation says it first."""
    texts: list[dict[str, object]] = []
    for language in standing.wording.languages:
        whole, own = readings.whole_text(standing, language), values[FORM_OF_ADDRESS]
        forms = sorted(("u", "je"), key=lambda each: each != own) if has_variants(whole) else [""]
        texts += [
            {
                "language": language,
                "name": f"{LANGUAGES[language]}, met “{form}”" if form else LANGUAGES[language],
                "place": f"{language}{form}",
                "stretches": stretches(fill(whole, {**values, FORM_OF_ADDRESS: form or own})),
            }
            for form in forms
        ]
    return texts


@require_POST
def opinion(request: MemberRequest, answer_id: UUID) -> HttpResponse:
    """Thumb up or down."""
    judged = found(request, answer_id)
    form = OpinionForm(request.POST)
    if form.is_valid():
        actions.say_opinion(answer=judged, by=request.member, **form.cleaned_data)
        messages.success(request, "Dank je. Je mening is bewaard.")
    return redirect("answers:answer", request.organisation.slug, judged.id)
