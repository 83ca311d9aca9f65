"""A whole programme pasted as text (ux S4): lines without a time are pointed out once, then kept as headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from fieldkit.app.drafts import drop_draft
from fieldkit.app.programme_text import read_programme, without_time
from fieldkit.app.rows import Draft
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.errors import Mistake
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.visit.plans import PlanActions
from ui.presenters.wording import sentence

_MOST_TOLD = 5
"""Lines without a time that are named one by one; a page of headings would push the text off the panel."""
ADD = "Add to the programme"
ADD_WITH_HEADINGS = "Add, and leave these lines as headings"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteState:
    """``action`` are the words of the main button; ``text`` is what was typed here before and never added."""

    text: str = ""
    errors: tuple[FieldError, ...] = ()
    action: str = ADD
    fault: str = ""


class PasteProgramme(Presenter[PasteState]):
    """``on`` is the day of lines above the first date. What is typed is on disk within a second, under ``place``."""

    heading = "Paste a programme"

    def __init__(
        self,
        plans: PlanActions,
        on: date | None,
        today: date,
        done: Callable[[Sequence[Activity]], None],
        close: Callable[[], None],
        session: Session,
        place: str,
    ) -> None:
        super().__init__(PasteState())
        self._close = close
        self._session = session
        self._place = place
        self._text = ""
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._was_kept)
        self._plans = plans
        self._on = on
        self._today = today
        self._done = done
        self._pointed_out = ""
        self._is_saving = False

    def start(self) -> None:
        """Bring back what was typed and never added."""
        self._session.workspace.ask_then(lambda questions: questions.draft(self._place), self._bring_back)

    def put(self, text: str) -> None:
        """Somebody typed or pasted."""
        if text != self._text:
            self._text = text
            self._keeper.touched()

    def close(self) -> None:
        """Esc: what stands there waits for the next time."""
        self._keeper.flush()
        self._close()

    def save(self, text: str) -> None:
        """The main button: the first press points out lines without a time, the second takes the text as it is."""
        if self._is_saving:  # a second press before the first is answered would plan everything twice
            return
        lines = read_programme(text, (self._on or self._today).year)
        if not lines:
            self._wrong(Mistake("activity.no_lines", field="text"))
            return
        lacking = without_time(lines)
        if lacking and text != self._pointed_out:
            self._pointed_out = text
            self._show(replace(self.state, errors=_about(lacking), action=ADD_WITH_HEADINGS, fault=""))
            return
        self._is_saving = True
        self._keeper.drop()
        also = partial(drop_draft, place=self._place)
        self._plans.paste(lines, {"on": self._on}, self._done, self._wrong, also)

    def _draft(self) -> Draft:
        return Draft(
            place=self._place, text=self._text, caret=0, noticed_at=None, kept_at=self._session.clock.now()
        )  # fmt: skip

    def _bring_back(self, draft: Draft | None) -> None:
        if draft is not None and draft.text and not self._text:
            self._text = draft.text
            self._show(replace(self.state, text=draft.text))

    def _was_kept(self, problem: Exception | None) -> None:
        words = "" if problem is None else sentence(problem)
        if words != self.state.fault:
            self._show(replace(self.state, fault=words))

    def _wrong(self, problem: Exception) -> None:
        self._is_saving = False
        if isinstance(problem, Mistake):
            self._show(replace(self.state, errors=(FieldError(field="text", text=sentence(problem)),)))
        else:
            self._show(replace(self.state, errors=(), fault=sentence(problem)))


def _about(numbers: Sequence[int]) -> tuple[FieldError, ...]:
    told = [sentence("activity.line_time", number=number) for number in numbers[:_MOST_TOLD]]
    rest = len(numbers) - len(told)
    if rest:
        told.append(f"And {rest} more lines without a time" if rest > 1 else "And 1 more line without a time")
    return tuple(FieldError(field="text", text=words) for words in told)
