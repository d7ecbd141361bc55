"""Measuring moments of a course, and the version to look back at."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from mijngemeente.course.models import Course, CourseVersion
from mijngemeente.course.rules.figures import Figure, thawed
from mijngemeente.course.rules.progress import Point, live_points, together

#: A look back is yearly; somewhat more, as nobody does it on the day.
_YEAR = timedelta(days=400)


def points_of(course: Course, figures: Sequence[Figure]) -> list[Point]:
    """What was measured, typed or by the system; `figures` are those of now."""
    typed = [Point(each.on, each.value, "ingevuld") for each in course.measurements.all()]
    kept = [thawed(each.figures) for each in course.versions.order_by("kept_at")]
    return together(typed, live_points(course.fields, [*kept, figures]))


def promised_in(course: Course, version_id: str, now: datetime) -> CourseVersion | None:
    """The version asked for, or else the oldest of the past year; None when nothing was kept."""
    if version_id:
        try:
            return get_object_or_404(course.versions.all(), id=UUID(version_id))
        except ValueError:
            raise Http404 from None
    oldest_first = course.versions.order_by("kept_at")
    return oldest_first.filter(kept_at__gte=now - _YEAR).first() or oldest_first.last()
