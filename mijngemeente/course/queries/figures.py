"""Figures as they are now: from the desk and from the latest plot."""

from collections.abc import Iterator
from datetime import date, timedelta

from mijngemeente.course.rules.figures import DAYS, Figure
from mijngemeente.figures.queries.facts import Selection
from mijngemeente.figures.queries.tables import Line, total_of
from mijngemeente.figures.rules import NET, SHARES, Period, Share, percent, signed
from mijngemeente.reference.rules.calendar import day_words
from mijngemeente.team.library import library_of
from mijngemeente.team.models import TeamPlot
from mijngemeente.team.queries import kept_plots
from mijngemeente.team.rules.amounts import euros, shown
from mijngemeente.team.rules.findings import result_of
from mijngemeente.team.rules.reading import read


def figures_of(organisation_id: int, today: date) -> list[Figure]:
    """Every figure of one organisation that there is something to tell of. Inside its unit."""
    period = Period(today - timedelta(days=DAYS - 1), today)
    line = total_of(Selection((organisation_id,), period))
    plot = kept_plots().filter(what_if_of=None).first()
    return [*_of_desk(line, period, today), *(_of_plot(plot, today) if plot else ())]


def _of_desk(line: Line, period: Period, today: date) -> Iterator[Figure]:
    on = today.isoformat()
    if line.rated and line.net is not None:
        count = f"{line.rated} {'cijfer' if line.rated == 1 else 'cijfers'}"
        mean = float(line.mean.replace(",", "."))
        about = "Gemiddelde van de cijfers (1 tot 10) die inwoners na een gesprek gaven."
        yield Figure("mark", f"{line.mean} ({count})", mean, about, period.words, on)
        yield Figure("net", f"{signed(line.net)} ({count})", line.net, NET, period.words, on)
    if line.median_reaction != "–":
        about = (
            "Van het begin van een gesprek tot het eerste antwoord van een medewerker; de helft is sneller."
        )
        yield Figure("reaction", line.median_reaction, None, about, period.words, on)
    for key, share in (("in_norm", Share.IN_NORM), ("at_once", Share.SOLVED_AT_ONCE)):
        part = percent(line.shares[share], line.total)
        if part is not None:
            yield Figure(key, f"{part}%", part, SHARES[share].definition, period.words, on)
    about = "Gesprekken die in deze dagen begonnen, zonder spam en zonder wat is overgedragen."
    yield Figure("volume", f"{line.total:,}".replace(",", "."), line.total, about, period.words, on)


def _of_plot(plot: TeamPlot, today: date) -> Iterator[Figure]:
    known = library_of(plot.document)
    found = read(plot.document, known, today).plot
    result = result_of(found, known)
    crucial, fte = result.crucial, result.fte
    about = f"plot van {day_words(found.on)}"
    rule = "Cruciale rollen waarvan ten minste 90% van de gewenste uren er is."
    words = f"{crucial.score} van {crucial.of}"
    yield Figure("plot_crucial", words, crucial.score, rule, about, today.isoformat())
    costs = "" if fte.euros is None else f", {euros(fte.euros)} per jaar"
    rule = "Wat de rollen samen tekortkomen bij wat gewenst is."
    yield Figure("plot_gap", f"{shown(fte.gap)} fte{costs}", fte.gap, rule, about, today.isoformat())
