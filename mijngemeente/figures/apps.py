"""The room of figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The room of figures."""

    name = "mijngemeente.figures"
    label = "figures"
