"""Guard: no test may reach beyond this machine. FieldKit works offline, and so do its tests."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

_LOOPBACK_NAMES = frozenset({"localhost", ""})
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_bind = socket.socket.bind
_getaddrinfo = socket.getaddrinfo


class NetworkUse(AssertionError):
    """A test tried to use an address that is not loopback."""


def is_local(host: object) -> bool:
    """Whether ``host`` is this machine: a loopback address or its name."""
    text = host.decode() if isinstance(host, bytes) else str(host)
    if text in _LOOPBACK_NAMES:
        return text != ""  # the empty name binds every interface
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def install() -> None:
    """Refuse every socket that is neither loopback nor a Unix socket, for the rest of the process."""
    for guarded in (_guarded_connect, _guarded_connect_ex, _guarded_bind):
        setattr(socket.socket, guarded.__name__.removeprefix("_guarded_"), guarded)
    socket.getaddrinfo = _guarded_getaddrinfo


def _check(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
        raise NetworkUse(f"tests use loopback only, not {address[0]!r}")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _check(self.family, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _check(self.family, address)
    return _connect_ex(self, address)


def _guarded_bind(self: socket.socket, address: Any) -> None:
    _check(self.family, address)
    _bind(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host is not None and not is_local(host):
        raise NetworkUse(f"tests look up no name beyond this machine: {host!r}")
    return _getaddrinfo(host, *args, **kwargs)
