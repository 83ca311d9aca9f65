"""Cards of laptops: one's own to show, and a team-mate's to take once two people compared its six words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions
from fieldkit.kernel.errors import FieldKitError
from ui.presenters.hand_over_service import Card, Choice, HandOver
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsState:
    """``mine`` while it is shown; ``theirs`` while its words are compared, with what its holder may be given."""

    mine: Card | None = None
    theirs: Card | None = None
    choices: tuple[Choice, ...] = ()
    notice: str = ""
    fault: str = ""


class Cards(Presenter[CardsState]):
    """``kept`` is told that a laptop is known now. Nothing is kept before somebody said that the words are the same."""

    def __init__(self, session: Session, kept: Callable[[], None]) -> None:
        super().__init__(CardsState())
        self._session = session
        self._kept = kept
        self._is_closed = False

    def close(self) -> None:
        """Nothing is told any more."""
        self._is_closed = True

    def toggle_mine(self) -> None:
        """Show this laptop's own card, or put it away."""
        if self.state.mine is not None:
            self._show(replace(self.state, mine=None))
            return
        self._do(lambda service: service.card(), self._mine)

    def copied(self) -> None:
        """The own card is on the clipboard."""
        self._tell("The text of your card is copied.")

    def read(self, text: str) -> None:
        """Look whose card this is: its words are shown to be compared."""
        self._do(lambda service: service.read_card(text), self._theirs)

    def refuse(self) -> None:
        """The words differ, or there is nobody to compare them with: nothing is kept."""
        name = self.state.theirs.name if self.state.theirs is not None else ""
        self._show(replace(self.state, theirs=None))
        self._tell(f"The card of {name} was not kept.")

    def accept(self, assessments: Sequence[str]) -> None:
        """The words are the same."""
        card = self.state.theirs
        if card is not None:
            self._do(lambda service: service.keep_card(card.text, assessments), self._accepted)

    def _do(self, job: Callable[[HandOver], T], done: Callable[[T], None]) -> None:
        service = self._session.hand_over
        if service is None:
            return
        self._show(replace(self.state, notice="", fault=""))
        lanes = self._session.workspace.lanes
        run(
            lanes.work, lanes.deliver, lambda: job(service),
            lambda found: None if self._is_closed else done(found), self._failed,
        )  # fmt: skip

    def _mine(self, card: Card) -> None:
        self._show(replace(self.state, mine=card))
        self._session.say(f"The words of your card: {' '.join(card.words)}")

    def _theirs(self, card: Card) -> None:
        def read(questions: Questions) -> tuple[Choice, ...]:
            return tuple(Choice(id=one.assessment.id, name=one.assessment.name) for one in questions.assessments())

        def show(choices: tuple[Choice, ...]) -> None:
            if not self._is_closed:
                self._show(replace(self.state, theirs=card, choices=choices))
                self._session.say(f"The words of the card of {card.name}: {' '.join(card.words)}")

        self._session.workspace.ask_then(read, show, self._failed)

    def _accepted(self, name: str) -> None:
        self._show(replace(self.state, theirs=None))
        self._tell(f"The laptop of {name} is known now.")
        self._kept()

    def _tell(self, words: str) -> None:
        self._show(replace(self.state, notice=words, fault=""))
        self._session.say(words)

    def _failed(self, problem: Exception) -> None:
        if self._is_closed:
            return
        if not isinstance(problem, FieldKitError):
            raise problem
        self._show(replace(self.state, notice="", fault=f"{sentence(problem)}."))
        self._session.say(sentence(problem), urgent=True)
