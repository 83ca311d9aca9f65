"""One string for all that say the same: what thousands of records in memory have in common."""

from __future__ import annotations

from sys import intern


def shared(value: str | None) -> str | None:
    """The one string of these letters; it goes with the last that holds it. Raises ``TypeError`` for no string."""
    return None if value is None else intern(value)
