"""The reference room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """The reference room."""

    name = "mijngemeente.reference"
    label = "reference"
