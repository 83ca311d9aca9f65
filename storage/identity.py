"""Who and what this laptop is: facts of the vault, the person, and the devices it has been."""

from __future__ import annotations

from fieldkit.app.ports import Enrolment, Identity
from fieldkit.domain.revision import ChainHead
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey
from storage.engine import Database


def fact(db: Database, name: str, default: str = "") -> str:
    """One fact of the vault."""
    row = db.one("SELECT value FROM facts WHERE name = ?", (name,))
    return str(row[0]) if row else default


def set_fact(db: Database, name: str, value: str) -> None:
    """Write one fact."""
    db.run("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", (name, value))


def add_device(db: Database, device: DeviceId, key: SigningKey, started_at: str) -> None:
    """Go on as this device from now on; earlier ones keep their chains."""
    db.run(
        "INSERT INTO own_devices (device, seed, started_at, seq, hash) VALUES (?, ?, ?, 0, '')",
        (device, key.seed(), started_at),
    )


def identity(db: Database) -> Identity:
    """The person and the present device."""
    row = db.one("SELECT device, seed FROM own_devices ORDER BY incarnation DESC LIMIT 1")
    if row is None:
        raise RuntimeError("a vault has a device from its first transaction on")
    return Identity(
        author=AuthorId(fact(db, "author")), name=fact(db, "name"), initials=fact(db, "initials"),
        device=DeviceId(row[0]), key=SigningKey(row[1]),
    )  # fmt: skip


def head(db: Database, device: DeviceId) -> ChainHead:
    """Where a device's chain stands."""
    row = db.one("SELECT seq, hash FROM own_devices WHERE device = ?", (device,))
    return ChainHead(device=device, seq=row[0], hash=row[1]) if row else ChainHead(device=device)


def move_head(db: Database, reached: ChainHead) -> None:
    """Remember the last revision of a device's chain."""
    db.run("UPDATE own_devices SET seq = ?, hash = ? WHERE device = ?", (reached.seq, reached.hash, reached.device))


def enrolment(db: Database) -> Enrolment | None:
    """The office this vault hands in to, if any."""
    row = db.one("SELECT office, url, user, store_key, recovery_key, enrolled_at FROM enrolment")
    if row is None:
        return None
    return Enrolment(
        office=row[0], url=row[1], user=row[2], store_key=row[3], recovery_key=row[4], enrolled_at=from_stamp(row[5])
    )


def put_enrolment(db: Database, value: Enrolment) -> None:
    """Write the enrolment; there is one."""
    db.run(
        "INSERT OR REPLACE INTO enrolment (one, office, url, user, store_key, recovery_key, enrolled_at)"
        " VALUES (1, ?, ?, ?, ?, ?, ?)",
        (value.office, value.url, value.user, value.store_key, value.recovery_key, to_stamp(value.enrolled_at)),
    )


def is_own_device(db: Database, device: str) -> bool:
    """Whether this vault is or has been this device."""
    return db.one("SELECT 1 FROM own_devices WHERE device = ?", (device,)) is not None


def own_keys(db: Database) -> dict[str, tuple[str, bytes]]:
    """Author and public key of every device this vault has been."""
    author = fact(db, "author")
    rows = db.rows("SELECT device, seed FROM own_devices")
    return {row[0]: (author, SigningKey(row[1]).public) for row in rows}
