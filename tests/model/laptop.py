"""The laptop of the model: what lies on its disk, and how it speaks with the office."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from fieldkit.app.ports import Enrolment, Identity, SyncState
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.domain.revision import ChainHead
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey
from sync.reconcile import Offer, Plan, plan_round
from tests.model.notes import Bug, Line, Rev, Sent
from tests.model.office import Office, Page, heads_of

PIECE = 3
"""Bytes of a file in one request."""

_ENROLMENT = Enrolment(
    office="", url="", user="", store_key=b"", recovery_key=None, enrolled_at=datetime(2026, 11, 12, tzinfo=UTC)
)
_KEY = SigningKey(bytes(32))


@dataclass(slots=True)
class Disk:
    """Everything durable. ``trusted``: receipts of this epoch alone count, or of all (``None``)."""

    device: str
    seq: int = 0
    head: str = ""
    revs: dict[str, Rev] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    receipts: dict[str, set[Line]] = field(default_factory=dict)
    trusted: str | None = None
    reoffer: bool = False
    epoch: str | None = None
    cursor: int = 0
    witnesses: frozenset[Witness] = frozenset()
    blobs: dict[str, bytes] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)
    blobs_there: set[str] = field(default_factory=set)


class Laptop:
    """One assessor's laptop. ``offer`` and ``lacking`` (what the office said it lacks) live for one round only."""

    def __init__(self, name: str, bug: Bug | None) -> None:
        self.name = name
        self.bug = bug
        self.disk = Disk(device=name)
        self.lacking: set[str] | None = None
        self.offer = Offer.NOTHING

    def restart(self) -> None:
        """Forget what is not on the disk."""
        self.lacking, self.offer = None, Offer.NOTHING

    def write(self, identity: str, record: str, priority: int, *, shared: bool, merge: bool, blob: bytes) -> Rev:
        """A new revision; an ordinary edit extends one head, a merge names all."""
        disk = self.disk
        ends = sorted(heads_of(disk.revs, record))
        parents = tuple(ends) if merge else tuple(ends[:1])
        name = hashlib.sha256(blob).hexdigest() if blob else ""
        rev = Rev(
            id=identity, record=record, parents=parents, device=disk.device, seq=disk.seq + 1, prev=disk.head,
            body=f"{record} by {self.name}", priority=priority, blob=name,
        )  # fmt: skip
        disk.seq, disk.head = rev.seq, rev.hash
        disk.revs[rev.id] = rev
        disk.contents.add(rev.id)
        disk.made.add(rev.id)
        if shared:
            disk.shared.add(rev.id)
        if blob:
            disk.blobs[name] = blob
        return rev

    def outbox(self) -> list[Sent]:
        """What has no receipt that counts, urgent first."""
        waiting = [self.disk.revs[i] for i in self.disk.made if self._wants(i)]
        order = (lambda r: (r.device, r.seq)) if self.bug is Bug.FIFO else (lambda r: (r.priority, r.device, r.seq))
        return [Sent(rev, self._leaves(rev.id)) for rev in sorted(waiting, key=order)]

    def confirmed(self, identity: str) -> tuple[bool, bool]:
        """Whether a receipt that counts vouches for the envelope, and for the content."""
        lines = {line for line in self.disk.receipts.get(identity, ()) if self.disk.trusted in {None, line.epoch}}
        return bool(lines), any(line.has_content for line in lines)

    def hello(self, office: Office, rename: str) -> Plan:
        """Say hello, note what it told, and decide the round by the real rule. ``rename``: the id to go on under."""
        disk = self.disk
        heard = office.hello(disk.device, (disk.seq, disk.head), disk.witnesses, disk.cursor)
        if self.bug is Bug.IGNORE_EPOCH and disk.epoch is not None:
            heard = replace(heard, epoch=disk.epoch)
        plan = plan_round(self._state(), heard)
        self.lacking, self.offer = None, plan.offer
        if plan.meet_epoch:
            disk.epoch, disk.reoffer, disk.cursor, disk.trusted = heard.epoch, True, 0, heard.epoch
        disk.witnesses = frozenset({heard.witness})
        if plan.succeed:
            disk.device, disk.seq, disk.head = rename, 0, ""
            disk.cursor = disk.cursor if self.bug is Bug.KEEP_CURSOR else 0
        if plan.first_contact:
            self._offered()
        return plan

    def ask_missing(self, office: Office) -> None:
        """After a restore: ask what the office lacks of everything held."""
        held = {i: i in self.disk.contents and (i not in self.disk.made or self._leaves(i)) for i in self.disk.revs}
        self.lacking, self.offer = office.missing(held), Offer.NOTHING
        if self.bug is not Bug.SILENT_MISSING:
            self.see(office.witness())
        if self.bug is Bug.OFFERED_TOO_EARLY or not self.lacking:
            self._offered()

    def owed(self) -> list[Sent]:
        """What the office said it lacks."""
        revs = [self.disk.revs[i] for i in sorted(self.lacking or ())]
        return [Sent(rev, self._may_show(rev.id)) for rev in revs]

    def got(self, lines: dict[str, Line], witness: Witness | None) -> None:
        """Keep receipts of what is held here."""
        for identity, line in lines.items():
            if identity in self.disk.revs and (line.kept or self.bug is Bug.REJECT_STALE):
                self.disk.receipts.setdefault(identity, set()).add(line)
        if witness is not None:
            self.see(witness)

    def got_owed(self, lines: dict[str, Line], witness: Witness) -> None:
        """The reply to what was owed: once all of it is confirmed, old receipts count again."""
        self.got(lines, witness)
        self.lacking = (self.lacking or set()) - lines.keys()
        if not self.lacking:
            self._offered()

    def see(self, witness: Witness) -> None:
        """Remember a point of the office's log beside all others."""
        if self.bug is Bug.MAX_WITNESS:
            here = [w for w in (*self.disk.witnesses, witness) if w.epoch == witness.epoch]
            self.disk.witnesses = frozenset({max(here, key=lambda w: w.seq)})
        else:
            self.disk.witnesses |= {witness}

    def apply(self, page: Page, stop: int | None = None) -> None:
        """Keep a page with its cursor; ``stop`` is a crash in the middle, which keeps nothing."""
        if page.epoch != self.disk.epoch and self.bug is not Bug.IGNORE_EPOCH:
            return
        if self.bug is Bug.CURSOR_FIRST:
            self.disk.cursor = page.cursor
        elif stop is not None:
            return
        for item in page.items[:stop]:
            self.disk.revs.setdefault(item.rev.id, item.rev)
            if item.has_content:
                self.disk.contents.add(item.rev.id)
        if stop is None:
            self.disk.cursor = page.cursor
            self.see(page.witness)

    def upload(self, office: Office, *, is_lost: bool) -> None:
        """One piece of the first file that is not there; before going on, ask how much is."""
        disk = self.disk
        for name, data in sorted(disk.blobs.items()):
            if name in disk.blobs_there:
                continue
            local = self.bug is Bug.BLOB_LOCAL_OFFSET_NO_HASH
            offset = disk.offsets.get(name, 0) if local else len(office.parts.get(name, b""))
            offset = 0 if not local and offset >= len(data) else offset
            whole = office.patch(name, data[offset : offset + PIECE], offset)
            if is_lost:
                return
            disk.offsets[name] = offset + PIECE
            if local and disk.offsets[name] >= len(data):
                office.finish(name)
                whole = True
            if whole:
                disk.blobs_there.add(name)
            return

    def _offered(self) -> None:
        self.disk.reoffer, self.disk.trusted = False, None

    def _leaves(self, identity: str) -> bool:
        return self.bug is Bug.SHARE_ALL or identity in self.disk.shared

    def _may_show(self, identity: str) -> bool:
        return identity in self.disk.contents and (identity not in self.disk.made or self._leaves(identity))

    def _wants(self, identity: str) -> bool:
        envelope, content = self.confirmed(identity)
        if self.bug is Bug.ENVELOPE_IS_ENOUGH:
            return not envelope
        return not envelope or (self._leaves(identity) and not content)

    def _state(self) -> SyncState:
        disk = self.disk
        device = DeviceId(disk.device)
        cursors = (
            (Cursor(assessment=AssessmentId("all"), epoch=disk.epoch or "", seq=disk.cursor),) if disk.cursor else ()
        )
        return SyncState(
            identity=Identity(author=AuthorId(self.name), name=self.name, initials="", device=device, key=_KEY),
            enrolment=_ENROLMENT, epoch=disk.epoch, witnesses=tuple(disk.witnesses), cursors=cursors,
            head=ChainHead(device=device, seq=disk.seq, hash=disk.head), unreceipted=len(self.outbox()),
            reoffer=disk.reoffer,
        )  # fmt: skip


__all__ = ["PIECE", "Disk", "Laptop", "Offer"]
