"""When the office last heard from each laptop: at most one write in a quarter of an hour, so a hello stays cheap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from central import tables
from central.core import Core, standing
from central.device_word import note_read
from central.judge import KnownDevice
from central.members import assessments_of

_COARSE = timedelta(minutes=15)


def note_seen(core: Core, sender: KnownDevice, cursors: Mapping[str, int]) -> None:
    """Note that a laptop was heard from now, and how far it says it has read each assessment of its person."""
    device = sender.id
    now = core.clock.now()
    before = core.seen.get(device)
    if before is not None and abs(now - before) < _COARSE:
        return
    core.seen[device] = now
    with core.database.write() as connection:
        change = tables.device.update().where(tables.device.c.id == device)
        connection.execute(change.values(seen_at=core.stamp()))
    with core.database.read() as connection:
        team, last = assessments_of(connection, sender.user), standing(connection).seq
    note_read(core, device, {place: min(cursors[place], last) for place in team if place in cursors})
