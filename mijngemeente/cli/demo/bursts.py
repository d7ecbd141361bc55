"""Two events that many residents write about while the demo starts: in one city, and over a region."""

from collections.abc import Mapping

from mijngemeente.channels.web.wire import Submission
from mijngemeente.intake.actions import submit
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

from .founding import Cast

#: Municipality → who writes, and what.
BURSTS: Mapping[str, Mapping[str, str]] = {
    "tilburg": {
        "Marieke": "Er staat rioolwater op de Kerkstraat in Berkel-Enschot, de put loopt over.",
        "Hans": "hallo, in Berkel-Enschot komt het rioolwater omhoog uit de put. stinkt enorm",
        "Fatima": "Rioolwater uit de put bij ons in Berkel-Enschot, zo de stoep op. Kan er iemand komen?",
        "Kees": "In Berkel-Enschot is het riool kapot. De put loopt over, er ligt rioolwater op straat.",
        "Loes": "Wat een stank! Overlopende put met rioolwater in Berkel-Enschot, vlak bij de school.",
        "Ahmed": "Ook bij ons in Berkel-Enschot rioolwater op straat. Weten jullie dit? De put borrelt.",
        "Gerrit": "Berkel-Enschot, Kerkstraat: put loopt over, rioolwater tot aan de voordeur.",
    },
    "heerenveen": {
        "Wietske": "De grijze container is vanmorgen niet geleegd, de hele straat staat er nog vol mee.",
        "Douwe": "Jullie zijn ons vergeten: grijze container niet geleegd vandaag, bij niemand in de straat.",
    },
    "de-fryske-marren": {
        "Sjoukje": "De grijze container is niet geleegd vandaag. De hele straat staat nog vol.",
        "Tjeerd": "Vandaag is de grijze container niet geleegd in onze straat. Komen jullie nog?",
    },
}


def write_of_events(cast: Cast) -> None:
    """Kept as a form keeps it; the worker reads it in when the demo runs, and puts together what belongs."""
    for slug, messages in BURSTS.items():
        inbox = cast.inbox(slug, "form", "")
        for name, text in messages.items():
            key = uuid7()
            email = f"{name.lower()}.{slug}@post.example"
            with acting_for(inbox.organisation_id):
                submit(inbox=inbox, submission=Submission(key, text, key, key, name=name, email=email))
