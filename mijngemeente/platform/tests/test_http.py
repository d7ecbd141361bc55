"""What a request says about who sent it."""

import pytest
from django.test import RequestFactory

from mijngemeente.platform.http import is_from_elsewhere, network_of


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
