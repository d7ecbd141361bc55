"""The imports room: what another system knew comes in."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The imports room."""

    name = "mijngemeente.imports"
    label = "imports"
