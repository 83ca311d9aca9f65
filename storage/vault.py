"""The vault: an encrypted folder that is created, unlocked, used from one thread, and closed.

The folder holds ``vault.key`` (the sealed master key), ``vault.db`` (everything else, encrypted), ``backups/`` and,
while passphrases are being guessed, ``vault.tries``; files of attachments lie encrypted in ``blobs/``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from fieldkit.app.changes import ChangeSet
from fieldkit.app.file_store import FileStore
from fieldkit.app.ports import Identity, Questions, SyncStore, UnitOfWork
from fieldkit.app.rows import Finding
from fieldkit.app.texts import whole
from fieldkit.kernel.clock import Clock, to_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import AuthorId, DeviceId, VaultId, new_id
from fieldkit.kernel.signing import SigningKey
from storage import backup, guesses, keyfile, keys, learning, schema, words
from storage import recovery_key as recovery_keys
from storage.attachments import named_files
from storage.blobs import BlobStore
from storage.custody import Custody, Event
from storage.engine import Database, is_plain
from storage.files import flush_folder
from storage.health import Checkup
from storage.identity import add_device, identity, set_fact
from storage.keyfile import Cost, KeyFile
from storage.places import copied_by
from storage.questions import VaultQuestions
from storage.rebuilding import rebuild
from storage.still import Still
from storage.sync_store import VaultSyncStore
from storage.unit_of_work import APP, VaultUnitOfWork

DATABASE = "vault.db"
BACKUPS = "backups"

T = TypeVar("T")
Report = Callable[[str, int, int], None]


class OpenVault:
    """An unlocked vault; see ``fieldkit.app.ports.Vault``. Used from one thread, the store lane."""

    def __init__(self, folder: Path, db: Database, master: bytearray, clock: Clock) -> None:
        self.folder = folder
        self.new_recovery_key: str | None = None
        """The recovery key, to be shown once: only on the object that ``create_vault`` returns."""
        self._db = db
        self._master = master
        self._clock = clock
        self._health = Checkup(db)
        self._questions = VaultQuestions(db)
        self._identity: Identity = identity(db)
        self._files = BlobStore(folder, master)
        self._sync = VaultSyncStore(
            db, self.unit_of_work, self._changed_identity, self._set_office_slot, self._files, folder
        )
        self._still: Still | None = None
        self._is_open = True

    @property
    def questions(self) -> Questions:
        return self._questions

    @property
    def sync_store(self) -> SyncStore:
        return self._sync

    @property
    def files(self) -> FileStore:
        """The files of attachments; may be used from any thread until ``close``."""
        return self._files

    @property
    def copied_by(self) -> str | None:
        """The service that copies this folder elsewhere while it is in use, if it can be told."""
        return copied_by(self.folder)

    def perform(self, action: Callable[[UnitOfWork], T], origin: str = "") -> tuple[T, ChangeSet]:
        """Run ``action(uow)`` in one transaction; its result and what it changed, once that is durable."""
        with self._db.transaction():
            uow = self.unit_of_work()
            result = action(uow)
        return result, uow.changes(origin)

    def unit_of_work(self) -> VaultUnitOfWork:
        """A unit of work for the transaction that is open."""
        return VaultUnitOfWork(self._db, self._clock, self._identity, lambda: self._questions)

    def verify(self, report: Report | None = None) -> list[Finding]:
        """Everything that can be proved, proved; ``report(stage, done, total)`` as it goes on."""
        with self.hold_still() as still:
            return still.verify(report)

    def hold_still(self) -> Still:
        """The vault as it is now, to be read once by another thread; what is written meanwhile waits for nothing.

        Closing the vault breaks the reading off. Raises ``RuntimeError`` while another such reading goes on.
        """
        still = Still(self._db.path, self._master, self._clock.now)
        self._health.hold(lambda: still.is_over)
        self._still = still
        return still

    def rebuild(self) -> None:
        """Drop every projection and compute it again from the log."""
        with self._db.transaction():
            rebuild(self._db)

    def put_aside_left_over(self) -> None:
        """What was being taken in when the program ended goes; only while nothing is being taken in."""
        self._files.tidy(named_files(self._db))

    def tidy(self) -> bool:
        """A bit of housekeeping that is due, some 10 ms; whether more is. Call when nothing else waits.

        It indexes notes that were pulled, and moves the write-ahead log into the database when it has grown: left
        alone that grows by some 60 kB a note until ``close``.
        """
        if not self._is_open:
            return False
        more = words.catch_up(self._db)
        return self._health.checkpoint_if_grown() or more

    def backup(self) -> str:
        """Make and verify a dated encrypted backup; where it lies."""
        self.perform(lambda uow: note_event(uow, Event.BACKED_UP))
        return str(backup.on_request(self._db, self.folder, self._master, self._clock.now()))

    def absorb(self, use: Callable[[Database], T]) -> T:
        """Run ``use`` on the database in one transaction: for restoring, which reads another vault's file."""
        with self._db.transaction():
            return use(self._db)

    def change_passphrase(self, present: str, fresh: str, *, cost: Cost | None = None) -> None:
        """Seal the master key under a new passphrase; no data is written again.

        Raises ``Trouble('vault.passphrase_wrong')``, ``Mistake('passphrase.short')``.
        """
        keys.check_new_passphrase(fresh)
        stored = keyfile.load(self.folder)
        keys.wipe(keys.unlock(stored, present))
        _put_key_file(self.folder, keys.with_passphrase(stored, self._master, fresh, cost or stored.cost))
        self.perform(lambda uow: note_event(uow, Event.PASSPHRASE_CHANGED))

    def renew_recovery_key(self) -> str:
        """A new recovery key in the place of the old one, which opens nothing any more; to be shown once."""
        secret = recovery_keys.new_secret()
        _put_key_file(self.folder, keys.with_recovery(keyfile.load(self.folder), self._master, secret))
        self.perform(lambda uow: note_event(uow, Event.RECOVERY_RENEWED))
        return recovery_keys.to_text(secret)

    def close(self) -> None:
        """Back up what changed, move the log into the file, forget the key. A second call does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        if self._still is not None:
            self._still.cut_off()
        try:
            backup.on_closing(self._db, self.folder, self._master, self._clock.now())
            self._health.close()
        finally:
            self._db.close()
            self._files.close()
            keys.wipe(self._master)

    def _changed_identity(self) -> None:
        self._identity = identity(self._db)

    def _set_office_slot(self, public: bytes | None) -> None:
        """Let the office's recovery key open the vault, and no other office's; ``None``: none at all."""
        stored = keyfile.load(self.folder)
        slot = stored.slot("office")
        if public is None and slot is not None:
            _put_key_file(self.folder, stored.without_slot("office"))
        elif public is not None and (slot is None or slot.to != public):
            _put_key_file(self.folder, keys.with_office(stored, self._master, public))


def create_vault(
    folder: Path,
    passphrase: str,
    *,
    name: str,
    initials: str,
    clock: Clock,
    is_practice: bool = False,
    cost: Cost | None = None,
) -> OpenVault:
    """Make a vault and open it; ``new_recovery_key`` of the result is to be shown once.

    ``cost`` is how hard guessing is made; by default as hard as this laptop can do in a second. The vault is
    made beside its place and moved there whole, so a half-made one never has its name.

    Raises ``Mistake('passphrase.short')``, ``Refusal('vault.exists')``, ``Refusal('vault.synced_folder')`` or
    ``Trouble('vault.disk')``.
    """
    keys.check_new_passphrase(passphrase)
    _check_place(folder)
    made = folder.with_name(folder.name + ".making")
    vault = VaultId(new_id())
    stored, master, recovery_key = keys.new_keys(vault, passphrase, to_stamp(clock.now()), cost or keys.fitting_cost())
    try:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700, parents=True)
        (made / BACKUPS).mkdir(mode=0o700)
        _fill(made, stored, master, clock, {"name": whole(name), "initials": whole(initials), "practice": is_practice})
        if folder.exists():
            folder.rmdir()  # an empty folder that the person made for it
        os.replace(made, folder)
        flush_folder(folder.parent)
    except OSError as error:
        raise Trouble("vault.disk", folder=str(folder.parent)) from error
    opened = open_unlocked(folder, master, clock)
    opened.new_recovery_key = recovery_key
    return opened


def open_vault(folder: Path, passphrase: str, clock: Clock) -> OpenVault:
    """Unlock a vault.

    Raises ``Trouble('vault.not_found')``, ``Trouble('vault.passphrase_wrong')``, ``Trouble('vault.wait')`` after
    several wrong ones, ``Trouble('vault.in_use')``, ``Trouble('vault.read_only')``, ``Trouble('vault.no_room')``,
    ``Trouble('vault.damaged')`` (a copy is then set aside) or ``Refusal('vault.later_version')``.
    """
    stored = keyfile.load(folder)
    guesses.before_guess(folder, clock)
    try:
        master = keys.unlock(stored, passphrase)
    except Trouble as error:
        if seconds := guesses.seconds_to_wait(folder, clock):  # said with the wrong guess, not with the next one
            raise Trouble("vault.wait", seconds=seconds) from error
        raise
    guesses.guessed_right(folder)
    return open_unlocked(folder, master, clock)


def recover_vault(
    folder: Path, recovery_key: str, new_passphrase: str, clock: Clock, *, cost: Cost | None = None
) -> OpenVault:
    """Open a vault by its recovery key and give it a new passphrase; the recovery key stays the same.

    Raises ``Mistake('vault.recovery_key_length')`` and its like, ``Trouble('vault.recovery_key_wrong')``, and what
    ``open_vault`` raises.
    """
    keys.check_new_passphrase(new_passphrase)
    stored = keyfile.load(folder)
    return _take_over(folder, stored, keys.unlock_by_recovery_key(stored, recovery_key), new_passphrase, clock, cost)


def recover_vault_by_office(
    folder: Path, office_private_key: bytes, new_passphrase: str, clock: Clock, *, cost: Cost | None = None
) -> OpenVault:
    """Open a vault by the organisation's recovery key (kept away from every server) and give it a new passphrase."""
    keys.check_new_passphrase(new_passphrase)
    stored = keyfile.load(folder)
    master = keys.unlock_by_office_key(stored, office_private_key)
    return _take_over(folder, stored, master, new_passphrase, clock, cost)


