"""One box that is typed into: the capture line's grammar, and a draft on disk under a place of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.drafts import keep_draft
from fieldkit.app.rows import Draft
from fieldkit.capture.replacing import Edits, moved
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import new_id
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.log.capture_line import CaptureLine
from ui.presenters.open_texts import OpenText
from ui.presenters.services import Session

Drafted = Callable[[Exception | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stood in a box when it was left, and where its draft lies."""

    place: str
    line: TypedLine
    caret: int
    noticed_at: datetime | None


class Box:
    """``under`` names the drafts' place without its last part. Another question means ``turn``."""

    def __init__(self, session: Session, vocabulary: Vocabulary, under: str, drafted: Drafted) -> None:
        self._session = session
        self._under = under
        self._place = self._new_place()
        self.line = CaptureLine(
            vocabulary, session.clock, self._edited, session.recents, session.texts, lambda: session.name_book
        )
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, drafted)

    @property
    def is_empty(self) -> bool:
        """Whether no word and no tag stands in it."""
        return not self.line.state.text.strip()

    @property
    def place(self) -> str:
        """Where the draft of what stands in it lies."""
        return self._place

    def take(self) -> Typed:
        """What stands in it, on its way to become a note; the box is empty for the next one."""
        self._keeper.drop()
        state = self.line.state
        taken = Typed(place=self._place, line=state.line, caret=state.caret, noticed_at=state.noticed_at)
        self._place = self._new_place()
        self.line.clear()
        return taken

    def turn(self, under: str, before: Typed | None) -> Typed:
        """Show what stood under another place, and give what stands here; its draft goes to disk at once."""
        self._keeper.flush()
        left = self.take()
        self._under = under
        self._place = before.place if before is not None else self._new_place()
        if before is not None:
            self.line.put(before.line, before.caret, before.noticed_at)
        return left

    def open_text(self, where: str, label: str, activity: str, point: Callable[[Span], None] | None = None) -> OpenText:
        """What is typed here, for find and replace."""
        return OpenText(
            place=self._place, text=self.line.state.text, where=where, label=label, activity=activity, has_codes=True,
            change=self.line.change, point=point or self.line.point,
        )  # fmt: skip

    def put_back(self, typed: Typed) -> None:
        """Show what was kept: after a crash, or what was not saved."""
        self._place = typed.place
        self.line.put(typed.line, typed.caret, typed.noticed_at)

    def keep_now(self) -> None:
        """See that what is typed is on disk."""
        self._keeper.keep_now()

    def close(self) -> None:
        """What is typed goes to disk."""
        self._keeper.flush()
        self._keeper.drop()

    def toggle_category(self, framework: Framework, number: int) -> None:
        """Alt+1 to Alt+6: give the note this category with ``@``, or take it off again."""
        category = framework.category_by(str(number))
        if category is None:
            return
        state = self.line.state
        said, text, caret = state.captured.category, state.text, state.caret
        if said is not None:
            head = text[: said.span.start].rstrip()
            text, caret = (head + text[said.span.end :]).rstrip(), min(caret, len(head))
        if said is None or said.code != category.code:
            text = f"{text.rstrip()} @{category.code}"
            caret = min(caret, len(text) - len(category.code) - 2)  # before it: whoever types on writes words
        self.line.put(state.line.became(text), caret, state.noticed_at)
        self._edited()

    def _edited(self) -> None:
        self._keeper.touched()

    def _draft(self) -> Draft:
        state = self.line.state
        self._session.typed_here.add(self._place)
        return Draft(
            place=self._place, text=state.text, caret=state.caret, noticed_at=state.noticed_at,
            kept_at=self._session.clock.now(), extra=state.line.to_extra(),
        )  # fmt: skip

    def _new_place(self) -> str:
        return f"{self._under}/{new_id()}"


def kept_text(
    session: Session, kept: dict[str, Typed], key: str, where: str, label: str, activity: str,
    point: Callable[[Span], None] = lambda _: None,
) -> OpenText:  # fmt: skip
    """What was begun for something else and waits in memory: as open to find and replace as what is in the box."""
    typed = kept[key]

    def change(made: Edits) -> None:
        fresh = replace(typed, line=typed.line.replaced(made), caret=moved(typed.caret, made))
        kept[key] = fresh
        draft = Draft(
            place=fresh.place, text=fresh.line.text, caret=fresh.caret, noticed_at=fresh.noticed_at,
            kept_at=session.clock.now(), extra=fresh.line.to_extra(),
        )  # fmt: skip
        session.workspace.perform(lambda uow: keep_draft(uow, draft), initiator="draft")

    return OpenText(
        place=typed.place, text=typed.line.text, where=where, label=label, activity=activity, has_codes=True,
        change=change, point=point,
    )  # fmt: skip
