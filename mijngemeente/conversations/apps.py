"""The conversations room."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The conversations room."""

    name = "mijngemeente.conversations"
    label = "conversations"
