"""The vault as the sync engine sees it; each method is one local transaction, none spans the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from fieldkit.app import policies
from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.file_store import FileStore
from fieldkit.app.floods import flood_of
from fieldkit.app.handing_over import HandOverStore
from fieldkit.app.ports import DeviceKey, Enrolment, Outgoing, SyncState
from fieldkit.app.team_store import TeamStore
from fieldkit.app.transfers import FileTask
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.domain.receipt import Certificate, Cursor, Outcome, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.domain.sharing import NEVER_SHARED, SHARED_WITH_ENTRY
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, DeviceId, RevisionId, new_id
from fieldkit.kernel.signing import SigningKey, VerifyKey
from storage import file_places, log, offers, outbox, pages, receipts
from storage.bars import HELD_BACK
from storage.combining import combined_after
from storage.custody import Custody, Event
from storage.engine import Database
from storage.erasure_store import VaultErasures
from storage.gate import Gate
from storage.hand_over import BROUGHT, VaultHandOver
from storage.identity import add_device, enrolment, fact, head, identity, put_enrolment, set_fact
from storage.laptop_store import VaultLaptop
from storage.outbox import CONTENT, N_MASK, STAYS
from storage.teams import VaultTeams
from storage.unit_of_work import VaultUnitOfWork

_COLUMNS = ", ".join("r." + name for name in log.COLUMNS.split(", "))
ORIGIN = "sync"


class VaultSyncStore:
    """See ``fieldkit.app.ports.SyncStore``."""

    def __init__(
        self,
        db: Database,
        unit_of_work: Callable[[], VaultUnitOfWork],
        identity_changed: Callable[[], None],
        set_office_slot: Callable[[bytes | None], None],
        files: FileStore,
        folder: Path,
    ) -> None:
        self._db = db
        self._unit_of_work = unit_of_work
        self._identity_changed = identity_changed
        self._set_office_slot = set_office_slot
        self._files = files
        self.laptop = VaultLaptop(
            db, files, lambda: self._office().store_key, lambda said: self._record(Event.PURGED, said),
            lambda: self._unit_of_work().clock.now(),
        )  # fmt: skip
        self._untold: list[tuple[str, str]] = []
        self.erasures = VaultErasures(
            db, folder, files, lambda: self._office().store_key, lambda said: self._record(Event.ERASED, said)
        )
        self._gate = Gate(db)
        now = lambda: to_stamp(self._unit_of_work().clock.now())  # noqa: E731
        self._team = VaultTeams(db, files, now)
        self._hand_over = VaultHandOver(db, self, files, folder, now)

    def state(self) -> SyncState:
        """Raises ``Refusal('send.not_enrolled')`` for a vault that works on its own."""
        self._gate.begin()
        db, me = self._db, identity(self._db)
        waiting = db.one("SELECT count(*) FROM outbox")
        return SyncState(
            identity=me, enrolment=self._office(), epoch=fact(db, "epoch") or None,
            witnesses=tuple(
                Witness(epoch=row[0], seq=row[1], chain=row[2], proof=row[3])
                for row in db.rows("SELECT epoch, seq, chain, proof FROM witnesses ORDER BY epoch, seq, chain")
            ),
            cursors=tuple(
                Cursor(assessment=AssessmentId(row[0]), epoch=row[1], seq=row[2])
                for row in db.rows("SELECT assessment, epoch, seq FROM cursors ORDER BY assessment")
            ),
            head=head(db, me.device), unreceipted=waiting[0] if waiting else 0,
            reoffer="yes" in {fact(db, "reoffer"), fact(db, BROUGHT)},
        )  # fmt: skip

    def outgoing(self, after: int, limit: int) -> list[Outgoing]:
        """Unreceipted revisions, priority 0 first, then in order; content left out where it stays."""
        rows = self._db.rows(
            f"SELECT o.place, o.wants, {_COLUMNS} FROM outbox o JOIN revisions r ON r.n = o.place & ?"
            " WHERE o.place > ? ORDER BY o.place LIMIT ?",
            (N_MASK, after, limit),
        )
        found = []
        for place, wants, *row in rows:
            item = log.read(tuple(row))
            revision = item.revision if wants & CONTENT else item.revision.sealed()
            found.append(Outgoing(n=place, revision=revision, disclosure=wants == CONTENT))
        return found

    def held(self, after: int, limit: int) -> list[Outgoing]:
        """Every revision held (own and others'), for re-offering after a new epoch."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM revisions r WHERE r.n > ? ORDER BY r.n LIMIT ?", (after, limit))
        items = [log.read(row) for row in rows]
        staying = self._staying([item.n for item in items])
        found = []
        for item in items:
            stays = item.revision.envelope.kind in NEVER_SHARED or item.n in staying
            found.append(Outgoing(n=item.n, revision=item.revision.sealed() if stays else item.revision))
        return found

    def mark_offered(self, leaving: Sequence[RevisionId]) -> tuple[RevisionId, ...] | None:
        """Remember that these contents are about to be put into a request, so that a later withdrawal follows them.

        Returns the notes marked only now, for ``unmark_offered``; ``None``, with nothing marked, where one of them is
        not to leave any more.
        """
        with self._db.transaction():
            return offers.mark(self._db, leaving)

    def unmark_offered(self, marked: Sequence[RevisionId]) -> None:
        """The request for which these were marked reached nobody, or was refused whole: they have not been sent."""
        with self._db.transaction():
            offers.unmark(self._db, marked)

    def keep_receipts(self, sheets: Iterable[Signed]) -> ChangeSet:
        """Verify each against the pinned key and store. A sheet that does not hold raises ``Refusal``.

        Sheets before it are kept all the same.
        """
        store = VerifyKey(self._office().store_key)
        touched: list[tuple[str, str]] = []
        refused: Refusal | None = None
        with self._db.transaction():
            for signed in sheets:
                try:
                    touched += [("receipt", record) for record in receipts.keep_sheet(self._db, signed, store)]
                except Refusal as error:
                    refused = error
                    break
        if refused is not None:
            raise refused
        return change_set(ORIGIN, touched)

    def apply_part(self, revisions: Sequence[Revision], devices: Sequence[DeviceKey]) -> None:
        """Keep some of a page ahead of ``apply_page``, which keeps what is left and tells of both.

        Not flushed by itself: the cursor has not moved, so what a power cut forgets comes again.
        """
        with self._db.lazy_transaction():
            now = self._unit_of_work().clock.now()
            if self._gate.lets_in(revisions, now):
                return  # ``apply_page`` tells
            touched = pages.apply(self._db, revisions, devices, to_stamp(now))
        self._untold += touched

    def apply_page(
        self, revisions: Sequence[Revision], devices: Sequence[DeviceKey], cursor: Cursor, witness: Witness
    ) -> ChangeSet:
        """Keep a pulled page and its cursor together. Bad revisions are set aside, never block the rest.

        A page that would take much out of use at once waits with all after it: its change set names its assessment
        under the kind ``paused``, nothing of it is kept and the cursor stays (``fieldkit.app.floods``).
        """
        with self._db.transaction():
            uow = self._unit_of_work()
            if self._gate.lets_in(revisions, uow.clock.now()) or self._gate.is_shut(cursor.assessment):
                self._see(witness)
                touched, self._untold = self._untold, []
                return change_set(ORIGIN, [*touched, ("paused", cursor.assessment)])
            touched = pages.apply(self._db, revisions, devices, to_stamp(uow.clock.now()))
            self._db.run(
                "INSERT INTO cursors (assessment, epoch, seq) VALUES (?, ?, ?) ON CONFLICT (assessment) DO UPDATE"
                " SET seq = CASE WHEN epoch = excluded.epoch THEN max(seq, excluded.seq) ELSE excluded.seq END,"
                " epoch = excluded.epoch",
                (cursor.assessment, cursor.epoch, cursor.seq),
            )
            self._see(witness)
            touched += combined_after(uow, cursor.assessment)
        touched, self._untold = self._untold + touched, []
        return change_set(ORIGIN, touched)

    def begin_taking_in(self) -> None:
        """An import begins; a round begins with ``state``."""
        self._gate.begin()

    def take_in(self, revisions: Sequence[Revision], devices: Sequence[DeviceKey]) -> ChangeSet:
        """Keep what came without a cursor. Raises ``Refusal('flood.paused')`` (``fieldkit.app.floods``)."""
        with self._db.transaction():
            uow = self._unit_of_work()
            shut = sorted(self._gate.lets_in(revisions, uow.clock.now()))
        if shut:
            waiting = flood_of(uow.questions, AssessmentId(shut[0]))
            raise Refusal("flood.paused", count=f"{waiting.count if waiting else 0:,}")
        with self._db.transaction():
            uow = self._unit_of_work()
            touched = pages.apply(self._db, revisions, devices, to_stamp(uow.clock.now()))
            for place in sorted({one.envelope.assessment for one in revisions if one.envelope.assessment}):
                touched += combined_after(uow, place)
        return change_set(ORIGIN, touched)

    def confirm_witnesses(self, epoch: str, keep: Witness | None) -> None:
        """One hello has confirmed all witnesses together: keep only the newest."""
        with self._db.lazy_transaction():  # forgotten by a power cut, the old ones are confirmed again
            self._db.run("DELETE FROM witnesses")
            if keep is not None and keep.epoch == epoch:
                self._see(keep)

    def keep_witness(self, witness: Witness) -> None:
        """One more point of the store's log that was seen, beside all others."""
        with self._db.transaction():
            self._see(witness)

    def meet_epoch(self, epoch: str) -> None:
        """A new epoch: forget cursors and witnesses of the old, re-offer what is held."""
        with self._db.transaction():
            self._db.run("DELETE FROM cursors WHERE epoch <> ?", (epoch,))
            self._db.run("DELETE FROM witnesses WHERE epoch <> ?", (epoch,))
            set_fact(self._db, "epoch", epoch)
            set_fact(self._db, "reoffer", "yes")
            outbox.trust_all_epochs(self._db)  # whichever epoch was trusted before
            outbox.distrust_other_epochs(self._db)

    def offered_all(self) -> None:
        """The store of this epoch was asked about everything held and has it: old receipts count again."""
        with self._db.transaction():
            set_fact(self._db, "reoffer", "no")
            set_fact(self._db, BROUGHT, "no")
            outbox.trust_all_epochs(self._db)

    def keep_certificate(self, signed: Signed) -> Certificate:
        """Verify and keep the latest certificate."""
        with self._db.lazy_transaction():  # each round brings one
            return receipts.keep_certificate(self._db, signed, VerifyKey(self._office().store_key))

    def keep_policy(self, policy: OfficePolicy, *, is_adviser: bool) -> ChangeSet:
        """Keep what the office decides, as it was heard under its pinned key; empty where nothing is new."""
        wanted = policies.as_settings(policy, is_adviser=is_adviser)
        kept: dict[str, str] = dict(self._db.rows("SELECT name, value FROM settings WHERE name GLOB 'policy/*'"))
        changed = [name for name, value in wanted.items() if kept.get(name) != value]
        if changed:
            with self._db.transaction():
                for name in changed:
                    self._db.run("DELETE FROM settings WHERE name = ?", (name,))
                    if wanted[name] is not None:
                        self._db.run("INSERT INTO settings (name, value) VALUES (?, ?)", (name, wanted[name]))
        return change_set(ORIGIN, [("setting", name) for name in changed])

    def set_aside(self, revision: RevisionId, outcome: Outcome, code: str) -> None:
        """Remember what the store said of a revision that it gave no receipt for; it stays to be sent."""
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO said (revision, outcome, code) VALUES (?, ?, ?)",
                (revision, outcome.value, code),
            )

    def start_incarnation(self, device: DeviceId, key: SigningKey) -> None:
        """Go on as a new device (a restored or cloned laptop was detected); nothing is lost."""
        try:
            with self._db.transaction():
                now = self._unit_of_work().clock.now()
                add_device(self._db, device, key, to_stamp(now))
                # What the former device sent and this disk lost may lie behind the cursors, where own work is left out.
                self._db.run("DELETE FROM cursors")
                self._identity_changed()
                self._record(Event.NEW_DEVICE)
        finally:
            self._identity_changed()  # rolled back, it is the old one again

    def keep_enrolment(self, enrolment: Enrolment) -> None:
        """Pin the office, and let its recovery key open the vault.

        An office that never gave a receipt may be replaced: whoever finds out by the six words that it was the wrong
        one has handed nothing in to it. Raises ``Refusal('vault.enrolled_elsewhere')`` after the first receipt, from
        which on the key is pinned for ever.
        """
        before = self._enrolment()
        with self._db.transaction():
            if before is not None and before.store_key != enrolment.store_key:
                self._forget(before)
            put_enrolment(self._db, enrolment)
            self._record(Event.ENROLLED, enrolment.office)
            self._set_office_slot(enrolment.recovery_key)

    @property
    def hand_over(self) -> HandOverStore:
        """The same vault as handing over without a network sees it."""
        return self._hand_over

    @property
    def team(self) -> TeamStore:
        """The teams of this person, and what they left."""
        return self._team

    @property
    def files(self) -> FileStore:
        """The files themselves."""
        return self._files

    def files_to_send(self) -> list[FileTask]:
        """Files that lie here, whose record the store has and which it has not confirmed in this epoch."""
        return file_places.to_send(self._db, self._files)

    def files_to_fetch(self) -> list[FileTask]:
        """Team-mates' files that are not here: small ones, and those that were asked for."""
        return file_places.to_fetch(self._db, self._files)

    def keep_file_place(self, task: FileTask, place: str | None) -> None:
        """Where a sending goes on; call before its first byte leaves."""
        with self._db.lazy_transaction():  # forgotten by a power cut, beginning again answers where it stands
            file_places.keep_place(self._db, task, place)

    def keep_file_receipt(self, task: FileTask, signed: Signed, *, more_follow: bool = False) -> ChangeSet:
        """Verify against the pinned key and keep. Raises ``Refusal`` for what does not hold, or is of another file.

        With ``more_follow`` it is flushed with the next: forgotten by a power cut, the store gives it again.
        """
        with self._db.lazy_transaction() if more_follow else self._db.transaction():
            file_places.keep_receipt(self._db, signed, VerifyKey(self._office().store_key), task)
        return change_set(ORIGIN, [("receipt", task.record), ("attachment", task.record)])

    def note_file(self, task: FileTask, code: str = "") -> ChangeSet:
        """A file came (no code), or did not go or come, and why."""
        with self._db.transaction():
            file_places.note(self._db, task, code)
        return change_set(ORIGIN, [("attachment", task.record)])

    def _forget(self, office: Enrolment) -> None:
        if self._db.one("SELECT 1 FROM sheets LIMIT 1") is not None:
            raise Refusal("vault.enrolled_elsewhere", office=office.office)
        for table in ("certificates", "cursors", "witnesses", "said", "file_places"):
            self._db.run(f"DELETE FROM {table}")
        self._db.run("DELETE FROM facts WHERE name IN ('epoch', 'reoffer', 'brought')")

    def _enrolment(self) -> Enrolment | None:
        return enrolment(self._db)

    def _record(self, event: Event, detail: str = "") -> None:
        uow = self._unit_of_work()
        uow.append(new_id(), Custody(event=event, at=uow.clock.now(), detail=detail), assessment=None)

    def _office(self) -> Enrolment:
        office = self._enrolment()
        if office is None:
            raise Refusal("send.not_enrolled")
        return office

    def _staying(self, numbers: Sequence[int]) -> set[int]:
        """Which of these, made here, belong to notes that stay, are held back, or point to entries not known here."""
        if not numbers:
            return set()
        kinds = ", ".join(f"'{kind}'" for kind in sorted(SHARED_WITH_ENTRY))
        rows = self._db.rows(
            f"""
            SELECT r.n FROM revisions r
            LEFT JOIN revisions x ON x.id =
                CASE r.kind WHEN 'entry' THEN r.id ELSE json_extract(CAST(r.content AS TEXT), '$.entry') END
            LEFT JOIN entries e ON e.n = x.n
            WHERE r.n IN ({log.marks(len(numbers))}) AND r.here = 1 AND r.kind IN ({kinds})
                AND (coalesce(e.sharing, {STAYS}) = {STAYS} OR {HELD_BACK})
            """,
            list(numbers),
        )
        return {row[0] for row in rows}

    def _see(self, witness: Witness) -> None:
        self._db.run(
            "INSERT OR IGNORE INTO witnesses (epoch, seq, chain, proof) VALUES (?, ?, ?, ?)",
            (witness.epoch, witness.seq, witness.chain, witness.proof),
        )
