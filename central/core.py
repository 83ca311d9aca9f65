"""The open store: its database, its signing key and its clock, handed to every part that does something."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.database import POOL, Database
from central.file_keeping import FileKeeping
from central.judge import KnownDevice
from central.limits import Limits
from central.pace import Pace
from central.provider import Provider
from central.schema import bring_up_to_date, is_older, version
from central.settings import Settings
from central.sql import among, listed
from fieldkit.domain.receipt import Witness
from fieldkit.kernel.clock import Clock, SystemClock, to_stamp
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.signing import SigningKey, VerifyKey, derive

_SETTLING = 4
"""Files that are made durable at once, on a database that more than one may write to."""


def free_bytes(folder: Path) -> int:
    """Bytes free on the disk on which ``folder`` lies."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """``store`` is the hex of the public key: the store's name for ever, pinned by every laptop."""

    settings: Settings
    database: Database
    clock: Clock
    key: SigningKey
    store: str
    office: str
    recovery_key: bytes | None
    token_hash: bytes
    limits: Limits
    code_key: bytes
    witness_key: bytes
    keys: dict[str, VerifyKey] = field(default_factory=dict)
    """Devices' keys, read once: a device never changes its key."""
    devices: dict[str, KnownDevice] = field(default_factory=dict)
    """Devices that have asked; their status here may be out of date."""
    seen: dict[str, datetime] = field(default_factory=dict)
    """When each was last noted as heard from."""

    files: FileKeeping
    """Where files of attachments come and lie."""
    said: dict[str, str] = field(default_factory=dict)
    """The end of its chain that each told of last, where the store has less."""
    sealing: Pace = field(default_factory=Pace)
    """How much each person left in the sealed mailbox of late."""
    proving: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever checks signatures, so that no two check the same."""
    provider: Provider = field(default_factory=Provider)
    """The organisation's sign-in, where there is one."""
    closing: threading.Event = field(default_factory=threading.Event)
    free: Callable[[Path], int] = free_bytes
    """Bytes free on the disk of a folder."""

    def stamp(self) -> str:
        """Now, as the log writes it."""
        return to_stamp(self.clock.now())

    def close(self) -> None:
        """End what goes on behind, and close the database's connections."""
        self.closing.set()
        self.files.settling.close()
        with self.proving:
            self.database.close()


def open_core(
    settings: Settings,
    clock: Clock | None = None,
    free: Callable[[Path], int] = free_bytes,
    *,
    may_migrate: bool = True,
) -> Core:
    """Open an existing store; an SQLite one of an earlier FieldKit is brought up to date if ``may_migrate``.

    Raises ``Trouble`` with ``central.no_store``, ``central.database`` (it does not answer),
    ``central.store_newer`` (a later FieldKit has opened it) or ``central.store_older`` (migrate it first: on a
    server's database that is an act of its own, while other servers may be running on it).
    """
    database = open_database(settings)
    try:
        with database.read() as connection:
            found = version(connection)
            if found is None:
                raise Trouble("central.no_store", folder=str(settings.folder))
            older = is_older(connection, found)
        if older and (database.is_postgresql or not may_migrate):
            raise Trouble("central.store_older", version=found)
        if older:
            bring_up_to_date(database)
        with database.read() as connection:
            row = connection.execute(sa.select(tables.store)).first()
        if row is None:
            raise Trouble("central.no_store", folder=str(settings.folder))
    except sa.exc.OperationalError as error:
        database.close()
        raise Trouble("central.database") from error
    except Trouble:
        database.close()
        raise
    key = SigningKey(row.seed)
    return Core(
        settings=settings, database=database, clock=clock or SystemClock(), key=key, store=key.public.hex(),
        office=row.office, recovery_key=row.recovery_key, token_hash=row.token_hash,
        code_key=derive(row.seed, "fieldkit/central/codes/v1"),
        limits=Limits(settings.running, derive(row.seed, "fieldkit/central/limits/v1")),
        witness_key=derive(row.seed, "fieldkit/central/witnesses/v1"), free=free,
        files=FileKeeping(settings.folder, settings.files, _SETTLING if database.is_postgresql else 1),
    )  # fmt: skip


def open_database(settings: Settings) -> Database:
    """The database of an existing store. Raises ``Trouble('central.no_store')`` where its file is missing."""
    path = settings.database_file
    if path is not None and not path.is_file():  # SQLite would make an empty one
        raise Trouble("central.no_store", folder=str(settings.folder))
    return Database(settings.url, POOL if settings.running.processes < 2 else POOL // 2, settings.walls.word)


def standing(connection: Connection) -> Witness:
    """Where the store's log stands now: its epoch, last number and running hash; whoever asks may know it."""
    row = connection.execute(_SEEN_STANDING).one()
    return Witness(epoch=row.epoch, seq=row.number, chain=row.chain)


def lock_standing(connection: Connection) -> Witness:
    """The same under a lock held to the commit: whoever has it numbers next, and nobody else does."""
    row = connection.execute(_STANDING.with_for_update()).one()
    return Witness(epoch=row.epoch, seq=row.number, chain=row.chain)


def find_device(connection: Connection, device: str) -> KnownDevice | None:
    """The device with this id, if it is enrolled."""
    return find_devices(connection, [device]).get(device)


def find_devices(connection: Connection, ids: list[str]) -> dict[str, KnownDevice]:
    """The enrolled ones among ``ids``."""
    rows = connection.execute(_DEVICES, {"ids": listed(ids)})
    return {row[0]: KnownDevice(*row) for row in rows}


def verify_key(core: Core, device: KnownDevice) -> VerifyKey:
    """The device's key, parsed once."""
    key = core.keys.get(device.id)
    if key is None:
        key = core.keys[device.id] = VerifyKey(device.key)
    return key


_SEEN_STANDING = sa.text("SELECT epoch, number, chain FROM standing").columns(
    epoch=tables.Id, number=tables.Number, chain=sa.String
)
"""A view of the store's one row without its keys: behind the walls a person's transaction sees no more of it."""
_STANDING = sa.select(tables.store.c.epoch, tables.store.c.number, tables.store.c.chain)
_DEVICES = sa.select(
    tables.device.c.id, tables.device.c.user, tables.device.c.author, tables.device.c.key, tables.device.c.status
).where(among(tables.device.c.id, "ids"))
