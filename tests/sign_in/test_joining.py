"""Joining by the organisation's sign-in, with a real provider, a real store and a browser that fills in its pages."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from central import admin, sign_in_admin
from central.id_tokens import SKEW_SECONDS
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal
from sync.http import CentralStore
from sync.sign_in.flow import Person, sign_in
from tests.sign_in.conftest import Office, identity
from tests.sign_in.provider import Browser, Provider


def test_somebody_expected_by_their_address_joins_without_a_code_and_keeps_their_account(either_office: Office) -> None:
    office, me, browser = either_office, identity(), Browser()
    admin.invite(office.settings, "Ines")
    sign_in_admin.expect(office.settings, "Ines", [("email", "INES@example.org")])
    done = office.enter(me, browser)
    assert done.enrolment.office == "Northmoor office"
    assert done.enrolment.store_key.hex() == office.made.store
    assert office.people() == {"ines": "Ines"}
    assert "You are signed in" in browser.pages[0]
    again = office.enter(me, Browser())
    assert again.enrolment.user == done.enrolment.user
    assert office.enter(identity(), Browser()).enrolment.user == done.enrolment.user  # a second laptop of hers


def test_a_rule_lets_whoever_carries_a_claim_in_and_nobody_else(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    office.enter(identity(), Browser("ines"))
    stranger = Browser("otto")
    assert office.refused(identity(), stranger) == "central.sign_in_unknown"
    assert "You are not signed in" in stranger.pages[0]
    assert "central.sign_in_unknown" in stranger.pages[0]
    assert office.people() == {"ines": "Ines Reader"}


def test_a_one_time_code_ties_an_account_that_nobody_expected(office: Office) -> None:
    code = admin.invite(office.settings, "Otto").code
    assert office.refused(identity(), Browser("otto"), code="0000-0000-0000-0000") == "central.code_wrong"
    office.enter(identity(), Browser("otto"), code=code)
    assert office.people() == {"otto": "Otto"}
    other = admin.invite(office.settings, "Somebody else").code
    assert office.refused(identity(), Browser("otto"), code=other) == "central.sign_in_other"


def test_a_name_that_is_taken_makes_nobody_that_person(office: Office) -> None:
    admin.invite(office.settings, "Ines Reader")
    sign_in_admin.allow(office.settings, ("groups", "all"))
    assert office.refused(identity(), Browser("ines")) == "central.sign_in_other"


def test_an_address_the_provider_has_not_checked_counts_for_nothing(office: Office) -> None:
    admin.invite(office.settings, "Una")
    sign_in_admin.expect(office.settings, "Una", [("email", "unchecked@example.org")])
    assert office.refused(identity(), Browser("unchecked")) == "central.sign_in_unknown"


def test_a_provider_whose_tokens_carry_only_the_subject_is_asked_for_the_rest(
    make_office: Callable[..., Office],
) -> None:
    thin = Provider(thin=True)
    thin.start()
    try:
        office = make_office(at=thin)
        sign_in_admin.allow(office.settings, ("email", "ines@example.org"))
        office.enter(identity(), Browser())
        assert office.people() == {"ines": "Ines Reader"}
    finally:
        thin.stop()


def test_where_no_sign_in_is_set_codes_are_all_there_is(office: Office) -> None:
    assert sign_in_admin.remove_means(office.settings)
    with pytest.raises(Refusal, match=r"sign_in\.off"):
        sign_in(office.url, identity(), _nobody(), clock=office.clock, app="0.1.0", connect=CentralStore)


def test_saying_no_at_the_provider_or_cancelling_or_waiting_changes_nothing(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "all"))
    no = Browser(denies=True)
    assert office.refused(identity(), no) == "sign_in.denied"
    assert "You are not signed in" in no.pages[0]
    for person, code in (
        (_nobody(is_cancelled=lambda: True), "sign_in.cancelled"),
        (_nobody(patience=0.3), "sign_in.out_of_time"),
    ):
        with pytest.raises(Refusal) as told:
            sign_in(office.url, identity(), person, clock=office.clock, app="0.1.0", connect=CentralStore)
        assert told.value.code == code
    assert office.people() == {}


def test_a_provider_that_is_down_is_told_from_an_office_that_is(make_office: Callable[..., Office]) -> None:
    own = Provider()
    own.start()
    office = make_office(at=own)
    own.stop()
    with pytest.raises(FieldKitError) as told:
        sign_in(office.url, identity(), _nobody(), clock=office.clock, app="0.1.0", connect=CentralStore)
    assert told.value.code == "sign_in.unreached"
    with pytest.raises(Mistake, match=r"central\.sign_in_provider"):
        sign_in_admin.set_means(office.settings, own.issuer, "fieldkit")


def test_a_provider_that_changed_its_keys_is_believed_by_its_new_ones(
    make_office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Provider()
    own.start("one")
    try:
        office = make_office(at=own)
        sign_in_admin.allow(office.settings, ("groups", "inspectors"))
        office.enter(identity(), Browser())
        own.stop()
        own.start("two")
        monkeypatch.setattr("central.provider.LEAST_BETWEEN", 0.0)
        office.enter(identity(), Browser())
    finally:
        own.stop()


def test_clocks_may_differ_by_two_minutes_and_no_more(office: Office) -> None:
    """Invariant 15 does not cover what a provider signs: a token holds for a time, and a wide skew is told as one."""
    from datetime import timedelta

    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    me = identity()
    for seconds, says in (
        (-SKEW_SECONDS + 30, ""),
        (-SKEW_SECONDS - 30, "central.sign_in_time"),
        (90_000, "central.sign_in_time"),
    ):
        office.clock.ahead = timedelta(seconds=seconds)
        if says:
            assert office.refused(me, Browser()) == says
        else:
            office.enter(me, Browser())


def test_a_revoked_laptop_does_not_come_back_by_signing_in(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    me = identity()
    office.enter(me, Browser())
    admin.revoke(office.settings, me.device)
    assert office.refused(me, Browser()) == "central.device_revoked"


def test_the_way_back_takes_one_answer_of_this_attempt_and_nothing_else(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "inspectors"))
    browser, seen = Browser(), []

    def knocks_first(address: str) -> None:
        """Whatever else is on the laptop knocks before the browser comes back."""
        from urllib.parse import parse_qs, urlsplit

        back = urlsplit(parse_qs(urlsplit(address).query)["redirect_uri"][0])
        assert (back.hostname, back.path) == ("127.0.0.1", "/signed-in")
        silent = socket.create_connection((back.hostname or "", back.port or 0))  # says nothing, and holds nobody up
        for target in (
            "/favicon.ico",
            "/signed-in",
            "/signed-in?code=x&state=wrong",
            "/signed-in?error=no&state=",
            "/" * 70_000,
        ):
            with closing(socket.create_connection((back.hostname or "", back.port or 0))) as line:
                line.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                seen.append(line.recv(12).decode().split()[1])
        silent.close()
        browser.open(address)

    person = Person(open_page=knocks_first, words=lambda error: error.code, patience=20)
    sign_in(office.url, identity(), person, clock=office.clock, app="0.1.0", connect=CentralStore)
    browser.join()
    assert seen == ["404", "400", "400", "400", "414"]


def test_two_attempts_at_once_do_not_mix(office: Office) -> None:
    sign_in_admin.allow(office.settings, ("groups", "all"))
    done: dict[str, str] = {}

    def enter(login: str) -> None:
        done[login] = office.enter(identity(login), Browser(login)).enrolment.user

    threads = [threading.Thread(target=enter, args=(login,)) for login in ("ines", "otto", "ida")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(done.values())) == 3
    assert office.people().keys() == {"ines", "otto", "ida"}


def _nobody(**more: object) -> Person:
    return Person(open_page=lambda _: None, words=lambda error: error.code, **{"patience": 5.0, **more})  # type: ignore[arg-type]
