"""Going back to a backup without giving anything up: what was there is moved aside, and read for what the backup lacks.

The log is a set of revisions, so a damaged vault and yesterday's backup are two parts of the same set: whatever can
still be read of the one, and proves itself by digest and signature, is added to the other.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.revision import ChainHead, Revision, digest_holds, signature_holds
from fieldkit.kernel.clock import Clock, to_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.signing import VerifyKey
from storage import keyfile, keys, log
from storage.backup import MOVED
from storage.blob_copies import bring
from storage.custody import Event
from storage.engine import Database, Row, is_plain
from storage.files import flush_file, flush_folder
from storage.identity import head, move_head, own_keys
from storage.log import COLUMNS, Logged
from storage.projection import project
from storage.vault import BACKUPS, DATABASE, OpenVault, note_event, open_unlocked

_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The vault as restored and open; where the one before lies; what was saved of it beyond the backup."""

    vault: OpenVault
    moved_to: Path | None
    saved: int
    unreadable: int
    """Revisions whose rows are there but cannot be read or do not prove themselves."""


class _Wreck:
    """A database that may be damaged, read as far as it can be.

    After one bad page SQLCipher answers nothing more on a connection, so each failure is followed by a new one.
    """

    def __init__(self, path: Path, master: bytearray) -> None:
        self._path = path
        self._master = master
        self._db: Database | None = None

    def ask(self, sql: str) -> list[Row] | None:
        """The rows, or ``None`` where they cannot be read."""
        try:
            if self._db is None:
                self._db = Database(self._path, keys.database_key(self._master))
            return self._db.rows(sql)
        except FieldKitError:
            self.close()
            return None

    def close(self) -> None:
        """Give the connection back."""
        if self._db is not None:
            self._db.close()
            self._db = None


def restore_vault(backup: Path, folder: Path, passphrase: str, clock: Clock) -> Restored:
    """Put a backup in the place of a vault, then add what can still be read of the vault that was there.

    The backup is opened and checked whole before anything moves; the vault that was there is only renamed.
    Raises ``Trouble('vault.not_a_backup')``, ``Trouble('vault.backup_key_missing')``,
    ``Trouble('vault.passphrase_wrong')``, ``Trouble('vault.backup_not_whole')``, ``Refusal('vault.other_vault')`` for a
    backup of another vault, or ``Trouble('vault.in_use')`` while a window has the vault open.
    """
    stored = _key_of(backup)
    _assert_same_vault(folder, stored)
    master = keys.unlock(stored, passphrase)
    made = folder.with_name(folder.name + ".restoring")
    moved = None
    try:
        _copy(backup, made, stored, master)
        bring(backup.parent, made)  # the files of a backup that was carried lie beside its database
        if folder.exists():
            _assert_not_in_use(folder, master)
            stamp = to_stamp(clock.now())[:19].replace(":", "")
            moved = _free_name(folder, stamp)
            os.replace(folder, moved)
        os.replace(made, folder)
        flush_folder(folder.parent)
        if moved is not None and (moved / BACKUPS).is_dir():
            (folder / BACKUPS).rmdir()
            os.replace(moved / BACKUPS, folder / BACKUPS)
    except OSError as error:
        raise Trouble("vault.disk", folder=str(folder)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)  # there only where it was not moved
    vault = open_unlocked(folder, bytearray(master), clock)
    saved, unreadable = _add_what_was_there(vault, moved, master) if moved else (0, 0)
    bring(moved or backup.parent.parent, folder)  # only now does every record that names one stand here
    keys.wipe(master)
    vault.perform(lambda uow: note_event(uow, Event.RESTORED, f"{saved} saved beyond the backup"))
    return Restored(vault=vault, moved_to=moved, saved=saved, unreadable=unreadable)


def _key_of(backup: Path) -> keyfile.KeyFile:
    if backup.suffix != ".db" or not backup.is_file() or is_plain(backup):
        raise Trouble("vault.not_a_backup", file=str(backup))
    beside = backup.with_suffix(".key")
    if not beside.is_file():
        raise Trouble("vault.backup_key_missing", file=str(beside))
    return keyfile.KeyFile.from_bytes(beside.read_bytes())


def _assert_same_vault(folder: Path, stored: keyfile.KeyFile) -> None:
    """Another vault's notes would come under this one's name, and this one's backups under its key."""
    found = [keyfile.read_if_whole(folder / name) for name in (keyfile.NAME, keyfile.PREVIOUS)]
    if not any(found):
        found = [keyfile.read_if_whole(path) for path in (folder / BACKUPS).glob("*.key")]
    if any(one.vault != stored.vault for one in found if one is not None):
        raise Refusal("vault.other_vault", folder=str(folder))


def _assert_not_in_use(folder: Path, master: bytearray) -> None:
    """A window that has the vault open would go on saving into what was moved aside; its lock tells."""
    path = folder / DATABASE
    if not path.exists() or is_plain(path):
        return
    try:
        Database(path, keys.database_key(master)).close()
    except FieldKitError as error:
        if error.code == "vault.in_use":
            raise
        # Damaged, perhaps: that is what it is being restored for.


