"""What tests of a session have in common: a phone, and what the screen shows."""

import re
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from mijngemeente.platform.tenancy import acting_for
from mijngemeente.team.models import TeamPlot
from mijngemeente.workshop.models import Answer, JoinCode, Workshop
from tests.world import World

JOIN = "/wegwijs/meedoen/"
PEOPLE = [{"id": "p1", "name": "Anna"}, {"id": "p2", "name": "Bo"}]


def screen(name: str, *more: object) -> str:
    return reverse(f"workshops:{name}", args=["duinrand", *more])


def code() -> str:
    return JoinCode.objects.get().code


class Phone:
    """A browser without an account, with a seat."""

    def __init__(self, name: str, **more: str) -> None:
        self.client = Client()
        form = {"code": code(), "name": name, "key": str(uuid4()), **more}
        self.joined = self.client.post(JOIN, form)
        self.url = self.joined.get("Location", "")

    def page(self) -> str:
        return self.client.get(self.url).content.decode()

    def send(self, step: str, **typed: str):
        return self.client.post(f"{self.url}antwoord/", {"step": step, **dots(typed)})


def dots(typed: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", "."): value for name, value in typed.items()}


def buttons(laptop: Client, session: Workshop, name: str = "take") -> list[str]:
    page = laptop.get(screen("screen", session.id)).content.decode()
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def document_of(world: World) -> dict:
    with acting_for(world.duinrand.id):
        return TeamPlot.objects.get().document


def answers(world: World) -> list[tuple[str, str]]:
    with acting_for(world.duinrand.id):
        return [(each.participant.name, each.state) for each in Answer.objects.select_related("participant")]
