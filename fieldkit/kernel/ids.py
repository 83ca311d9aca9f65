"""Identifiers: UUID version 7 made on the laptop, one ``NewType`` per kind of thing.

Version 7 is chosen for index locality only (RFC 9562 section 5.7). Its time part never orders or
decides anything: clocks on site are wrong too often for that.
"""

from __future__ import annotations

import os
import re
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


def new_id() -> str:
    """A new UUIDv7 in its 36-character form."""
    millis = time.time_ns() // 1_000_000
    value = (millis & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def is_id(text: object) -> bool:
    """Whether ``text`` is a UUID in the one spelling we write (lower case, with hyphens)."""
    return isinstance(text, str) and _SPELLING.fullmatch(text) is not None
