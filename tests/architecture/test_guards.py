"""The guards must themselves be able to fail."""

from __future__ import annotations

import logging
import socket
import threading
import warnings

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.guards_log import quiet_log
from tests.support.guards_network import NetworkUse, is_local
from tests.support.guards_qt import no_window_or_timer_left
from tests.support.guards_threads import no_thread_left


@pytest.mark.logs("disk is slow")  # announced to the outer guard; the inner one was told nothing
def test_an_unannounced_warning_in_the_log_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="disk is slow"), quiet_log(()):
        logging.getLogger("fieldkit.example").warning("disk is slow")


@pytest.mark.logs("disk is slow")
def test_an_announced_warning_is_fine() -> None:
    with quiet_log(("disk is slow",)):
        logging.getLogger("fieldkit.example").warning("disk is slow")


def test_a_silenced_logger_fails_the_test() -> None:
    ours = logging.getLogger("fieldkit.example")
    with pytest.raises(AssertionError, match=r"fieldkit\.example"), quiet_log(()):
        ours.disabled = True
    assert not ours.disabled


def test_a_thread_left_running_fails_the_test() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten")
    with pytest.raises(AssertionError, match="forgotten"), no_thread_left(grace=0.05):
        thread.start()
    stop.set()
    thread.join()


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80)])
def test_a_socket_beyond_loopback_is_refused(address: tuple[str, int]) -> None:
    with socket.socket() as sock, pytest.raises(NetworkUse):
        sock.connect(address)


def test_listening_on_every_interface_is_refused() -> None:
    with socket.socket() as sock, pytest.raises(NetworkUse):
        sock.bind(("", 0))


def test_a_name_beyond_this_machine_is_not_looked_up() -> None:
    with pytest.raises(NetworkUse):
        socket.getaddrinfo("example.org", 443)


def test_loopback_is_allowed() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()
    assert is_local("::1")
    assert is_local("localhost")


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_a_window_left_open_fails_the_test(qapp: QApplication) -> None:
    kept: list[QWidget] = []
    with pytest.raises(AssertionError, match="QWidget"), no_window_or_timer_left():
        kept.append(QWidget())
    kept.pop().deleteLater()


def test_a_running_timer_fails_the_test(qapp: QApplication) -> None:
    timer = QTimer()
    timer.setObjectName("ticking")
    with pytest.raises(AssertionError, match="ticking"), no_window_or_timer_left():
        timer.start(60_000)
    timer.stop()


def test_a_window_in_a_reference_cycle_is_not_a_leak(qapp: QApplication) -> None:
    with no_window_or_timer_left():
        window = QWidget()
        window.itself = window  # type: ignore[attr-defined]
        del window