def _copy(backup: Path, made: Path, stored: keyfile.KeyFile, master: bytearray) -> None:
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700, parents=True)
    (made / BACKUPS).mkdir(mode=0o700)
    shutil.copyfile(backup, made / DATABASE)
    flush_file(made / DATABASE)
    keyfile.save(made, stored)
    try:
        copy = Database(made / DATABASE, keys.database_key(master))
        try:
            whole = copy.one("PRAGMA cipher_integrity_check") is None
        finally:
            copy.close()
    except FieldKitError as error:
        raise Trouble("vault.backup_not_whole", folder=str(backup.parent)) from error
    if not whole:
        raise Trouble("vault.backup_not_whole", folder=str(backup.parent))


def _free_name(folder: Path, stamp: str) -> Path:
    moved, n = folder.with_name(f"{folder.name}{MOVED}{stamp}"), 1
    while moved.exists():
        moved, n = folder.with_name(f"{folder.name}{MOVED}{stamp}-{n}"), n + 1
    return moved


def _add_what_was_there(vault: OpenVault, moved: Path, master: bytearray) -> tuple[int, int]:
    path = moved / DATABASE
    if not path.exists() or is_plain(path):
        return 0, 0
    copy = moved / "reading.db"
    shutil.copyfile(path, copy)  # reading moves the write-ahead log into the file; what was moved aside stays as it was
    if (wal := path.with_name(path.name + "-wal")).exists():
        shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
    source = _Wreck(copy, master)
    try:
        return vault.absorb(lambda db: _absorb(db, source))
    finally:
        source.close()
        for name in (copy, copy.with_name(copy.name + "-wal")):
            name.unlink(missing_ok=True)


def _absorb(db: Database, source: _Wreck) -> tuple[int, int]:
    held = {row[0] for row in db.rows("SELECT id FROM revisions")}
    makers = _makers(db)
    first = log.next_n(db)
    found, unreadable = _readable(source)
    fresh: list[Logged] = []
    for item in found:
        envelope = item.revision.envelope
        if envelope.id not in held:
            held.add(envelope.id)
            if _proves_itself(item.revision, makers):
                fresh.append(Logged(n=first + len(fresh), here=item.here, revision=item.revision))
            else:
                unreadable += 1
    for start in range(0, len(fresh), _PAGE):
        page = fresh[start : start + _PAGE]
        log.insert(db, page)
        project(db, page)
    _go_on_from(db, fresh)
    _absorb_drafts(db, source)
    return len(fresh), unreadable


def _absorb_drafts(db: Database, source: _Wreck) -> None:
    rows = source.ask("SELECT place, text, caret, noticed_at, kept_at, extra FROM drafts") or []
    db.many(
        "INSERT INTO drafts (place, text, caret, noticed_at, kept_at, extra) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (place) DO UPDATE SET text = excluded.text, caret = excluded.caret,"
        " noticed_at = excluded.noticed_at, kept_at = excluded.kept_at, extra = excluded.extra"
        " WHERE excluded.kept_at > kept_at",
        rows,
    )


def _readable(source: _Wreck) -> tuple[list[Logged], int]:
    """Every revision that can be read, in order; a damaged page costs what lies on it and no more."""
    found: dict[int, Logged] = {}
    last = source.ask("SELECT max(n) FROM revisions")
    top = int(last[0][0] or 0) if last else 0
    unreadable = 0
    for start in range(1, top + 1, _PAGE):
        end = min(start + _PAGE, top + 1)
        rows = source.ask(f"SELECT {COLUMNS} FROM revisions WHERE n >= {start} AND n < {end} ORDER BY n")
        if rows is None:
            rows = []
            for n in range(start, end):
                one = source.ask(f"SELECT {COLUMNS} FROM revisions WHERE n = {n}")
                unreadable += one is None
                rows += one or []
        for row in rows:
            try:
                item = log.read(row)
                found[item.n] = Logged(n=item.n, here=item.here, revision=Revision.read(*_bytes_of(item)))
            except FieldKitError:
                unreadable += 1
    return [found[n] for n in sorted(found)], unreadable


def _bytes_of(item: Logged) -> tuple[bytes, bytes, bytes | None, bytes | None]:
    one = item.revision
    return one.envelope_bytes, one.signature, one.content, one.salt


def _makers(db: Database) -> dict[str, VerifyKey]:
    found = {device: VerifyKey(public) for device, (_, public) in own_keys(db).items()}
    for device, public in db.rows("SELECT device, public FROM team_devices"):
        found.setdefault(device, VerifyKey(public))
    return found


def _proves_itself(revision: Revision, makers: dict[str, VerifyKey]) -> bool:
    maker = makers.get(revision.envelope.device)
    return maker is not None and digest_holds(revision) and signature_holds(revision, maker)


def _go_on_from(db: Database, fresh: list[Logged]) -> None:
    """Never give out a number again that a revision made here already has."""
    for item in fresh:
        envelope = item.revision.envelope
        if item.here and envelope.seq > head(db, envelope.device).seq:
            move_head(db, ChainHead(device=envelope.device, seq=envelope.seq, hash=item.revision.hash))
