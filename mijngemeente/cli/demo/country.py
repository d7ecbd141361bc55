"""Fills an empty database with the lifelike country."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.utils import timezone

from mijngemeente.channels.web.wire import Submission
from mijngemeente.conversations.models import Delivery
from mijngemeente.intake.actions import keep, submit, take_in
from mijngemeente.organisations.models import Organisation
from mijngemeente.platform import jobs
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.tenancy import acting_for

from .bank import count_uses, fill_bank
from .bursts import write_of_events
from .clocks import set_clocks
from .founding import Cast, check_mail, found, let_them_help
from .growing import tell_growth
from .morning import lay_ready
from .past import Past
from .script import read_calendar, read_stories
from .telling import BROKEN, Stage, tell
from .wegwijs import lay_team

#: Told how many of how many conversations are done.
Report = Callable[[int, int], None]

UNREADABLE = b'{"key": "dit formulier is halverwege afgebroken'


def fill(data: Path, owner: str, report: Report) -> None:
    """Make everything; `owner` is the alias of the tables' owner, `report` hears how far it is."""
    now = timezone.now()
    cast = found(data / "demo")
    fill_bank(data, cast)
    stories = read_stories(data / "demo", read_calendar(data, now))
    stage = Stage(cast, Past(), now, stories)
    for number, story in enumerate(stories, start=1):
        tell(stage, story)
        report(number, len(stories))
    tell_growth(stage, data)
    receive_nonsense(stage)
    stage.play(now)
    check_mail(BROKEN)
    forget_jobs()
    stage.past.move(owner)
    set_clocks()
    count_uses()
    try_again()
    let_them_help()
    lay_ready(cast)
    lay_team(cast, data)
    write_to_the_country(cast)
    write_of_events(cast)


#: What residents write to @MijnGemeente while the demo starts: one finds its municipality, one is asked,
#: one may not wait, and one names no place.
TO_THE_COUNTRY = {
    "Joyce": "de stoeptegels bij de speeltuin in Berkel-Enschot liggen los",
    "Twan": "er ligt rommel in Bergen",
    "Esra": "Ik zie het niet meer zitten. Alles gaat mis en niemand in Utrecht helpt me.",
    "Henk": "Wanneer wordt het oud papier opgehaald?",
}


def write_to_the_country(cast: Cast) -> None:
    """Kept as the front door keeps it; the worker reads it in when the demo runs."""
    inbox = cast.inbox("landelijk", "form", "")
    for name, text in TO_THE_COUNTRY.items():
        key = uuid7()
        email = f"{name.lower()}@post.example"
        with acting_for(inbox.organisation_id):
            submit(
                inbox=inbox,
                submission=Submission(key, text, key, key, name=name, email=email),
            )


def receive_nonsense(stage: Stage) -> None:
    """Something that cannot be read is kept, and shown to the administrator."""
    organisation = stage.cast.organisations["tilburg"]
    with acting_for(organisation.id):
        kept = keep(inbox=stage.cast.inbox("tilburg", "form", ""), body=UNREADABLE)
        take_in(payload=kept.payload)


def forget_jobs() -> None:
    """What was queued while playing has been played."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def try_again() -> None:
    """What still waits to be sent does so in truth."""
    for organisation in Organisation.objects.all():
        with acting_for(organisation.id):
            for delivery in Delivery.objects.filter(state=Delivery.State.QUEUED):
                jobs.later("conversations.deliver", organisation_id=organisation.id, id=delivery.id)
