"""The open questions of the open vault, kept at hand, so that every page of a record can say that it has one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fieldkit.app.belonging import activity_of
from fieldkit.app.changes import ChangeSet
from fieldkit.app.open_questions import NOTE, Question, questions_here
from fieldkit.app.ports import Questions
from fieldkit.app.workspace import Workspace
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.ids import ActivityId
from fieldkit.kernel.topic import Topic
from ui.presenters.deciding.words import changed_by
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.timing import Countdown, Later

_SOON = 0.3
"""Seconds after a change: pages of pulled work come one after the other."""
_ELSEWHERE = frozenset({"sync", "hand_over", "deciding"})
"""From where questions come and go. What is typed here makes none, so no key waits for this to be read."""
_NO_MATTER = frozenset({"draft", "setting", "receipt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHere:
    """One open question: the record, who changed it, and the activity, visit and assessment it belongs to."""

    record: str
    kind: str
    words: str
    activity: str = ""
    visit: str = ""
    assessment: str = ""


class KnownQuestions(Presenter[tuple[AskedHere, ...]]):
    """Read when the vault was opened, and again when something may have come or was decided."""

    def __init__(self, workspace: Workspace, later: Later) -> None:
        super().__init__(())
        self._workspace = workspace
        self._reload = Countdown(later, self.load)
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        self.wanted: Topic[str] = Topic()
        """Somebody wants to decide about this record, wherever it is shown."""

    def load(self) -> None:
        """Read them."""
        self._reload.drop()
        self._workspace.ask_then(read_open, self._show)

    def words(self, record: str) -> str:
        """``Open question: You and Ben Mate each changed this``, or empty."""
        return next((one.words for one in self.state if one.record == record), "")

    def at(self, place: str, kinds: Collection[str] = ()) -> tuple[AskedHere, ...]:
        """Those of an activity or a visit; with ``kinds`` those of an assessment that are of these kinds."""
        if kinds:
            return tuple(one for one in self.state if one.assessment == place and one.kind in kinds)
        return tuple(one for one in self.state if place in (one.record, one.activity, one.visit))

    def decide(self, record: str) -> None:
        """Go to the question about a record."""
        self.wanted.tell(record)

    def close(self) -> None:
        """Hear nothing more."""
        self._reload.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if all(kind in _NO_MATTER for kind in changes.records) or self._reload.is_pending:
            return
        if self.state or changes.origin in _ELSEWHERE:
            self._reload.start(_SOON)


def read_open(questions: Questions) -> tuple[AskedHere, ...]:
    """Every open question of the vault, and where each belongs."""
    return tuple(_here(questions, one) for one in questions_here(questions))


def _here(questions: Questions, question: Question) -> AskedHere:
    activity, visit = "", ""
    match question.kind:
        case "activity":
            activity, visit = question.record, str(getattr(question.value, "visit", "") or "")
        case "visit":
            visit = question.record
        case kind if kind == NOTE and question.note is not None:
            activity = str(question.note.entry.activity)
        case kind if kind in FIELDWORK and question.value is not None:
            activity = str(activity_of(questions, questions.record(kind, question.record)) or "")
        case _:
            pass
    if activity and not visit:
        visit = str(questions.activity(ActivityId(activity)).visit)
    return AskedHere(
        record=question.record, kind=question.kind, words=f"Open question: {changed_by(question, 'this')}",
        activity=activity, visit=visit, assessment=str(question.assessment),
    )  # fmt: skip
