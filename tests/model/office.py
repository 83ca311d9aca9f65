"""The office of the model: a log with a running hash, per-item outcomes, and backups it is not told about."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, field
from itertools import count

from fieldkit.domain.receipt import EMPTY_CHAIN, Certificate, Witness, next_chain
from fieldkit.domain.revision import heads
from fieldkit.kernel.ids import DeviceId, RevisionId
from sync.reconcile import Heard
from tests.model.notes import Bug, Line, Rev, Sent, digest

_epochs = count(1)


@dataclass(slots=True)
class Log:
    """What a backup of the office holds. ``entries``: (number, revision id, with its content)."""

    epoch: str
    known_epochs: set[str]
    revs: dict[str, Rev] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    entries: list[tuple[int, str, bool]] = field(default_factory=list)
    chain: dict[int, str] = field(default_factory=lambda: {0: EMPTY_CHAIN})

    @property
    def last(self) -> int:
        """The highest number given."""
        return max((n for n, _, _ in self.entries), default=0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a pull: what came, and where cursor and witness stand after it."""

    epoch: str
    items: tuple[Sent, ...]
    cursor: int
    witness: Witness


class Office:
    """Numbers what it keeps in commit order and never refuses to keep anything."""

    def __init__(self, bug: Bug | None) -> None:
        self.bug = bug
        self.log = _new_epoch(None)
        self.pending: list[list[tuple[int, Sent]]] = []
        self.parts: dict[str, bytes] = {}
        self.blobs: dict[str, bytes] = {}

    def hello(self, device: str, head: tuple[int, str], witnesses: frozenset[Witness], cursor: int) -> Heard:
        """Look for a rewind, then say how things stand."""
        if self.bug is not Bug.NO_WITNESS and not self.holds(witnesses):
            self.log.known_epochs |= {w.epoch for w in witnesses}  # those who remember the same begin no other
            self.log = _new_epoch(self.log)
        high, fingerprint = self._chain_of(device)
        highest = max((rev.seq for rev in self.log.revs.values() if rev.device == device), default=0)
        forked = highest > head[0] or (highest == high == head[0] and fingerprint != head[1]) or self._repeats(device)
        news = any(n > cursor and self.log.revs[i].device != device for n, i, _ in self.log.entries)
        certificate = Certificate(
            store="",
            epoch=self.log.epoch,
            device=DeviceId(device),
            high=high,
            hash=fingerprint,
            contents=0,
            issued_at="",
        )
        return Heard(
            epoch=self.log.epoch, is_fork=forked, is_revoked=False, news=frozenset({"all"} if news else ()),
            certificate=certificate, witness=self.witness(),
        )  # fmt: skip

    def holds(self, witnesses: frozenset[Witness]) -> bool:
        """Whether everything a laptop remembers of the log is there."""
        if {w.epoch for w in witnesses} - self.log.known_epochs:
            return False
        return all(self.log.chain.get(w.seq) == w.chain for w in witnesses if w.epoch == self.log.epoch)

    def witness(self, upto: int | None = None) -> Witness:
        """A point of the log."""
        seq = self.log.last if upto is None else upto
        return Witness(epoch=self.log.epoch, seq=seq, chain=self.log.chain.get(seq, ""))

    def push(self, items: list[Sent]) -> dict[str, Line]:
        """Keep each item on its own; what became of it, by id."""
        return {item.rev.id: self._keep(item) for item in items}

    def begin(self, items: list[Sent]) -> None:
        """A slow transaction, racing with pulls."""
        base = max([self.log.last] + [n for group in self.pending for n, _ in group])
        self.pending.append([(base + 1 + place, item) for place, item in enumerate(items)])

    def commit(self, which: int) -> None:
        """Its end: only now does anybody see it, and only now is it numbered."""
        for number, item in self.pending.pop(which):
            if item.rev.id not in self.log.revs:
                self._store(item, number if self.bug is Bug.SEQ_AT_INSERT else None)

    def missing(self, held: dict[str, bool]) -> set[str]:
        """Which of these ids (with content: true) are lacking."""
        log = self.log
        return {i for i, content in held.items() if i not in log.revs or (content and i not in log.contents)}

    def pull(self, device: str, cursor: int, limit: int) -> Page:
        """The next page of others' work."""
        page = sorted(entry for entry in self.log.entries if entry[0] > cursor)[:limit]
        end = page[-1][0] if page else cursor
        items = tuple(
            Sent(self.log.revs[i], i in self.log.contents)
            for _, i, _ in page
            if i in self.log.revs and self.log.revs[i].device != device
        )
        return Page(self.log.epoch, items, end, self.witness(end))

    def patch(self, blob: str, data: bytes, offset: int) -> bool:
        """Take a piece of a file; true once the whole of it is here and proved."""
        part = self.parts.get(blob, b"")
        if self.bug is Bug.BLOB_LOCAL_OFFSET_NO_HASH:
            self.parts[blob] = part + data
            return False
        self.parts[blob] = part[:offset] + data
        if hashlib.sha256(self.parts[blob]).hexdigest() != blob:
            return False
        self.blobs[blob] = self.parts[blob]
        return True

    def finish(self, blob: str) -> None:
        """The bug's way to end a file: the laptop says that it is whole."""
        self.blobs[blob] = self.parts[blob]

    def backup(self) -> Log:
        """A copy of the database."""
        return copy.deepcopy(self.log)

    def restore(self, log: Log) -> None:
        """Put a copy back; nobody tells the office."""
        self.log = copy.deepcopy(log)
        self.pending.clear()

    def heads(self, record: str) -> frozenset[RevisionId]:
        """The record's open ends."""
        return heads_of(self.log.revs, record)

    def _keep(self, item: Sent) -> Line:
        rev, log = item.rev, self.log
        known = log.revs.get(rev.id)
        if self.bug is Bug.KEY_ON_DEVICE_SEQ and any(
            (one.device, one.seq) == (rev.device, rev.seq) for one in log.revs.values()
        ):
            return Line(log.epoch, True)
        if known is not None and self.bug is Bug.NO_DEDUPE:
            again = Rev(**{name: getattr(rev, name) for name in Rev.__slots__} | {"id": rev.id + "#2"})
            self._store(Sent(again, item.has_content))
        elif known is None:
            stale = not self.heads(rev.record) <= set(rev.parents)
            if stale and self.bug is Bug.REJECT_STALE:
                return Line(log.epoch, False, kept=False)
            if stale and self.bug is Bug.LWW:
                self._drop(self.heads(rev.record) - set(rev.parents))
            self._store(item)
        elif item.has_content and rev.id not in log.contents:
            self._store(item)
        return Line(log.epoch, rev.id in log.contents)

    def _store(self, item: Sent, number: int | None = None) -> None:
        log, rev = self.log, item.rev
        seq = log.last + 1 if number is None else number
        before = log.chain[log.entries[-1][0]] if log.entries else EMPTY_CHAIN
        log.revs[rev.id] = rev
        if item.has_content:
            log.contents.add(rev.id)
        log.entries.append((seq, rev.id, item.has_content))
        log.chain[seq] = next_chain(before, rev.id, rev.hash, item.has_content)

    def _drop(self, losers: frozenset[RevisionId] | set[RevisionId]) -> None:
        for loser in losers:
            self.log.revs.pop(loser)
            self.log.entries = [entry for entry in self.log.entries if entry[1] != loser]

    def _chain_of(self, device: str) -> tuple[int, str]:
        """How far the device's chain is whole here, and the hash there (the first branch that came, if it forked)."""
        high, end = 0, ""
        links: dict[tuple[int, str], str] = {}
        for _, i, _ in self.log.entries:
            if i in self.log.revs and self.log.revs[i].device == device:
                rev = self.log.revs[i]
                links.setdefault((rev.seq, rev.prev), rev.hash)
        while (following := links.get((high + 1, end))) is not None:
            high, end = high + 1, following
        return high, end

    def _repeats(self, device: str) -> bool:
        seqs = [rev.seq for rev in self.log.revs.values() if rev.device == device]
        return len(seqs) != len(set(seqs))


def heads_of(revs: dict[str, Rev], record: str) -> frozenset[RevisionId]:
    """The real rule of the domain, on the model's revisions."""
    mine = [rev for rev in revs.values() if rev.record == record]
    return heads({RevisionId(rev.id): tuple(RevisionId(p) for p in rev.parents) for rev in mine})


def _new_epoch(before: Log | None) -> Log:
    name = digest(f"epoch {next(_epochs)}")[:8]
    if before is None:
        return Log(epoch=name, known_epochs={name})
    before.epoch = name
    before.known_epochs.add(name)
    return before
