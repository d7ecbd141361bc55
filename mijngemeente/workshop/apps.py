"""The room of sessions."""

from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    """The room of sessions."""

    name = "mijngemeente.workshop"
    label = "workshop"
