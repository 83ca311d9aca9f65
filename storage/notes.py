"""Notes put together: an entry with everything that points to it, read for many entries in two queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal, standing_evidence, standing_secondary
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.domain.withdrawing import Said, contested, standing
from fieldkit.kernel.ids import RecordId
from storage.engine import Database
from storage.log import COLUMNS, Logged, marks, read
from storage.readable import decode

_STEP = 500


@dataclass(slots=True, kw_only=True)
class Note:
    """An entry and what was added to it; ``pointing`` are the revisions behind that, oldest arrival first."""

    logged: Logged
    entry: Entry
    pointing: list[Logged] = field(default_factory=list)

    @property
    def author(self) -> str:
        """Who made the entry."""
        return self.logged.revision.envelope.author

    def filings(self) -> tuple[Filing, ...]:
        """Tags put on and taken off, by whomever."""
        return tuple(decode(item) for item in self._pointing("filing"))

    def addenda(self) -> tuple[Addendum, ...]:
        """Words added later, by the time their authors' laptops showed."""
        found: tuple[Addendum, ...] = tuple(decode(item) for item in self._pointing("addendum"))
        return tuple(sorted(found, key=lambda one: (one.entered_at, one.id)))

    def evidence(self) -> tuple[EvidenceItem, ...]:
        """The tags that stand."""
        return standing_evidence(self.entry, self.filings())

    def secondary(self) -> tuple[SecondaryTag, ...]:
        """The secondary tags that stand."""
        return standing_secondary(self.filings())

    def own_filings(self, is_ours: Callable[[str], bool]) -> tuple[Filing, ...]:
        """What this vault itself filed, on any device it has been (``is_ours``).

        Nobody else's tags make a note leave that was made here: not a team-mate's, and not those of a strange device
        for which the central store vouches under our own name.
        """
        return tuple(
            decode(item) for item in self._pointing("filing") if item.here or is_ours(item.revision.envelope.device)
        )

    def withdrawal(self) -> Withdrawal | None:
        """The withdrawal that stands (``fieldkit.domain.withdrawing``)."""
        said = self._said()
        found = standing(said, self.added()) if said else None
        return found.value if found else None

    def contested(self) -> list[Said]:
        """Withdrawals against which somebody else's work stands."""
        said = self._said()
        return contested(said, self.added()) if said else []

    def added(self) -> tuple[RecordId, ...]:
        """The ids of its additions and tags."""
        return tuple(
            item.revision.envelope.record for item in self.pointing if item.revision.envelope.kind != "withdrawal"
        )

    def _said(self) -> list[Said]:
        return [
            Said(
                revision=item.revision.envelope.id, hash=item.revision.hash, parents=item.revision.envelope.parents,
                value=decode(item),
            )
            for item in self._pointing("withdrawal")
        ]  # fmt: skip

    def made_here(self) -> list[Logged]:
        """Its revisions that this vault made and must hand in."""
        return [item for item in (self.logged, *self.pointing) if item.here]

    def _pointing(self, kind: str) -> list[Logged]:
        return [item for item in self.pointing if item.revision.envelope.kind == kind]


def notes_of(db: Database, numbers: Sequence[int]) -> dict[int, Note]:
    """The notes with these ``n``. Numbers that are no entry's are left out."""
    found: dict[int, Note] = {}
    for start in range(0, len(numbers), _STEP):
        some = numbers[start : start + _STEP]
        rows = db.rows(f"SELECT {COLUMNS} FROM revisions WHERE kind = 'entry' AND n IN ({marks(len(some))})", some)
        for row in rows:
            item = read(row)
            found[item.n] = Note(logged=item, entry=decode(item))
    _point(db, found)
    return found


def note_of(db: Database, n: int) -> Note:
    """One note."""
    return notes_of(db, (n,))[n]


def _point(db: Database, found: dict[int, Note]) -> None:
    by_id = {str(note.entry.id): note for note in found.values()}
    ids = list(by_id)
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        rows = db.rows(
            f"SELECT p.entry, {', '.join('r.' + name for name in COLUMNS.split(', '))}"
            f" FROM pointers p JOIN revisions r ON r.n = p.n WHERE p.entry IN ({marks(len(some))}) ORDER BY p.n",
            some,
        )
        for entry, *row in rows:
            note = by_id[entry]
            item = read(tuple(row))
            # What points across assessments is nobody's business to show: membership was checked for the other one.
            if item.revision.envelope.assessment == note.entry.assessment:
                note.pointing.append(item)
