"""The page Hand over: a file for a stick, taking one in, and another laptop on a cable or the site's network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from fieldkit.app.handing_over import HandedOver
from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import FieldKitError, Trouble
from ui.presenters.hand_over_service import Addressee, HandOver, Met, Shown, Standing, TakenIn
from ui.presenters.handing_over.cards import Cards
from ui.presenters.handing_over.words import (
    ANSWERED,
    OVER,
    along_line,
    carried_line,
    handed_line,
    lines,
    lines_of_meeting,
    title,
)
from ui.presenters.page import Page
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverState:
    """``busy`` says what goes on; ``told`` is what came of the last thing done; ``handed`` what was handed over."""

    to: tuple[Addressee, ...] = ()
    handed: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    """What is carried for others."""
    has_receipts: bool = False
    """Receipts of the store for somebody else wait to be given back."""
    busy: str = ""
    told: tuple[str, ...] = ()
    fault: str = ""
    code: str = ""
    """What the other laptop has to type, while this one waits."""
    addresses: tuple[str, ...] = ()


class HandOverPage(Presenter[HandOverState]):
    """Nothing here counts as sent: ticks come from the central store's receipts alone."""

    def __init__(self, session: Session) -> None:
        super().__init__(HandOverState())
        self._session = session
        self._is_stopped = False
        self._is_closed = False
        self.cards = Cards(session, self.load)
        self.load()

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (Page.HAND_OVER.value,)

    def close(self) -> None:
        """Whatever waits for another laptop waits no longer."""
        self._is_stopped = self._is_closed = True
        self.cards.close()

    def load(self) -> None:
        """Look who can be handed something, and what was."""
        if (service := self._session.hand_over) is not None:
            self._run(service.look, self._looked)

    def write(self, to: str, folder: str, *, asks: bool = False) -> None:
        """A file for somebody into a folder; ``asks``: one that only asks for the team's work."""
        if folder:
            job = lambda one: one.write(to, Path(folder), self._stopping, asks=asks)  # noqa: E731
            self._do(f"Writing to {folder}…", job, self._written)

    def give_back(self, folder: str) -> None:
        """The store's receipts for what was carried, onto a stick."""
        if folder:
            self._do(f"Writing to {folder}…", lambda one: one.give_back(Path(folder)), self._given_back)

    def read(self, folder: str) -> None:
        """Take in what is for this laptop in a folder."""
        if folder:
            self._do(f"Taking in from {folder}…", lambda one: one.read([Path(folder)], self._stopping), self._taken)

    def show_code(self) -> None:
        """A code for the other laptop, and wait for it."""
        self._do("Getting ready…", lambda one: one.show(), self._shown)

    def join(self, code: str, address: str) -> None:
        """Connect to the laptop that shows a code."""
        self._do("Connecting to the other laptop…", lambda one: one.join(code, address, self._stopping), self._met)

    def stop(self) -> None:
        """End what goes on; what is done stays done."""
        self._is_stopped = True

    def _stopping(self) -> bool:
        return self._is_stopped

    def _do(self, busy: str, job: Callable[[HandOver], T], done: Callable[[T], None]) -> None:
        service = self._session.hand_over
        if service is None or self.state.busy:
            return
        self._is_stopped = False
        self._show(replace(self.state, busy=busy, told=(), fault="", code="", addresses=()))
        self._run(lambda: job(service), done)

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        lanes = self._session.workspace.lanes
        run(lanes.work, lanes.deliver, job, lambda found: None if self._is_closed else done(found), self._failed)

    def _looked(self, found: Standing) -> None:
        today = self._session.clock.now().astimezone().date()
        self._show(
            replace(
                self.state, to=found.to, handed=tuple(handed_line(one, today) for one in found.handed),
                carried=tuple(carried_line(one, today) for one in found.carried),
                has_receipts=any(one.has_receipts for one in found.carried),
            )
        )  # fmt: skip

    def _given_back(self, count: int) -> None:
        self._end(f"{ui.count(count, 'receipt file')} written. Only whoever wrote the work can open them.")

    def _written(self, handed: HandedOver) -> None:
        if handed.asks:
            self._end(
                f"A file that asks {handed.to} for the team’s work is written. It hands nothing in.",
                "What they write back, you take in from the stick.",
            )
            return
        files = f" and {ui.count(handed.files, 'attached file')}" if handed.files else ""
        parts = f" in {handed.parts} parts" if handed.parts > 1 else ""
        self._end(
            f"{ui.count(handed.revisions, 'record')}{files} for {handed.to} written{parts}. Only they can open it.",
            "Nothing counts as sent before the central store’s receipt is here.",
        )

    def _taken(self, found: TakenIn) -> None:
        today = self._session.clock.now().astimezone().date()
        words = list[str]()
        for one in found.accounts:
            words.append(f"{title(one, today, from_stamp(one.made_at) if one.made_at else None)}:")
            words += lines(one)
        if found.along:
            answered = ANSWERED
            if found.unanswered is not None:
                answered = f"No receipt could be written: {sentence(found.unanswered)}."
            words += [along_line(found.along), answered]
        if found.over:
            words.append(OVER)
        self._end(*(words or [sentence("handover.no_files") + "."]))

    def _shown(self, shown: Shown) -> None:
        self._show(
            replace(self.state, busy="Waiting for the other laptop…", code=shown.code, addresses=shown.addresses)
        )
        service = self._session.hand_over
        if service is not None:
            self._run(lambda: service.wait(self._stopping), self._met)

    def _met(self, met: Met) -> None:
        self._end(*lines_of_meeting(met.name, met.gave, met.took, met.sealed, carries=met.carries))

    def _end(self, *told: str) -> None:
        self._show(replace(self.state, busy="", code="", addresses=(), told=told))
        self._session.say(" ".join(told))
        self.load()

    def _failed(self, problem: Exception) -> None:
        if self._is_closed:
            return
        if not isinstance(problem, FieldKitError):
            raise problem
        if isinstance(problem, Trouble) and problem.code == "send.stopped":
            self._end("Stopped. What was taken in is kept, and nothing else was changed.")
            return
        self._show(replace(self.state, busy="", code="", addresses=(), fault=f"{sentence(problem)}."))
        self._session.say(sentence(problem), urgent=True)


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read, make=_make)


def _read(session: Session, questions: Questions, _: str) -> None:
    return None


def _make(bench: Bench, _: None) -> HandOverPage:
    return HandOverPage(bench.session)
