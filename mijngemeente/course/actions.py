"""Keeping courses: the only code that writes them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from mijngemeente.organisations.models import Member
from mijngemeente.platform import audit

from .models import Course, CourseEdit, CourseVersion, Measurement
from .queries.courses import fields_at
from .rules.figures import Figure, frozen
from .rules.merging import Merged, merged
from .rules.typing import kept_texts

_TITLE_CHARACTERS = 200
_NAME_CHARACTERS = 100


def keep_course(*, typed: Mapping[str, str], by: Member) -> Course:
    """Keep a sheet in the organisation that `by` works for."""
    fields = kept_texts(typed)
    with transaction.atomic():
        course = Course.objects.create(
            organisation_id=by.organisation_id,
            title=_title_of(fields),
            fields=fields,
            revision=1,
            made_by=by,
        )
        _note(course, fields, by, is_taken=True)
        audit.record("course.kept", course, by=by)
    return course


def _title_of(fields: Mapping[str, str]) -> str:
    return (fields.get("title") or "Koers online dienstverlening")[:_TITLE_CHARACTERS]


def _note(course: Course, texts: Mapping[str, str], by: Member, *, is_taken: bool) -> None:
    CourseEdit.objects.bulk_create(
        CourseEdit(
            organisation_id=course.organisation_id,
            course=course,
            revision=course.revision,
            field=field,
            text=text,
            is_taken=is_taken,
            by=by,
        )
        for field, text in texts.items()
    )


def write(*, course: Course, typed: Mapping[str, str], seen: int, by: Member) -> Merged:
    """Write down what was typed in a form that began with revision `seen`, beside what others typed since.

    `course` is locked by the caller. What clashes is noted too, but not taken.
    """
    mine = kept_texts(typed)
    found = merged(fields_at(course, seen), course.fields, mine)
    if not found.changed and not found.clashes:
        return found
    with transaction.atomic():
        course.revision += 1
        _note(course, found.changed, by, is_taken=True)
        _note(course, {each.field: each.mine for each in found.clashes}, by, is_taken=False)
        course.fields = {**course.fields, **found.changed}
        course.title = _title_of(course.fields)
        course.changed_at = timezone.now()
        course.save(update_fields=["fields", "title", "revision", "changed_at"])
        audit.record("course.changed", course, by=by, revision=course.revision)
    return found


def keep_version(*, course: Course, name: str, figures: Sequence[Figure], by: Member) -> CourseVersion:
    """The sheet as it stands now with these figures, never to change again."""
    with transaction.atomic():
        version = CourseVersion.objects.create(
            organisation_id=course.organisation_id,
            course=course,
            name=name[:_NAME_CHARACTERS],
            fields=course.fields,
            figures=frozen(figures),
            kept_by=by,
        )
        audit.record("course.version_kept", course, by=by)
    return version


def keep_printed(*, course: Course, name: str, figures: Sequence[Figure], by: Member) -> CourseVersion:
    """The version that is printed; the latest one again if nothing is different since."""
    latest = course.versions.first()
    if latest is not None and (latest.fields, latest.figures) == (course.fields, frozen(figures)):
        return latest
    return keep_version(course=course, name=name, figures=figures, by=by)


def measure(*, course: Course, on: date, value: float, by: Member) -> Measurement:
    """Write down what was measured on a day; a second time on that day replaces it."""
    with transaction.atomic():
        measurement, _ = Measurement.objects.update_or_create(
            organisation_id=course.organisation_id,
            course=course,
            on=on,
            defaults={"value": value, "by": by, "at": timezone.now()},
        )
        audit.record("course.measured", course, by=by, on=on)
    return measurement


def take_off(*, measurement: Measurement, by: Member) -> None:
    """Take a measurement off the line; a second time changes nothing."""
    with transaction.atomic():
        if Measurement.objects.filter(id=measurement.id).delete()[0]:
            audit.record("course.measurement_removed", measurement.course, by=by, on=measurement.on)


def remove_course(*, course: Course, by: Member) -> None:
    """Out of sight for everybody; a second time changes nothing."""
    with transaction.atomic():
        if Course.objects.filter(id=course.id, removed_at=None).update(removed_at=timezone.now()):
            audit.record("course.removed", course, by=by)


def bring_back(*, course: Course, by: Member) -> None:
    """Undo `remove_course`."""
    with transaction.atomic():
        if Course.objects.filter(id=course.id).exclude(removed_at=None).update(removed_at=None):
            audit.record("course.brought_back", course, by=by)
