"""The room of rules that say who takes a conversation."""

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """The room of rules that say who takes a conversation."""

    name = "mijngemeente.assignment"
    label = "assignment"
