"""Which revisions this version can read, and reading them: the domain's rule, and the vault's own kind.

What this vault records of itself (``custody``) never travels with its content, so nobody else has to read it.
"""

from __future__ import annotations

import hashlib
from typing import Any

from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import LATER, READERS, SEALED, STRING, UNREADABLE, Reader
from fieldkit.domain.readable import why_not as why_not_shown
from storage.custody import Custody
from storage.log import Logged

__all__ = ["LATER", "POINTERS", "REVISABLE", "SEALED", "UNREADABLE", "decode", "why_not"]

REVISABLE = frozenset({"assessor", "assessment", "visit", "activity", "person", *FIELDWORK})
"""Kinds that are shown by their heads; each has rows in ``records``."""

POINTERS = frozenset({"addendum", "filing", "withdrawal"})
"""Kinds that say something of an entry."""

_READERS = {
    **READERS,
    "custody": Reader(Custody.SHAPE, lambda _record, body: Custody.from_content(body), {"detail": STRING}),
}


def known_forms() -> str:
    """The kinds and shapes that this version reads, in one word: another word means that it may read more."""
    forms = ",".join(f"{kind}/{reader.shape}" for kind, reader in sorted(_READERS.items()))
    return hashlib.sha256(forms.encode()).hexdigest()[:16]


def why_not(item: Logged) -> str | None:
    """Why this revision is not projected: ``later``, ``unreadable`` or ``sealed``; ``None`` if it can be read."""
    one = item.revision
    if item.is_made and one.envelope.kind in _READERS:
        return None  # written from a domain value a moment ago
    return why_not_shown(one.envelope, one.content, item.content, is_own=item.here, readers=_READERS)


def decode(item: Logged) -> Any:
    """The domain value of a readable revision."""
    body = item.content()
    if body is None:
        raise ValueError("no content")
    envelope = item.revision.envelope
    return _READERS[envelope.kind].make(envelope.record, body)
