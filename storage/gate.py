"""The gate before what comes from elsewhere: a flood of withdrawals waits outside (``fieldkit.app.floods``)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from fieldkit.app.floods import ALLOWED, PAUSED, Flood, from_text, is_flood
from fieldkit.domain.merge_rules import RULES
from fieldkit.domain.readable import parsed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import AssessmentId, RevisionId
from storage.engine import Database
from storage.entry_rows import names_of
from storage.log import marks

_DELETABLE = {kind: rule.deleted for kind, rule in RULES.items() if rule.deleted}
_STEP = 500


class Gate:
    """Counts what one round or import takes out of use, assessment by assessment.

    Only what lay here before it began counts: the first pull of an assessment brings its withdrawn notes with it.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._began: int | None = None
        self._seen: dict[str, dict[str, RevisionId]] = defaultdict(dict)
        self._shut: set[str] = set()

    def begin(self) -> None:
        """A round or an import begins."""
        row = self._db.one("SELECT max(n) FROM revisions")
        self._began = (row[0] or 0) if row else 0
        self._seen.clear()
        self._shut.clear()

    def lets_in(self, revisions: Sequence[Revision], now: datetime) -> set[str]:
        """The assessments of which nothing may be kept now; call before any of it is."""
        if self._began is None:
            self.begin()
        found = {str(one.envelope.assessment) for one in revisions if one.envelope.assessment}
        suspects = [one for one in revisions if one.content and one.envelope.kind in {"withdrawal", *_DELETABLE}]
        for one in self._fresh(suspects):
            place = str(one.envelope.assessment or "")
            target = self._target(one)
            if target and one.envelope.id not in self._allowed(place):
                self._seen[place].setdefault(target, one.envelope.id)
        for place in found:
            if self._seen[place] and is_flood(len(self._seen[place]), self._standing(place)):
                self._shut.add(place)
                self._pause(place, revisions, now)
        return found & self._shut

    def is_shut(self, assessment: str) -> bool:
        """Whether something of this assessment waits since this round or import began."""
        return assessment in self._shut

    def _pause(self, place: str, revisions: Sequence[Revision], now: datetime) -> None:
        """Remember what waits, beside what waited before."""
        row = self._db.one("SELECT value FROM settings WHERE name = ?", (f"{PAUSED}{place}",))
        before = from_text(AssessmentId(place), row[0]) if row else None
        names = names_of(self._db)
        waiting = set(self._seen[place].values())
        said = {names.get((place, one.envelope.author), ("", ""))[0] for one in revisions if one.envelope.id in waiting}
        known = before.authors if before else ()
        flood = Flood(
            assessment=AssessmentId(place),
            revisions=tuple(sorted(waiting | set(before.revisions if before else ()))),
            standing=self._standing(place), since=before.since if before else now,
            authors=tuple(sorted({*known, *said} - {""})),
        )  # fmt: skip
        self._db.run(
            "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (f"{PAUSED}{place}", flood.to_text())
        )

    def _fresh(self, revisions: Sequence[Revision]) -> list[Revision]:
        held: set[str] = set()
        ids = [one.envelope.id for one in revisions]
        for start in range(0, len(ids), _STEP):
            some = ids[start : start + _STEP]
            rows = self._db.rows(
                f"SELECT id FROM revisions WHERE content IS NOT NULL AND id IN ({marks(len(some))})", some
            )
            held |= {row[0] for row in rows}
        return [one for one in revisions if one.envelope.id not in held]

    def _target(self, revision: Revision) -> str:
        """What this takes out of use that stands here; empty where it does nothing of the kind."""
        body = parsed(revision.content or b"") or {}
        kind, place = revision.envelope.kind, revision.envelope.assessment
        if kind == "withdrawal":
            row = self._db.one(
                "SELECT e.id FROM revisions r JOIN entries e ON e.n = r.n"
                " WHERE r.id = ? AND e.assessment = ? AND e.withdrawn = 0 AND e.n <= ?",
                (str(body.get("entry", "")), place, self._began),
            )
            return str(row[0]) if row and body.get("stands") else ""
        if not body.get(_DELETABLE[kind]):
            return ""
        row = self._db.one(
            "SELECT r.content FROM records k JOIN revisions r ON r.n = k.current"
            " WHERE k.kind = ? AND k.record = ? AND k.assessment = ? AND k.first <= ?",
            (kind, revision.envelope.record, place, self._began),
        )
        stands = row is not None and not (parsed(row[0] or b"") or {}).get(_DELETABLE[kind])
        return revision.envelope.record if stands else ""

    def _standing(self, place: str) -> int:
        kinds = sorted(_DELETABLE)
        row = self._db.one(
            "SELECT (SELECT count(*) FROM entries WHERE assessment = ? AND withdrawn = 0)"
            f" + (SELECT count(*) FROM records WHERE assessment = ? AND kind IN ({marks(len(kinds))}))",
            (place, place, *kinds),
        )
        return int(row[0]) if row else 0

    def _allowed(self, place: str) -> frozenset[str]:
        row = self._db.one("SELECT value FROM settings WHERE name = ?", (f"{ALLOWED}{place}",))
        return frozenset(json.loads(row[0])) if row else frozenset()
