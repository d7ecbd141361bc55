"""Events in Duinrand."""

import pytest

from mijngemeente.clusters.jobs import gather
from mijngemeente.clusters.models import Cluster
from mijngemeente.conversations.models import Conversation

from .steps import burst, confirm


@pytest.fixture
def four(world) -> list[Conversation]:
    """Of one burst main, proposed."""
    asked = burst(world, world.duinrand, number=4)
    gather(0)
    return asked


@pytest.fixture
def confirmed(world, four) -> Cluster:
    return confirm(world, world.duinrand, "sanne")
