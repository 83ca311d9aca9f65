"""Every schedule that ever failed, pinned: one at least for each seeded bug, as short as it was found.

Random search finds some of them in one run of thousands and misses them in the next, so they are played as they
are; the design must pass all of them. A step is the name of a method of ``World`` and its arguments.
"""

from __future__ import annotations

from tests.model.notes import Bug
from tests.model.world import Step

A, B, C = 0, 1, 2

_ONE_HANDED_IN: tuple[Step, ...] = (("write", A, "x", 1, True), ("hand_in", A, "ok", 1))
_B_ALONE_HAS_IT: tuple[Step, ...] = (
    ("image", A),
    ("backup",),
    *_ONE_HANDED_IN,
    ("greet", B),
    ("read_in", B, 3),
    ("restore_image", 0),
    ("restore_backup", 0),
)
"""Laptop A and the office went back to before the note; only B still holds it, and B's own chain is whole."""

SCHEDULES: dict[Bug, tuple[Step, ...]] = {
    Bug.NO_DEDUPE: (("write", A, "x", 1, True), ("hand_in", A, "twice", 1)),
    Bug.MARK_BEFORE_REPLY: (("greet", A), ("write", A, "x", 1, True), ("hand_in", A, "lost_request", 1)),
    Bug.REJECT_STALE: (
        ("write", A, "x", 1, True), ("write", B, "x", 1, True), ("hand_in", A, "ok", 1), ("hand_in", B, "ok", 1),
    ),
    Bug.LWW: (
        ("write", A, "x", 1, True), ("write", B, "x", 1, True), ("hand_in", A, "ok", 1), ("hand_in", B, "ok", 1),
    ),
    Bug.CURSOR_FIRST: (*_ONE_HANDED_IN, ("greet", B), ("read_in", B, 1, 0)),
    Bug.SEQ_AT_INSERT: (
        ("write", A, "x", 1, True), ("write", B, "y", 1, True), ("greet", C),
        ("begin_slowly", A), ("begin_slowly", B), ("commit_slowly", 1), ("read_in", C, 3), ("commit_slowly", 0),
    ),
    Bug.KEY_ON_DEVICE_SEQ: (
        ("image", A), ("write", A, "x", 1, True), ("hand_in", A, "ok", 1), ("restore_image", 0),
        ("write", A, "y", 1, True), ("hand_in", A, "ok", 1),
    ),
    Bug.IGNORE_EPOCH: _B_ALONE_HAS_IT,
    Bug.NO_WITNESS: _B_ALONE_HAS_IT,
    Bug.EXPORT_IS_SENT: (("greet", A), ("write", A, "x", 1, True), ("export", A)),
    Bug.BLOB_LOCAL_OFFSET_NO_HASH: (
        ("write", A, "x", 1, True, False, True), ("upload", A, True), *[("upload", A, False)] * 4,
    ),
    Bug.FIFO: (("write", A, "x", 2, True), ("write", A, "y", 0, True), ("hand_in", A, "ok", 1)),
    Bug.MAX_WITNESS: (
        # The receipts of a bundle that was read after the restore have higher numbers than what B remembers.
        *_B_ALONE_HAS_IT, ("write", B, "y", 1, True), ("write", B, "y", 1, True), ("export", B),
        ("take_bundle", 0, True, False),
    ),
    Bug.ENVELOPE_IS_ENOUGH: (("write", A, "x", 1, False), ("hand_in", A, "ok", 1), ("share", A, 0)),
    Bug.SILENT_MISSING: (
        # B asks after A has brought the note again, and before the office goes back once more within the epoch.
        ("image", A), ("backup",), *_ONE_HANDED_IN, ("greet", B), ("read_in", B, 3), ("restore_backup", 0),
        ("greet", A), ("backup",), ("greet", B), ("ask_missing", A), ("give_missing", A, False), ("ask_missing", B),
        ("restore_image", 0), ("restore_backup", 1),
    ),
    Bug.OFFERED_TOO_EARLY: (
        ("backup",), *_ONE_HANDED_IN, ("restore_backup", 0), ("greet", A), ("ask_missing", A),
    ),
    Bug.KEEP_CURSOR: (
        # The office learns of the fork only after A has read on past its own note that its disk no longer has.
        ("image", A), *_ONE_HANDED_IN, ("restore_image", 0), ("write", A, "x", 1, True),
        ("write", A, "x", 1, True), ("greet", A), ("read_in", A, 3), ("hand_in", A, "ok", 2),
    ),
    Bug.SHARE_ALL: (("write", A, "x", 1, False), ("hand_in", A, "ok", 1)),
}  # fmt: skip
