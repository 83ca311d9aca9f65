"""When the office last heard from each laptop: at most one write in a quarter of an hour, so a hello stays cheap."""

from __future__ import annotations

from datetime import timedelta

from central import tables
from central.core import Core

_COARSE = timedelta(minutes=15)


def note_seen(core: Core, device: str) -> None:
    """Note that ``device`` was heard from now."""
    now = core.clock.now()
    before = core.seen.get(device)
    if before is not None and abs(now - before) < _COARSE:
        return
    core.seen[device] = now
    with core.database.write() as connection:
        change = tables.device.update().where(tables.device.c.id == device)
        connection.execute(change.values(seen_at=core.stamp()))
