"""A store that cannot prove who it is gets nothing, and the sentence names the cause."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest

from fieldkit.kernel.errors import Trouble
from sync.http import CentralStore
from sync.wire.routes import CERTIFICATE
from tests.support.certificates import Authority, new_authority
from tests.support.scripted_store import answer, scripted_store
from tests.support.tree import ROOT

HELLO = answer("200 OK", b"{}", "Content-Type: application/json")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The private authority of an office, as IT installs it on the laptop."""
    authority = new_authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def asked(context: ssl.SSLContext) -> list[bytes]:
    """Ask over TLS; the requests that arrived."""
    with scripted_store(HELLO, context) as store:
        far = CentralStore(store.url, stall=5.0, connect=5.0)
        try:
            far.ask(CERTIFICATE)
        finally:
            far.close()
            requests = list(store.requests)
    return requests


def test_a_store_certified_by_the_office_s_own_authority_is_trusted(office: Authority, tmp_path: Path) -> None:
    assert len(asked(office.server(tmp_path))) == 1


@pytest.mark.parametrize(
    ("address", "days", "reason"),
    [
        ("127.0.0.1", (-9, -2), "certificate has expired"),
        ("127.0.0.1", (2, 9), "certificate is not yet valid"),
        ("10.0.0.1", (-1, 1), "ip address mismatch"),
    ],
)
def test_a_certificate_that_does_not_hold_is_named(
    office: Authority, tmp_path: Path, address: str, days: tuple[int, int], reason: str
) -> None:
    with pytest.raises(Trouble, match=r"send\.certificate") as caught:
        asked(office.server(tmp_path, address=address, days=days))
    assert reason in str(caught.value.details["reason"])


def test_an_authority_that_nobody_installed_is_not_trusted(office: Authority, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"send\.certificate") as caught:
        asked(new_authority(tmp_path, "Impostor").server(tmp_path))
    assert "unable to get local issuer" in str(caught.value.details["reason"])


def test_a_store_without_tls_behind_an_https_address_is_not_trusted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def answer_in_clear() -> None:
            line, _ = plain.accept()
            line.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            line.close()

        thread = threading.Thread(target=answer_in_clear)
        thread.start()
        far = CentralStore(f"https://127.0.0.1:{plain.getsockname()[1]}", connect=2.0)
        with pytest.raises(Trouble, match=r"send\.certificate"):
            far.ask(CERTIFICATE)
        far.close()
        thread.join()


def test_nothing_in_the_program_can_switch_the_check_off() -> None:
    switches = ("verify=False", "CERT_NONE", "check_hostname", "_create_unverified_context")
    sources = [path for folder in ("sync", "ui", "fieldkit", "storage") for path in (ROOT / folder).rglob("*.py")]
    found = [path.name for path in sources for switch in switches if switch in path.read_text(encoding="utf-8")]
    assert sources
    assert found == []
