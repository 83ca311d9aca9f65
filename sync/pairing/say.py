"""The kinds of message that two laptops on a cable exchange."""

from __future__ import annotations

from enum import IntEnum


class Say(IntEnum):
    """Kinds of message. ``WORD`` goes only to a laptop whose card said that it carries (``office``)."""

    CARD = 1
    HAVE = 2
    LACK = 3
    BYTES = 4
    PART = 5
    OVER = 6
    WORD = 7
    """A carrier receipt, or nothing."""
