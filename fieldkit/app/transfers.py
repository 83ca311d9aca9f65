"""A file that is to be sent or fetched, as the vault hands it to whoever does that."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """``revision`` is one of the attachment's record that the store has; ``size`` in bytes.

    ``place`` is where the store said that a sending goes on; ``tries`` counts those that came to nothing.
    """

    assessment: str
    revision: str
    record: str
    sha256: str
    size: int
    exhibit: str
    place: str | None = None
    tries: int = 0
