"""Who brings something in."""

import pytest


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client
