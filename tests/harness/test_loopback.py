"""Nothing that a test does leaves this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_connection_to_an_address_that_is_not_listed_is_refused():
    # An unlisted address of this same machine, so that this test reaches nobody even where the guard is missing.
    with socket.socket() as made, pytest.raises(SocketConnectBlockedError):
        made.connect(("127.0.0.2", 9))


def test_a_connection_to_this_machine_is_made():
    with socket.socket() as listener, socket.socket() as caller:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        caller.connect(listener.getsockname())
        assert caller.getpeername() == listener.getsockname()
