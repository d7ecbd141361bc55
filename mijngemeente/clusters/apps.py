"""The room of events that many residents write about at once."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """The room of events that many residents write about at once."""

    name = "mijngemeente.clusters"
    label = "clusters"
