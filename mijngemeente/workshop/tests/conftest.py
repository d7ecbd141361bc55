"""A session about a plot of Duinrand, and the laptop of whoever leads it."""

import pytest
from django.test import Client

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.actions import keep_plot
from mijngemeente.team.models import TeamPlot
from mijngemeente.workshop.models import Workshop
from tests.world import World

from .steps import PEOPLE, screen


@pytest.fixture
def plot(world: World) -> TeamPlot:
    with acting_for(world.duinrand.id):
        document = {"format": "mijngemeente-teamplot", "title": "Online", "people": PEOPLE}
        return keep_plot(document=document, by=world.members["baas"])


@pytest.fixture
def laptop(world: World, client: Client) -> Client:
    client.force_login(world.baas)
    return client


@pytest.fixture
def session(world: World, plot: TeamPlot, laptop: Client) -> Workshop:
    laptop.post(screen("begin", plot.id))
    with acting_for(world.duinrand.id):
        return Workshop.objects.get()
