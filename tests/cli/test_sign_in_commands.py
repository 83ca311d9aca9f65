"""``fieldkit central sign-in …`` and ``fieldkit enrol --sign-in``, with a real provider and a real store."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from central.serve import start_in_thread
from central.settings import Settings
from tests.cli.conftest import Shell
from tests.sign_in.provider import Browser, Provider


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def store(shell: Shell, tmp_path: Path) -> str:
    shell.ok("central", "init", str(tmp_path / "office"), "--office", "Northshire team")
    return str(tmp_path / "office")


def test_the_office_sets_a_provider_and_a_person_joins_in_their_browser(
    settled: Shell, store: str, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settled.json("central", "sign-in", "show", store)["issuer"] is None
    settled.ok("central", "sign-in", "set", store, "--issuer", provider.issuer, "--client-id", "fieldkit")
    settled.ok("central", "invite", store, "--name", "A. Lead")
    settled.ok("central", "sign-in", "person", store, "A. Lead", "--claim", "email=ines@example.org")
    settled.ok("central", "sign-in", "allow", store, "groups=inspectors")
    shown = settled.json("central", "sign-in", "show", store)
    assert [one["claim"] for one in shown["rules"]] == ["groups"]
    assert [(one["name"], one["claim"]) for one in shown["people"]] == [("A. Lead", "email")]
    browser = Browser()
    monkeypatch.setattr(webbrowser, "open", browser.open)
    running = start_in_thread(replace(Settings.load(Path(store)), port=0))  # a provider's time is the machine's own
    try:
        said = settled.json("enrol", running.url, "--sign-in")
        browser.join()
    finally:
        running.stop()
    assert said["office"] == "Northshire team"
    assert settled.json("central", "sign-in", "show", store)["people"][0]["subject"] == "ines"
    assert settled.json("central", "sign-in", "person", store, "A. Lead", "--forget")["forgotten"] == 1
    settled.ok("central", "sign-in", "disallow", store, "1")
    assert settled.json("central", "sign-in", "remove", store)["removed"] is True
    assert "one-time codes alone" in settled.ok("central", "sign-in", "show", store).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", "--issuer", "http://login.example.org", "--client-id", "x"), "central.sign_in_issuer"),
        (("set", "--issuer", "http://127.0.0.1:9", "--client-id", "x"), "central.sign_in_provider"),
        (("set", "--issuer", "https://login.example.org", "--client-id", " "), "central.sign_in_client"),
        (("set", "--issuer", "https://a.example", "--client-id", "x", "--again-days", "999"), "central.sign_in_days"),
        (("person", "Nobody", "--claim", "email=a@b"), "central.person_unknown"),
        (("allow", "groups"), "central.sign_in_claim"),
        (("disallow", "7"), "central.sign_in_none"),
    ],
)
def test_what_cannot_be_set_changes_nothing(shell: Shell, store: str, arguments: tuple[str, ...], code: str) -> None:
    said = shell("central", "sign-in", arguments[0], store, *arguments[1:], "--json")
    assert (said.code, said.problem) == (2, code)
    assert shell.json("central", "sign-in", "show", store)["issuer"] is None
