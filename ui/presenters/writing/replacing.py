"""Find and replace (Ctrl+H) in what one is writing: every hit in every draft, changed one by one or together, one undo.

Notes are for ever, so nothing that was saved is found here. What is open is changed where it is typed, at once; what
lies on disk is changed on the store lane, and what is opened meanwhile is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.capture.replacing import Sought, back, changed, edits, hits, still
from fieldkit.capture.spans import Span
from fieldkit.kernel.ids import ActivityId
from fieldkit.kernel.topic import Topic
from ui.presenters.open_texts import OpenText
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.wording import sentence, ui
from ui.presenters.writing.draft_texts import Change, DraftText, read_drafts, rewrite

SHOWN = 200
"""Lines of hits on the screen; all are counted and all are replaced."""
_BEFORE, _AFTER = 24, 60
"""Characters shown on either side of a hit."""
_SETTLING = 0.25
"""Seconds that drafts may go on changing before they are looked through again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place of the words: ``before``, ``words`` and ``after`` are a line of the list, ``where`` says of what."""

    place: str
    part: str
    span: Span
    before: str
    words: str
    after: str
    where: str
    activity: str

    @property
    def sentence(self) -> str:
        """As a screen reader says the line."""
        return f"{self.before}{self.words}{self.after}. {self.where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindReplaceState:
    """``at`` is the hit that is replaced next; ``edition`` grows when it is opened with words of its own."""

    is_open: bool = False
    edition: int = 0
    words: str = ""
    instead: str = ""
    same_case: bool = False
    whole_words: bool = False
    hits: tuple[Hit, ...] = ()
    total: int = 0
    at: int = 0
    summary: str = ""
    fault: str = ""

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self.at] if self.at < len(self.hits) else None


class FindReplace(Presenter[FindReplaceState]):
    """One for the open vault; its undo works when it was closed long since."""

    def __init__(
        self, session: Session, moved: Topic[Any], activity_up: Callable[[], str], lead: Callable[[ActivityId], None]
    ) -> None:
        """``moved`` tells that another page is up, ``activity_up`` of which activity; ``lead`` opens one's page."""
        super().__init__(FindReplaceState())
        self._session = session
        self._activity_up = activity_up
        self._lead = lead
        self._on_disk: tuple[DraftText, ...] = ()
        self._soon = Countdown(self._session.later, self._read)
        self._wanted: Hit | None = None
        self._unheed = [
            self._session.workspace.changed.listen(self._heard), moved.listen(lambda _: self._arrived()),
        ]  # fmt: skip

    def close(self) -> None:
        """The vault is being locked: nothing is known of anybody's words any more."""
        while self._unheed:
            self._unheed.pop()()
        self._soon.drop()
        self._on_disk = ()
        self._show(FindReplaceState())

    def open(self, words: str = "") -> None:
        """Show it; ``words`` that are selected are what is looked for."""
        line = words if words.strip() and "\n" not in words else self.state.words
        self._show(replace(self.state, is_open=True, words=line, edition=self.state.edition + 1, fault=""))
        self._look(at=0)
        self._read()

    def dismiss(self) -> None:
        """Esc: away with it; what was looked for is there the next time."""
        self._soon.drop()
        self._on_disk = ()
        self._show(replace(self.state, is_open=False, hits=(), total=0, at=0, summary="", fault=""))

    def look(self, words: str, *, same_case: bool, whole_words: bool) -> None:
        """A key in the field, or a box ticked."""
        self._show(replace(self.state, words=words, same_case=same_case, whole_words=whole_words, fault=""))
        self._look(at=0)

    def put(self, instead: str) -> None:
        """What is to stand in their place."""
        self._show(replace(self.state, instead=instead))

    def choose(self, at: int) -> None:
        """The cursor of the list is on this hit."""
        if 0 <= at < len(self.state.hits):
            self._show(replace(self.state, at=at))

    def step(self, by: int) -> None:
        """The next or previous hit, round at the ends."""
        if self.state.hits:
            self._show(replace(self.state, at=(self.state.at + by) % len(self.state.hits)))

    def go(self) -> None:
        """Lead to the hit under the cursor: in the field where it is typed, the page of its activity opened first."""
        hit = self.state.hit
        if hit is None:
            return
        text = self._session.open_texts.find(hit.place, hit.part)
        if text is None and not hit.activity:
            self._session.say(f"{hit.where}. Open it to see these words there")
            return
        self._wanted = hit
        if hit.activity and self._activity_up() != hit.activity:
            self._lead(ActivityId(hit.activity))
        self._arrived()

    def replace_one(self) -> None:
        """The hit under the cursor, and on to the next."""
        hit, at = self.state.hit, self.state.at
        if hit is not None:
            self._replace({(hit.place, hit.part): hit.span}, at)

    def replace_all(self) -> None:
        """Every hit in every draft, those that are not on the list too; one undo takes all of it back."""
        if not self.state.words.strip():
            return

        def have_read(found: tuple[DraftText, ...]) -> None:
            self._on_disk = found
            self._replace(None, 0)

        # A page that was left a moment ago has its words on disk only now: what is listed may be older.
        self._session.workspace.ask_then(read_drafts, have_read, self._troubled)

    # Finding

    @property
    def _sought(self) -> Sought:
        state = self.state
        return Sought(words=state.words, same_case=state.same_case, whole_words=state.whole_words)

    def _texts(self) -> list[OpenText | DraftText]:
        """All words there are: what is open as it is typed, the rest as it lies on disk."""
        texts: Sequence[OpenText] = self._session.open_texts.texts
        taken = {one.place for one in texts}
        return [*(one for one in texts if one.change is not None), *(o for o in self._on_disk if o.place not in taken)]

    def _spans(self, text: OpenText | DraftText) -> tuple[Span, ...]:
        return hits(text.text, self._sought, has_codes=text.has_codes)

    def _look(self, at: int | None = None) -> None:
        found: list[Hit] = []
        total = drafts = 0
        for text in self._texts() if self.state.is_open else ():
            spans = self._spans(text)
            total += len(spans)
            drafts += bool(spans)
            found += [_hit(text, span) for span in spans[: max(SHOWN - len(found), 0)]]
        here = min(self.state.at if at is None else at, max(len(found) - 1, 0))
        self._show(replace(self.state, hits=tuple(found), total=total, at=here, summary=self._summary(total, drafts)))

    def _summary(self, total: int, drafts: int) -> str:
        if not self.state.words.strip():
            return "Looks through what you are writing and have not saved"
        if not total:
            return f"No ‘{self.state.words}’ in what you are writing. Saved notes stay as they are"
        where = "" if drafts == 1 else f" in {drafts} places"
        return f"{ui.count(total, 'hit')}{where}" + (f", the first {SHOWN} are listed" if total > SHOWN else "")

    def _read(self) -> None:
        self._session.workspace.ask_then(read_drafts, self._have_read, self._troubled)

    def _have_read(self, found: tuple[DraftText, ...]) -> None:
        if self.state.is_open:
            self._on_disk = found
            self._look()

    def _heard(self, changes: ChangeSet) -> None:
        if self.state.is_open and changes.touches("draft", "entry") and not self._soon.is_pending:
            self._soon.start(_SETTLING)

    def _arrived(self) -> None:
        """A page is up: lead to the hit that was asked for, once its field is there."""
        hit = self._wanted
        if hit is None or (hit.activity and self._activity_up() != hit.activity):
            return
        text = self._session.open_texts.find(hit.place, hit.part)
        if text is not None:
            self._wanted = None
            spans = self._spans(text)
            text.point(hit.span if hit.span in spans else next(iter(spans), Span(0, 0)))

    # Replacing

    def _replace(self, only: dict[tuple[str, str], Span] | None, at: int) -> None:
        """``only`` names one hit; the texts are looked through as they are now, not as they were when listed."""
        instead, here, later = self.state.instead, [], []
        for text in self._texts():
            spans = self._spans(text)
            if only is not None:
                spans = tuple(span for span in spans if only.get((text.place, text.part)) == span)
            made = edits(text.text, spans, instead)
            if not made:
                continue
            change = Change(place=text.place, part=text.part, before=text.text, made=made)
            if isinstance(text, OpenText):
                here.append(change)
                assert text.change is not None
                text.change(made)
            else:
                later.append(change)
        name = f"‘{self.state.words}’ replaced by ‘{instead}’" if instead else f"‘{self.state.words}’ taken out"
        done = partial(self._replaced, name, tuple(here), at)
        self._write(tuple(later), done)

    def _replaced(self, name: str, here: tuple[Change, ...], at: int, later: tuple[Change, ...]) -> None:
        changes = (*here, *later)
        count = sum(len(one.made) for one in changes)
        if count:
            words = f"{name} in {ui.count(count, 'place')}" if count > 1 else name
            undo, redo = partial(self._turn, changes, is_back=True), partial(self._turn, changes, is_back=False)
            self._session.undo.did(Deed(name=words, undo=undo, redo=redo))
            self._session.say(words)
        else:
            self._session.say("Nothing to change")
        self._on_disk = tuple(_as_changed(one, later) for one in self._on_disk)
        self._look(at=at)

    def _turn(self, changes: tuple[Change, ...], *, is_back: bool) -> None:
        """Undo or redo: what was typed since stays, and what was saved since is a note and stays too."""
        wanted = tuple(_reversed(one) if is_back else replace(one, emptied=None) for one in changes)
        texts = {(one.place, one.part): one for one in self._session.open_texts.texts}
        count, later = 0, []
        for one in wanted:
            text = texts.get((one.place, one.part))
            if text is None:
                later.append(one)
            elif text.change is not None and (made := still(one.made, one.before, text.text)):
                text.change(made)
                count += len(made)
        of = sum(len(one.made) for one in wanted)

        def done(written: tuple[Change, ...]) -> None:
            turned = count + sum(len(one.made) for one in written)
            if turned < of:
                word = "was" if of - turned == 1 else "were"
                self._session.say(f"{turned} of {of} changed. The rest {word} written on or saved since, and stays")
            self._look()
            self._read()

        self._write(tuple(later), done)

    def _write(self, later: tuple[Change, ...], done: Callable[[tuple[Change, ...]], None]) -> None:
        if not later:
            done(())
            return

        def written(made: tuple[Change, ...]) -> None:
            self._tell_opened(made)
            done(made)

        self._session.workspace.perform(
            lambda uow: rewrite(uow, later), initiator="replace", done=written, failed=self._troubled
        )

    def _tell_opened(self, made: Iterable[Change]) -> None:
        """A draft that was opened between the look and the write holds the old words: it makes the change itself."""
        for one in made:
            text = self._session.open_texts.find(one.place, one.part)
            if text is None or text.change is None or text.text == one.after:
                continue
            if kept := still(one.made, one.before, text.text):
                text.change(kept)

    def _troubled(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))
        self._session.say(sentence(problem), urgent=True)


def _reversed(one: Change) -> Change:
    return Change(place=one.place, part=one.part, before=one.after, made=back(one.made), emptied=one.emptied)


def _as_changed(text: DraftText, changes: Iterable[Change]) -> DraftText:
    found = next((one for one in changes if (one.place, one.part) == (text.place, text.part)), None)
    return text if found is None else replace(text, text=changed(found.before, found.made))


def _hit(text: OpenText | DraftText, span: Span) -> Hit:
    words, start, end = text.text, max(span.start - _BEFORE, 0), span.end + _AFTER
    return Hit(
        place=text.place, part=text.part, span=span, activity=text.activity,
        before=("…" if start else "") + _one_line(words[start : span.start]), words=_one_line(span.of(words)),
        after=_one_line(words[span.end : end]) + ("…" if end < len(words) else ""),
        where=", ".join(part for part in (text.where, text.label) if part),
    )  # fmt: skip


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
