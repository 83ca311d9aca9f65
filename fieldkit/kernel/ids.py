"""Identifiers: UUID version 7 made on the laptop, one ``NewType`` per kind of thing.

Version 7 is chosen for index locality only (RFC 9562 section 5.7). Its time part never orders or
decides anything: clocks on site are wrong too often for that. Of one program and one millisecond the later one
is the greater (section 6.2, method 2), so that what lists by id lists in the order of making, every time.
"""

from __future__ import annotations

import os
import re
import threading
import time
import uuid
from typing import NewType

RevisionId = NewType("RevisionId", str)
RecordId = NewType("RecordId", str)
AssessmentId = NewType("AssessmentId", str)
VisitId = NewType("VisitId", str)
ActivityId = NewType("ActivityId", str)
PersonId = NewType("PersonId", str)
EntryId = NewType("EntryId", str)
EvidenceId = NewType("EvidenceId", str)
SecondaryId = NewType("SecondaryId", str)
AuthorId = NewType("AuthorId", str)
DeviceId = NewType("DeviceId", str)
VaultId = NewType("VaultId", str)

_SPELLING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Last:
    """The moment and the 74 random bits of the id that was made last."""

    millis = 0
    drawn = 0


_ONE_AT_A_TIME = threading.Lock()


def new_id() -> str:
    """A new UUIDv7 in its 36-character form."""
    fresh = int.from_bytes(os.urandom(10), "big") & (1 << 73) - 1  # the highest bit is room to count on in
    with _ONE_AT_A_TIME:
        millis = time.time_ns() // 1_000_000
        drawn = _Last.drawn + 1 + (fresh & 0xFFFF_FFFF) if millis == _Last.millis else fresh
        _Last.millis, _Last.drawn = millis, drawn
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | (drawn >> 62 & 0xFFF) << 64
    return str(uuid.UUID(int=value | 0x2 << 62 | drawn & (1 << 62) - 1))


def is_id(text: object) -> bool:
    """Whether ``text`` is a UUID in the one spelling we write (lower case, with hyphens)."""
    return isinstance(text, str) and _SPELLING.fullmatch(text) is not None
