"""The files of attachments, after the words of a round: those that wait go, small ones of the team come.

Where a sending stands is asked of the store every time and never believed from memory; what was sent is on its disk
before the next part leaves. A file counts as handed in by the store's signed statement and nothing else. New words,
urgent ones above all, end this after at most one part: they go in the next round, and the file goes on behind them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import IO

from fieldkit.app.file_store import FileStore, Taking
from fieldkit.app.transfers import FileTask
from fieldkit.domain.file_receipt import FileReceipt
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.answers import Headers
from sync.link import Link, Speaker
from sync.paced import Paced
from sync.tus import Pour, Then, Tus, go_on, is_behind
from sync.wire import files as tus
from sync.wire.routes import FILE_READ

_SOON_SECONDS = 2.0
"""How long the store's word of a file may wait for the next file's last byte."""

_MOST_TRIES = 2
"""Times a whole file arrived as another one before it waits for a person."""

_KEEPING = "central.file_keeping"
_LATER = frozenset({"central.file_to_follow", "central.not_found", "attach.not_here", _KEEPING})
"""What time mends: the file is still on its way from another laptop, or its record is; or it is being put away."""

_LATER_SECONDS = 60.0
_FULL = "central.files_full"
"""The store's disk: it is said beside the file, words still go, and a smaller file may."""

_FULL_SECONDS = 600.0
_AWAY = "central.files_unavailable"
"""The place of the store's files: notes go, and what arrived of files waits on the store's own disk."""

