"""Handing over and receiving, through the office or by sealed file; keys of holders, trusted by their words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from fieldkit.app.disclosure_files import (
    LARGEST_SEALED_FILE,
    read_key,
    read_sealed,
    write_key,
    write_sealed,
)
from fieldkit.app.disclosures import (
    Holder,
    Restricted,
    handed_over,
    hold_role,
    pack,
    receive,
    trust,
    unpack,
)
from fieldkit.app.lanes import run
from fieldkit.app.ports import Identity as Writer
from fieldkit.domain.disclosure import Disclosure, HandOver
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from ui.presenters.box_keeper import Change
from ui.presenters.disclosures import words
from ui.presenters.disclosures.state import DisclosuresState
from ui.presenters.services import Mailbox, Session
from ui.presenters.wording import sentence, ui

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Desk(Protocol):
    """What is asked of the page: what is in the box, and to change and say it."""

    session: Session

    @property
    def state(self) -> DisclosuresState: ...
    def write(
        self, change: Callable[[Restricted], Restricted], words_: str, then: Callable[[], None] | None = None
    ) -> None: ...
    def sealed_change(self, change: Callable[[Restricted], Restricted]) -> Change: ...
    def keep(self, change: Change, words_: str, failed: Failed, then: Callable[[], None] | None = None) -> None: ...
    def finish(self, words_: str) -> None: ...
    def tell(self, problem: Exception) -> None: ...
    def be_busy(self, words_: str) -> None: ...
    def offer(self, offered: tuple[Holder, ...]) -> None: ...


class Exchange:
    """The verbs that reach beyond the box. All of them are asked for by a person and none is repeated by itself."""

    def __init__(self, page: Desk) -> None:
        self._page = page
        self._session = page.session

    # Keys ------------------------------------------------------------------------------------------------------------

    def hold_role(self) -> None:
        """Make the key pair of the role for this person."""
        self._page.write(hold_role, "Your key was made")

    def save_key(self, path: Path) -> None:
        """The public key as a file to give away."""
        mine = Holder(name=self._session.name, public=self._restricted.public)
        self._save(path, lambda: write_key(mine), lambda: self._page.finish(f"Saved as {path.name}"))

    def publish_key(self) -> None:
        """Tell the office the key."""
        public = self._restricted.public
        self._ask(
            "Telling the office your key…", lambda: self._mailbox().publish(public),
            lambda _: self._page.finish("The office knows your key"),
        )  # fmt: skip

    def look_up(self) -> None:
        """Ask the office who holds the role."""

        def came(found: Sequence[tuple[str, bytes]]) -> None:
            self._offer(tuple(Holder(name=name, public=public) for name, public in found))

        self._ask("Looking up who holds the role…", lambda: self._mailbox().holders(), came)

    def open_key(self, path: Path) -> None:
        """A key file that somebody gave."""
        self._work(lambda: read_key(_read(path)), lambda holder: self._offer((holder,)), self._page.tell)

    def trust(self, public: bytes) -> None:
        """The words were the same."""
        holder = next((one for one in self._page.state.offered if one.public == public), None)
        if holder is not None:
            self._page.offer(tuple(one for one in self._page.state.offered if one is not holder))
            self._page.write(lambda restricted: trust(restricted, holder), "Trusted from now on")

    # Handing over ----------------------------------------------------------------------------------------------------

    def hand_over(self, public: bytes) -> None:
        """Hand the chosen one over through the office, now."""
        one, holder = self._page.state.disclosure, self._holder(public)
        if one is None or holder is None or self._page.state.busy:
            return

        def leave(writer: Writer) -> None:
            try:  # noted beforehand, for the box may be closed by the time the office answers
                sealed = pack(one, writer, public)
                noted = self._page.sealed_change(self._noted(one, holder, words.BY_OFFICE, _receipt(sealed)))
            except FieldKitError as problem:
                self._page.tell(problem)
                return
            self._work(
                lambda: self._mailbox().leave(public, sealed), lambda _: delivered(noted, sealed), self._not_over
            )

        def delivered(noted: Change, sealed: bytes) -> None:
            def again(_: Exception) -> None:
                self._page.write(self._noted(one, holder, words.BY_OFFICE, _receipt(sealed)), "Handed over")

            self._page.keep(noted, "Handed over. The central store confirmed it", again)

        self._page.be_busy("Handing over…")
        self._session.workspace.perform(lambda uow: uow.identity, initiator="box", done=leave, failed=self._not_over)

    def save_sealed(self, path: Path, public: bytes) -> None:
        """The chosen one as a file that only the holder can open."""
        one, holder = self._page.state.disclosure, self._holder(public)
        if one is None or holder is None:
            return

        def save(writer: Writer) -> None:
            self._save(
                path, lambda: write_sealed(public, pack(one, writer, public)),
                lambda: self._page.write(self._noted(one, holder, words.BY_FILE, ""), f"Sealed as {path.name}"),
            )  # fmt: skip

        self._session.workspace.perform(lambda uow: uow.identity, initiator="box", done=save, failed=self._page.tell)

    # Receiving -------------------------------------------------------------------------------------------------------

    def collect(self) -> None:
        """Take what waits at the office; it is destroyed there once it is kept here."""
        private = self._restricted.private

        def take() -> tuple[list[Disclosure], list[str], int, bool]:
            items, more = self._mailbox().waiting()
            good, done, bad = list[Disclosure](), list[str](), 0
            for item in items:
                try:
                    good.append(unpack(item.sealed, private))
                    done.append(item.id)
                except FieldKitError:  # it stays there: another key of this person may open it
                    bad += 1
            return good, done, bad, more

        def came(found: tuple[list[Disclosure], list[str], int, bool]) -> None:
            good, done, bad, more = found
            if not good:
                left = f"{ui.count(bad, 'thing')} at the office could not be opened with your key" if bad else ""
                self._page.finish(left or "Nothing waits at the office")
                return

            def kept() -> None:
                self._work(lambda: self._mailbox().done(done), lambda _: None, self._page.tell)

            said = _received(len(good), bad, more)
            self._page.write(lambda restricted: receive(restricted, good), said, kept)

        self._ask("Asking the office…", take, came)

    def open_sealed(self, path: Path) -> None:
        """A sealed file that somebody brought."""
        private = self._restricted.private

        def read() -> Disclosure:
            if not private:
                raise Refusal("disclosure.no_role")
            return unpack(read_sealed(_read(path)).sealed, private)

        self._work(
            read, lambda one: self._page.write(lambda restricted: receive(restricted, [one]), _received(1, 0, False)),
            self._page.tell,
        )  # fmt: skip

    # How -------------------------------------------------------------------------------------------------------------

    @property
    def _restricted(self) -> Restricted:
        return self._page.state.restricted

    def _mailbox(self) -> Mailbox:
        if self._session.mailbox is None:
            raise Refusal("send.not_enrolled")
        return self._session.mailbox

    def _holder(self, public: bytes) -> Holder | None:
        return next((one for one in self._restricted.holders if one.public == public), None)

    def _offer(self, found: tuple[Holder, ...]) -> None:
        known = {one.public for one in self._restricted.holders} | {self._restricted.public}
        fresh = tuple(one for one in found if one.public not in known)
        self._page.offer(fresh)
        self._session.say("Compare the words" if fresh else "No other keys")

    def _noted(self, one: Disclosure, holder: Holder, how: str, reference: str) -> Callable[[Restricted], Restricted]:
        made = HandOver(at=self._session.clock.now(), to=holder.name, how=how, reference=reference)
        return lambda restricted: handed_over(restricted, one.reference, made)

    def _not_over(self, problem: Exception) -> None:
        self._page.tell(Trouble("disclosure.not_handed_over", reason=_bare(problem)))

    def _ask(self, busy: str, job: Callable[[], T], done: Callable[[T], None]) -> None:
        if self._page.state.busy:
            return
        self._page.be_busy(busy)

        def refused(problem: Exception) -> None:
            self._page.tell(Trouble("disclosure.not_asked", reason=_bare(problem)))

        self._work(job, done, refused)

    def _work(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        lanes = self._session.workspace.lanes
        run(lanes.work, lanes.deliver, job, done, _ours(failed))

    def _save(self, path: Path, make: Callable[[], bytes], done: Callable[[], None]) -> None:
        def write() -> None:
            try:
                path.write_bytes(make())
            except OSError as error:
                raise Trouble("disclosure.file_not_saved", file=path.name) from error

        self._work(write, lambda _: done(), self._page.tell)


def _receipt(sealed: bytes) -> str:
    """What the office signs for: the first half of the SHA-256 of what it was given."""
    return f"receipt {hashlib.sha256(sealed).hexdigest()[:32]}"


def _ours(failed: Callable[[Exception], None]) -> Callable[[Exception], None]:
    def told(problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        failed(problem)

    return told


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_SEALED_FILE + 1)
    except OSError as error:
        raise Trouble("disclosure.file_unread", file=path.name) from error


def _bare(problem: Exception) -> str:
    return sentence(problem).rstrip(".")


def _received(good: int, bad: int, more: bool) -> str:
    said = f"{ui.count(good, 'disclosure')} received"
    if bad:
        said += f". {ui.count(bad, 'thing')} at the office could not be opened with your key"
    return f"{said}. More waits: ask again" if more else said
