"""What Tilburg has at Wegwijs when the demo opens: a plot, and people who said what they can do."""

import json
from pathlib import Path
from typing import Any

from mijngemeente.competencies.actions import look, score, share
from mijngemeente.competencies.queries import shared_with
from mijngemeente.competencies.rules import Scored
from mijngemeente.organisations.models import Member
from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot, keep_version, make_offer

from .founding import Cast

HOME = "tilburg"

#: Who says what, in the words they would use; five of them on two competencies, so that these have totals.
SAID = {
    "sanne": {
        "C04": (3, "Ik liet mijn standaardbrief over afval door tien inwoners lezen."),
        "C13": (3, "Ik nam het gesprek over de kapvergunning over toen het misging."),
        "C25": (2, "Op maandag werk ik eerst weg wat rood is."),
    },
    "mo": {
        "C04": (2, "Ik gebruik de schrijfwijzer bij elk antwoord."),
        "C13": (2, "Ik houd me aan de spelregels, ook als iemand scheldt."),
    },
    "lotte": {
        "C03": (3, "Ik besliste welke tekst gold toen balie en site iets anders zeiden."),
        "C04": (4, "Ik geef de schrijfcursus voor nieuwe collega's."),
        "C13": (2, "Ik val in als het druk is."),
    },
    "wendy": {
        "C04": (3, "Mijn persberichten gaan eerst langs een lezer van buiten."),
        "C13": (1, "Ik lees mee, en laat antwoorden aan webcare."),
        "C16": (4, "Ik adviseerde de burgemeester om niet te reageren."),
    },
    "anouk": {
        "C04": (2, "Mijn rapporten passen op één bladzijde."),
        "C12": (3, "Ik legde de vragen aan de balie naast de zoekwoorden."),
        "C13": (1, "Ik antwoord zelf niet."),
    },
}


#: Who agreed to be asked about what: organisation, member, codes of roles, whom one reaches, what to ask.
OFFERS = (
    (
        "utrecht",
        "marieke@utrecht.example",
        ["R03", "R04a"],
        "Marieke, chef dag",
        "Hoe onze chef dag werkt met de redactie en met woordvoering.",
    ),
    (
        "haarlemmermeer",
        "nadia@haarlemmermeer.example",
        ["R02", "R01"],
        "Nadia, communitymanager",
        "Hoe wij meepraten in dorpsgroepen, altijd als gemeente.",
    ),
    (
        "terneuzen",
        "ilse@terneuzen.example",
        ["R03", "R13"],
        "Ilse, informatiecoördinator",
        "Hoe wij informatie op alle kanalen gelijk houden.",
    ),
)


def lay_team(cast: Cast, data: Path) -> None:
    """Everything in one unit, as the members themselves would."""
    for slug, email, roles, contact, note in OFFERS:
        with acting_for(cast.organisations[slug].id):
            make_offer(roles=roles, contact=contact, email=email, note=note, by=cast.member(email, slug))
    people = {name: cast.member(f"{name}@tilburg.example", HOME) for name in (*SAID, "rob")}
    with acting_for(cast.organisations[HOME].id):
        plot = keep_plot(document=_plot(data), by=people["rob"])
        keep_version(plot=plot, name="Eerste stand", by=people["rob"])
        for name, said in SAID.items():
            _say(people[name], said)
        share(member=people["lotte"], manager=people["rob"])
        share(member=people["sanne"], manager=people["rob"])
        look(sharing=shared_with(people["rob"]).get(member=people["sanne"]))


def _plot(data: Path) -> dict[str, Any]:
    example: dict[str, Any] = json.loads((data / "team" / "examples" / "middelgroot.json").read_text("utf-8"))
    return {**example, "title": "Online team Tilburg", "inhabitants": 232_000}


def _say(member: Member, said: dict[str, tuple[int, str]]) -> None:
    score(member=member, scores=[Scored(code, *each) for code, each in said.items()])
