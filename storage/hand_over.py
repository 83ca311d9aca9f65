"""The vault as handing over sees it: keys of others, what may leave for whom, and taking in without a cursor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.file_store import FileStore
from fieldkit.app.handing_over import Centre, HandedOver, KnownBy, KnownLaptop, Me
from fieldkit.app.ports import DeviceKey, Outgoing
from fieldkit.app.transfers import FileTask
from fieldkit.domain.key_card import KeyCard
from fieldkit.domain.receipt import Certificate, Cursor, Signed, Witness, read_certificate
from fieldkit.domain.revision import ChainHead, Revision
from fieldkit.domain.roles import Right, may
from fieldkit.domain.team_list import TeamList, read_team
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId
from fieldkit.kernel.signing import SigningKey, VerifyKey
from storage import carrying, file_places, log, receipts
from storage.attachments import NamedFile, held_files
from storage.carrying import ORIGIN
from storage.engine import Database
from storage.identity import enrolment, fact, head, identity, own_keys, set_fact
from storage.log import marks
from storage.need_to_know import withheld

_TEAM, _CARD = "hand_over/team/", "hand_over/card/"
_STEP = 500


class Pulls(Protocol):
    """What keeps pulled pages (``storage.sync_store``): a stick brings them to the very same place."""

    def held(self, after: int, limit: int) -> list[Outgoing]: ...
    def begin_taking_in(self) -> None: ...
    def take_in(self, revisions: Sequence[Revision], devices: Sequence[DeviceKey]) -> ChangeSet: ...
    def apply_page(
        self, revisions: Sequence[Revision], devices: Sequence[DeviceKey], cursor: Cursor, witness: Witness
    ) -> ChangeSet: ...
    def keep_witness(self, witness: Witness) -> None: ...


BROUGHT = "brought"
"""The fact that a team-mate's work came without the office, which is to be offered all that is held."""


