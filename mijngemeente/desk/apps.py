"""The desk room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk room."""

    name = "mijngemeente.desk"
    label = "desk"
