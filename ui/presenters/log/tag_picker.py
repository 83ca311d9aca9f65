"""Tag notes afterwards (Ctrl+T): a box for each tag that says on how many of the notes it is; one save for all.

``lc``, Enter is enough: while nothing was ticked, Enter adds the first match. Space ticks and unticks, so that
several tags are put on and taken off together, and one Ctrl+Z takes it all back. Secondary tags come after all
statements that match, so that what fingers know finds what it always found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.noting import evidence_from
from fieldkit.app.rows import EntryRow
from fieldkit.capture.captured import Captured, CapturedTag
from fieldkit.capture.matching import Names, fold
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework, Statement
from fieldkit.domain.secondary import SecondaryTag, secondary_in
from ui.presenters.log.note_actions import NoteActions, Refiling
from ui.presenters.presenter import Presenter
from ui.presenters.recents import Recents
from ui.presenters.services import Say
from ui.presenters.timing import Countdown, Later
from ui.presenters.wording import ui

_AT_ONCE = 2_000
"""Notes counted in one turn: some 7 ms."""
Key = tuple[str, str]
"""Pack and statement, by their ids; of a secondary tag ``SecondaryTag.key``."""
AnyKey = Key | tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A tag, on ``count`` of ``of`` notes. ``wanted``: ticked or unticked since, or left as it is (None).

    ``heading`` is the set of a secondary tag, which has neither code nor position.
    """

    key: AnyKey
    code: str
    position: str
    title: str
    descriptor: str
    count: int
    of: int
    wanted: bool | None = None
    is_recent: bool = False
    heading: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """``Q2 lc  Learning culture``, and below it what there is to say."""
        name = self.title if self.heading else f"{self.position} {self.code}  {self.title}"
        return tuple(one for one in (name, " · ".join(filter(None, (self.heading, self.words)))) if one)

    @property
    def will_be(self) -> bool | None:
        """On all notes (True), on none (False) or on some (None), once this is saved."""
        if self.wanted is not None:
            return self.wanted
        return None if 0 < self.count < self.of else self.count == self.of

    @property
    def words(self) -> str:
        """What stands beside the title: ``1 of 2 notes``, ``to be added``."""
        if self.wanted is not None:
            return "to be added" if self.wanted else "to be taken off"
        if not self.count:
            return ""
        return "on it" if self.of == 1 else f"{self.count:,} of {ui.count(self.of, 'note')}"

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        state = {True: "ticked", False: "not ticked", None: "partly ticked"}[self.will_be]
        return ", ".join(part for part in (self.title, self.heading or self.code, state, self.words) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerState:
    """What the picker shows for the chosen notes. ``recent``: the titles used last, when nothing is sought."""

    notes: str
    options: tuple[Option, ...] = ()
    chosen: int = 0
    filter: str = ""
    bearing: Bearing = Bearing.NEUTRAL
    recent: str = ""
    is_changed: bool = False


class TagPicker(Presenter[PickerState]):
    """Collects what is to be put on and taken off; ``save`` does it and calls ``closed``."""

    def __init__(
        self,
        rows: Sequence[EntryRow],
        activity_of: Callable[[EntryRow], Activity],
        frameworks: Sequence[Framework],
        actions: NoteActions,
        say: Say,
        closed: Callable[[], None],
        recents: Recents,
        later: Later,
    ) -> None:
        super().__init__(PickerState(notes=_describe(rows)))
        self._rows = tuple(rows)
        self._activity_of = activity_of
        self._frameworks = tuple(frameworks)
        self._actions = actions
        self._say = say
        self._closed = closed
        self._recents = recents
        self._wanted: dict[AnyKey, bool] = {}
        self.is_saved = False
        """Whether Enter ended it, and not Esc."""
        self._counts = Counter[AnyKey]()
        self._counted = 0
        self._next_some = Countdown(later, self._count_some)
        self._statements = {(pack.id, one.id): one for pack in frameworks for one in pack}
        self._names = {
            key: Names.of((one.code, *one.aliases), (str(one.number), one.position), one.title)
            for key, one in self._statements.items()
        }
        self._secondary = secondary_in(self._frameworks)
        self._further = {
            key: Names.of((tag.id,), (), f"{tag.title} {one.title}") for key, (one, tag) in self._secondary.items()
        }
        self._count()

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
        """What the added tags say of their statement."""
        self._show(replace(self.state, bearing=bearing))

    def toggle(self, place: int | None = None) -> bool:
        """Space: tick the highlighted statement, or untick it; twice is as it was. False where there is none."""
        options = self.state.options
        at = self.state.chosen if place is None else place
        if not options:
            return False
        option = options[at]
        ticked = not option.will_be
        if ticked == (option.count == option.of) and (ticked or not option.count):
            self._wanted.pop(option.key, None)
        else:
            self._wanted[option.key] = ticked
        self._offer(self.state.filter, at)
        self._say(f"{option.title}, ticked" if ticked else "Not selected")
        return True

    def save(self) -> None:
        """Enter. While nothing was ticked it adds the first match of what was typed; with nothing typed it is done."""
        wanted = dict(self._wanted)
        if not wanted and self.state.filter.strip():
            if not self.state.options:
                return
            wanted[self.state.options[self.state.chosen].key] = True
        for key in self._statements.keys() & {key for key, ticked in wanted.items() if ticked}:
            self._recents.use(*key)
        self.is_saved = True
        self._closed()
        self._next_some.drop()
        if self._is_due(wanted):
            change = partial(self._change, wanted=wanted, bearing=self.state.bearing)
            self._actions.refile(self._rows, change, name=partial(self._name, wanted))
        elif wanted:
            self._say("Nothing to change: it is on every one of these notes" if len(self._rows) > 1 else "It is on it")

    def close(self) -> None:
        """Nothing is counted any more."""
        self._next_some.drop()

    def refresh(self, rows: Sequence[EntryRow]) -> None:
        """The notes changed: show what is on them now."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._count()

    def _count(self) -> None:
        self._counts, self._counted = Counter[AnyKey](), 0
        self._count_some()

    def _count_some(self) -> None:
        """A few in each turn: all of 20,000 notes at once held a key up by 75 ms."""
        some = self._rows[self._counted : self._counted + _AT_ONCE]
        self._counts.update(key for row in some for key in _keys_of(row))
        self._counted += len(some)
        if self._counted < len(self._rows):
            self._next_some.start(0)
        if self._counted in (len(some), len(self._rows)):
            self._offer(self.state.filter, self.state.chosen)

    def _is_due(self, wanted: dict[AnyKey, bool]) -> bool:
        """Whether any note would change, as far as was counted."""
        many = len(self._rows)
        is_known = self._counted == many
        return not is_known or any(self._counts[key] < many if on else self._counts[key] for key, on in wanted.items())

    def _change(self, row: EntryRow, wanted: dict[AnyKey, bool], bearing: Bearing) -> Refiling | None:
        there = _keys_of(row)
        adding = [key for key, ticked in wanted.items() if ticked and key not in there]
        removed = tuple(item.id for item in row.evidence if wanted.get((item.pack, item.statement)) is False)
        off = tuple(item.id for item in row.secondary if wanted.get(item.key) is False)
        if not adding and not removed and not off:
            return None
        return Refiling(
            added=self._items(row, [key for key in self._statements if key in adding], bearing), removed=removed,
            secondary=tuple(SecondaryTag.new(*key) for key in self._secondary if key in adding),
            secondary_removed=off,
        )  # fmt: skip

    def _items(self, row: EntryRow, keys: Sequence[Key], bearing: Bearing) -> tuple[EvidenceItem, ...]:
        tags = tuple(
            CapturedTag(pack=key[0], statement=key[1], code=self._statements[key].code, bearing=bearing) for key in keys
        )
        return evidence_from(Captured(text="", tags=tags), self._activity_of(row), self._frameworks)

    def _name(self, wanted: dict[AnyKey, bool], count: int) -> str:
        notes = ui.count(count, "note") if len(self._rows) > 1 else "Note"
        added = [self._title(key) for key, ticked in wanted.items() if ticked]
        gone = [self._title(key) for key, ticked in wanted.items() if not ticked]
        if not gone:
            return f"{notes} tagged {', '.join(added)}"
        taken = f"{', '.join(gone)} taken off"
        return f"{notes} tagged {', '.join(added)}; {taken}" if added else f"{taken} {notes.lower()}"

    def _offer(self, text: str, chosen: int = 0) -> None:
        fragment = fold(text.strip().lstrip("#"))
        recent = [key for key in self._recents.statements if key in self._statements]
        ranked = []
        for place, key in enumerate(self._statements):
            fit = self._names[key].fit(fragment) if fragment else 0
            if fit is not None:
                rank = recent.index(key) if key in recent else len(recent)
                ranked.append((fit, rank, place, key))
        ranked.sort()
        options = tuple(self._option(key, is_recent=not fragment and key in recent) for _, _, _, key in ranked)
        options += tuple(map(self._further_option, self._ranked_further(fragment)))
        titles = [self._statements[key] for key in recent] if not fragment else []
        self._show(
            replace(
                self.state, filter=text, options=options, chosen=min(chosen, max(len(options) - 1, 0)),
                recent=" · ".join(f"{one.position} {one.title}" for one in titles[:3]), is_changed=bool(self._wanted),
            )
        )  # fmt: skip

    def _ranked_further(self, fragment: str) -> list[tuple[str, str, str]]:
        """The secondary tags that match; in the packs' order where nothing is sought."""
        fits = ((self._further[key].fit(fragment) if fragment else 0, key) for key in self._secondary)
        return [key for fit, key in sorted((one for one in fits if one[0] is not None), key=lambda one: one[0] or 0)]

    def _title(self, key: AnyKey) -> str:
        return self._secondary[key][1].title if len(key) == 3 else self._statements[key].title

    def _further_option(self, key: tuple[str, str, str]) -> Option:
        one, tag = self._secondary[key]
        beside = [pack.short_title for pack in self._frameworks[1:] if pack.id == key[0]]
        return Option(
            key=key, code="", position="", title=tag.title, descriptor=" ".join(tag.descriptor.split()),
            count=self._counts.get(key, 0), of=len(self._rows), wanted=self._wanted.get(key),
            heading=", ".join((one.title, *beside)),
        )  # fmt: skip

    def _option(self, key: Key, *, is_recent: bool) -> Option:
        one: Statement = self._statements[key]
        return Option(
            key=key, code=one.code, position=one.position, title=one.title,
            descriptor=" ".join(one.descriptor.split()), count=self._counts.get(key, 0), of=len(self._rows),
            wanted=self._wanted.get(key), is_recent=is_recent,
        )  # fmt: skip


def _keys_of(row: EntryRow) -> set[AnyKey]:
    return {(item.pack, item.statement) for item in row.evidence} | {item.key for item in row.secondary}


def _describe(rows: Sequence[EntryRow]) -> str:
    if len(rows) != 1:
        return ui.count(len(rows), "note")
    return f"note of {ui.noticed(rows[0].entry)}"
