"""A schedule for each seeded bug, short and pinned: it shows the bug every time, and the real code passes it.

A step is the name of a method of ``tests.faults.real.world.World`` and its arguments; laptop 0 is Ada's, 1 Bob's.
"""

from __future__ import annotations

from tests.faults.real.world import Step

A, B = 0, 1
_BOTH_RETITLE: tuple[Step, ...] = (("retitle", A), ("retitle", B), ("round", A), ("round", B), ("round", A))
_BOB_ALONE_HAS_IT: tuple[Step, ...] = (
    ("image", A), ("backup",), ("write", A), ("round", A), ("round", B), ("restore_image", 0), ("restore_backup", 0),
)  # fmt: skip
"""Ada's laptop and the office went back to before the note; only Bob still holds it, and his own chain is whole."""

SCHEDULES: dict[str, tuple[Step, ...]] = {
    "no_dedupe": (("write", A), ("round", A, "duplicate_request", "push")),
    "mark_before_reply": (("write", A), ("round", A, "refuse", "push")),
    "reject_stale": _BOTH_RETITLE,
    "lww": _BOTH_RETITLE,
    "cursor_first": (("write", A), ("round", A), ("kill_in_page", B)),
    "seq_at_insert": (("write", B), ("overtake", B)),
    "key_on_device_seq": (
        ("image", A), ("write", A), ("round", A), ("restore_image", 0), ("write", A), ("round", A),
    ),
    "ignore_epoch": _BOB_ALONE_HAS_IT,
    "no_witness": _BOB_ALONE_HAS_IT,
    "export_is_sent": (("write", A), ("export", A)),
    "blob_local_offset_no_hash": (
        ("attach", A, 2 * 64 * 1024),
        *[("torn_upload", A, "lose_reply", 1)] * 2,
        ("round", A),
    ),
    "fifo": (("write", A), ("urgent", A), ("write", A), ("round", A)),
    "max_witness": (
        # The receipts of a file that was read after the restore have higher numbers than what Bob remembers.
        *_BOB_ALONE_HAS_IT, *[("write", B)] * 5, ("export", B), ("take_bundle", 0), ("bring_receipts", 0),
    ),
}  # fmt: skip
