"""The thread of a server process that tells webhooks what is due."""

from __future__ import annotations

import logging
import threading

import sqlalchemy as sa

from central.core import Core
from central.webhooks import ring

EVERY_SECONDS = 2.0
"""Between two looks: one question to the database, 0.2 ms; the duty desk hears within this and the way there."""

_log = logging.getLogger("central")


def ring_behind(core: Core) -> None:
    """Tell what is due from now on until the store closes."""
    threading.Thread(target=_ring, args=(core,), name="central webhooks", daemon=True).start()


def _ring(core: Core) -> None:
    while not core.closing.wait(EVERY_SECONDS):
        try:
            ring(core)
        except (sa.exc.DBAPIError, sa.exc.TimeoutError, sa.exc.InvalidRequestError) as error:
            if not core.closing.is_set():  # the next look tries again
                _log.warning("the database did not answer: %s", type(error).__name__)
