"""The teams this person is on, and what they left: leave one, take it back, see what keeps its words here."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Vault
from fieldkit.app.team_store import Left, Owed
from fieldkit.app.teams import leave, left, roles, stay
from fieldkit.domain.roles import title
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence, ui


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One assessment. ``can_leave``, ``can_stay`` and ``can_let_go`` say which buttons it has."""

    assessment: str
    words: str
    name: str = ""
    can_leave: bool = False
    can_stay: bool = False
    can_let_go: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsState:
    """Nothing on a laptop that works on its own."""

    rows: tuple[TeamRow, ...] = ()


class Teams(Presenter[TeamsState]):
    """Reads again whenever a round or the person changed something of it."""

    def __init__(self, session: Session) -> None:
        super().__init__(TeamsState())
        self._session = session
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read it."""
        self._session.workspace.maintain(_read, done=self._show)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def leave(self, row: TeamRow, *, may_lose: bool = False) -> None:
        """Hide it at once; the next sending does the rest."""
        place, words = AssessmentId(row.assessment), "Left. It is hidden, and wiped when the office has all of it"
        self._session.workspace.perform(
            lambda uow: leave(uow, place, may_lose=may_lose), initiator="settings",
            done=lambda _: self._session.say("Notes that only this laptop has may go" if may_lose else words),
            failed=self._refused,
        )  # fmt: skip

    def stay(self, row: TeamRow) -> None:
        """Take leaving back."""
        place = AssessmentId(row.assessment)
        self._session.workspace.perform(
            lambda uow: stay(uow, place), initiator="settings",
            done=lambda _: self._session.say("Shown again. You have not left"), failed=self._refused,
        )  # fmt: skip

    def _refused(self, problem: Exception) -> None:
        """It is so already: a button that was pressed twice, or a sending that was quicker. Show how it is."""
        self._session.say(sentence(problem), urgent=True)
        self.load()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("setting", "receipt", "assessment"):
            self.load()


def _read(vault: Vault) -> TeamsState:
    questions = vault.questions
    if questions.enrolment() is None:
        return TeamsState()
    gone, parts = left(questions), roles(questions)
    names = {str(row.assessment.id): row.assessment.name for row in questions.assessments()}
    rows = [
        TeamRow(
            assessment=place, name=name, can_leave=True,
            words=f"{name}: {title(parts[place].role)}" if place in parts else f"{name}: not at the office yet",
        )
        for place, name in names.items()
        if place not in gone
    ]  # fmt: skip
    for place, one in gone.items():
        owed = Owed() if one.wiped_at else vault.sync_store.team.owed(place)
        name = names.get(place, "An assessment")
        rows.append(
            TeamRow(
                assessment=place,
                name=name,
                words=f"{name}: {left_words(one, owed)}",
                can_stay=one.why == "person" and not one.is_told,
                can_let_go=bool(owed.only_here),
            )
        )
    return TeamsState(rows=tuple(rows))


def left_words(one: Left, owed: Owed) -> str:
    """Why it is hidden, and what keeps its words here."""
    who = "you left" if one.why == "person" else "the office took you off the team"
    if one.wiped_at:
        return f"{who}; its words are no longer on this laptop"
    if owed.is_nothing:
        return f"{who}; hidden, and wiped with the next sending"
    waits = (
        (owed.records, "record", "the office has not confirmed"), (owed.files, "file", "on the way"),
        (owed.drafts, "text", "begun and not saved"), (owed.only_here, "record", "that only this laptop has"),
    )  # fmt: skip
    said = ", ".join(f"{ui.count(count, thing)} {why}" for count, thing, why in waits if count)
    return f"{who}; hidden, and kept here while nobody else has all of it: {said}"
