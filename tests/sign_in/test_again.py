"""Where the office asks people to sign in again: reading the team's work waits for it, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from central import sign_in_admin
from central.core import open_core
from central.sign_in_tables import signed_in
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import FieldKitError
from sync.enrol import keep
from sync.http import CentralStore
from sync.sign_in.flow import Person, sign_in
from tests.sign_in.conftest import Office
from tests.sign_in.provider import Browser, Provider
from tests.support.laptop import APP, Laptop


def test_signing_in_again_is_asked_for_reading_alone_and_offline_work_never_waits_for_it(
    make_office: Callable[..., Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariants 14 and 16: what is not signed in any more still hands in all it has, and loses nothing."""
    monkeypatch.setattr("central.provider.LEAST_BETWEEN", 0.0)  # the provider starts again with another key
    provider = Provider()
    provider.start()
    office = make_office(again_days=30, at=provider)
    mate = Laptop(tmp_path / "mate", "Mate", office.clock)
    ines = Laptop(tmp_path / "ines", "Ines", office.clock)
    try:
        mate.open_meeting()
        mate.join(office.settings, office.url)
        mate.note("before")
        mate.settle()
        case = mate.vault.questions.assessments()[0].assessment.id
        sign_in_admin.allow(office.settings, ("groups", "inspectors"), case)
        _enter(office, ines)
        ines.settle()
        assert ines.texts == ["before"]

        _long_ago(office)
        provider.stop()
        mate.note("after")
        mate.settle()
        ines.note("mine", activity=ines.meeting())
        report = ines.round()
        assert report.problem is not None
        assert report.problem.code == "send.sign_in_again"
        assert ines.call(lambda store: store.state()).unreceipted == 0
        assert ines.texts == ["before", "mine"]
        ines.close()
        ines.__init__(tmp_path / "ines", "Ines", office.clock)  # type: ignore[misc]  # unlocked with the provider down
        ines.note("offline", activity=ines.meeting())
        assert ines.round().receipts > 0
        assert _pulls(office, ines) == "central.sign_in_again"

        provider.start()
        _enter(office, ines)
        ines.settle()
        assert ines.texts == ["after", "before", "mine", "offline"]
        assert mate.round().problem is None  # came by a code, and has no account to sign in with
    finally:
        ines.close()
        mate.close()
        provider.stop()


def _long_ago(office: Office) -> None:
    """As if everybody had signed in 31 days ago: the provider's own clock cannot be put forward."""
    with closing(open_core(office.settings)) as core, core.database.write() as connection:
        connection.execute(signed_in.update().values(at=to_stamp(core.clock.now() - timedelta(days=31))))


def _enter(office: Office, laptop: Laptop) -> None:
    browser = Browser()
    identity = laptop.vault.perform(lambda uow: uow.identity)[0]
    person = Person(open_page=browser.open, words=lambda error: error.code, patience=20)
    try:
        keep(sign_in(office.url, identity, person, clock=office.clock, app=APP, connect=CentralStore), laptop.call)
    finally:
        browser.join()


def _pulls(office: Office, laptop: Laptop) -> str:
    """What a laptop hears that asks all the same."""
    from sync.wire.messages import PullRequest
    from sync.wire.routes import PULL

    state = laptop.call(lambda store: store.state())
    case = laptop.vault.questions.assessments()[0].assessment.id
    request = PullRequest(epoch=state.epoch or "", cursors={case: 0}, own_after=0)
    far = CentralStore(office.url)
    try:
        with far.frames(PULL, request.model_dump_json().encode(), "application/json", state.identity) as frames:
            list(frames)
    except FieldKitError as error:
        return error.code
    finally:
        far.close()
    return ""
