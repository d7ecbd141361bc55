"""The room of other systems."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room of other systems."""

    name = "mijngemeente.api"
    label = "api"
