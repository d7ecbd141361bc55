"""The answers room: the bank of texts that people answer with."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The answers room."""

    name = "mijngemeente.answers"
    label = "answers"
