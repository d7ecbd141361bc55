"""The room of the course."""

from django.apps import AppConfig


class CourseConfig(AppConfig):
    """The room of the course."""

    name = "mijngemeente.course"
    label = "course"
