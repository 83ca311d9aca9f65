"""Triangulation on Evidence: of one statement, how many sources, methods, organisations and categories agree."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldkit.app.changes import ChangeSet
from fieldkit.app.triangulating import StatementLegs, legs_of
from fieldkit.domain.triangulation import Triangulation
from ui.presenters.evidence.opening import BoardFacts
from ui.presenters.forms import Option
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence

_REST = 0.5
"""Seconds after a change before it is counted again."""
_BETWEEN = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangleState:
    """``chosen`` is a statement as ``pack/id``; ``legs`` are None while they are being counted."""

    options: tuple[Option, ...]
    chosen: str
    legs: StatementLegs | None = None
    fault: str = ""

    @property
    def badge(self) -> str:
        """``Single source``, ``Triangulated``, ``Not triangulated yet``; empty while it is being counted."""
        if self.legs is None:
            return ""
        found = self.legs.triangulation
        if found.is_single_source:
            return "Single source"
        return "Triangulated" if found.is_enough else "Not triangulated yet"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Each count with its name, as the panel lists them."""
        return counts(self.legs.triangulation) if self.legs is not None else ()


def counts(found: Triangulation) -> tuple[tuple[str, str], ...]:
    """The table of the panel."""
    return (
        ("Notes", f"{found.items:,}"), ("Sources", f"{found.sources:,}"), ("Methods", f"{found.methods:,}"),
        ("Organisations", f"{found.organisations:,}"), ("Evidence categories", f"{found.categories:,}"),
        ("Agree", f"{found.agree:,}"), ("Contradict", f"{found.contradict:,}"), ("Unclear", f"{found.unclear:,}"),
    )  # fmt: skip


class Triangle(Presenter[TriangleState]):
    """One for the open panel; counted again when notes or tags change."""

    def __init__(self, session: Session, facts: BoardFacts, first: str) -> None:
        options = tuple(
            Option(f"{pack.id}{_BETWEEN}{one.id}", f"{one.position} {one.title}")
            for pack in facts.frameworks
            for one in pack.statements
        )
        known = {one.value for one in options}
        super().__init__(TriangleState(options=options, chosen=first if first in known else options[0].value))
        self._session = session
        self._facts = facts
        self._is_closed = False
        self._rest = Countdown(session.later, self.count)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def choose(self, statement: str) -> None:
        """Another statement."""
        if statement != self.state.chosen:
            self._show(replace(self.state, chosen=statement, legs=None))
            self.count()

    def count(self) -> None:
        """Behind the screen, over the vault as it is now."""
        pack_id, _, statement = self.state.chosen.partition(_BETWEEN)
        pack = next(one for one in self._facts.frameworks if one.id == pack_id)
        wanted, assessment = self.state.chosen, self._facts.assessment

        def home(found: StatementLegs) -> None:
            if not self._is_closed and wanted == self.state.chosen:
                self._show(replace(self.state, legs=found, fault=""))

        self._session.workspace.look_over(
            lambda vault: legs_of(vault.questions, assessment, pack, statement), home, self._refused
        )

    def close(self) -> None:
        """Nothing is counted any more."""
        self._is_closed = True
        self._rest.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("entry", "filing", "withdrawal", "consent", "activity", "person"):
            self._rest.start(_REST)

    def _refused(self, problem: Exception) -> None:
        if not self._is_closed:
            self._show(replace(self.state, fault=sentence(problem)))
