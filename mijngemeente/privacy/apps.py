"""The privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The privacy room."""

    name = "mijngemeente.privacy"
    label = "privacy"
