"""The shell that people see."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell that people see."""

    name = "mijngemeente.web"
    label = "web"
