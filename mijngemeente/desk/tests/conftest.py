"""Who looks, and two questions of one resident beside one of a stranger."""

import pytest


@pytest.fixture
def sanne(client, world):
    client.force_login(world.sanne)
    return client


@pytest.fixture
def first(world):
    return world.ask(world.duinrand, "Waarom is de brug dicht?", subject="Brug")


@pytest.fixture
def second(world):
    return world.ask(world.duinrand, "En wanneer gaat hij open?", subject="Brug open")


@pytest.fixture
def strangers(world):
    return world.ask(
        world.duinrand, "Mijn geheim", subject="Ander", name="Bo Ander", email="bo@voorbeeld.example"
    )
