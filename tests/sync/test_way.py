"""Out of a network through a real proxy, with and without a password, to a store that only the office vouches for."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fieldkit.app.network_choices import NetworkChoices
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from sync.http import CentralStore
from sync.portal import wants_sign_in
from sync.way import DIRECT, Way
from sync.wire.routes import CERTIFICATE
from tests.support.certificates import Authority, new_authority
from tests.support.http_proxy import http_proxy
from tests.support.scripted_store import ScriptedStore, answer, scripted_store

HELLO = answer("200 OK", b"{}", "Content-Type: application/json")
NAME = "store.office.test"


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def office(tmp_path: Path) -> Authority:
    return new_authority(tmp_path)


@pytest.fixture
def store(office: Authority, tmp_path: Path) -> Iterator[ScriptedStore]:
    with scripted_store(HELLO, office.server(tmp_path, host=NAME)) as running:
        yield running


def port(running: ScriptedStore) -> int:
    found = urlsplit(running.url).port
    assert found is not None
    return found


def ask(url: str, way: Way) -> None:
    far = CentralStore(url, stall=5.0, connect=5.0, way=lambda: way)
    try:
        assert far.ask(CERTIFICATE) == {}
    finally:
        far.close()


def told(url: str, way: Way) -> FieldKitError:
    with pytest.raises(Trouble) as caught:
        ask(url, way)
    return caught.value


def test_a_site_s_proxy_with_a_password_leads_to_a_store_under_the_office_s_own_authority(
    office: Authority, store: ScriptedStore
) -> None:
    with http_proxy(port(store), user="ward", password="p:ss wörd") as proxy:
        way = Way(proxy=proxy.url, user="ward", password="p:ss wörd", authorities=str(office.file))
        ask(f"https://{NAME}", way)
    assert proxy.asked == [f"{NAME}:443"]
    assert len(store.requests) == 1
    assert b"authorization: basic" not in store.requests[0].lower()


@pytest.mark.parametrize(("user", "password"), [("", ""), ("ward", "wrong")])
def test_a_proxy_that_asks_for_a_password_has_a_sentence_of_its_own(
    office: Authority, store: ScriptedStore, user: str, password: str
) -> None:
    with http_proxy(port(store), user="ward", password="right") as proxy:
        way = Way(proxy=proxy.url, user=user, password=password, authorities=str(office.file))
        assert told(f"https://{NAME}", way).code == "send.proxy_password"
    assert store.requests == []


def test_a_proxy_that_lets_nobody_through_is_named_and_the_store_not_blamed(office: Authority) -> None:
    with http_proxy(1, refuses="403 Forbidden") as proxy:
        error = told(f"https://{NAME}", Way(proxy=proxy.url, authorities=str(office.file)))
    assert (error.code, error.details["status"]) == ("send.proxy", 403)


def test_what_the_environment_says_is_taken_unless_a_person_chose_otherwise(
    office: Authority, store: ScriptedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with http_proxy(port(store)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        ask(f"https://{NAME}", Way(authorities=str(office.file)))
        assert proxy.asked == [f"{NAME}:443"]
        monkeypatch.setenv("NO_PROXY", ".office.test")
        assert Way().proxy_for(f"https://{NAME}") == ""
        assert Way().proxy_for("https://elsewhere.test") == proxy.url
        monkeypatch.delenv("NO_PROXY")
        assert Way(proxy=DIRECT).proxy_for(f"https://{NAME}") == ""
        assert Way().proxy_for("http://127.0.0.1:8470") == ""


def test_the_office_s_authority_is_trusted_beside_those_of_the_machine_and_a_file_that_is_none_is_named(
    office: Authority, store: ScriptedStore, tmp_path: Path
) -> None:
    with http_proxy(port(store)) as proxy:
        assert told(f"https://{NAME}", Way(proxy=proxy.url)).code == "send.certificate"
        other = tmp_path / "letter.txt"
        other.write_text("no certificate")
        for file in (str(other), str(tmp_path / "gone.pem")):
            error = told(f"https://{NAME}", Way(proxy=proxy.url, authorities=file))
            assert (error.code, error.details["file"]) == ("send.authorities", file)
    assert store.requests == []


def test_another_way_is_taken_with_the_next_request(office: Authority, store: ScriptedStore) -> None:
    with http_proxy(port(store)) as proxy:
        way = Way(proxy="http://127.0.0.1:9", authorities=str(office.file))
        far = CentralStore(f"https://{NAME}", stall=5.0, connect=1.0, way=lambda: way)
        with pytest.raises(Trouble, match=r"send\.not_connected"):
            far.ask(CERTIFICATE)
        way = Way.of(NetworkChoices(proxy=proxy.url + "/", authorities=str(office.file)))
        assert far.ask(CERTIFICATE) == {}
        far.close()


@pytest.mark.parametrize(
    ("status", "headers", "is_portal"),
    [
        ("302 Found", ("Location: http://login.hotel.test/start",), True),
        ("511 Network Authentication Required", (), True),
        ("301 Moved Permanently", ("Location: https://127.0.0.1/",), False),
        ("200 OK", ("Content-Type: text/html",), False),
        ("302 Found", (), False),
    ],
)
def test_a_network_that_answers_in_the_store_s_place_over_plain_http_wants_a_sign_in(
    status: str, headers: tuple[str, ...], is_portal: bool
) -> None:
    with scripted_store(answer(status, b"", *headers)) as network:
        assert wants_sign_in("https://127.0.0.1", port(network)) is is_portal


def test_nobody_at_plain_http_is_no_sign_in() -> None:
    assert not wants_sign_in("https://127.0.0.1", 1)


def test_the_password_stands_in_no_text_that_may_be_written_down() -> None:
    for secret in (Way(user="ward", password="hush"), NetworkChoices(user="ward", password="hush")):
        assert "hush" not in repr(secret)


@pytest.mark.parametrize("address", ["proxy", "socks5://proxy:1080", "http://u:p@proxy:8080", "http://", "http://a b"])
def test_an_address_that_is_no_proxy_s_is_refused_when_it_is_entered(address: str) -> None:
    from fieldkit.app.network_choices import check_proxy

    with pytest.raises(Mistake, match=r"send\.proxy_address"):
        check_proxy(address)


def test_a_blocked_read_over_tls_ends_at_once_when_it_is_abandoned(office: Authority, tmp_path: Path) -> None:
    reached, finish = threading.Event(), threading.Event()

    def silent(line: ssl.SSLSocket, request: bytes) -> None:
        reached.set()
        finish.wait(5)

    with scripted_store(silent, office.server(tmp_path)) as store:  # type: ignore[arg-type]
        far = CentralStore(store.url, way=lambda: Way(authorities=str(office.file)))
        errors: list[str] = []

        def asking() -> None:
            with pytest.raises(Trouble) as caught:
                far.ask(CERTIFICATE)
            errors.append(caught.value.code)

        thread = threading.Thread(target=asking)
        thread.start()
        assert reached.wait(5)
        began = time.monotonic()
        far.abandon()
        thread.join(2.0)
        finish.set()
        assert errors == ["send.cut_off"]
        assert time.monotonic() - began < 1.0
        far.close()
