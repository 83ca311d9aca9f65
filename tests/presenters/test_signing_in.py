"""Signing in with the organisation, as first run and Settings show it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from tests.presenters.room import Room
from ui.presenters.enrol_later import EnrolLater
from ui.presenters.services import Connection, Enrolled, OfficeState

GRANTED = Enrolled(office="Office", user="Ann Other", store_words=("one",), laptop_words=("two",))
URL = "https://store.example.org"


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Room:
    return Room(tmp_path / "vault", clock)


def test_an_address_is_needed_and_a_code_is_not(room: Room) -> None:
    enrol = EnrolLater(room.session)
    enrol.sign_in("", "")
    assert [error.field for error in enrol.state.errors] == ["url"]
    enrol.sign_in(URL, "")
    assert room.office.asked == [f"sign in {URL}  False"]
    assert enrol.state.signing.words == "Connecting to your office…"
    opened, done, _ = room.office.signing
    opened("https://login.example.org/auth?x=1")
    assert enrol.state.signing.address == "https://login.example.org/auth?x=1"
    done(GRANTED)
    assert enrol.state.enrolled == GRANTED
    assert enrol.state.signing.words == ""
    room.vault.close()


def test_what_comes_of_an_attempt_that_was_given_up_changes_nothing(room: Room) -> None:
    enrol = EnrolLater(room.session)
    enrol.sign_in(URL, "")
    first = room.office.signing
    enrol.cancel_sign_in()
    first[2](Refusal("sign_in.cancelled"))
    first[0]("https://login.example.org/late")
    first[1](GRANTED)
    assert (enrol.state.signing.words, enrol.state.fault, enrol.state.enrolled) == ("", "", None)
    enrol.sign_in(URL, "")
    enrol.sign_in(URL, "")
    first[1](GRANTED)
    assert enrol.state.enrolled is None
    room.office.signing[1](GRANTED)
    assert enrol.state.enrolled == GRANTED
    room.vault.close()


def test_an_account_that_nobody_expects_is_told_at_the_code(room: Room) -> None:
    enrol = EnrolLater(room.session)
    enrol.sign_in(URL, "")
    room.office.signing[2](Refusal("central.sign_in_unknown"))
    assert [error.field for error in enrol.state.errors] == ["code"]
    enrol.sign_in(URL, "")
    room.office.signing[2](Refusal("sign_in.denied", reason="End-User aborted interaction"))
    assert "End-User aborted interaction" in enrol.state.signing.fault
    room.vault.close()


def test_a_laptop_that_has_joined_signs_in_again_without_address_and_words(room: Room) -> None:
    enrol = EnrolLater(room.session)
    joined = OfficeState(connection=Connection.CONNECTED, office="Office", signs_in=True)
    room.office.become(joined)
    assert (enrol.state.signs_in, enrol.state.has_to) == (True, False)
    room.office.become(replace(joined, connection=Connection.TROUBLE, problem=Refusal("send.sign_in_again")))
    assert enrol.state.has_to
    enrol.sign_in("", "")
    assert room.office.asked == ["sign in   True"]
    room.office.signing[1](GRANTED)
    assert room.office.asked[-1] == "keep"
    assert enrol.state.enrolled is None
    room.vault.close()