def _take_over(
    folder: Path, stored: KeyFile, master: bytearray, passphrase: str, clock: Clock, cost: Cost | None
) -> OpenVault:
    opened = open_unlocked(folder, master, clock)
    try:
        _put_key_file(folder, keys.with_passphrase(stored, master, passphrase, cost or stored.cost))
        guesses.guessed_right(folder)
        opened.perform(lambda uow: note_event(uow, Event.RECOVERED))
    except BaseException:
        opened.close()
        raise
    return opened


def open_unlocked(folder: Path, master: bytearray, clock: Clock) -> OpenVault:
    """Open a vault whose master key is at hand; the vault wipes the key when it is closed."""
    path = folder / DATABASE
    if not path.exists():
        raise Trouble("vault.not_found", folder=str(folder))
    if is_plain(path):
        raise Trouble("vault.not_encrypted", folder=str(folder))
    with backup.setting_damage_aside(folder, clock.now()):
        db = Database(path, keys.database_key(master))
        try:
            health = Checkup(db)
            schema.bring_up_to_date(db, lambda label: backup.before_migration(db, folder, master, clock.now(), label))
            health.open(APP)
            learning.learn(db)
            opened = OpenVault(folder, db, master, clock)
            opened.put_aside_left_over()
        except BaseException as error:
            db.close()
            if isinstance(error, Trouble) and error.code == "vault.disk_full":
                raise Trouble("vault.no_room", folder=str(folder)) from error  # nothing was typed that is not saved
            raise
    with suppress(OSError, FieldKitError):  # tried again at the next opening
        keyfile.retire_previous(folder)  # a change of keys may have been cut off; what is in place has just opened
    return opened


