"""The room of personal competencies."""

from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    """The room of personal competencies."""

    name = "mijngemeente.competencies"
    label = "competencies"
