"""The room of the beginning."""

from django.apps import AppConfig


class BeginningConfig(AppConfig):
    """The room of the beginning."""

    name = "mijngemeente.beginning"
    label = "beginning"
