"""What is over time goes, every night, in pieces; and how long that is."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mijngemeente.conversations.actions import forget_contact_notes
from mijngemeente.conversations.models import Contact, Conversation, Message
from mijngemeente.conversations.queries import have_residents_alone
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from .. import rules
from ..models import Export, RetentionPeriod, RetentionRun, Way
from ..queries.retention import overdue, periods_of
from ..queries.traces import orphaned_files, traces_of
from .clearing import clear

# Together in one transaction: small enough that nobody waits for a row.
BATCH = 50
#: A file that is stored today may be on its way to its message.
FILE_AGE = timedelta(days=1)


def start_run(*, organisation_id: int) -> RetentionRun:
    """This night's run, or the one that was broken off."""
    run, _ = RetentionRun.objects.get_or_create(organisation_id=organisation_id, finished_at=None)
    return run


def clear_batch(*, run: RetentionRun, today: date) -> int:
    """Take away BATCH conversations that are over time on `today`; how many that were, 0 when all is done."""
    with transaction.atomic():
        have_residents_alone(run.organisation_id)
        for kind, period in periods_of(run.organisation_id).items():
            rows = overdue(run.organisation_id, kind, period.months, today).select_for_update(
                skip_locked=True
            )
            ids = list(rows.order_by("closed_at").values_list("id", flat=True)[:BATCH])
            if ids:
                contacts = _clear(run.organisation_id, ids, period.way)
                _count(run, conversations=len(ids), contacts=contacts)
                return len(ids)
    return 0


def _clear(organisation_id: int, ids: list[UUID], way: str) -> int:
    rows = Conversation.objects.filter(organisation_id=organisation_id, id__in=ids)
    people = set(rows.values_list("contact", flat=True))
    verb = "conversation.erased" if way == Way.ERASE else "conversation.anonymised"
    for each in ids:
        audit.record(verb, Conversation(organisation_id=organisation_id, id=each), reason="retention")
    clear(traces_of(organisation_id, conversations=ids), way)
    return _forget_contacts(organisation_id, people)


def _forget_contacts(organisation_id: int, ids: Iterable[UUID]) -> int:
    """Who has no conversation here any more is not known here any more."""
    asked = Conversation.objects.filter(organisation_id=organisation_id, anonymised_at=None)
    wrote = Message.objects.filter(organisation_id=organisation_id, conversation__anonymised_at=None)
    left = Contact.objects.known().filter(organisation_id=organisation_id, id__in=list(ids))
    gone = list(
        left.exclude(id__in=asked.values("contact"))
        .exclude(id__in=wrote.exclude(contact=None).values("contact"))
        .values_list("id", flat=True)
    )
    for each in gone:
        audit.record("contact.erased", Contact(organisation_id=organisation_id, id=each), reason="retention")
    if gone:
        clear(traces_of(organisation_id, contacts=gone), Way.ERASE)
    return len(gone)


def _count(run: RetentionRun, **more: int) -> None:
    rows = RetentionRun.objects.filter(organisation_id=run.organisation_id, id=run.id)
    rows.update(**{name: F(name) + count for name, count in more.items()})


def finish_run(*, run: RetentionRun, today: date) -> None:
    """Notes and downloads whose time is over go too, and files of nobody; then the night is written down."""
    with transaction.atomic():
        notes = forget_contact_notes(organisation_id=run.organisation_id, today=today)
        over = Export.objects.filter(organisation_id=run.organisation_id, expires_at__lt=timezone.now())
        over.delete()
        orphaned_files(run.organisation_id, timezone.now() - FILE_AGE).only("id").delete()
        _count(run, notes=notes)
        rows = RetentionRun.objects.filter(organisation_id=run.organisation_id, id=run.id)
        rows.update(finished_at=timezone.now())
        audit.record("retention.ran", run)


def change_periods(*, organisation_id: int, periods: Mapping[str, rules.Period], by: Member) -> int:
    """Keep conversations as long as chosen; how many kinds changed."""
    changed = 0
    with transaction.atomic():
        now = periods_of(organisation_id)
        for kind, period in periods.items():
            if (now[kind].months, now[kind].way) == (period.months, period.way):
                continue
            row, _ = RetentionPeriod.objects.update_or_create(
                organisation_id=organisation_id,
                kind=kind,
                defaults={"months": period.months, "way": period.way},
            )
            audit.record("retention.changed", row, by=by, kind=kind, months=period.months, way=period.way)
            changed += 1
    return changed
