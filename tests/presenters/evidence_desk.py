"""The evidence list over five notes of a meeting and an interview, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fieldkit.app.assessments import plan_activity
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import FixedClock
from tests.presenters.room import Room
from tests.support.consents import agree_by_name
from tests.support.vaults import quick_keys
from ui.presenters.evidence.board import PAUSE, EvidenceBoard
from ui.presenters.evidence.opening import read_board


class Desk:
    """A board over a meeting and an interview with notes of every mark."""

    def __init__(self, room: Room) -> None:
        self.room = room
        visit = room.vault.questions.visit(room.activity.visit)
        self.talk = room.vault.perform(
            lambda u: agree_by_name(u, plan_activity(u, visit, ActivityKind.INTERVIEW, "Director of nursing"))
        )[0]
        self.who = self.note("Who owns the recovery plan?", "learning-culture", follow_up=True, speaker="ch")
        self.late = self.note("Papers came late", own_view=True)
        self.falls = self.note("We said we would come back on falls", "safeguarding", exact=True, speaker="ch")
        self.night = self.note("No cover at night", "learning-culture", "safe-staffing", at="interview", speaker="dn")
        self.rota = self.note("The rota is full of gaps", at="interview")
        self.board = EvidenceBoard(
            room.session, read_board(room.session, room.vault.questions, room.activity.assessment)
        )
        self.board.filter_by("")

    def note(self, text: str, *statements: str, at: str = "board", **marks: object) -> Entry:
        """A note, through the workspace as the live log saves one."""
        self.room.clock.advance(60)
        activity = self.room.activity if at == "board" else self.talk
        tags = tuple(EvidenceItem.new("ics", one, "observation") for one in statements)
        new = NewEntry(text=text, evidence=tags, category="observation", **marks)  # type: ignore[arg-type]
        done = self.room.session.workspace.perform(lambda uow: record_entry(uow, activity, new))
        return done.result()[0]

    @property
    def texts(self) -> list[str]:
        """The words of what is shown, newest first."""
        return [row.entry.text for row in self.board.rows.rows]

    def find(self, text: str) -> list[str]:
        """What somebody who types this and waits sees."""
        self.board.typed(text)
        self.room.later.pass_seconds(PAUSE)
        return self.texts

    def place(self, entry: Entry) -> int:
        """The row of a note."""
        place = self.board.rows.place(entry.id)
        assert place is not None
        return place


@contextmanager
def evidence_desk(folder: Path) -> Iterator[Desk]:
    """The board over five notes."""
    with quick_keys():
        room = Room(folder / "vault", FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC)))
        made = Desk(room)
        yield made
        made.board.close()
        room.close()