def _put_key_file(folder: Path, fresh: KeyFile) -> None:
    """Put a key file that was proved to open in the place of every older one of this vault."""
    keyfile.save(folder, fresh)
    keyfile.retire_previous(folder)
    backup.refresh_keys(folder)


def _check_place(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Refusal("vault.exists", folder=str(folder))
    if service := copied_by(folder):
        raise Refusal("vault.synced_folder", folder=str(folder), service=service)


def _fill(folder: Path, stored: KeyFile, master: bytearray, clock: Clock, who: dict[str, str | bool]) -> None:
    keyfile.save(folder, stored)
    db = Database(folder / DATABASE, keys.database_key(master))
    try:
        with db.transaction():
            schema.create(db)
            now = to_stamp(clock.now())
            facts = {
                "vault": stored.vault, "created_at": now, "author": AuthorId(new_id()), "name": str(who["name"]),
                "initials": str(who["initials"]), "is_practice": "yes" if who["practice"] else "no",
            }  # fmt: skip
            for fact, value in facts.items():
                set_fact(db, fact, value)
            learning.remember(db)
            add_device(db, DeviceId(new_id()), SigningKey.generate(), now)
            uow = VaultUnitOfWork(db, clock, identity(db), lambda: VaultQuestions(db))
            note_event(uow, Event.CREATED)
    finally:
        db.close()


def note_event(uow: UnitOfWork, event: Event, detail: str = "") -> None:
    """Write an event in the life of the vault into its log."""
    uow.append(new_id(), Custody(event=event, at=uow.clock.now(), detail=detail), assessment=None)
