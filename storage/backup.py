"""Backups: whole, encrypted, dated copies of the vault, proved by opening them; and what is done about damage."""

from __future__ import annotations

import glob
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fieldkit.kernel.errors import Trouble
from storage import keyfile
from storage.engine import Database
from storage.files import flush_file, flush_folder, write_whole
from storage.identity import fact, set_fact
from storage.keys import database_key

FOLDER = "backups"
ASIDE = "set-aside"
MOVED = "-before-"
"""Between a vault's name and a date: what lay in its place before a backup was put back."""

_NEWEST = 2
_DAYS = 5
"""Kept: the newest two, and the newest of each of the last five days that have one."""
_DATED = re.compile(r"vault-(\d{4}-\d{2}-\d{2})T\d{6}(?:-\d+)?\.db")


def make(db: Database, folder: Path, master: bytearray, now: datetime, label: str = "") -> Path:
    """Copy the vault into ``backups/``, key file beside it, and prove that the copy opens and is whole.

    ``VACUUM INTO`` copies through the encryption, so nothing is ever in clear; copying the file would miss what is
    still in the write-ahead log. Raises ``Trouble('vault.backup_not_whole')``.
    """
    target = _free_name(folder / FOLDER, now, label)
    fresh = target.with_name(target.name + ".new")
    fresh.parent.mkdir(mode=0o700, exist_ok=True)
    fresh.unlink(missing_ok=True)
    try:
        db.run("VACUUM INTO ?", (str(fresh),))
        _prove(db, fresh, master)
        flush_file(fresh)
        write_whole(target.with_suffix(".key"), (folder / keyfile.NAME).read_bytes())
        fresh.rename(target)
    except OSError as error:
        raise Trouble("vault.disk", folder=str(folder)) from error
    finally:
        for name in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-journal")):
            name.unlink(missing_ok=True)
    flush_folder(target.parent)
    return target


def on_closing(db: Database, folder: Path, master: bytearray, now: datetime) -> Path | None:
    """Make a backup if the log has grown since the last one or that one is gone, and let old ones go."""
    if fact(db, "backed_up") == str(_grown_to(db)) and (folder / FOLDER / fact(db, "backup")).is_file():
        return None
    made = make(db, folder, master, now)
    _remember(db, made)
    thin_out(folder / FOLDER)
    return made


def on_request(db: Database, folder: Path, master: bytearray, now: datetime) -> Path:
    """A backup that a person asked for: kept until a person removes it."""
    made = make(db, folder, master, now, "kept")
    _remember(db, made)
    return made


def before_migration(db: Database, folder: Path, master: bytearray, now: datetime, label: str) -> Path:
    """A backup that is kept until a person removes it."""
    return make(db, folder, master, now, label)


def dated(backups: Path) -> list[Path]:
    """Automatic backups, oldest first; those made before a migration are not among them."""
    return sorted(path for path in backups.glob("vault-*.db") if _DATED.fullmatch(path.name))


def newest(folder: Path) -> Path | None:
    """The newest backup of the vault in ``folder``, of whatever kind, whatever state the vault is in."""
    return next(reversed(all_of(folder)), None)


def all_of(folder: Path) -> list[Path]:
    """Every backup of the vault in ``folder``, oldest first."""
    return sorted((folder / FOLDER).glob("vault-*.db"))


def thin_out(backups: Path) -> None:
    """Let go of backups beyond the newest two and the newest of each of five days."""
    found = dated(backups)
    by_day = {path.name[6:16]: path for path in found}
    kept = {*found[-_NEWEST:], *(by_day[day] for day in sorted(by_day)[-_DAYS:])}
    for path in found:
        if path not in kept:
            path.unlink(missing_ok=True)
            path.with_suffix(".key").unlink(missing_ok=True)


def refresh_keys(folder: Path) -> None:
    """Give every copy of this vault the present key file: an old passphrase must not open yesterday's.

    Copies are the backups, what was set aside when damaged, and what a restore moved aside. A key file of another
    vault is left alone: with ours in its place nobody could open that copy again.
    """
    ours = keyfile.read_if_whole(folder / keyfile.NAME)
    if ours is None:
        return
    present = (folder / keyfile.NAME).read_bytes()
    for path in _key_files(folder):
        theirs = keyfile.read_if_whole(path)
        if theirs is not None and theirs.vault == ours.vault and path.read_bytes() != present:
            write_whole(path, present)


def _key_files(folder: Path) -> Iterator[Path]:
    yield from (folder / FOLDER).glob("*.key")
    moved = folder.parent.glob(f"{glob.escape(folder.name)}{MOVED}*")
    for place in (folder, *moved):
        for copy in (place, *place.glob(f"{ASIDE}-*")):
            if copy != folder:
                yield from (copy / name for name in (keyfile.NAME, keyfile.PREVIOUS))


@contextmanager
def setting_damage_aside(folder: Path, now: datetime) -> Iterator[None]:
    """Where opening finds damage, keep a copy of what is there before anybody tries anything; delete nothing."""
    try:
        yield
    except Trouble as error:
        if error.code == "vault.damaged":
            error.details["copy"] = str(_keep_copy(folder, now))
            error.details["backup"] = str(newest(folder) or "")
        raise


def _keep_copy(folder: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y-%m-%dT%H%M%S")
    for earlier in sorted(folder.glob(f"{ASIDE}-*")):
        if _same(earlier, folder):  # one copy of one damage, or trying again would fill the disk
            return earlier
    copy = folder / f"{ASIDE}-{stamp}"
    copy.mkdir(mode=0o700, exist_ok=True)
    for name in ("vault.db", "vault.db-wal", keyfile.NAME):
        if (folder / name).exists():
            shutil.copy2(folder / name, copy / name)
    flush_folder(copy)
    return copy


def _same(copy: Path, folder: Path) -> bool:
    theirs, ours = copy / "vault.db", folder / "vault.db"
    if not theirs.exists() or not ours.exists():
        return False
    one, two = theirs.stat(), ours.stat()
    return (one.st_size, one.st_mtime_ns) == (two.st_size, two.st_mtime_ns)


def _free_name(backups: Path, now: datetime, label: str) -> Path:
    stem = f"vault-{now.strftime('%Y-%m-%dT%H%M%S')}" + (f"-{label}" if label else "")
    path, n = backups / f"{stem}.db", 1
    while path.exists():
        path, n = backups / f"{stem}-{n}.db", n + 1
    return path


def _prove(db: Database, path: Path, master: bytearray) -> None:
    copy = Database(path, database_key(master))
    try:
        whole = copy.one("PRAGMA cipher_integrity_check") is None
        same = _grown_to(copy) == _grown_to(db) and _count(copy) == _count(db)
    finally:
        copy.close()
    if not whole or not same:
        raise Trouble("vault.backup_not_whole", folder=str(path.parent))


def _count(db: Database) -> int:
    row = db.one("SELECT count(*) FROM revisions")
    return int(row[0]) if row else 0


def _remember(db: Database, made: Path) -> None:
    """How far the log goes in it, and its name: one that is carried away or deleted protects nothing any more."""
    with db.transaction():
        set_fact(db, "backed_up", str(_grown_to(db)))
        set_fact(db, "backup", made.name)


def _grown_to(db: Database) -> int:
    row = db.one("SELECT max(n) FROM revisions")
    return int(row[0] or 0) if row else 0
