"""The courses of an organisation, and who wrote what in them."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from mijngemeente.course.models import Course, CourseEdit


def kept_courses() -> QuerySet[Course]:
    """The courses of the organisation that is worked for, with how many versions each has (`kept_times`)."""
    return Course.objects.filter(removed_at=None).annotate(kept_times=Count("versions"))


def removed_courses() -> QuerySet[Course]:
    """What was taken away last."""
    return Course.objects.exclude(removed_at=None).order_by("-removed_at")[:20]


def fields_at(course: Course, revision: int) -> dict[str, str]:
    """The fields as they were after a revision; what nobody had written yet is left out."""
    rows = course.edits.filter(revision__lte=revision, is_taken=True).order_by("revision", "id")
    return dict(rows.values_list("field", "text"))


def edits_of(course: Course) -> QuerySet[CourseEdit]:
    """Who wrote what, the latest first."""
    return course.edits.select_related("by__person").order_by("-revision", "-id")


def edits_since(course: Course, revision: int) -> QuerySet[CourseEdit]:
    """What others will not have seen that have this revision on their screen."""
    return edits_of(course).filter(revision__gt=revision, is_taken=True)


def last_writers(course: Course, fields: Iterable[str]) -> dict[str, str]:
    """Field → the name of who wrote what stands there now."""
    rows = edits_of(course).filter(field__in=list(fields), is_taken=True).order_by("id")
    return {each.field: str(each.by.person.name) for each in rows}
