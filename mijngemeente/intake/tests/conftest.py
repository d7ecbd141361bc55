"""A resident with a browser that keeps nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from mijngemeente.intake.views.marks import FIELD
from mijngemeente.platform.ids import uuid7
from mijngemeente.platform.seals import make_token
from mijngemeente.reference.models import Municipality


@dataclass
class Resident:
    """Fills in forms as a person does: the page first, then the words."""

    client: Client
    last: HttpResponse | None = None

    def open(self, address: str) -> HttpResponse:
        self.last = self.client.get(address)
        return self.last

    def send(self, address: str, *, after_seconds: float = 30, **typed: Any) -> HttpResponse:
        """The form on that page, sent `after_seconds` after it was opened."""
        page = self.open(address)
        mark = FormFields.of(page)[FIELD]
        typed.setdefault(FIELD, older(mark, after_seconds, page.context["organisation"].id, address))
        self.last = self.client.post(address, typed)
        return self.last

    def ask(self, slug: str, text: str, **typed: Any) -> str:
        """Ask a question; returns the address of the personal page."""
        response = self.send(f"/{slug}/contact/", text=text, **typed)
        assert response.status_code == 303, response.content.decode()
        return response["Location"]


def older(mark: str, seconds: float, organisation_id: int, address: str) -> str:
    """The mark as it would be had the page been opened so long ago."""
    if not re.fullmatch(r"/[\w-]+/contact/(chat/|widget/)?(\?.*)?", address):
        return mark
    return mark_of(organisation_id, seconds)


def mark_of(organisation_id: int, age_seconds: float) -> str:
    made = timezone.now() - timedelta(seconds=age_seconds)
    key = uuid7().int & ((1 << 80) - 1) | int(made.timestamp() * 1000) << 80
    return make_token(f"question {organisation_id}", UUID(int=key))


@dataclass
class FormFields(HTMLParser):
    """The hidden fields of a page."""

    found: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if tag == "input" and named.get("type") == "hidden":
            self.found[str(named["name"])] = str(named["value"])

    @classmethod
    def of(cls, response: HttpResponse) -> dict[str, str]:
        parser = cls()
        parser.feed(response.content.decode())
        return parser.found


@pytest.fixture
def resident(client: Client) -> Resident:
    return Resident(client)


@pytest.fixture
def text_of() -> Callable[[HttpResponse], str]:
    return lambda response: " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def beheer(client, world):
    client.force_login(world.beheer)
    return client


@pytest.fixture
def country(world):
    """Duinrand is Tilburg and Veenwijk is Bergen in Limburg; the rest does not take part."""
    for organisation, code in ((world.duinrand, "GM0855"), (world.veenwijk, "GM0893")):
        organisation.municipality = Municipality.objects.get(code=code)
        organisation.save()
    return world
