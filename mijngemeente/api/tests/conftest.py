"""What the tests of the interface share."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mijngemeente.api.actions import Issued, make_token
from mijngemeente.organisations.models import Organisation
from mijngemeente.organisations.rules import Role
from mijngemeente.platform.tenancy import acting_for
from tests.world import World

Issue = Callable[..., Issued]


@pytest.fixture
def issue(world: World) -> Issue:
    """Make a token: by default one that may work for Duinrand."""

    def make(organisation: Organisation | None = None, role: Role = Role.AGENT, days: int = 30) -> Issued:
        where = organisation or world.duinrand
        with acting_for(where.id):
            return make_token(
                organisation=where,
                name="Zaaksysteem",
                role=role,
                ends_on=timezone.localdate() + timedelta(days=days),
                by=world.members["beheer"],
            )

    return make


def client_of(issued: Issued) -> Client:
    return Client(headers={"Authorization": f"Bearer {issued.secret}"})


@pytest.fixture
def zaaksysteem(issue: Issue) -> Client:
    return client_of(issue())
