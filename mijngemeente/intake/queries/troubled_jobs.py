"""Work that does not succeed, in an administrator's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

SHOWN = 20
#: Before that it may just have been a line that broke.
ATTEMPTS = 3
OTHERWISE = "Werk op de achtergrond"
NAMES: Mapping[str, str] = {
    "api.tell": "Een ander systeem iets melden",
    "conversations.complete_hand_over": "Een gesprek overdragen",
    "conversations.deliver": "Een bericht versturen",
    "conversations.mail_question": "Een vraag aan een afdeling mailen",
    "conversations.recompute": "Termijnen opnieuw berekenen",
    "conversations.refresh_search": "Een inwoner vindbaar houden",
    "desk.carry_out": "Iets met veel gesprekken tegelijk doen",
    "desk.release_reply": "Een gepland antwoord versturen",
    "desk.send_digest": "De mail met meldingen versturen",
    "imports.bring_in": "Een bestand invoeren",
    "imports.take_back": "Een invoer ongedaan maken",
    "intake.poll": "Een postvak legen",
    "intake.take_in": "Een bericht van een inwoner lezen",
    "privacy.erase": "Gegevens wissen",
    "privacy.make_export": "Gegevens van een inwoner verzamelen",
    "privacy.retain": "Opruimen wat over tijd is",
}


@dataclass(frozen=True)
class TroubledJob:
    """One piece of work that failed more than once."""

    what: str
    #: As those who keep the installation look it up.
    name: str
    number: int
    attempts: int
    #: None: nobody tries it again.
    again_at: datetime | None


def jobs_of(organisation_id: int) -> QuerySet[ProcrastinateJob]:
    """All work of the organisation, done or not."""
    return ProcrastinateJob.objects.filter(args__organisation_id=organisation_id)


def troubled_jobs(organisation_id: int) -> list[TroubledJob]:
    """What failed for good, or keeps failing; the newest first, up to SHOWN."""
    rows = jobs_of(organisation_id)
    failing = Q(status="todo", attempts__gte=ATTEMPTS) | Q(status="failed")
    return [_told(each) for each in rows.filter(failing).order_by("-id")[:SHOWN]]


def _told(job: ProcrastinateJob) -> TroubledJob:
    return TroubledJob(
        what=NAMES.get(job.task_name, OTHERWISE),
        name=job.task_name,
        number=job.id,
        attempts=job.attempts,
        again_at=job.scheduled_at if job.status == "todo" else None,
    )
