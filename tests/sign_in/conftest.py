"""A store that lets people sign in at a real provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from central import admin, sign_in_admin
from central.serve import Running, start_in_thread
from central.settings import Settings
from fieldkit.app.ports import Identity
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AuthorId, DeviceId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.enrol import Enrolled
from sync.http import CentralStore
from sync.sign_in.flow import Person, sign_in
from tests.sign_in.provider import Browser, Provider
from tests.support.postgres import fresh_database, postgres

__all__ = ["postgres"]


class Clock(SystemClock):
    """The machine's clock, put forward or back by ``ahead``: the provider's own stays right."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@dataclass(slots=True)
class Office:
    """A running store; ``clock`` is its own."""

    settings: Settings
    running: Running
    made: admin.MadeStore
    provider: Provider
    clock: Clock

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.running.url

    def enter(self, me: Identity, browser: Browser, **more: object) -> Enrolled:
        """Sign in as whoever the browser logs in, and wait for the last page."""
        person = Person(open_page=browser.open, words=lambda error: error.code, patience=20)
        try:
            more.setdefault("connect", CentralStore)
            return sign_in(self.url, me, person, clock=self.clock, app="0.1.0", **more)  # type: ignore[arg-type]
        finally:
            browser.join()

    def refused(self, me: Identity, browser: Browser, **more: object) -> str:
        """The code of what stood in the way."""
        with pytest.raises(FieldKitError) as told:
            self.enter(me, browser, **more)
        return told.value.code

    def people(self) -> dict[str, str]:
        """Names by subject."""
        return {one.subject: one.name for one in sign_in_admin.decided(self.settings).people if one.subject}


def identity(name: str = "Ines Reader") -> Identity:
    """A new laptop's."""
    return Identity(
        author=AuthorId(new_id()), name=name, initials="IR", device=DeviceId(new_id()), key=SigningKey.generate()
    )


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """Running; whoever stops it starts it again."""
    running = Provider()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def make_office(tmp_path: Path, provider: Provider) -> Iterator[Callable[..., Office]]:
    """Makes a store with a sign-in at ``at`` (the provider where none is named)."""
    opened: list[Running] = []

    def make(*, again_days: int = 0, database_url: str = "", at: Provider | None = None) -> Office:
        settings = Settings(folder=tmp_path / f"office{len(opened)}", port=0, database_url=database_url)
        made, clock, there = admin.init(settings, "Northmoor office"), Clock(), at or provider
        sign_in_admin.set_means(settings, there.issuer, "fieldkit", again_days=again_days)
        opened.append(start_in_thread(settings, clock))
        return Office(settings, opened[-1], made, there, clock)

    yield make
    for running in opened:
        running.stop()


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    """One on SQLite."""
    return make_office()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_office(request: pytest.FixtureRequest, make_office: Callable[..., Office]) -> Iterator[Office]:
    """One on each database."""
    if request.param == "sqlite":
        yield make_office()
        return
    with fresh_database(request.getfixturevalue("postgres")) as url:
        office = make_office(database_url=url)
        yield office
        office.running.stop()
