"""What lets a stranger check the log: public keys of devices, receipts and certificates exactly as signed."""

from __future__ import annotations

from collections.abc import Iterator

from fieldkit.app.ports import DeviceKey
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey
from storage.engine import Database
from storage.identity import identity


def devices(db: Database) -> list[DeviceKey]:
    """This laptop's devices, oldest first, then those of the team whose revisions were read."""
    author = identity(db).author
    own = [
        DeviceKey(device=DeviceId(device), author=author, public=SigningKey(seed).public)
        for device, seed in db.rows("SELECT device, seed FROM own_devices ORDER BY incarnation")
    ]
    team = [
        DeviceKey(device=DeviceId(device), author=AuthorId(owner), public=public)
        for device, owner, public in db.rows("SELECT device, author, public FROM team_devices ORDER BY device")
    ]
    return own + team


def sheets(db: Database, assessment: AssessmentId) -> Iterator[Signed]:
    """Every receipt sheet that tells of a revision of this assessment, in the order they came."""
    numbers = db.rows(
        "SELECT DISTINCT x.sheet FROM receipts x JOIN revisions r ON r.id = x.revision"
        " WHERE r.assessment = ? ORDER BY x.sheet",
        (assessment,),
    )
    for (number,) in numbers:
        row = db.one("SELECT data, signature FROM sheets WHERE sheet = ?", (number,))
        if row is not None:
            yield Signed(data=row[0], signature=row[1])


def certificates(db: Database) -> list[Signed]:
    """The central store's latest word on each of our devices."""
    rows = db.rows("SELECT data, signature FROM certificates ORDER BY device")
    return [Signed(data=data, signature=signature) for data, signature in rows]
