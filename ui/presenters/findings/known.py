"""Which findings cite a note, kept at hand for every screen of notes; and notes that wait to be added to one."""

from __future__ import annotations

from collections.abc import Mapping

from fieldkit.app.changes import ChangeSet
from fieldkit.app.finding_board import Use, told_apart, uses_of
from fieldkit.app.ports import Questions
from fieldkit.domain.finding import Finding
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown

Claims = dict[tuple[str, str, str], tuple[str, ...]]
"""``F3 Learning is shared late`` by assessment, pack and statement."""
_REST = 0.3
"""Seconds after a change before it is read again: a received page of findings is one reading."""


class KnownUses(Presenter[Mapping[EntryId, tuple[Use, ...]]]):
    """By note. Read again whenever a finding changes."""

    def __init__(self, session: Session) -> None:
        super().__init__({})
        self._session = session
        self.waiting: tuple[EntryId, ...] = ()
        """Notes that were chosen on Evidence and wait for their finding."""
        self._claims: Claims = {}
        self.handed: Topic[None] = Topic()
        """Notes were chosen: the page Findings is wanted."""
        self._pause = Countdown(session.later, self.load)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read them."""
        self._session.workspace.ask_then(self._read, self._took)

    def claims(self, assessment: str, pack: str, statement: str) -> tuple[str, ...]:
        """``F3 Learning is shared late``, for each finding of a statement that is in use."""
        return self._claims.get((assessment, pack, statement), ())

    def words(self, note: str) -> tuple[str, ...]:
        """``F3 under Learning culture``, for each finding that cites it."""
        return tuple(one.words for one in self.state.get(EntryId(note), ()))

    def hand(self, notes: tuple[EntryId, ...]) -> None:
        """These are to be added to a finding, which is chosen on its page."""
        self.waiting = notes
        self.handed.tell(None)

    def close(self) -> None:
        """Hear nothing more."""
        self._pause.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Finding.KIND) and not self._pause.is_pending:
            self._pause.start(_REST)

    def _took(self, read: tuple[Mapping[EntryId, tuple[Use, ...]], Claims]) -> None:
        found, self._claims = read
        self._show(found)

    def _read(self, questions: Questions) -> tuple[Mapping[EntryId, tuple[Use, ...]], Claims]:
        found: dict[EntryId, tuple[Use, ...]] = {}
        claims: Claims = {}
        for row in questions.assessments():
            rows = [one.value for one in told_apart(questions, row.assessment.id) if not one.value.is_dropped]
            for one in rows:
                place = (row.assessment.id, one.pack, one.statement)
                claims[place] = (*claims.get(place, ()), f"{one.reference} {one.claim}")
            if rows:
                found |= uses_of(questions, row.assessment.id, self._packs(row.assessment.packs))
        return found, claims

    def _packs(self, pins: tuple[object, ...]) -> list[Framework]:
        found = []
        for pin in pins:
            try:
                found.append(self._session.packs.framework(pin))  # type: ignore[arg-type]
            except FieldKitError:  # a pack that is not on this laptop: the notes are shown all the same
                continue
        return found
