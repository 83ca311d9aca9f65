"""Which contents leave the laptop: tagged evidence and what is needed to understand it.

Envelopes always travel, so the chain proves that nothing was dropped. The content of an untagged note never
does. A note that was withdrawn before it was ever sent stays too; one that was sent stays sent, and its
withdrawal follows it.
"""

from __future__ import annotations

ALWAYS_SHARED = frozenset({"assessor", "assessment", "visit", "activity", "person"})
"""What evidence needs to be understood: who, what, where, in which meeting, said by which role."""

SHARED_WITH_ENTRY = frozenset({"entry", "addendum", "filing", "withdrawal"})
"""Shared if and only if the entry they belong to is."""

NEVER_SHARED = frozenset({"custody"})
"""The laptop's own record of what happened to the vault: its envelopes prove it, its words stay."""


def entry_is_shared(*, has_evidence: bool, is_withdrawn: bool, was_sent: bool) -> bool:
    """Whether an entry's content (and that of everything pointing to it) leaves the laptop."""
    return was_sent or (has_evidence and not is_withdrawn)
