"""Webhooks: told of what is urgent, signed, once for each event, again until they answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from central import admin, webhooks
from central.webhooks import EVENT, SIGNATURE, ring
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from tests.central.kit import Office


@dataclass
class Desk:
    """A duty desk that hears webhooks; ``says`` is what it answers."""

    url: str
    says: int = 200
    heard: list[tuple[str, str, bytes]] = field(default_factory=list)


@pytest.fixture
def desk() -> Iterator[Desk]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            made.heard.append((self.headers[EVENT], self.headers[SIGNATURE], body))
            self.send_response(made.says)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Desk(f"http://127.0.0.1:{server.server_port}/urgent?team=1")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.logs("a webhook was not answered")
def test_an_urgent_record_is_told_signed_and_without_a_word_about_anybody(office: Office, desk: Desk) -> None:
    secret = webhooks.add(office.settings, "Duty desk", desk.url, office.clock)
    core, ada, place = office.running.core, office.laptop("Ada Lovelace"), new_id()
    ada.push(ada.write(place, "no hurry"))
    assert ring(core) == 0
    urgent = ada.write(place, "Mr Quill is at risk", kind="escalation", priority=0)
    ada.push(urgent)
    ada.push(urgent)
    desk.says = 503
    assert ring(core) == 0
    assert ring(core) == 0
    office.clock.jump(6)
    desk.says = 204
    assert [ring(core), ring(core)] == [1, 0]
    assert len(desk.heard) == 2
    assert len({event for event, _, _ in desk.heard}) == 1
    event, signature, body = desk.heard[-1]
    told = json.loads(body)
    assert told == {
        "event": event, "what": "urgent", "at": told["at"], "store": office.made.store, "assessment": place,
        "revision": urgent.envelope.id, "number": 2,
    }  # fmt: skip
    moment, mark = (part.partition("=")[2] for part in signature.split(","))
    assert mark == hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert webhooks.try_out(office.settings, "Duty desk", office.clock) == "204"
    webhooks.remove(office.settings, "Duty desk", office.clock)
    assert webhooks.listed(office.settings) == []


@pytest.mark.logs("a webhook was not answered")
def test_who_never_answers_is_given_up_after_three_days_with_an_alarm(office: Office, desk: Desk) -> None:
    webhooks.add(office.settings, "Duty desk", desk.url, office.clock)
    ada = office.laptop("Ada")
    ada.push(ada.write(new_id(), kind="escalation", priority=0))
    desk.says = 500
    for _ in range(5):
        ring(office.running.core)
        office.clock.jump(86_400)
    assert [hook.waiting for hook in webhooks.listed(office.settings)] == [0]
    assert [alarm.kind for alarm in admin.show(office.settings).alarms] == ["webhook_unheard"]


def test_several_processes_that_look_at_once_tell_each_event_once(office: Office, desk: Desk) -> None:
    webhooks.add(office.settings, "Duty desk", desk.url, office.clock)
    ada, place = office.laptop("Ada"), new_id()
    ada.push(*(ada.write(place, kind="escalation", priority=0) for _ in range(12)))
    threads = [threading.Thread(target=ring, args=(office.running.core,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(event for event, _, _ in desk.heard) == sorted({event for event, _, _ in desk.heard})
    assert len(desk.heard) == 12


@pytest.mark.parametrize("url", ["http://desk.example/x", "https://a:b@desk.example/", "ftp://x", "https://", "desk"])
def test_a_webhook_goes_nowhere_that_can_be_read_on_the_way(office: Office, url: str) -> None:
    with pytest.raises(Mistake, match=r"central\.webhook_url"):
        webhooks.add(office.settings, "Desk", url)
