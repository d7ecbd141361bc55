"""The room of Wegwijs."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """The room of Wegwijs."""

    name = "mijngemeente.team"
    label = "team"
