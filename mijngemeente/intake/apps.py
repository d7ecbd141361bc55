"""The intake room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The intake room."""

    name = "mijngemeente.intake"
    label = "intake"
