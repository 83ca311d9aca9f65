"""Conversations that were begun and are not saved: after a crash, or because the laptop was full when they ended.

One of them stands in the two fields; the others wait, each with its drafts on disk, until they are taken up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.drafts import capture_place, drop_draft, keep_draft
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.capture.replacing import Edits, moved
from fieldkit.capture.typed_line import TypedLine
from fieldkit.kernel.ids import ActivityId, new_id
from ui.presenters.interview.box import Drafted, Typed
from ui.presenters.open_texts import OpenText
from ui.presenters.services import Session

_LABEL = 60
"""Characters that tell one conversation from another in a banner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """``who`` is what stood in the first field, ``typed`` the words, ``began`` when its first key was pressed."""

    who: str
    typed: Typed
    began: datetime | None

    @property
    def label(self) -> str:
        """``3s, Nobody answers the bell``."""
        words = " ".join(part for part in (self.who.strip(), *self.typed.line.text.split()) if part)
        return words if len(words) <= _LABEL else words[: _LABEL - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the drafts of an activity lie: words and who of one conversation under one last part."""

    activity: ActivityId

    @property
    def under(self) -> str:
        """The place of the words without its last part."""
        return f"{capture_place(self.activity)}/dropin"

    @property
    def old(self) -> str:
        """Where an earlier version kept who, of whichever conversation it was."""
        return f"form/dropin/{self.activity}"

    def who(self, words: str) -> str:
        """The place of the first field for the words at ``words``."""
        return f"{self.old}/{words.rpartition('/')[2]}"

    def drop(self, uow: UnitOfWork, words: str) -> None:
        """Forget a conversation that was saved."""
        for place in (words, self.who(words), self.old):
            drop_draft(uow, place)

    def read(self, drafts: Iterable[Draft]) -> list[Begun]:
        """The conversations that drafts tell of, the oldest first; who it was goes with the words."""
        spoken: dict[str, Draft] = {}
        whose: dict[str, Draft] = {}
        for draft in sorted(drafts, key=lambda one: one.kept_at):
            if draft.place.startswith(f"{self.under}/"):
                spoken[draft.place] = draft
            elif draft.place.startswith(f"{self.old}/"):
                whose[f"{self.under}/{draft.place.rpartition('/')[2]}"] = draft
            elif draft.place == self.old:
                whose[next(reversed(spoken), f"{self.under}/{new_id()}")] = draft
        keys = dict.fromkeys((*spoken, *whose))
        both = {key: [one for one in (spoken.get(key), whose.get(key)) if one is not None] for key in keys}
        order = sorted(both, key=lambda key: max(one.kept_at for one in both[key]))
        return [_begun(key, spoken.get(key), whose.get(key)) for key in order]


class Held:
    """Those that wait beside the one in the fields."""

    def __init__(self, session: Session, places: Places, drafted: Drafted) -> None:
        self._session = session
        self._places = places
        self._drafted = drafted
        self._waiting: list[Begun] = []
        self._loose: list[Begun] = []
        """Not on disk yet: the laptop was full, or it is being written."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The one that is taken up next first."""
        return tuple(one.label for one in self._waiting)

    def add(self, begun: Begun) -> None:
        """Another one waits; what is typed of it is on disk at once, if there is room."""
        self._waiting.append(begun)
        self._write(begun)

    def keep_again(self) -> None:
        """There is room again: what is not on disk goes there."""
        loose, self._loose = self._loose, []
        for begun in loose:
            self._write(begun)

    def read(self, waiting: Iterable[Begun]) -> None:
        """Those that were found on disk."""
        self._waiting += waiting

    def open_texts(self, where: str) -> list[OpenText]:
        """The words of those that wait, for find and replace."""

        def changing(begun: Begun) -> Callable[[Edits], None]:
            def change(made: Edits) -> None:
                typed = replace(begun.typed, line=begun.typed.line.replaced(made), caret=moved(begun.typed.caret, made))
                fresh = replace(begun, typed=typed)
                self._waiting = [fresh if one is begun else one for one in self._waiting]
                self._loose = [one for one in self._loose if one is not begun]
                self._write(fresh)

            return change

        return [
            OpenText(
                place=one.typed.place, text=one.typed.line.text, where=where, label="Conversation not saved yet",
                activity=self._places.activity, has_codes=True, change=changing(one), point=lambda _: None,
            )
            for one in self._waiting
        ]  # fmt: skip

    def next(self) -> Begun | None:
        """The one that has waited longest, which waits no more."""
        taken = self._waiting.pop(0) if self._waiting else None
        self._loose = [one for one in self._loose if one is not taken]
        return taken

    def _write(self, begun: Begun) -> None:
        def kept(_: None) -> None:
            self._loose = [one for one in self._loose if one is not begun]

        self._loose.append(begun)
        self._session.workspace.perform(
            lambda uow: self._keep(uow, begun), initiator="draft", done=kept, failed=self._drafted
        )

    def _keep(self, uow: UnitOfWork, begun: Begun) -> None:
        now, typed = self._session.clock.now(), begun.typed
        for place, text, caret, extra in (
            (self._places.who(typed.place), begun.who, len(begun.who), ""),
            (typed.place, typed.line.text, typed.caret, typed.line.to_extra()),
        ):
            self._session.typed_here.add(place)
            keep_draft(
                uow, Draft(place=place, text=text, caret=caret, noticed_at=begun.began, kept_at=now, extra=extra)
            )


def _begun(place: str, words: Draft | None, who: Draft | None) -> Begun:
    times = [one.noticed_at or one.kept_at for one in (words, who) if one is not None]
    line = TypedLine.from_extra(words.text, words.extra) if words is not None else TypedLine()
    typed = Typed(
        place=place, line=line, caret=words.caret if words is not None else 0,
        noticed_at=words.noticed_at if words is not None else None,
    )  # fmt: skip
    return Begun(who=who.text if who is not None else "", typed=typed, began=min(times))
