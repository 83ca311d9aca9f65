"""Backups of a whole store: database and files, with a list of every piece, checked when made and before going back.

SQLite is copied by its own online backup, PostgreSQL by ``pg_dump``; both while the store serves. Files come after the
database, so every file that it knows of and that was here is in the backup; what lies with an S3 service is listed
with its size and hash, and copied along where that is asked for. A backup holds the signing key: keep it as you keep
the store.

Going back needs no announcement: laptops find out by their witnesses, the store begins a new epoch, they offer again
what it lacks, and hand back the orders of erasure that it forgot.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, tables
from central.backup_files import LIST, copy_along, known
from central.core import Core, open_core, standing
from central.database import Database
from central.owners import as_owner, bring_tables_up_to_date
from central.schema import version
from central.settings import DATABASE_FILE, SETTINGS_FILE, TOKEN_FILE, Settings, write_private
from fieldkit.domain.receipt import next_chain
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Trouble

DUMP = "central.dump"
FILES = "files"
_COMING = "coming"
"""Files on their way: their laptops send them again."""
_CHUNK = 1 << 20


def make(settings: Settings, target: Path, clock: Clock | None = None, *, with_files: bool = False) -> dict[str, Any]:
    """Write a backup into the new folder ``target``; what its list says.

    ``with_files``: those that lie with an S3 service too; raises as ``backup_files.copy_along`` does then.

    Raises ``Mistake('central.backup_exists')``, ``Trouble('central.backup_tool' | 'central.backup_failed')`` and
    ``Trouble('central.backup_damaged')`` where what was written does not read back.
    """
    if target.exists():
        raise Mistake("central.backup_exists", field="target", folder=str(target))
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    owner = as_owner(settings)
    with closing(open_core(owner, clock)) as core:
        audit.note_alone(core, "backup.made", target.name)
        name = _copy_database(owner, part)
        _copy_small(settings, part)
        _copy_files(settings.folder / FILES, part / FILES)
        with core.database.read() as connection:
            files = known(connection)
        if with_files:
            copy_along(settings.files, files, part)
        told = _told(core, part, name, files)
    write_private(part / LIST, json.dumps(told, indent=1, sort_keys=True) + "\n")
    check(part)
    part.rename(target)
    return told


def check(backup: Path) -> dict[str, Any]:
    """Read every piece back and compare; what the list says. Raises ``Trouble('central.backup_damaged')``."""
    try:
        told: dict[str, Any] = json.loads((backup / LIST).read_text(encoding="utf-8"))
        wanted: dict[str, Any] = told["pieces"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble("central.backup_damaged", what=LIST) from error
    for name, piece in wanted.items():
        path = backup / name
        if not path.is_file() or path.stat().st_size != piece["size"] or _hash(path) != piece["sha256"]:
            raise Trouble("central.backup_damaged", what=name)
    if told["database"] == DATABASE_FILE:
        _check_sqlite(backup / DATABASE_FILE, told)
    else:
        _run([_tool("pg_restore"), "--list", str(backup / DUMP)])
    return told


def restore(backup: Path, settings: Settings) -> dict[str, Any]:
    """Put a backup into an empty place: ``settings.folder`` and, on a server, an empty database.

    Raises ``Mistake('central.restore_target')`` where something is there, and as ``check``.
    """
    told = check(backup)
    if (settings.folder / SETTINGS_FILE).exists() or not _is_empty(settings):
        raise Mistake("central.restore_target", field="store", folder=str(settings.folder))
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_file = told["database"] == DATABASE_FILE
    if is_file != (settings.database_file is not None):
        raise Mistake("central.restore_target", field="database", folder=str(settings.folder))
    if settings.database_file is not None:
        _copy(backup / DATABASE_FILE, settings.database_file)
    else:
        url, around = _for_tools(as_owner(settings).database_url)
        _run([_tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
              f"--dbname={url}", str(backup / DUMP)], around)  # fmt: skip
    if (backup / FILES).is_dir():
        _copy_files(backup / FILES, settings.folder / FILES)
    if (backup / TOKEN_FILE).is_file():
        write_private(settings.token_file, (backup / TOKEN_FILE).read_text(encoding="utf-8"))
    settings.save()
    bring_tables_up_to_date(settings)  # a backup of an earlier version; and walls, which no dump carries
    if settings.database_file is None:  # no dump carries what the planner knows: each push would take 50 ms more
        with closing(Database(as_owner(settings).url)) as database, database.apart() as connection:
            connection.execute(sa.text("ANALYZE"))
    return told


def restored_settings(backup: Path, folder: Path, database_url: str) -> Settings:
    """The settings of the store that was backed up, for its new place."""
    found = Settings.load(backup)
    return replace(found, folder=folder, database_url=database_url)


def broken_chain(connection: Connection) -> int | None:
    """The number of the first row of the log that does not follow from those before; ``None`` where all do."""
    log, chain, after = tables.log.c, "", 0
    rows = sa.select(log.seq, log.revision, log.hash, log.chain, log.part).order_by(log.seq).limit(2000)
    while page := connection.execute(rows.where(log.seq > after)).all():
        for row in page:
            after += 1
            chain = next_chain(chain, row.revision, row.hash.hex(), row.part == "c")
            if row.seq != after or row.chain.hex() != chain:
                return after
    return None


def _told(core: Core, part: Path, database: str, files: dict[str, int]) -> dict[str, Any]:
    with core.database.read() as connection:
        now, end = standing(connection), audit.head(connection)
        tables_version = version(connection)
    pieces = {path.relative_to(part).as_posix(): path for path in sorted(part.rglob("*")) if path.is_file()}
    here = {Path(name).name for name in pieces}
    return {
        "store": core.store, "office": core.office, "made_at": core.stamp(), "database": database,
        "tables": tables_version, "epoch": now.epoch, "number": now.seq, "chain": now.chain,
        "audit": {"number": end.number, "hash": end.hash},
        "place": core.settings.files.place,
        "elsewhere": {sha256: size for sha256, size in sorted(files.items()) if sha256 not in here},
        "pieces": {name: {"size": path.stat().st_size, "sha256": _hash(path)} for name, path in pieces.items()},
    }  # fmt: skip


def _copy_database(settings: Settings, part: Path) -> str:
    if settings.database_file is not None:
        with (
            closing(sqlite3.connect(settings.database_file, timeout=30)) as source,
            closing(sqlite3.connect(part / DATABASE_FILE)) as target,
        ):
            os.chmod(part / DATABASE_FILE, 0o600)
            source.backup(target, pages=4096, sleep=0.01)  # in steps: who pushes meanwhile waits 10 ms, not minutes
        return DATABASE_FILE
    dump = part / DUMP
    dump.touch(mode=0o600)
    url, around = _for_tools(settings.database_url)
    _run([_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", f"--dbname={url}"],
         around)  # fmt: skip
    return DUMP


def _copy_small(settings: Settings, part: Path) -> None:
    for name in (SETTINGS_FILE, TOKEN_FILE):
        path = settings.folder / name
        if path.is_file():
            write_private(part / name, path.read_text(encoding="utf-8"))


def _copy_files(source: Path, target: Path) -> None:
    """Whole files only; each is named by its SHA-256, so a copy that was torn shows when it is checked."""
    for path in _whole(source):
        place = target / path.relative_to(source)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(path, place)


def _whole(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.relative_to(folder).parts[0] != _COMING and len(path.name) == 64:
                yield path


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        shutil.copyfileobj(read, to, _CHUNK)
        to.flush()
        os.fsync(to.fileno())


def _check_sqlite(path: Path, told: dict[str, Any]) -> None:
    with closing(Database(f"sqlite:///{path}")) as database, database.read() as connection:
        try:
            said = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            now, wrong = standing(connection), broken_chain(connection)
        except sa.exc.DBAPIError as error:
            raise Trouble("central.backup_damaged", what=path.name) from error
    if said != "ok" or wrong is not None or now.seq > told["number"]:
        raise Trouble("central.backup_damaged", what=path.name)


def _is_empty(settings: Settings) -> bool:
    if settings.database_file is not None:
        return not settings.database_file.exists()
    with closing(Database(as_owner(settings).url)) as database, database.read() as connection:
        return not sa.inspect(connection).get_table_names()


def _for_tools(url: str) -> tuple[str, dict[str, str]]:
    """The address as PostgreSQL's own programs read it, and its password apart: command lines are no secret."""
    made = sa.make_url(url).set(drivername="postgresql")
    around = {"PGPASSWORD": str(made.password)} if made.password else {}
    return made._replace(password=None).render_as_string(hide_password=False), around


def _tool(name: str) -> str:
    """One of PostgreSQL's client programs. Raises ``Trouble('central.backup_tool')``."""
    found = shutil.which(name)
    if found is None:
        system = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not system:
            raise Trouble("central.backup_tool", tool=name)
        found = str(system[-1])
    return found


def _run(command: list[str], around: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **(around or {})})
    if done.returncode != 0:
        raise Trouble("central.backup_failed", tool=Path(command[0]).name)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
