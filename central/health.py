"""Whether the store can do its work: for whoever starts, stops and watches it."""

from __future__ import annotations

import sqlalchemy as sa

from central.core import Core, standing
from central.schema import is_older, version
from fieldkit.kernel.errors import Refusal, Trouble
from sync.wire.reading import Health
from sync.wire.version import PROTOCOL

ROOM = 200 * 2**20
"""Bytes that must be free on the disk: files stop long before (``central.files``), and this is for notes."""


def live(core: Core) -> Health:
    """Whether the store and its database answer."""
    with core.database.read() as connection:
        standing(connection)
    return Health(ok=True, store=core.store, protocol=PROTOCOL)


def ready(core: Core) -> Health:
    """Whether requests should be sent here: ``live``, tables that suit, room for notes, and not about to stop.

    Raises ``Refusal('central.unavailable')``; a balancer then asks another server, and laptops lose nothing.
    """
    if core.closing.is_set() or core.free(core.settings.folder) < ROOM:
        raise Refusal("central.unavailable")
    try:
        with core.database.read() as connection:
            found = version(connection)
            if found is None or is_older(connection, found):
                raise Refusal("central.unavailable")
    except (Trouble, sa.exc.DBAPIError) as error:
        raise Refusal("central.unavailable") from error
    return live(core)
