"""Which contents leave the laptop: tagged evidence and what is needed to understand it.

Envelopes always travel, so the chain proves that nothing was dropped. The content of an untagged note never
does. A note that was withdrawn, or barred by a consent, before it was ever sent stays too; one that was sent stays
sent, and its withdrawal (or the consent) follows it.
"""

from __future__ import annotations

from fieldkit.domain.kinds import FIELDWORK

ALWAYS_SHARED = frozenset({"assessor", "assessment", "visit", "activity", "person", *FIELDWORK})
"""What evidence needs to be understood: who, what, where, in which meeting, said by which role."""

SHARED_WITH_ENTRY = frozenset({"entry", "addendum", "filing", "withdrawal"})
"""Shared if and only if the entry they belong to is."""

NEVER_SHARED = frozenset({"custody"})
"""The laptop's own record of what happened to the vault: its envelopes prove it, its words stay."""


def content_was_sent(*, was_offered: bool, is_receipted: bool, was_tagged: bool) -> bool:
    """Whether an entry's content has left this laptop.

    ``was_offered``: this laptop remembers putting it into a request. A receipt for it (``is_receipted``) tells the same
    after that memory was lost with a restored backup, but only of an entry that its author had tagged at some time:
    what never was to leave has not left, whatever a broken store may sign.
    """
    return was_offered or (is_receipted and was_tagged)


def entry_is_shared(*, has_evidence: bool, may_leave: bool, was_sent: bool) -> bool:
    """Whether an entry's content (and that of everything pointing to it) leaves the laptop.

    ``may_leave``: it is neither withdrawn nor barred by a consent.
    """
    return was_sent or (has_evidence and may_leave)