_STUCK = frozenset({"attach.damaged", "attach.disk_full", "attach.differs", "vault.disk", _FULL, _AWAY})
"""Troubles of one file, not of the line: the others go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """``again``: words came up meanwhile, and there is more to carry after them."""

    sent: int = 0
    received: int = 0
    again: bool = False
    problem: FieldKitError | None = None


class _WordsFirst(Exception):
    """Something was written that has to leave before the next part of a file."""


class Files:
    """Carries files in one round. ``aside`` remembers which are not to be tried before a time (``monotonic``)."""

    def __init__(self, link: Link, speaker: Speaker, aside: dict[tuple[str, str], float], waiting: int) -> None:
        self._link = link
        self._speaker = speaker
        self._aside = aside
        self._waiting = waiting
        self._tus = Tus(far=link.far, identity=speaker.identity)
        self._there = Paced(self._tus, link)
        self._problem: FieldKitError | None = None
        self._carried = 0
        self._sent = 0
        self._behind: dict[tuple[str, str], FileTask] = {}
        """Files of which every byte went, and the store's word has not come yet."""
        self._begun_ahead: dict[tuple[str, str], tuple[str, Headers]] = {}

    def run(self) -> Carried:
        """Everything that can go and come. Raises ``Trouble`` for trouble of the line."""
        received = 0
        try:
            self._send_all(self._link.call(lambda store: store.files_to_send()))
            for task in self._tasks(self._link.call(lambda store: store.files_to_fetch())):
                received += self._one(task, self._fetch)
        except _WordsFirst:
            return Carried(sent=self._sent, received=received, again=True, problem=self._problem)
        return Carried(sent=self._sent, received=received, problem=self._problem)

    def _tasks(self, found: list[FileTask]) -> Iterator[FileTask]:
        for task in found:
            self._link.go_on()
            if not self._is_aside(task):
                yield task

    def _is_aside(self, task: FileTask) -> bool:
        return time.monotonic() < self._aside.get((task.assessment, task.sha256), 0.0)

    def _one(self, task: FileTask, carry: Callable[[FileTask], None]) -> int:
        try:
            carry(task)
        except (Refusal, Trouble) as error:
            if isinstance(error, Trouble) and error.code not in _STUCK | _LATER:
                raise
            self._leave_aside(task, error)
            return 0
        return 1

    def _leave_aside(self, task: FileTask, problem: FieldKitError) -> None:
        if problem.code in _LATER:
            self._aside[task.assessment, task.sha256] = time.monotonic() + _LATER_SECONDS
            return
        waits = time.monotonic() + _FULL_SECONDS if problem.code in {_FULL, _AWAY} else math.inf
        self._aside[task.assessment, task.sha256] = waits
        self._link.call(lambda store: store.note_file(task, problem.code))
        self._problem = problem

    # Sending -------------------------------------------------------------------------------------------------

    def _send_all(self, found: list[FileTask]) -> None:
        going = [task for task in found if not self._is_aside(task)]
        for task, following in zip_longest(going, going[1:]):
            self._link.go_on()
            self._one(task, partial(self._send, following=following))
        for task in list(self._behind.values()):  # a word that did not come is asked for
            self._one(task, self._send)

    def _send(self, task: FileTask, following: FileTask | None = None) -> None:
        store = self._link.call(lambda vault: vault.files)
        with store.open(task.sha256) as file:
            for _ in range(_MOST_TRIES):
                try:
                    self._send_from(task, file, self._where(task, file), following)
                    return
                except Refusal as refusal:
                    if refusal.code != "central.file_differs":
                        raise
                    task = self._forget(task)
        raise Refusal("central.file_differs")

    def _where(self, task: FileTask, file: IO[bytes]) -> tuple[str, Headers]:
        """Where the sending goes on: asked of the store, created where it knows of none."""
        if task.place is not None:
            try:
                return task.place, self._there.stands(task.place)
            except Refusal as refusal:
                if refusal.code != "central.not_found":
                    raise
        ahead = self._begun_ahead.pop((task.assessment, task.sha256), None)
        place, reply = ahead or self._begun(task, file)
        if tus.read_receipt(reply) is None and task.size > self._link.flow.stream_size:
            # Of what goes at one go the store tells where it stands when it is begun again: the same one turn.
            self._link.call(lambda store: store.keep_file_place(task, place))
        return place, reply

    def _begun(self, task: FileTask, file: IO[bytes]) -> tuple[str, Headers]:
        """A sending begun; all of a small file goes along, unless a store of before takes none there."""
        metadata = tus.revision_metadata(task.revision)
        if task.size <= min(tus.SMALL, self._link.flow.part_size) and not task.tries:
            file.seek(0)
            try:
                return self._there.begin(task.size, metadata, file.read(task.size))
            except Refusal as refusal:
                if refusal.code != "central.too_large":
                    raise
        return self._there.begin(task.size, metadata)

    def _send_from(
        self, task: FileTask, file: IO[bytes], begun: tuple[str, Headers], following: FileTask | None
    ) -> None:  # fmt: skip
        def moved(offset: int) -> None:
            self._link.filing(task.exhibit, offset, task.size)
            self._pause()

        def part_size(offset: int) -> int:
            moved(offset)
            return self._link.flow.part_size

        stream = Pour(
            sha256=bytes.fromhex(task.sha256), length=task.size, size=lambda: self._link.flow.stream_size, moved=moved,
            then=None if following is None else self._then(following),
        )  # fmt: skip
        reply = go_on(self._there, begun, file, task.size, part_size, stream)
        receipt, more_follow = tus.read_receipt(reply), following is not None
        self._keep_earlier(reply, more_follow=more_follow or receipt is not None)
        if following is not None and (ahead := self._tus.next_begun(reply)) is not None:
            self._begun_ahead[following.assessment, following.sha256] = ahead
        if more_follow and is_behind(reply):
            self._behind[task.assessment, task.sha256] = task
        elif receipt is None:  # every byte is there; the store's word follows when the file is in its place
            raise Trouble(_KEEPING)
        else:
            self._keep(task, receipt, more_follow=more_follow)
            self._behind.pop((task.assessment, task.sha256), None)
            self._sent += 1
        self._link.filing(task.exhibit, task.size, task.size)

    def _then(self, task: FileTask) -> Then | None:
        """What the store is told of the file that goes next: a small one goes with the request that begins it.

        Nothing on a line that takes long for it: the word of the file before would come as late.
        """
        if task.size > self._link.flow.rate * _SOON_SECONDS:
            return None
        if task.place is not None or task.tries or task.size <= tus.SMALL:
            return Then()
        return Then(size=task.size, metadata=tus.revision_metadata(task.revision))

    def _keep_earlier(self, reply: Headers, *, more_follow: bool) -> None:
        """The words of files that went before; one that does not hold is as good as none."""
        for receipt in tus.read_earlier(reply):
            with suppress(Refusal):
                said = FileReceipt.from_bytes(receipt[0])
                task = self._behind.get((said.assessment, said.sha256))
                if task is not None:
                    self._keep(task, receipt, more_follow=more_follow)
                    del self._behind[task.assessment, task.sha256]
                    self._sent += 1

    def _forget(self, task: FileTask) -> FileTask:
        self._link.call(lambda store: store.keep_file_place(task, None))
        return replace(task, place=None)

    def _keep(self, task: FileTask, receipt: tuple[bytes, bytes], *, more_follow: bool = False) -> None:
        signed = Signed(data=receipt[0], signature=receipt[1])
        self._link.call(lambda store: store.keep_file_receipt(task, signed, more_follow=more_follow))

    # Fetching ------------------------------------------------------------------------------------------------

    def _fetch(self, task: FileTask) -> None:
        store = self._link.call(lambda vault: vault.files)
        for attempt in range(_MOST_TRIES):
            try:
                self._take(task, store)
                break
            except Trouble as error:
                if error.code != "attach.differs" or attempt + 1 == _MOST_TRIES:
                    raise
        self._link.call(lambda vault: vault.note_file(task))

    def _take(self, task: FileTask, store: FileStore) -> None:
        taking = store.take(task.sha256, task.size)
        try:
            if taking.done < task.size:
                self._read_into(task, taking)
        except BaseException:
            taking.leave()
            raise
        taking.keep()

    def _read_into(self, task: FileTask, taking: Taking) -> None:
        path = FILE_READ.path.format(revision=task.revision)
        start, told = taking.done, taking.done
        with self._link.far.file(FILE_READ, path, start, self._speaker.identity) as (headers, pieces):
            for piece in pieces:
                if taking.done + len(piece) > task.size:
                    raise Trouble("wire.damaged")
                taking.write(piece)
                if taking.done - told >= tus.PART:
                    told = taking.done
                    self._carried += 1
                    self._link.filing(task.exhibit, told, task.size)
                    self._pause()
            receipt = tus.read_receipt(headers)
        if taking.done != task.size:
            raise Trouble("send.cut_off")
        if receipt is not None:
            self._keep(task, receipt)
        self._link.filing(task.exhibit, task.size, task.size)

    def _pause(self) -> None:
        """Between two parts: stop where that was asked for, and let new words go first."""
        self._link.go_on()
        if (
            self._carried + self._there.carried
            and self._link.call(lambda store: store.state().unreceipted) > self._waiting
        ):
            raise _WordsFirst
