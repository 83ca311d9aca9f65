"""Whether a note is out of use where somebody withdrew it while somebody else went on with it.

A withdrawal names what it knew of: additions and tags that it does not name were made by somebody who did not know of
it, since nothing can be added to a note that is known to be withdrawn. The work then survives: the note stays in use,
shown as withdrawn by one and gone on with by the other, until a person decides (sync.md 5.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldkit.domain.entry import Withdrawal
from fieldkit.domain.revision import heads
from fieldkit.kernel.ids import RecordId, RevisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One revision of a withdrawal."""

    revision: RevisionId
    hash: str
    parents: tuple[RevisionId, ...]
    value: Withdrawal


def standing(said: Sequence[Said], pointing: Iterable[RecordId]) -> Said | None:
    """The withdrawal by which a note is out of use: of several the larger hash, on every laptop alike.

    ``pointing`` are the additions and tags of the note that are known here.
    """
    known = frozenset(pointing)
    found = [one for one in last(said) if one.value.stands and not unknown_to(one.value, known)]
    return max(found, key=lambda one: one.hash, default=None)


def contested(said: Sequence[Said], pointing: Iterable[RecordId]) -> list[Said]:
    """Withdrawals that stand against work which did not know of them; none where the note is out of use anyway."""
    known = frozenset(pointing)
    if standing(said, known) is not None:
        return []
    return [one for one in last(said) if one.value.stands]


def unknown_to(withdrawal: Withdrawal, known: frozenset[RecordId]) -> frozenset[RecordId]:
    """What was added to the note without either knowing of the other; nothing where an earlier version wrote it."""
    return frozenset() if withdrawal.over is None else known - frozenset(withdrawal.over)


def last(said: Sequence[Said]) -> list[Said]:
    """The heads."""
    standing_heads = heads({one.revision: one.parents for one in said})
    return [one for one in said if one.revision in standing_heads]
