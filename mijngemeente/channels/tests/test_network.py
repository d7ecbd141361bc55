"""What an administrator types never leads inside, and never sends a password in the clear."""

import pytest

from mijngemeente.channels.contract import WireError
from mijngemeente.channels.network import open_socket, refuse_in_clear

INTERNAL = frozenset({"mail.intern"})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "::1", "0.0.0.0"])
def test_a_host_inside_our_network_is_refused(host):
    with pytest.raises(WireError, match="eigen netwerk"):
        open_socket(host, 25, timeout=1, internal=INTERNAL)


@pytest.mark.parametrize(
    ("host", "security", "is_refused"),
    [
        ("mail.gemeente.example", "none", True),
        ("mail.gemeente.example", "starttls", False),
        ("mail.gemeente.example", "tls", False),
        ("MAIL.intern", "none", False),
    ],
)
def test_nothing_goes_out_in_the_clear(host, security, is_refused):
    if not is_refused:
        assert refuse_in_clear(host, security, INTERNAL) is None
        return
    with pytest.raises(WireError, match="zonder beveiliging"):
        refuse_in_clear(host, security, INTERNAL)
