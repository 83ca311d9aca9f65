"""What a page of fieldwork is made of: its way, its presenter, and what it may ask of the workbench."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId
from fieldkit.kernel.topic import Topic
from ui.presenters.page import Page
from ui.presenters.services import Session


class Bench(Protocol):
    """What such a page may ask of the workbench."""

    session: Session
    changed: Topic[Any]
    """Tells the workbench's state: which page is up, whether the screen is hidden."""

    @property
    def assessment(self) -> AssessmentId | None: ...
    @property
    def activity_at_hand(self) -> str:
        """The id of the activity that was on the screen last; empty where none was."""

    def play_sound(self, row: RecordRow, position: int = 0) -> None:
        """Play a recording from a ms."""

    def go(self, page: Page) -> None: ...
    def open_page(self, page: Page, record: str = "") -> None: ...
    def open_activity(self, activity: ActivityId) -> None: ...
    def open_log(self, activity: ActivityId) -> None: ...
    def open_visit(self, visit: VisitId) -> None: ...
    def open_note(self, entry: EntryId) -> None: ...
    def show_evidence(self, words: str | None = None, of: AssessmentId | None = None) -> None: ...
    def back(self) -> None: ...
    def presenter(self, page: Page) -> FieldworkPage | None:
        """The presenter of a page of fieldwork that is open."""


class FieldworkPage(Protocol):
    """The presenter of such a page; it also is a ``Presenter`` of its own state."""

    @property
    def crumbs(self) -> tuple[str, ...]:
        """The way to it in words, for top bar and window title: assessment, visit, what is open. Never a name."""

    def close(self) -> None:
        """What was typed goes to disk; nothing is heard any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a page is opened: ``read`` on the store lane with the id it is about, ``make`` on the screens' thread."""

    read: Callable[[Session, Questions, str], Any]
    make: Callable[[Bench, Any], FieldworkPage]


def open_at(bench: Bench, page: Page, key: str) -> None:
    """Open a page of fieldwork with the cursor on one of its lines: its presenter has a ``choose``."""

    def came(state: Any) -> None:
        found = bench.presenter(page)
        if state.page is page and found is not None:
            leave()
            getattr(found, "choose")(key)  # noqa: B009  # not every page of fieldwork has one

    leave = bench.changed.listen(came)
    bench.open_page(page)
