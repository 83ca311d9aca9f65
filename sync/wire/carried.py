"""A stretch of a hand-over file as a team-mate's laptop hands it in for somebody else, without reading any of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.messages import Count, ToLaptop, ToStore

STEP = 128
"""Pieces by which stretches follow each other: 8 MiB."""

OVERLAP = 168
"""Pieces that a stretch has beyond its step: the longest entry that may begin in it."""

LARGEST_STRETCH = (STEP + OVERLAP + 2) * 64 * 1024
LARGEST_BODY = LARGEST_STRETCH // 3 * 4 + 4096

Bytes = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$", max_length=LARGEST_STRETCH // 3 * 4 + 4)]


class BundleRequest(ToStore):
    """``data`` is the head, the first piece and the pieces from ``first`` on (the head and all from 0 for ``first`` 0).

    The next one begins where the reply says that this one was read to, or they overlap, so that each entry is whole in
    one of them; each may come twice and in any order.
    """

    first: Count
    data: Bytes


class BundleReply(ToLaptop):
    """``receipt`` is a receipt file, sealed to the laptop that wrote the hand-over file."""

    receipt: str
    taken: int
    spoilt: int
    gaps: int = 0
    """Places of attached files that were passed over, for what lies before them is in a part that has not come yet."""
    next: Count | None = None
    """The piece after the last whole entry that was read, damaged places passed over: the next stretch begins there.
    A store that is older does not say it.
    """
