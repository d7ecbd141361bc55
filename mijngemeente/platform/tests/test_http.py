"""What a request says about who sent it."""

import pytest
from django.test import RequestFactory

from mijngemeente.platform.http import is_from_elsewhere, network_of, revision_in, typed_in


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("onzin", "onzin"),
    ],
)
def test_one_sender_has_one_network(address, expected):
    assert network_of(address) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"origin": "http://testserver"}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://elders.example"}, True),
        ({"origin": "http://testserver.elders.example"}, True),
        ({"origin": "onzin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "null"}, True),
    ],
)
def test_another_sites_page_is_recognised(headers, expected):
    assert is_from_elsewhere(RequestFactory().post("/", headers=headers)) is expected


def test_what_is_typed_holds_nothing_that_cannot_be_kept():
    request = RequestFactory().post("/", {"title": "Ons\x00 team", "many": ["a", "b"]})
    assert typed_in(request) == {"title": "Ons team", "many": "b"}


@pytest.mark.parametrize(
    ("seen", "revision"), [("7", 7), ("", 3), ("x", 3), ("²", 3), ("-1", 3), ("9" * 4000, 999_999_999)]
)
def test_a_form_that_does_not_say_where_it_began_began_at_what_is_told(seen, revision):
    assert revision_in({"seen": seen}, otherwise=3) == revision
    assert revision_in({}) == 0
