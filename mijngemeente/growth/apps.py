"""The room of growth."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """The room of growth."""

    name = "mijngemeente.growth"
    label = "growth"
