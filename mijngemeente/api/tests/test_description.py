"""What the interface says about itself is true, and nothing breaks it."""

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mijngemeente.api.views.description import description

KEPT = Path(__file__).parents[3] / "docs" / "openapi.json"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def test_the_kept_description_is_the_real_one():
    """To renew it: mijngemeente openapi > docs/openapi.json."""
    assert KEPT.read_text() == description()


def test_the_description_may_be_read_from_anywhere(client):
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*")
    assert response.content.decode() == description()


def test_the_description_has_what_the_design_rules_ask():
    told = json.loads(description())
    assert told["openapi"] == "3.0.3"
    assert told["servers"][0]["url"] == "/api/v1"
    assert {"name", "url"} <= set(told["info"]["contact"])
    assert not [path for path in told["paths"] if path.endswith("/")]
    answers = [
        each
        for path in told["paths"].values()
        for method in path.values()
        for each in method["responses"].values()
    ]
    assert all("API-Version" in each["headers"] for each in answers)


schema = schemathesis.openapi.from_dict(
    json.loads(description()) | {"servers": [{"url": "http://localhost/api/v1"}]}
)


@pytest.fixture
def token(world, issue):
    """Of a system that works; the server leaves the connection of the test alone, as Django's own client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield made_token(world, issue)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def made_token(world, issue):
    for number in range(3):
        world.ask(world.duinrand, f"Vraag {number}")
    return issue().secret


@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_nothing_that_is_sent_breaks_it(case, token):
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    response = case.call(app=WSGIHandler())
    case.validate_response(response, checks=CHECKS)
