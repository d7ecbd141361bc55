"""The organisations room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The organisations room."""

    name = "mijngemeente.organisations"
    label = "organisations"
