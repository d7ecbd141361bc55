"""What is over time goes, every night, in pieces; and how long that is."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from mijngemeente.competencies import actions as competencies
from mijngemeente.conversations.actions import forget_contact_notes
from mijngemeente.conversations.models import Contact, Conversation, Message
from mijngemeente.conversations.queries import have_residents_alone
from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit
from mijngemeente.workshop import actions as workshops

from .. import rules
from ..models import Export, RetentionPeriod, RetentionRun, Way
from ..queries.retention import overdue, periods_of
from ..queries.traces import orphaned_files, traces_of
from .clearing import clear
from .mentions import take_out

# Together in one transaction: small enough that nobody waits for a row.
BATCH = 200
#: Of so many the addresses are taken out of what others were sent, in one look along all of that.
MANY = 5000
_ADDRESSES = ArrayField(models.CharField(max_length=320))
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
                contacts = _clear(run, ids, period.way)
                _count(run, conversations=len(ids), contacts=contacts)
                return len(ids)
    return 0


def _clear(run: RetentionRun, ids: list[UUID], way: str) -> int:
    organisation_id = run.organisation_id
    rows = Conversation.objects.filter(organisation_id=organisation_id, id__in=ids)
    people = set(rows.values_list("contact", flat=True))
    verb = "conversation.erased" if way == Way.ERASE else "conversation.anonymised"
    _record(verb, (Conversation(organisation_id=organisation_id, id=each) for each in ids))
    clear(traces_of(organisation_id, conversations=ids), way)
    return _forget_contacts(run, people)


def _forget_contacts(run: RetentionRun, ids: Iterable[UUID]) -> int:
    """Who has no conversation here any more is not known here any more."""
    organisation_id = run.organisation_id
    theirs = Q(organisation_id=organisation_id, contact=OuterRef("id"))
    asked = Conversation.objects.filter(theirs, anonymised_at=None)
    wrote = Message.objects.filter(theirs, conversation__anonymised_at=None)
    left = Contact.objects.known().filter(organisation_id=organisation_id, id__in=list(ids))
    gone = list(left.exclude(Exists(asked)).exclude(Exists(wrote)).values_list("id", flat=True))
    if gone:
        _record("contact.erased", (Contact(organisation_id=organisation_id, id=each) for each in gone))
        traces = traces_of(organisation_id, contacts=gone)
        more = Func(F("addresses"), Value(list(traces.addresses), _ADDRESSES), function="array_cat")
        _same(run).update(addresses=more)
        clear(traces, Way.ERASE)
    return len(gone)


def take_out_gone(*, run: RetentionRun, least: int = 1) -> int:
    """Take the addresses of who went out of what others were sent, once there are so many; how many."""
    with transaction.atomic():
        addresses = _same(run).values_list("addresses", flat=True).get()
        if len(addresses) < least:
            return 0
        take_out(run.organisation_id, addresses)
        _same(run).update(addresses=[])
    return len(addresses)


def _same(run: RetentionRun) -> QuerySet[RetentionRun]:
    return RetentionRun.objects.filter(organisation_id=run.organisation_id, id=run.id)


def _record(verb: str, gone: Iterable[Contact | Conversation]) -> None:
    lines = (audit.line(verb, each, reason="retention") for each in gone)
    audit.AuditLine.objects.bulk_create(lines)


def _count(run: RetentionRun, **more: int) -> None:
    _same(run).update(**{name: F(name) + count for name, count in more.items()})


def finish_run(*, run: RetentionRun, today: date) -> None:
    """Notes and downloads whose time is over go too, and files of nobody; then the night is written down."""
    with transaction.atomic():
        take_out_gone(run=run)
        notes = forget_contact_notes(organisation_id=run.organisation_id, today=today)
        over = Export.objects.filter(organisation_id=run.organisation_id, expires_at__lt=timezone.now())
        over.delete()
        competencies.erase_over_time(organisation_id=run.organisation_id, today=today)
        workshops.erase_over_time(organisation_id=run.organisation_id, today=today)
        orphaned_files(run.organisation_id, timezone.now() - FILE_AGE).only("id").delete()
        _count(run, notes=notes)
        _same(run).update(finished_at=timezone.now())
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
