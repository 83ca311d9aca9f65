"""Change sets: what a use case changed, so that each screen can decide whether to redraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Record ids by kind (``{"entry": {…}}``) and where the change came from.

    ``origin`` is ``"sync"`` for what a team-mate's laptop brought, else the name of the screen that asked.
    The kinds ``"receipt"`` and ``"draft"`` stand for confirmations and drafts, ``"set_aside"`` for revisions from
    elsewhere that do not hold: kept, and not shown.
    """

    origin: str = ""
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def touches(self, *kinds: str) -> bool:
        """Whether anything of these kinds changed."""
        return any(kind in self.records for kind in kinds)

    def ids(self, kind: str) -> frozenset[str]:
        """The records of ``kind`` that changed."""
        return self.records.get(kind, frozenset())

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.records


def change_set(origin: str, touched: Iterable[tuple[str, str]]) -> ChangeSet:
    """Build one from ``(kind, record id)`` pairs."""
    found: dict[str, set[str]] = {}
    for kind, record in touched:
        found.setdefault(kind, set()).add(record)
    return ChangeSet(origin=origin, records={kind: frozenset(ids) for kind, ids in found.items()})