class VaultHandOver:
    """See ``fieldkit.app.handing_over.HandOverStore``."""

    def __init__(self, db: Database, sync: Pulls, files: FileStore, folder: Path, now: Callable[[], str]) -> None:
        self._db, self._sync, self._files, self._now = db, sync, files, now
        self._carrying = carrying.VaultCarrying(db, folder, self.laptops, now)

    @property
    def carrying(self) -> carrying.VaultCarrying:
        """What is carried for others, and by others."""
        return self._carrying

    def me(self) -> Me:
        """Who and what this laptop is."""
        one = identity(self._db)
        return Me(device=one.device, author=one.author, name=one.name, initials=one.initials, key=one.key)

    def centre(self) -> Centre | None:
        """The office's store; ``None``: it works on its own."""
        office = enrolment(self._db)
        return Centre(office=office.office, public=office.store_key) if office is not None else None

    def asked(self) -> dict[str, Any]:
        """What this laptop would ask of the store: epoch, cursors, and where its own chain ends."""
        epoch = fact(self._db, "epoch")
        rows = self._db.rows("SELECT assessment, seq FROM cursors WHERE epoch = ?", (epoch,))
        return {"epoch": epoch, "cursors": {row[0]: row[1] for row in rows}, "own_after": self._head().seq}

    def cursor(self, assessment: AssessmentId, epoch: str) -> int | None:
        """How far this assessment was read in this epoch; ``None`` where the vault knows another epoch or none."""
        if fact(self._db, "epoch") != epoch:
            return None
        row = self._db.one("SELECT seq FROM cursors WHERE assessment = ? AND epoch = ?", (assessment, epoch))
        return row[0] if row else 0

    def all_assessments(self) -> frozenset[AssessmentId]:
        """Every assessment of which something is here."""
        held = self._db.rows("SELECT DISTINCT assessment FROM records WHERE kind = 'assessment'")
        return frozenset(row[0] for row in held)

    def signing_keys(self) -> list[SigningKey]:
        """Of every device that this vault has been, the present one first."""
        return [SigningKey(row[0]) for row in self._db.rows("SELECT seed FROM own_devices ORDER BY incarnation DESC")]

    def laptops(self) -> list[KnownLaptop]:
        """Team-mates' laptops, by name; not this one."""
        mine, found = own_keys(self._db), dict[str, KnownLaptop]()
        for card, places in self._cards():
            found[card.device] = KnownLaptop(
                device=card.device, author=card.author, public=card.public, name=card.name, role="",
                assessments=places, by=KnownBy.CARD,
            )  # fmt: skip
        for team in self._team_lists():
            for one in team.laptops:
                before = found.get(one.device)
                known = before.assessments if before is not None and before.public == one.public else frozenset()
                found[one.device] = KnownLaptop(
                    device=one.device, author=one.author, public=one.public, name=one.name, role=one.role,
                    assessments=known | ({team.assessment} if _reads(one.role) else frozenset()), by=KnownBy.OFFICE,
                    roles={**(before.roles if before is not None else {}), team.assessment: one.role},
                )  # fmt: skip
        return sorted(
            (one for one in found.values() if one.device not in mine), key=lambda one: (one.name.casefold(), one.device)
        )

    def may_take(self) -> frozenset[AssessmentId] | None:
        """Those whose team this laptop is on by the office's word, and those of which something is here."""
        if enrolment(self._db) is None:
            return None
        mine = own_keys(self._db)
        listed = {team.assessment for team in self._team_lists() if any(one.device in mine for one in team.laptops)}
        return frozenset(listed) | self.all_assessments()

    def revisions_for(self, device: str, after: int, limit: int) -> tuple[list[Revision], int, bool]:
        """Revisions that the laptop ``device`` may be given: a page, where it ended, and whether it was the last."""
        to = self._laptop(device)
        hidden = self._hidden(to)
        page = self._sync.held(after, limit)
        chosen = [
            item.revision.sealed() if item.revision.envelope.record in hidden else item.revision
            for item in page
            if item.revision.envelope.assessment in to.assessments
        ]
        return chosen, page[-1].n if page else after, len(page) < limit

    def lacking(self, ids: Sequence[str], contents: Sequence[bool]) -> list[int]:
        """Positions of the revisions in a team-mate's list that are not here, or not with their content."""
        held: dict[str, bool] = {}
        for start in range(0, len(ids), _STEP):
            some = list(ids[start : start + _STEP])
            rows = self._db.rows(
                f"SELECT id, content IS NOT NULL FROM revisions WHERE id IN ({marks(len(some))})", some
            )
            held |= {row[0]: bool(row[1]) for row in rows}
        return [
            place
            for place, (one, has_content) in enumerate(zip(ids, contents, strict=True))
            if one not in held or (has_content and not held[one])
        ]

    def begin(self) -> None:
        """Files of somebody else are about to be taken in: what they take out of use is counted from here."""
        self._sync.begin_taking_in()

    def take_in(self, revisions: Sequence[Revision], laptops: Sequence[KnownLaptop]) -> ChangeSet:
        """Keep revisions exactly as a pulled page is kept; no cursor moves. Bad ones are set aside.

        The next round asks the office what it lacks of all that is held: whoever wrote these may have lost them since,
        and nothing else would tell this laptop that the office never had them.
        """
        devices = [DeviceKey(device=one.device, author=one.author, public=one.public) for one in laptops]
        changes = self._sync.take_in(revisions, devices)
        if revisions and enrolment(self._db) is not None:
            with self._db.transaction():
                set_fact(self._db, BROUGHT, "yes")
        return changes

    def apply_page_from(
        self, revisions: Sequence[Revision], devices: Sequence[Any], cursor: Cursor, witness: Witness, after: int
    ) -> ChangeSet:
        """Keep a pulled page that goes on from ``after``; its cursor too where this vault has read that far."""
        reached = self.cursor(cursor.assessment, cursor.epoch)
        if reached is not None and reached >= after:
            return self._sync.apply_page(revisions, devices, cursor, witness)
        changes = self._sync.take_in(revisions, devices)
        self._sync.keep_witness(witness)
        return changes

    def history(self, record: str) -> list[Revision]:
        """Every revision of a record, with its content, in order of arrival."""
        rows = self._db.rows(f"SELECT {log.COLUMNS} FROM revisions WHERE record = ? ORDER BY n", (record,))
        return [log.read(row).revision for row in rows]

    def files_for(self, device: str) -> list[FileTask]:
        """Files that lie here and may be given to a laptop, or (empty) those the central store has not confirmed."""
        found, epoch = {}, fact(self._db, "epoch")
        to = self._laptop(device) if device else None
        hidden = self._hidden(to) if to is not None else frozenset()
        for one in file_places.may_leave(self._db):
            if to is None:
                wanted = _unconfirmed(one, epoch)
            else:
                wanted = one.assessment in to.assessments and one.record not in hidden
            if wanted and self._files.has(one.sha256):
                found[one.assessment, one.sha256] = one
        return [_task(one) for one in sorted(found.values(), key=lambda one: (one.priority, one.size))]

    def named_files(self) -> dict[tuple[str, str], FileTask]:
        """Every file that an attachment known here names, by assessment and SHA-256."""
        return {(one.assessment, one.sha256): _task(one) for one in held_files(self._db)}

    def teams(self) -> list[Signed]:
        """The office's lists of teams, the newest of each assessment, as signed."""
        return [_unpacked(text) for _, text in self._settings(_TEAM)]

    def keep_team(self, signed: Signed) -> bool:
        """Keep a list that is newer than the one held; whether it was."""
        office = enrolment(self._db)
        if office is None:
            raise Refusal("send.not_enrolled")
        team = read_team(signed, VerifyKey(office.store_key))
        name = _TEAM + team.assessment
        before = self._db.one("SELECT value FROM settings WHERE name = ?", (name,))
        if before is not None and TeamList.from_bytes(_unpacked(before[0]).data).issued_at >= team.issued_at:
            return False
        self._put(name, json.dumps([signed.data.decode("utf-8"), signed.signature.hex()]))
        return True

    def card(self) -> str:
        """This laptop's own card."""
        me = identity(self._db)
        card = KeyCard(
            device=me.device, author=me.author, name=me.name, initials=me.initials or "?", public=me.key.public
        )
        return card.to_text(me.key)

    def keep_card(self, card: KeyCard, assessments: frozenset[AssessmentId]) -> None:
        """Know a laptop by its card, once two people compared the words."""
        known = {one.device: one.public for team in self._team_lists() for one in team.laptops}
        pinned = self._db.one("SELECT public FROM team_devices WHERE device = ?", (card.device,))
        keys = {known.get(card.device, card.public), pinned[0] if pinned else card.public}
        if keys != {card.public}:
            raise Refusal("handover.key_changed", name=card.name)
        before = next((places for one, places in self._cards() if one.device == card.device), frozenset())
        value = {
            "device": card.device, "author": card.author, "name": card.name, "initials": card.initials,
            "public": card.public.hex(), "assessments": sorted(assessments | before),
        }  # fmt: skip
        self._put(_CARD + card.device, json.dumps(value))

    def handed(self) -> list[HandedOver]:
        """What was handed over, newest first."""
        return carrying.handed(self._db)

    def note_handed(self, handed: HandedOver) -> ChangeSet:
        """Remember a hand-over, or what became of one that is remembered already (by its ``bundle``)."""
        carrying.note_handed(self._db, handed)
        return change_set(ORIGIN, [("setting", carrying.LOG)])

    def reached(self) -> int:
        """The number of the newest revision held."""
        row = self._db.one("SELECT max(n) FROM revisions")
        return int(row[0] or 0) if row else 0

    def keep_certificate_if_newer(self, signed: Signed) -> bool:
        """Keep a certificate that came on a stick, unless one issued later is here."""
        office = enrolment(self._db)
        if office is None:
            raise Refusal("send.not_enrolled")
        key = VerifyKey(office.store_key)
        fresh = read_certificate(signed, key)
        row = self._db.one("SELECT data FROM certificates WHERE device = ?", (fresh.device,))
        before = Certificate.from_bytes(row[0]) if row is not None else None
        if before is not None and (before.issued_at, before.high) >= (fresh.issued_at, fresh.high):
            return False
        with self._db.transaction():
            receipts.keep_certificate(self._db, signed, key)
        return True

    def _laptop(self, device: str) -> KnownLaptop:
        """Raises ``Refusal('handover.card')`` for one that is not known any more."""
        found = next((one for one in self.laptops() if one.device == device), None)
        if found is None:
            raise Refusal("handover.card")
        return found

    def _hidden(self, to: KnownLaptop) -> frozenset[str]:
        found = [withheld(self._db, place, to.roles.get(place, ""), to.author) for place in sorted(to.assessments)]
        return frozenset().union(*found)

    def _head(self) -> ChainHead:
        return head(self._db, identity(self._db).device)

    def _cards(self) -> Iterable[tuple[KeyCard, frozenset[AssessmentId]]]:
        for _, text in self._settings(_CARD):
            raw = json.loads(text)
            card = KeyCard(
                device=raw["device"], author=raw["author"], name=raw["name"], initials=raw["initials"],
                public=bytes.fromhex(raw["public"]),
            )  # fmt: skip
            yield card, frozenset(raw["assessments"])

    def _team_lists(self) -> list[TeamList]:
        return [TeamList.from_bytes(one.data) for one in self.teams()]

    def _settings(self, prefix: str) -> list[tuple[str, str]]:
        rows = self._db.rows("SELECT name, value FROM settings WHERE name GLOB ? ORDER BY name", (prefix + "*",))
        return [(str(row[0]), str(row[1])) for row in rows]

    def _put(self, name: str, value: str) -> None:
        carrying.put_setting(self._db, name, value)


def _reads(role: str) -> bool:
    """Whether somebody with this role may be given their team's work at all."""
    return may(role, Right.PULL)


def _unconfirmed(one: NamedFile, epoch: str) -> bool:
    return not (one.is_confirmed and (one.epoch == epoch or not epoch))


def _task(one: NamedFile) -> FileTask:
    return FileTask(
        assessment=one.assessment, revision=one.revision, record=one.record, sha256=one.sha256, size=one.size,
        exhibit=one.exhibit,
    )  # fmt: skip


def _unpacked(text: str) -> Signed:
    data, signature = json.loads(text)
    return Signed(data=data.encode("utf-8"), signature=bytes.fromhex(signature))
