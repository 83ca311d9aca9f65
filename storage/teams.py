"""See ``fieldkit.app.team_store.TeamStore``: roles as hello told them, and the wiping of what was left."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.file_store import FileStore
from fieldkit.app.team_store import LEFT, OFFICE, PERSON, ROLES, Left, Owed, Part, as_setting
from fieldkit.domain.sharing import NEVER_SHARED
from storage import file_places
from storage.engine import Database
from storage.erasing import destroy_files, take_words_out
from storage.identity import fact
from storage.log import COLUMNS, marks, read
from storage.outbox import N_MASK, SETTLED

ORIGIN = "sync"
AGAIN = "team/again"
"""The setting that names assessments to be read from their start, own records too."""

_STEP = 500
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class VaultTeams:
    """``now`` gives the time as a stamp."""

    def __init__(self, db: Database, files: FileStore, now: Callable[[], str]) -> None:
        self._db, self._files, self._now = db, files, now

    def keep_roles(self, roles: Mapping[str, Part]) -> ChangeSet:
        known = {place: Part(**raw) for place, raw in self._kept(ROLES).items()}
        left, again = self._left(), set(self._kept(AGAIN))
        taken = known.keys() - roles.keys()
        back = {place for place in left.keys() & roles.keys() if left[place].is_told or left[place].why == OFFICE}
        wider = {place for place, part in roles.items() if part.widened > known.get(place, Part(role="")).widened}
        if dict(roles) == known and not taken and not back:
            return change_set(ORIGIN, ())
        for place in taken:
            left.setdefault(place, Left(why=OFFICE, at=self._now(), is_told=True))
            left[place] = replace(left[place], is_told=True)
        for place in back:
            del left[place]
        with self._db.transaction():
            self._put(ROLES, as_setting(roles))
            self._put(LEFT, as_setting(left))
            started = self._forget_cursors(sorted(wider | back | taken))
            again = (again | back | (wider & started)) - taken
            self._put(AGAIN, json.dumps({place: {} for place in sorted(again)}) if again else None)
        touched = [("setting", ROLES), *(("assessment", place) for place in sorted(taken | back))]
        return change_set(ORIGIN, [*touched, *(("reads_again", place) for place in sorted(back | (wider & started)))])

    def read_again(self) -> frozenset[str]:
        return frozenset(self._kept(AGAIN))

    def was_read_again(self, assessments: Iterable[str]) -> None:
        left = set(self._kept(AGAIN)) - set(assessments)
        with self._db.transaction():
            self._put(AGAIN, json.dumps({place: {} for place in sorted(left)}) if left else None)

    def to_tell(self) -> tuple[str, ...]:
        waiting = [place for place, one in self._left().items() if one.why == PERSON and not one.is_told]
        return tuple(place for place in sorted(waiting) if self.owed(place).is_nothing)

    def was_told(self, assessment: str, *, is_kept: bool = False) -> ChangeSet:
        left = self._left()
        if assessment in left:
            if is_kept:
                del left[assessment]
            else:
                left[assessment] = replace(left[assessment], is_told=True)
            with self._db.transaction():
                self._put(LEFT, as_setting(left))
                if not is_kept:
                    self._forget_cursors([assessment])
        return change_set(ORIGIN, [("setting", LEFT), ("assessment", assessment)])

    def wipe(self) -> ChangeSet:
        touched: list[tuple[str, str]] = []
        for place, one in sorted(self._left().items()):
            if one.is_told and not one.wiped_at and self.owed(place).is_nothing:
                touched += self._wipe(place)
        return change_set(ORIGIN, touched)

    def owed(self, assessment: str) -> Owed:
        if fact(self._db, "reoffer") == "yes":  # the office was set back: what it has is being found out
            return Owed(records=self._count("SELECT count(*) FROM revisions WHERE assessment = ?", assessment))
        one = self._left().get(assessment)
        return Owed(
            records=self._count(
                f"SELECT count(*) FROM outbox o JOIN revisions r ON r.n = o.place & {N_MASK} WHERE r.assessment = ?",
                assessment,
            ),
            files=sum(task.assessment == assessment for task in file_places.to_send(self._db, self._files)),
            drafts=self._drafts(assessment),
            only_here=0 if one is not None and one.may_lose else self._only_here(assessment),
        )  # fmt: skip

    def _only_here(self, assessment: str) -> int:
        """Contents made here that the office has no receipt for: untagged notes, mostly."""
        never = sorted(NEVER_SHARED)
        return self._count(
            f"SELECT count(*) FROM revisions r WHERE r.assessment = ? AND r.here = 1 AND r.content IS NOT NULL"
            f" AND r.kind NOT IN ({marks(len(never))}) AND NOT EXISTS (SELECT 1 FROM receipts x"
            f" WHERE x.revision = r.id AND x.hash = r.hash AND x.outcome <> 'corrupt' AND {SETTLED})",
            assessment, *never,
        )  # fmt: skip

    def _drafts(self, assessment: str) -> int:
        """Words begun and not saved whose place names a record of the assessment."""
        named = [_ID.findall(row[0]) for row in self._db.rows("SELECT place FROM drafts WHERE trim(text) <> ''")]
        return sum(any(self._is_of(one, assessment) for one in ids) for ids in named)

    def _is_of(self, record: str, assessment: str) -> bool:
        row = self._db.one("SELECT 1 FROM revisions WHERE id = ? AND assessment = ?", (record, assessment))
        return record == assessment or row is not None

    def _wipe(self, assessment: str) -> list[tuple[str, str]]:
        """Some hundred records at a time, so that nothing typed waits; broken off, the next round goes on.

        What tells that a note is of this assessment goes last: until then every screen leaves the note out by it.
        """
        files: set[str] = set()
        touched: list[tuple[str, str]] = []
        while rows := self._db.rows(
            f"SELECT {COLUMNS} FROM revisions WHERE assessment = ? AND content IS NOT NULL"
            f" ORDER BY kind IN ('assessment', 'visit', 'activity'), n LIMIT ?",
            (assessment, _STEP),
        ):
            with self._db.transaction():
                done = take_words_out(self._db, [read(row) for row in rows])
            files |= done.files
            touched += done.touched
        with self._db.transaction():
            left = self._left()
            left[assessment] = replace(left[assessment], wiped_at=self._now())
            self._put(LEFT, as_setting(left))
        destroy_files(self._files, files)
        self._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return [*touched, ("assessment", assessment), ("setting", LEFT)]

    def _forget_cursors(self, assessments: Iterable[str]) -> set[str]:
        """Read them from the start; those of which something had been read."""
        found = set()
        for place in assessments:
            if self._db.one("SELECT 1 FROM cursors WHERE assessment = ?", (place,)) is not None:
                found.add(place)
                self._db.run("DELETE FROM cursors WHERE assessment = ?", (place,))
        return found

    def _left(self) -> dict[str, Left]:
        return {place: Left(**raw) for place, raw in self._kept(LEFT).items()}

    def _kept(self, name: str) -> dict[str, dict[str, Any]]:
        row = self._db.one("SELECT value FROM settings WHERE name = ?", (name,))
        return dict(json.loads(row[0])) if row else {}

    def _put(self, name: str, value: str | None) -> None:
        if value is None:
            self._db.run("DELETE FROM settings WHERE name = ?", (name,))
        else:
            self._db.run(_PUT, (name, value))

    def _count(self, statement: str, *values: object) -> int:
        row = self._db.one(statement, values)
        return int(row[0]) if row else 0
