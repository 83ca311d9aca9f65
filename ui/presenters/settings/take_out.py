"""Take work out: which assessment, in which format, where to; with what the format cannot hold said first."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.changes import ChangeSet
from fieldkit.app.small_groups import small_of
from fieldkit.app.takeout.left_behind import Minded, minded
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.field_error import FieldError
from ui.presenters.people.words import small_line
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.settings.services import Stop, TakenOut, TakeOutChoice, VaultKeeper
from ui.presenters.settings.storage import megabytes
from ui.presenters.wording import sentence, ui
from ui.presenters.wording.takeout import BLIND_TAKEN, begun_words

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions

FIRST = "folder"
"""The format that is chosen before anybody chose: nothing is missing in it."""
REFI = "refi"
CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutState:
    """``assessments`` are ids with names; ``small`` is what to mind of the one that is chosen, ``losses`` what the
    format cannot hold of it. ``done`` of ``total`` of what ``busy`` says.
    """

    assessments: tuple[tuple[str, str], ...] = ()
    assessment: str = ""
    way: str = FIRST
    small: str = ""
    minded: tuple[str, ...] = ()
    """What was begun and never saved, and is in none of the formats; what a blind round does not hide there."""
    losses: tuple[str, ...] = ()
    busy: str = ""
    done: int = 0
    total: int = 0
    notice: str = ""
    fault: str = ""
    errors: tuple[FieldError, ...] = ()
    asks_why: bool = False
    """Questions are open: it has to be said why it is taken out all the same."""


class TakeOut(Presenter[TakeOutState]):
    """One at a time; ``stop`` ends it and leaves nothing behind."""

    def __init__(self, session: Session, keeper: VaultKeeper) -> None:
        super().__init__(TakeOutState())
        self._session = session
        self._keeper = keeper
        self._stop: Stop | None = None
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read which assessments there are."""
        self._session.workspace.ask_then(_names, self._named)

    def choose_assessment(self, assessment: str) -> None:
        """The one that is taken out."""
        if assessment != self.state.assessment:
            self._show(replace(self.state, assessment=assessment, small="", losses=(), asks_why=False, errors=()))
            self._look()

    def choose_way(self, way: str) -> None:
        """The format."""
        if way != self.state.way:
            self._show(replace(self.state, way=way, losses=(), notice="", fault="", errors=()))
            self._look()

    def take_out(self, folder: str, reason: str = "") -> None:
        """Write it into ``folder``; ``reason`` where questions are open."""
        if self.state.busy:
            return
        path = Path(folder.strip())
        code = "" if folder.strip() else "settings.no_folder"
        if not code and not path.is_dir():
            code = "settings.folder_unknown"
        if code:
            error = FieldError(field="take_out_folder", text=sentence(code, folder=path))
            self._show(replace(self.state, errors=(error,), notice="", fault=""))
            return
        choice = TakeOutChoice(
            assessment=self.state.assessment, way=self.state.way, folder=path, reason=reason.strip()
        )  # fmt: skip
        self._show(replace(self.state, busy="Taking out…", done=0, total=0, notice="", fault="", errors=()))
        self._stop = self._keeper.take_out(self._session, choice, self._went_on, self._taken, self._refused)

    def stop(self) -> None:
        """End what is going on."""
        if self._stop is not None:
            self._stop()

    def close(self) -> None:
        """The vault is left: end what is going on."""
        self._listening.close()
        self.stop()

    def _named(self, found: tuple[tuple[str, str], ...]) -> None:
        known = {one for one, _ in found}
        chosen = self.state.assessment if self.state.assessment in known else next((one for one, _ in found), "")
        self._show(replace(self.state, assessments=found, assessment=chosen))
        self._look()

    def _look(self) -> None:
        """What to mind before it leaves; answers that come after another choice are let go."""
        assessment, way = self.state.assessment, self.state.way
        if not assessment:
            return
        if way == CODEBOOK:  # it tells of nobody
            self._show(replace(self.state, small="", minded=()))
            return
        self._session.workspace.ask_then(lambda questions: minded(questions, AssessmentId(assessment)), self._minded_of)
        small = partial(_small_words, self._session, assessment)
        self._session.workspace.ask_then(small, lambda words: self._minded(assessment, way, words))
        if way == REFI:
            self._keeper.losses(
                self._session, assessment, way, lambda losses: self._lost(assessment, way, losses), self._not_read
            )

    def _changed(self, changes: ChangeSet) -> None:
        """What was typed elsewhere is on disk a moment after the last key: this page may be open by then."""
        if changes.touches("draft") and self.state.assessment and self.state.way != CODEBOOK:
            self._mind()

    def _mind(self) -> None:
        assessment = AssessmentId(self.state.assessment)
        self._session.workspace.ask_then(lambda questions: minded(questions, assessment), self._minded_of)

    def _minded_of(self, found: Minded) -> None:
        words = (begun_words(found.begun), BLIND_TAKEN if found.is_blind else "")
        self._show(replace(self.state, minded=tuple(filter(None, words))))

    def _minded(self, assessment: str, way: str, words: str) -> None:
        if (assessment, way) == (self.state.assessment, self.state.way):
            self._show(replace(self.state, small=words))

    def _lost(self, assessment: str, way: str, losses: tuple[str, ...]) -> None:
        if (assessment, way) == (self.state.assessment, self.state.way):
            self._show(replace(self.state, losses=losses))

    def _not_read(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))

    def _went_on(self, words: str, done: int, total: int) -> None:
        if self.state.busy:
            self._show(replace(self.state, busy=words, done=done, total=total))

    def _taken(self, made: TakenOut) -> None:
        self._stop = None
        left = f" {ui.count(made.withheld, 'file')} stayed out of it." if made.withheld else ""
        keep = "" if self.state.way == CODEBOOK else " It is not encrypted: keep it as you would the vault"
        notice = f"Taken out to {made.path}, {megabytes(made.size)}.{left}{keep}"
        self._session.say(notice)
        self._show(replace(self.state, busy="", notice=notice, asks_why=False))

    def _refused(self, problem: Exception) -> None:
        self._stop = None
        words, code = sentence(problem), getattr(problem, "code", "")
        if code.endswith(".stopped"):
            self._session.say(words)
            self._show(replace(self.state, busy="", notice=words))
            return
        self._session.say(words, urgent=True)
        if code in ("final.open", "final.no_reason"):
            error = FieldError(field="take_out_reason", text=words)
            self._show(replace(self.state, busy="", asks_why=True, errors=(error,)))
        else:
            self._show(replace(self.state, busy="", fault=words))


def _names(questions: Questions) -> tuple[tuple[str, str], ...]:
    return tuple((row.assessment.id, row.assessment.name) for row in questions.assessments())


def _small_words(session: Session, assessment: str, questions: Questions) -> str:
    """Roles that may tell who somebody is."""
    subject = next((row.assessment for row in questions.assessments() if row.assessment.id == assessment), None)
    frameworks = []
    for pin in subject.packs if subject is not None else ():
        with suppress(FieldKitError):  # a pack that is not on this laptop says nothing of posts
            frameworks.append(session.packs.framework(pin))
    return small_line(small_of(questions, subject.id, frameworks)) if subject is not None else ""
