"""Thirteen bugs that other systems had, each put into the one place of the real code that is right about it.

``planted(name)`` makes the code wrong for one ``with`` block. Nothing here is imported by what is shipped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import sqlalchemy as sa

from central import file_sendings, files, hello, keep, push, tables
from central.core import lock_standing, standing
from central.file_coming import Coming, Whole
from central.judge import BRANCH, Judge
from central.keep import keep_group
from fieldkit.app.deciding import decide
from fieldkit.app.open_questions import open_questions
from fieldkit.domain.receipt import Witness
from storage import sync_store
from storage.combining import combined_after
from storage.hand_over import VaultHandOver
from storage.outbox import N_MASK
from storage.sync_store import VaultSyncStore
from sync import engine, link
from sync.reconcile import plan_round
from sync.tus import Tus

Patches = Iterator[Any]


def no_dedupe() -> Patches:
    """The office keeps a repeated revision once more."""
    yield mock.patch.object(Judge, "_answers", return_value=False)


def mark_before_reply() -> Patches:
    """The laptop takes for delivered what it is about to send."""
    real = VaultSyncStore.mark_offered

    def marking(self: Any, leaving: Sequence[Any]) -> Any:
        found = real(self, leaving)
        with self._db.transaction():
            for revision in leaving:
                _out_of_outbox(self._db, "id = ?", (revision,))
        return found

    yield mock.patch.object(VaultSyncStore, "mark_offered", marking)


def reject_stale() -> Patches:
    """The office refuses a revision whose parents are not the present heads of its record."""
    real = Judge.judge

    def judging(self: Judge, item: Any) -> None:
        real(self, item)
        verdicts = self.result.verdicts
        if verdicts and verdicts[-1].item is item and verdicts[-1].outcome == BRANCH:
            verdicts.pop()

    yield mock.patch.object(Judge, "judge", judging)


def lww() -> Patches:
    """The last writer wins: of two accounts of the same words the machine takes one."""
    real = combined_after

    def combining(uow: Any, assessment: Any) -> Any:
        found = real(uow, assessment)
        for question in open_questions(uow.questions):
            last = max(question.rows, key=lambda row: row.revision).revision
            values = {part.name: part.values[last] for part in question.merge.asked}
            decide(uow, question.record, values, "The last one wins")
        return found

    yield mock.patch.object(sync_store, "combined_after", combining)


def cursor_first() -> Patches:
    """The cursor is kept before the page that it stands behind."""
    real = VaultSyncStore.apply_page

    def applying(self: Any, revisions: Any, devices: Any, cursor: Any, witness: Any) -> Any:
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO cursors (assessment, epoch, seq) VALUES (?, ?, ?)",
                (cursor.assessment, cursor.epoch, cursor.seq),
            )
        return real(self, revisions, devices, cursor, witness)

    yield mock.patch.object(VaultSyncStore, "apply_page", applying)


def seq_at_insert() -> Patches:
    """The office gives numbers when a request begins, not under the lock that is held to the commit."""
    reserved = threading.local()
    kept, lock = push._kept, lock_standing

    def keeping(core: Any, sender: Any, group: Any, named: Any) -> Any:
        with core.database.write() as connection:
            now = lock(connection)
            reserved.seq = now.seq
            connection.execute(tables.store.update().values(number=now.seq + len(group)))
        return kept(core, sender, group, named)

    def reserved_standing(connection: Any) -> Witness:
        return replace(standing(connection), seq=reserved.seq)

    yield mock.patch.object(push, "_kept", keeping)
    yield mock.patch.object(keep, "lock_standing", reserved_standing)


def key_on_device_seq() -> Patches:
    """The office takes a laptop and its number, not the id, for the identity of a revision."""
    real = keep_group
    log = tables.log.c

    def keeping(core: Any, sender: Any, items: Sequence[Any]) -> Any:
        with core.database.read() as connection:
            rows = connection.execute(sa.select(log.device, log.device_seq, log.revision)).all()
        known = {(str(device), seq): str(revision) for device, seq, revision in rows}
        fresh = [item for item in items if known.get((item.device, item.seq), item.id) == item.id]
        return real(core, sender, fresh) if fresh else []

    yield mock.patch.object(push, "keep_group", keeping)


def ignore_epoch() -> Patches:
    """The laptop takes no notice of a new epoch."""
    real = plan_round

    def planning(state: Any, heard: Any, **more: Any) -> Any:
        return real(state, replace(heard, epoch=state.epoch or heard.epoch), **more)

    yield mock.patch.object(engine, "plan_round", planning)


def no_witness() -> Patches:
    """The office does not look at witnesses, so it never learns that it was put back."""
    yield mock.patch.object(hello, "_is_rewound", return_value=False)


def export_is_sent() -> Patches:
    """Writing a hand-over file counts as handing it in."""
    real = VaultHandOver.note_handed

    def noting(self: Any, handed: Any) -> Any:
        _out_of_outbox(self._db, "1 = 1", ())
        return real(self, handed)

    yield mock.patch.object(VaultHandOver, "note_handed", noting)


def blob_local_offset_no_hash() -> Patches:
    """A file goes on from the laptop's own idea of where it stands, and nobody hashes what came of it."""
    offsets: dict[str, int] = {}
    taken, adding = files._taken_in, Tus.add

    def taking(call: Any, upload: str, offset: int) -> Any:
        with call.core.database.read() as connection:
            sending = file_sendings.mine(call.core, connection, upload, call.device.user)
        return taken(call, upload, sending.reached)

    def sent(self: Tus, place: str, offset: int, part: bytes) -> Any:
        reply = adding(self, place, offset, part)
        offsets[place] = offset + len(part)
        return {**reply, "upload-offset": str(offsets[place])}

    yield mock.patch.object(files, "_taken_in", taking)
    yield mock.patch.object(Coming, "whole", return_value=Whole.SAME)
    yield mock.patch.object(Tus, "add", sent)
    yield mock.patch.object(Tus, "stands", lambda self, place: {"upload-offset": str(offsets.get(place, 0))})


def fifo() -> Patches:
    """What is urgent waits its turn."""
    for module in (link, engine):
        yield mock.patch.object(module, "is_urgent", return_value=False)


def max_witness() -> Patches:
    """The laptop remembers only the highest witness."""
    real = VaultSyncStore.state

    def remembering(self: Any) -> Any:
        state = real(self)
        return replace(state, witnesses=tuple(sorted(state.witnesses, key=lambda one: one.seq)[-1:]))

    yield mock.patch.object(VaultSyncStore, "state", remembering)


BUGS: dict[str, Callable[[], Patches]] = {
    one.__name__: one
    for one in (
        no_dedupe, mark_before_reply, reject_stale, lww, cursor_first, seq_at_insert, key_on_device_seq, ignore_epoch,
        no_witness, export_is_sent, blob_local_offset_no_hash, fifo, max_witness,
    )
}  # fmt: skip


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The bug is in the code while this lasts; an empty name plants nothing."""
    with ExitStack() as stack:
        for patch in BUGS[name]() if name else ():
            stack.enter_context(patch)
        yield


def _out_of_outbox(db: Any, which: str, values: tuple[object, ...]) -> None:
    db.run(f"DELETE FROM outbox WHERE (place & {N_MASK}) IN (SELECT n FROM revisions WHERE {which})", values)
