"""One box of the vault as screens use it: make it, open it, change what is in it, keep drafts, and above all close it.

It closes by itself after three quiet minutes, when the screen is hidden, when its page is left and when the vault
locks: what is in it is on the screen only while somebody who gave its passphrase looks at it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldkit.app.boxes import OpenBox, keep_box, keep_draft, kept_box, kept_draft
from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.kernel.errors import Refusal
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session
from ui.presenters.timing import Countdown

IDLE_SECONDS = 180.0
"""Shorter than the vault's own: what lies here can cost somebody their post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxState:
    """``content`` is what it holds while it is open, else nothing."""

    is_made: bool = False
    is_open: bool = False
    is_trying: bool = False
    content: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the box is to hold, sealed already, so that it is kept though the box is closed meanwhile."""

    name: str
    before: str
    sealed: str
    content: Mapping[str, Any]

    def put(self, uow: UnitOfWork) -> None:
        """Keep it. Raises ``Refusal('box.changed')`` where another change came first: nothing of that is lost."""
        if kept_box(uow.questions, self.name) != self.before:
            raise Refusal("box.changed")
        keep_box(uow, self.name, self.sealed)


class BoxKeeper(Presenter[BoxState]):
    """``closing`` is called while the box can still hide drafts, just before it is closed."""

    def __init__(self, session: Session, name: str, *, is_made: bool, closing: Callable[[], None]) -> None:
        super().__init__(BoxState(is_made=is_made))
        self._session = session
        self._name = name
        self._closing = closing
        self._box: OpenBox | None = None
        self._kept = ""
        self._drafts: dict[str, str] = {}
        self._idle = Countdown(session.later, self.close)
        self._is_over = False
        self._try = 0

    def make(self, passphrase: str, content: Mapping[str, Any], done: Callable[[], None], failed: Failed) -> None:
        """Make the box with ``content`` in it, and open it."""
        if self.state.is_trying or self.state.is_made:
            return
        session, name = self._session, self._name

        def made(box: OpenBox) -> None:
            sealed, empty = box.sealed(content), box.hide("")

            def first(uow: UnitOfWork) -> None:
                keep_box(uow, name, sealed)
                keep_draft(uow, name, empty)

            session.workspace.perform(
                first, initiator="box", done=lambda _: self._opened(box, (sealed, ""), attempt, done),
                failed=self._not(failed),
            )  # fmt: skip

        attempt = self._begin()
        lanes = session.workspace.lanes
        run(lanes.work, lanes.deliver, lambda: session.boxes.make(name, passphrase), made, self._not(failed))

    def open(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        """Try a passphrase; ignored while one is being tried."""
        if self.state.is_trying or self.state.is_open:
            return
        session, name = self._session, self._name
        attempt = self._begin()

        def read(questions: Questions) -> tuple[str, str]:
            return kept_box(questions, name) or "", kept_draft(questions, name)

        def found(kept: tuple[str, str]) -> None:
            lanes = session.workspace.lanes
            run(
                lanes.work, lanes.deliver, lambda: session.boxes.open(name, kept[0], passphrase),
                lambda box: self._opened(box, kept, attempt, done), self._not(failed),
            )  # fmt: skip

        session.workspace.ask_then(read, found, self._not(failed))

    def change(self, content: Mapping[str, Any]) -> Change:
        """What a transaction has to ``put`` so that the box holds ``content``; then tell ``holds``.

        Raises ``Refusal('box.shut')`` and ``Mistake('box.full')``.
        """
        sealed = self._opened_box.sealed(content)
        self.active()
        return Change(name=self._name, before=self._kept, sealed=sealed, content=content)

    def holds(self, change: Change) -> None:
        """The change is on disk."""
        self._kept = change.sealed
        if self._box is not None:
            self._show(replace(self.state, content=change.content))

    def active(self) -> None:
        """Somebody did something with it."""
        if self._box is not None:
            self._idle.start(IDLE_SECONDS)

    def close(self) -> None:
        """Forget what is in it and the key; drafts go to disk first, hidden. A second call does nothing."""
        self._idle.drop()
        self._try += 1
        box = self._box
        if box is not None:
            self._closing()
            self._box = None
            box.close()
            self._drafts = {}
        self._show(BoxState(is_made=self.state.is_made))

    def end(self) -> None:
        """The vault is being locked."""
        self._is_over = True
        self.close()

    # Drafts: what forms keep while somebody types (``ui.presenters.forms.Veil``) -------------------------------------

    def hidden(self, place: str, text: str) -> str:
        """All drafts of the box with this one among them, hidden. Raises ``Refusal('box.shut')``."""
        box = self._opened_box
        self._drafts.pop(place, None)
        if text:
            self._drafts[place] = text
        self.active()
        return box.hide(json.dumps(self._drafts, ensure_ascii=False) if self._drafts else "")

    def keep(self, uow: UnitOfWork, hidden: str) -> None:
        """Put what ``hidden`` gave in its place."""
        keep_draft(uow, self._name, hidden)

    def draft(self, place: str) -> str:
        """What was typed there and not saved."""
        return self._drafts.get(place, "")

    @property
    def _opened_box(self) -> OpenBox:
        if self._box is None:
            raise Refusal("box.shut")
        return self._box

    def _begin(self) -> int:
        self._try += 1
        self._show(replace(self.state, is_trying=True))
        return self._try

    def _opened(self, box: OpenBox, kept: tuple[str, str], attempt: int, done: Callable[[], None]) -> None:
        if self._is_over or attempt != self._try:  # the screen was hidden meanwhile
            box.close()
            self._show(BoxState(is_made=True))
            return
        self._box = box
        self._kept, drafts = kept
        self._drafts = _read(box.reveal(drafts) if drafts else "")
        self._show(BoxState(is_made=True, is_open=True, content=dict(box.content)))
        self.active()
        done()

    def _not(self, failed: Failed) -> Failed:
        def told(problem: Exception) -> None:
            self._show(replace(self.state, is_trying=False))
            failed(problem)

        return told


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(place): str(words) for place, words in found.items()} if isinstance(found, dict) else {}
