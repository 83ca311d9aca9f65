"""Protocol versions: a name and two sentences of history for each."""

from __future__ import annotations

PROTOCOL = 1
"""1 (2026, first): hello, push, pull, missing, certificate, enrol, succeed; frames compressed with zstd."""

OLDEST_SPOKEN = 1
"""The central store still speaks every version from this one on; an older laptop may always hand in."""

CONTENT_TYPE = "application/vnd.fieldkit.frames+zstd"
