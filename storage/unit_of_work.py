"""One transaction of the vault: append to the log, keep drafts and settings, and say what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import fieldkit
from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.ports import Identity, Questions, Recordable
from fieldkit.app.rows import Draft
from fieldkit.app.texts import whole
from fieldkit.domain.revision import ChainHead, Envelope, Revision, digest_of, make_revision, new_salt
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.clock import Clock, to_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, AuthorId, RecordId, RevisionId, new_id
from storage import file_places, log
from storage.custody import Custody, Event
from storage.engine import Database
from storage.identity import head, move_head
from storage.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable

APP = f"fieldkit/{fieldkit.__version__}"
LARGEST_CONTENT = 8 * 2**20 - 64 * 1024
"""Bytes of one record: a frame of the protocol holds 8 MiB, and the envelope has to fit beside the content. What can
never be sent would stop everything after it."""


class VaultUnitOfWork:
    """See ``fieldkit.app.ports.UnitOfWork``. Made by the vault inside an open transaction."""

    def __init__(self, db: Database, clock: Clock, identity: Identity, questions: Callable[[], Questions]) -> None:
        self._db = db
        self._clock = clock
        self._identity = identity
        self._questions = questions
        self._touched: list[tuple[str, str]] = []
        self._head: ChainHead | None = None
        self._next: int | None = None

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def author(self) -> AuthorId:
        return self._identity.author

    @property
    def identity(self) -> Identity:
        return self._identity

    @property
    def questions(self) -> Questions:
        return self._questions()

    def append(
        self,
        record: str,
        value: Recordable,
        *,
        assessment: AssessmentId | None,
        parents: Sequence[RevisionId] = (),
        priority: int = 1,
    ) -> Revision:
        """Chain, sign and store a new revision of ``record``, project it and index it.

        The first revision bears the record's own id; every later one names its ``parents``. Raises
        ``Mistake('revision.too_large')``.
        """
        body = value.to_content()
        content, salt = canonical(body), new_salt()
        if len(content) > LARGEST_CONTENT:
            raise Mistake("revision.too_large")
        before = self._head or head(self._db, self._identity.device)
        envelope = Envelope(
            id=RevisionId(new_id() if parents else record), record=RecordId(record), kind=value.KIND, shape=value.SHAPE,
            parents=tuple(parents), assessment=assessment, author=self._identity.author, device=before.device,
            seq=before.seq + 1, prev=before.hash, recorded_at=to_stamp(self._clock.now()),
            mono_ms=self._clock.monotonic_ms(), boot=self._clock.boot(), priority=priority,
            digest=digest_of(salt, content), app=APP,
        )  # fmt: skip
        revision = make_revision(envelope, content, salt, self._identity.key)
        self._store(log.Logged(n=self._number(), here=True, revision=revision, body=body, is_made=True))
        return revision

    def _store(self, item: log.Logged) -> None:
        envelope = item.revision.envelope
        log.insert(self._db, (item,))
        self._head = ChainHead(device=envelope.device, seq=envelope.seq, hash=item.revision.hash)
        move_head(self._db, self._head)
        judged_again = project(self._db, (item,), is_new=True)
        self._touched.append((envelope.kind, envelope.record))
        self._touched += [("entry", entry) for entry in judged_again]
        if "entry" in (item.body or {}):  # what is added to a note changes how that note reads
            self._touched.append(("entry", str((item.body or {})["entry"])))

    def keep_draft(self, draft: Draft) -> None:
        """Put a draft in the place of the one before."""
        self._db.run(
            "INSERT OR REPLACE INTO drafts (place, text, caret, noticed_at, kept_at, extra) VALUES (?, ?, ?, ?, ?, ?)",
            (
                draft.place, draft.text, draft.caret, to_stamp(draft.noticed_at) if draft.noticed_at else None,
                to_stamp(draft.kept_at), draft.extra,
            ),
        )  # fmt: skip
        self._touched.append(("draft", draft.place))

    def drop_draft(self, place: str) -> None:
        """Forget a draft."""
        if self._db.run("DELETE FROM drafts WHERE place = ?", (place,)):
            self._touched.append(("draft", place))

    def set_setting(self, key: str, value: str | None) -> None:
        """Write a setting, or forget it."""
        if value is None:
            self._db.run("DELETE FROM settings WHERE name = ?", (key,))
        else:
            self._db.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (key, whole(value)))
        self._touched.append(("setting", key))

    def note_exported(self, what: str) -> None:
        """Put on the vault's own record that ``what`` (an id) leaves it in clear; before the first byte does."""
        self.append(new_id(), Custody(event=Event.EXPORTED, at=self._clock.now(), detail=what), assessment=None)

    def note_allowed(self, assessment: AssessmentId, count: int) -> None:
        """Put on the vault's own record that a person let a flood of withdrawals in."""
        detail = f"{assessment} {count}"
        event = Custody(event=Event.WITHDRAWALS_ALLOWED, at=self._clock.now(), detail=detail)
        self.append(new_id(), event, assessment=None)

    def note_final(self, assessment: AssessmentId, count: int, reason: str) -> None:
        """Put on the vault's own record why something final was made over open questions."""
        event = Custody(event=Event.FINAL, at=self._clock.now(), detail=f"{assessment} {count}: {reason}")
        self.append(new_id(), event, assessment=None)

    def want_file(self, record: str, *, is_wanted: bool) -> None:
        """Ask for the file of a team-mate's attachment: it comes with the next sending."""
        value = self.questions.record("attachment", record).value
        file_places.want(self._db, value.assessment, value.sha256, is_wanted=is_wanted)
        self._touched.append(("attachment", record))

    def changes(self, origin: str) -> ChangeSet:
        """What this unit of work has changed so far."""
        return change_set(origin, self._touched)

    def _number(self) -> int:
        self._next = log.next_n(self._db) if self._next is None else self._next + 1
        return self._next
