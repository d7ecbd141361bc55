"""Figures, the conversations behind them, and what can be taken along."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from mijngemeente.desk.queries.queues import url_of
from mijngemeente.organisations.requests import PersonRequest
from mijngemeente.platform.tenancy import covering

from .. import paper, pictures, rules, sheets
from ..queries import tables
from ..queries.choices import Chosen, chosen_in, readable, workplace
from ..queries.facts import Rows, Selection
from ..rules import Dimension, Period

PAGE = 50
#: More a spreadsheet does not hold well.
MOST_ROWS = 50_000
CSV = "text/csv; charset=utf-8"
#: How many months back a report can be had.
MONTHS = 12

View = Callable[[PersonRequest, Chosen], HttpResponse]


def for_who_may(view: View) -> Callable[[PersonRequest], HttpResponse]:
    """Only for whom figures are; everybody else finds nothing here. Opens the unit."""

    @require_safe
    @wraps(view)
    def answer(request: PersonRequest) -> HttpResponse:
        organisations = readable(request)
        if not organisations:
            raise Http404
        place = workplace(request)
        with covering({*place.ids, *(each.id for each in organisations)}):
            return view(request, chosen_in(request.GET, organisations, place, timezone.localdate()))

    return answer


@for_who_may
def figures(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """The page."""
    total = tables.total_of(chosen.selection)
    context = {
        "chosen": chosen,
        "total": total,
        "shares": [(each, words, total.shares[each]) for each, words in rules.SHARES.items()],
        "tables": _tables(chosen),
        "reactions": rules.REACTIONS,
        "by_reaction": [(each, name, total.reactions[each]) for each, name in rules.REACTIONS.items()],
        "reaction_picture": pictures.reactions(total.reactions),
        "day_picture": pictures.days(chosen.selection.period, tables.per_day(chosen.selection)),
        "excluded": rules.EXCLUDED,
        "net_means": rules.NET,
        "months": _months(chosen),
    }
    return render(request, "figures/figures.html", context)


def _tables(chosen: Chosen) -> list[tables.Table]:
    """A split by organisation says nothing about one."""
    wanted = [
        each
        for each in Dimension
        if each is not Dimension.ORGANISATION or len(chosen.selection.organisation_ids) > 1
    ]
    return [tables.table_of(chosen.selection, each) for each in wanted]


def _months(chosen: Chosen) -> list[tuple[str, str]]:
    """The reports that can be had, for one organisation at a time."""
    if len(chosen.selection.organisation_ids) != 1:
        return []
    found = rules.months_before(timezone.localdate(), MONTHS)
    return [(f"{each.first:%Y-%m}", rules.month_words(each.first)) for each in found]


@for_who_may
def conversations(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """The conversations behind one number."""
    asked = _asked(request)
    related = _behind(chosen, asked).select_related("organisation", "contact", "topic", "satisfaction")
    page = Paginator(related, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "chosen": chosen,
        "page": page,
        "rows": [(each, url_of(each.organisation.slug, each.id)) for each in page],
        "title": _title(asked.dimension, asked.part, asked.measure),
        "query": f"{chosen.query}&{asked.query}",
        "has_marks": asked.measure == "cijfer",
    }
    return render(request, "figures/conversations.html", context)


@for_who_may
def conversations_csv(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """The same, to take along: facts only, no names and nothing that was said."""
    rows = _behind(chosen, _asked(request)).select_related("organisation", "topic", "satisfaction")
    return _file(sheets.csv_of(sheets.conversation_rows(rows[:MOST_ROWS])), CSV, chosen, "csv")


@dataclass(frozen=True)
class _Asked:
    """Which number was pressed."""

    dimension: Dimension | None
    part: str
    measure: str

    @property
    def query(self) -> str:
        """As part of an address."""
        split = self.dimension.value if self.dimension else ""
        return urlencode({"deel": split, "waarde": self.part, "maat": self.measure})


def _asked(request: PersonRequest) -> _Asked:
    split, part, measure = (request.GET.get(each, "") for each in ("deel", "waarde", "maat"))
    return _Asked(Dimension(split) if split in set(Dimension) else None, part, measure)


def _behind(chosen: Chosen, asked: _Asked) -> Rows:
    return tables.conversations_of(
        chosen.selection, dimension=asked.dimension, part=asked.part, measure=asked.measure
    )


def _title(dimension: Dimension | None, part: str, measure: str) -> str:
    names: dict[str, str] = {each.value: f"eerste reactie {words}" for each, words in rules.REACTIONS.items()}
    names |= {each.value: found.name for each, found in rules.SHARES.items()} | {"cijfer": "met een cijfer"}
    of = (
        f"{rules.DIMENSIONS[dimension].lower()}: {part if part != '-' else 'nog geen'}"
        if dimension
        else "alles"
    )
    return f"{of}, {names[measure]}" if measure in names else of


@for_who_may
def csv(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """All tables in one CSV."""
    return _file(sheets.csv_of(_rows(chosen)), CSV, chosen, "csv")


@for_who_may
def ods(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """All tables in one spreadsheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _file(sheets.ods_of(_rows(chosen)), kind, chosen, "ods")


def _rows(chosen: Chosen) -> Any:
    return sheets.rows_of(tables.total_of(chosen.selection), _tables(chosen))


@for_who_may
def month(request: PersonRequest, chosen: Chosen) -> HttpResponse:
    """The report of one month of one organisation, as PDF."""
    period = _month(request.GET.get("maand", ""))
    if period is None or len(chosen.selection.organisation_ids) != 1:
        raise Http404
    selection = Selection(chosen.selection.organisation_ids, period)
    organisation = chosen.organisation or chosen.organisations[0]
    made = paper.report(
        organisation=organisation.full_name,
        month=period,
        total=tables.total_of(selection),
        tables=[tables.table_of(selection, each) for each in Dimension if each is not Dimension.ORGANISATION],
    )
    response = HttpResponse(made, content_type="application/pdf")
    name = f"cijfers-{organisation.slug}-{period.first:%Y-%m}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _month(text: str) -> Period | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return rules.month_of(first) if 2000 <= first.year <= 2100 else None


def _file(content: bytes, kind: str, chosen: Chosen, suffix: str) -> HttpResponse:
    period = chosen.selection.period
    response = HttpResponse(content, content_type=kind)
    name = f"cijfers-{period.first}-{period.last}.{suffix}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
