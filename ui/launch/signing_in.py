"""Signing in by the organisation's page, put together for the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit import __version__
from fieldkit.kernel.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from fieldkit.app.ports import Enrolment, Identity, UnitOfWork
    from sync.enrol import Enrolled as Granted
    from sync.http import CentralStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who this laptop is, and the office it joined already."""

    identity: Identity
    enrolment: Enrolment | None


def known_here(uow: UnitOfWork) -> Known:
    """Read from the vault."""
    return Known(identity=uow.identity, enrolment=uow.questions.enrolment())


def joining(
    known: Known,
    url: str,
    code: str,
    waiting: Event,
    opened: Callable[[str], None],
    clock: Clock,
    again: bool,
    connect: Callable[[str], CentralStore],
) -> Callable[[], Granted]:
    """What waits for the person; ``waiting`` set ends it. ``again``: only the office that is pinned may answer."""
    joined = known.enrolment if again else None

    def job() -> Granted:
        from sync.sign_in.flow import Person, sign_in
        from ui.presenters.wording import sentence

        person = Person(
            open_page=opened, words=sentence, is_cancelled=waiting.is_set,
            pinned=joined.store_key if joined is not None else None,
        )  # fmt: skip
        place = joined.url if joined is not None else url
        return sign_in(place, known.identity, person, clock=clock, app=__version__, code=code, connect=connect)

    return job
