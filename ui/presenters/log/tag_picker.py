"""Tag notes afterwards (Ctrl+T): a fragment, Enter, another fragment, Enter; Enter on nothing is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fieldkit.app.noting import evidence_from
from fieldkit.app.rows import EntryRow
from fieldkit.capture.captured import Captured, CapturedTag
from fieldkit.capture.matching import Names, fold
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework, Statement
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.row_words import RowReader
from ui.presenters.presenter import Presenter
from ui.presenters.services import Say
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A statement that can be put on. ``is_on`` = every chosen note has it."""

    pack: str
    statement: str
    code: str
    position: str
    title: str
    descriptor: str
    is_on: bool

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return f"{self.title}, {self.code}, {'on' if self.is_on else 'not on'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerState:
    """What the picker shows for the chosen notes."""

    notes: str
    options: tuple[Option, ...] = ()
    chosen: int = 0
    filter: str = ""
    bearing: Bearing = Bearing.NEUTRAL


class TagPicker(Presenter[PickerState]):
    """Puts statements on the chosen notes or takes them off; each press of Enter is one undoable deed."""

    def __init__(
        self,
        rows: Sequence[EntryRow],
        activity_of: Callable[[EntryRow], Activity],
        frameworks: Sequence[Framework],
        actions: NoteActions,
        say: Say,
    ) -> None:
        super().__init__(PickerState(notes=_describe(rows)))
        self._rows = tuple(rows)
        self._activity_of = activity_of
        self._frameworks = tuple(frameworks)
        self._actions = actions
        self._say = say
        self._names = {
            (pack.id, one.id): Names.of((one.code, *one.aliases), (str(one.number), one.position), one.title)
            for pack in frameworks
            for one in pack
        }
        self.reader = RowReader({pack.id: pack for pack in frameworks}, {})
        self._offer("")

    @property
    def rows(self) -> tuple[EntryRow, ...]:
        """The chosen notes."""
        return self._rows

    def filtered(self, text: str) -> None:
        """The fragment changed."""
        self._offer(text)

    def choose(self, step: int) -> None:
        """Move the highlight."""
        count = len(self.state.options)
        if count:
            self._show(replace(self.state, chosen=(self.state.chosen + step) % count))

    def bear(self, bearing: Bearing) -> None:
        """What the next tags say of their statement."""
        self._show(replace(self.state, bearing=bearing))

    def toggle(self, place: int | None = None) -> bool:
        """Put the highlighted statement on all chosen notes, or take it off all that have it. False for none."""
        options = self.state.options
        at = self.state.chosen if place is None else place
        if not options:
            return False
        option = options[at]
        if option.is_on:
            self._take_off(option)
        else:
            self._put_on(option)
        return True

    def refresh(self, rows: Sequence[EntryRow]) -> None:
        """The notes changed: show what is on them now."""
        self._rows = tuple(rows)
        chosen = self.state.chosen
        self._offer(self.state.filter)
        self._show(replace(self.state, chosen=min(chosen, max(len(self.state.options) - 1, 0))))

    def _put_on(self, option: Option) -> None:
        tag = CapturedTag(pack=option.pack, statement=option.statement, code=option.code, bearing=self.state.bearing)
        captured = Captured(text="", tags=(tag,))
        activity = self._activity_of(self._rows[0])
        self._actions.tag(
            [row.entry.id for row in self._rows],
            lambda: evidence_from(captured, activity, self._frameworks),
            name=f"{_count(self._rows)} tagged {option.title}",
        )
        self._say(f"{option.title}, on")

    def _take_off(self, option: Option) -> None:
        name = f"{option.title} taken off {_count(self._rows).lower()}"
        taken = [item.id for row in self._rows for item in row.evidence if _is(item, option)]
        self._actions.tag([row.entry.id for row in self._rows], tuple, taken, name=name)
        self._say("Not selected")

    def _offer(self, text: str) -> None:
        fragment = fold(text.strip().lstrip("#"))
        ranked = []
        for pack in self._frameworks:
            for place, one in enumerate(pack):
                fit = self._names[pack.id, one.id].fit(fragment) if fragment else None
                if fit is not None or not fragment:
                    ranked.append(((fit or 0), place, self._option(pack, one)))
        ranked.sort(key=lambda one: one[:2])
        options = tuple(option for _, _, option in ranked)
        self._show(replace(self.state, filter=text, options=options, chosen=0))

    def _option(self, pack: Framework, one: Statement) -> Option:
        is_on = all(any(_same(item, pack.id, one.id) for item in row.evidence) for row in self._rows)
        return Option(
            pack=pack.id, statement=one.id, code=one.code, position=one.position, title=one.title,
            descriptor=" ".join(one.descriptor.split()), is_on=is_on,
        )  # fmt: skip


def _same(item: EvidenceItem, pack: str, statement: str) -> bool:
    return (item.pack, item.statement) == (pack, statement)


def _is(item: EvidenceItem, option: Option) -> bool:
    return _same(item, option.pack, option.statement)


def _count(rows: Sequence[EntryRow]) -> str:
    return ui.count(len(rows), "note").capitalize() if len(rows) != 1 else "Note"


def _describe(rows: Sequence[EntryRow]) -> str:
    if len(rows) != 1:
        return ui.count(len(rows), "note")
    return f"Note of {ui.noticed(rows[0].entry)}"
