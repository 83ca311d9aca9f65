"""A pulled page: what holds goes into the log, what does not is set aside with its bytes and blocks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldkit.app.ports import DeviceKey
from fieldkit.domain.revision import SALT_BYTES, Revision, digest_holds, runs, signature_holds
from fieldkit.kernel.signing import VerifyKey
from storage import log
from storage.engine import Database
from storage.erasing import stripped
from storage.identity import own_keys
from storage.log import Logged, marks
from storage.projection import project

COLLISION = "revision.collision"
DIGEST = "revision.digest"
SIGNATURE = "revision.signature"
UNKNOWN_DEVICE = "revision.unknown_device"
KEY_CHANGED = "device.key_changed"

_STEP = 500


@dataclass(slots=True)
class _Sorted:
    fresh: list[Revision] = field(default_factory=list)
    disclosed: list[Logged] = field(default_factory=list)
    bad: list[tuple[Revision, str]] = field(default_factory=list)


class Keys:
    """Public keys of the devices that may have signed a page; a device's first key is pinned for ever."""

    def __init__(self, db: Database, vouched: Sequence[DeviceKey]) -> None:
        self._db = db
        self._own = own_keys(db)
        self._vouched = {key.device: key for key in vouched}
        self._ready: dict[str, tuple[str, VerifyKey] | str] = {}

    def of(self, device: str) -> tuple[str, VerifyKey] | str:
        """The author and key of a device, or the code of what is wrong with it."""
        if device not in self._ready:
            self._ready[device] = self._look_up(device)
        return self._ready[device]

    def _look_up(self, device: str) -> tuple[str, VerifyKey] | str:
        if device in self._own:
            author, public = self._own[device]
            return author, VerifyKey(public)
        told = next((key for name, key in self._vouched.items() if name == device), None)
        row = self._db.one("SELECT author, public FROM team_devices WHERE device = ?", (device,))
        if row is None and told is None:
            return UNKNOWN_DEVICE
        if row is None and told is not None:
            self._db.run(
                "INSERT INTO team_devices (device, author, public) VALUES (?, ?, ?)",
                (told.device, told.author, told.public),
            )
            row = (told.author, told.public)
        author, public = row or ("", b"")
        if told is not None and (told.author, told.public) != (author, public):
            return KEY_CHANGED
        try:
            return str(author), VerifyKey(public)
        except ValueError:
            return UNKNOWN_DEVICE


def apply(db: Database, revisions: Sequence[Revision], vouched: Sequence[DeviceKey], now: str) -> list[tuple[str, str]]:
    """Keep a page inside the open transaction; the ``(kind, record)`` pairs that changed."""
    page = _sort(db, stripped(db, revisions))
    good, bad = _checked(page.fresh, Keys(db, vouched))
    aside = _set_aside(db, [*page.bad, *bad], now)
    first = log.next_n(db)
    items = [Logged(n=first + place, here=False, revision=revision) for place, revision in enumerate(good)]
    if items:
        log.insert(db, items)
    if page.disclosed:
        log.disclose(db, page.disclosed)
    changed = [*page.disclosed, *items]
    judged_again = project(db, changed) if changed else []
    touched = [(item.revision.envelope.kind, str(item.revision.envelope.record)) for item in changed]
    touched += [("entry", entry) for entry in judged_again]
    return touched + [("set_aside", revision) for revision in aside]


def _sort(db: Database, revisions: Sequence[Revision]) -> _Sorted:
    held = _held(db, [revision.envelope.id for revision in revisions])
    fresh: dict[str, Revision] = {}
    page = _Sorted()
    for revision in revisions:
        id_ = revision.envelope.id
        known = held.get(id_)
        if not _content_holds(revision):
            page.bad.append((revision, DIGEST))
        elif known is None:
            earlier = fresh.setdefault(id_, revision)
            if earlier.hash != revision.hash:
                page.bad.append((revision, COLLISION))
            elif earlier.content is None:
                fresh[id_] = revision  # its content may follow its envelope on the same page
        elif known[2] != revision.hash:
            page.bad.append((revision, COLLISION))
        elif revision.content is not None and not known[3]:
            # The envelope was checked when it came and its digest covers the content: no signature to check.
            page.disclosed.append(Logged(n=known[0], here=bool(known[1]), revision=revision))
            held[id_] = (known[0], known[1], known[2], 1)
    page.fresh = list(fresh.values())
    return page


def _held(db: Database, ids: Sequence[str]) -> dict[str, tuple[int, int, str, int]]:
    found: dict[str, tuple[int, int, str, int]] = {}
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        rows = db.rows(
            f"SELECT id, n, here, hash, content IS NOT NULL FROM revisions WHERE id IN ({marks(len(some))})", some
        )
        found |= {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}
    return found


def _content_holds(revision: Revision) -> bool:
    # The length matters: with a longer salt the same digest would cover another split of the same bytes.
    return (revision.salt is None or len(revision.salt) == SALT_BYTES) and digest_holds(revision)


def _checked(fresh: Sequence[Revision], keys: Keys) -> tuple[list[Revision], list[tuple[Revision, str]]]:
    """Split by signature: one check for each unbroken run, one for each revision of a run that does not hold."""
    good: list[Revision] = []
    bad: list[tuple[Revision, str]] = []
    for run in runs(fresh):
        key = keys.of(run[0].envelope.device)
        if isinstance(key, str):
            bad += [(revision, key) for revision in run]
            continue
        author, public = key
        if signature_holds(run[-1], public) and all(one.envelope.author == author for one in run):
            good += run
            continue
        for one in run:
            if one.envelope.author == author and signature_holds(one, public):
                good.append(one)
            else:
                bad.append((one, SIGNATURE))
    return good, bad


def _set_aside(db: Database, bad: Sequence[tuple[Revision, str]], now: str) -> list[str]:
    """Keep what does not hold, once; the ids of those that were not here in this form."""
    fresh: list[str] = []
    for revision, code in bad:
        same = db.one(
            "SELECT 1 FROM set_aside WHERE revision = ? AND code = ? AND envelope = ? AND signature = ?"
            " AND content IS ? AND salt IS ?",
            (
                revision.envelope.id, code, revision.envelope_bytes, revision.signature, revision.content,
                revision.salt,
            ),
        )  # fmt: skip
        if same is None:
            fresh.append(revision.envelope.id)
            db.run(
                "INSERT INTO set_aside (revision, code, at, envelope, signature, content, salt)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    revision.envelope.id, code, now, revision.envelope_bytes, revision.signature, revision.content,
                    revision.salt,
                ),
            )  # fmt: skip
    return fresh
