"""The capture line: the first key stamps the time, every second of typing is on disk, Enter hands a note over.

Typing waits for nothing: reading the line and finding completions are pure and take well under a millisecond,
and drafts are kept on the store lane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from fieldkit.capture.captured import Captured, Mark
from fieldkit.capture.choices import Offer
from fieldkit.capture.completer import Candidate, Completer, Suggestions, Usage, take
from fieldkit.capture.names import NO_NAMES, NameBook, NameKind, NameSighting, name_sightings, put_code
from fieldkit.capture.parse import parse
from fieldkit.capture.replacing import Edits, moved
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.kernel.clock import Clock
from ui.presenters.presenter import Presenter
from ui.presenters.recents import Recents
from ui.presenters.short_texts import ShortTexts

NAME_TAKEN, DETAIL_TAKEN = "[name]", "[detail]"
"""Stand where a name stood of somebody whose code is not known."""
_NOWHERE = Span(0, 0)
_NEAR = 1000
"""Characters on either side of the caret in which names are looked for: some 0.5 ms a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """What the line shows. ``edition`` grows whenever the presenter, not the person, changed the text."""

    line: TypedLine = field(default_factory=TypedLine)
    caret: int = 0
    edition: int = 0
    noticed_at: datetime | None = None
    marks: tuple[Mark, ...] = ()
    suggestions: Suggestions = field(default_factory=Suggestions)
    chosen: int = 0
    captured: Captured = field(default_factory=lambda: Captured(text=""))
    names: tuple[NameSighting, ...] = ()
    """What seems to name somebody, near the caret and finished."""
    replaced: int = 0
    """Grows when find and replace changed the words: what the field itself would undo then is no longer what was."""
    pointed: int = 0
    """Grows when somebody is to be led to ``point`` in the text."""
    point: Span = _NOWHERE

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.line.text

    @property
    def candidate(self) -> Candidate | None:
        """The highlighted row of the list, if the list is open."""
        candidates = self.suggestions.candidates
        return candidates[self.chosen] if candidates else None


class CaptureLine(Presenter[LineState]):
    """Follows every key of the line. ``edited`` is called after a change of the text, to keep the draft."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        clock: Clock,
        edited: Callable[[], None],
        recents: Recents | None = None,
        texts: ShortTexts | None = None,
        names: Callable[[], NameBook] = lambda: NO_NAMES,
    ) -> None:
        super().__init__(LineState())
        self._names = names
        self._clock = clock
        self._edited = edited
        self._counts: dict[str, int] = {}
        self._recents = recents or Recents()
        self._moved = False
        self._pasting: tuple[str, str] | None = None
        self._texts = texts or ShortTexts()
        self._known_texts = self._texts.own
        self.vocabulary = vocabulary
        self._completer = Completer(vocabulary, self._known_texts)
        self._ordinary = _ordinary(vocabulary)

    def speak_of(self, vocabulary: Vocabulary) -> None:
        """People or packs changed: read the line again against them."""
        self.vocabulary = vocabulary
        self._completer = Completer(vocabulary, self._known_texts)
        self._ordinary = _ordinary(vocabulary)
        self._read(self.state.line, self.state.caret)

    def typed(self, text: str, caret: int) -> None:
        """The text is now ``text``. The first key of a note is its time; an emptied line has none."""
        if text == self.state.text:
            self.caret_moved(caret)
            return
        line = self.state.line.became(text, caret)
        if self._pasting is not None:
            line, self._pasting = line.pasting(*self._pasting), None
        stamp = (self.state.noticed_at or self._clock.now()) if text.strip() else None
        self._moved = False
        self._read(line, caret, noticed_at=stamp)
        self._edited()

    def pasting(self, source: str, words: str) -> None:
        """The next change of the text puts in ``words``, which came by the clipboard from ``source``."""
        self._pasting = (source, words)

    def end_pasting(self) -> None:
        """It was put in, or changed nothing: the next change is somebody typing."""
        self._pasting = None

    def caret_moved(self, caret: int) -> None:
        """The caret went elsewhere without a change; a list belongs to the word it was opened for."""
        if caret != self.state.caret:
            self._show(replace(self.state, caret=caret, suggestions=Suggestions(), chosen=0))

    def choose(self, step: int) -> bool:
        """Move the highlight of the open list by ``step``, round at the ends. False when no list is open."""
        count = len(self.state.suggestions.candidates)
        if count:
            self._moved = True
            self._show(replace(self.state, chosen=(self.state.chosen + step) % count))
        return bool(count)

    def accept(self) -> bool:
        """Tab: put the highlighted choice into the line. False when no list is open."""
        candidate = self.state.candidate
        if candidate is not None:
            self._take(candidate)
        return candidate is not None

    def accept_or_save(self) -> bool:
        """Enter: True when it completed a word, False when it is to save the note.

        A tag that was typed in full needs no completing: the plain sequence ``words #lc Enter`` saves. A first word
        is a person's code when it is all there is and exactly that (``dn`` becomes ``dn: ``); else only when they say
        so with Tab, a colon or the arrows.
        """
        candidate = self.state.candidate
        if candidate is None:
            return False
        is_person = candidate.choice.offer is Offer.PERSON
        is_text = candidate.choice.offer is Offer.TEXT  # a semicolon may be prose: only Tab and the arrows ask for it
        asked = self._moved or (candidate.exact if is_person else not (candidate.exact or self._is_bare or is_text))
        if asked:
            self._take(candidate)
        return asked

    @property
    def _is_bare(self) -> bool:
        return self.state.suggestions.is_bare

    def accept_exact(self) -> bool:
        """Space: complete a tag whose letters were typed in full. Numbers in prose (``room #12 is``) are left."""
        found = self.state.suggestions
        sole = found.sole_exact
        if (
            sole is None
            or sole.choice.offer in (Offer.PERSON, Offer.TEXT)
            or any(c.isdigit() for c in found.span.of(self.state.text))
        ):
            return False
        self._take(sole, after=" ")
        return True

    def take_at(self, row: int) -> None:
        """A row of the list was selected with the pointer."""
        self._take(self.state.suggestions.candidates[row])

    def dismiss(self) -> bool:
        """Esc: close the list and leave the word as text. False when no list is open."""
        found = self.state.suggestions
        if not found:
            return False
        self._read(self.state.line.leaving(found.span), self.state.caret, suggest=False)
        self._edited()
        return True

    def close_list(self) -> None:
        """The field was left: the list is closed, and the word goes on meaning what it means."""
        self._show(replace(self.state, suggestions=Suggestions(), chosen=0))

    def replace_name(self) -> str:
        """Alt+R: put the code in place of the last name that was seen, or say there that one stood here.

        What was put there; empty where none is seen. Every other character stays.
        """
        if not self.state.names:
            return ""
        text, sighting = self.state.text, self.state.names[-1]
        instead = sighting.code.upper() or (NAME_TAKEN if sighting.kind is NameKind.NAME else DETAIL_TAKEN)
        changed = put_code(text, sighting, instead)
        caret = max(self.state.caret + len(changed) - len(text), sighting.span.start)
        self._read(self.state.line.became(changed, caret), caret, suggest=False, ours=True)
        self._edited()
        return instead

    def insert(self, words: str) -> None:
        """Put words at the caret, as the people list does with a code."""
        text, caret = self.state.text, self.state.caret
        line = self.state.line.edited(caret, 0, words)
        stamp = self.state.noticed_at or self._clock.now()
        self._read(line, caret + len(words), noticed_at=stamp, suggest=False, ours=True)
        if text != line.text:
            self._edited()

    def set_speaker(self, code: str) -> None:
        """Put ``code:`` in front of the note, in place of the speaker it had."""
        captured = self.state.captured
        text = self.state.text
        if captured.speaker is not None:
            text = text.partition(":")[2].lstrip()
        line = self.state.line.became(f"{code}: {text}")
        stamp = self.state.noticed_at or self._clock.now()
        self._read(line, len(line.text), noticed_at=stamp, suggest=False, ours=True)
        self._edited()

    def change(self, made: Edits) -> None:
        """Find and replace: nothing but these characters changes, and the caret stays where it was among the others."""
        line = self.state.line.replaced(made)
        at, caret = self.state.noticed_at, moved(self.state.caret, made)
        self._read(line, caret, noticed_at=at, suggest=False, ours=True, replaced=True)
        self._edited()

    def point(self, span: Span) -> None:
        """Lead to these words: the field takes the focus and selects them."""
        self._show(replace(self.state, pointed=self.state.pointed + 1, point=span, suggestions=Suggestions(), chosen=0))

    def set_noticed(self, at: datetime) -> None:
        """Somebody said when it was noticed."""
        self._show(replace(self.state, noticed_at=at))
        self._edited()

    def put(self, line: TypedLine, caret: int, noticed_at: datetime | None) -> None:
        """Show a line that was kept: after a crash, after unlocking, or one that was not saved."""
        self._read(line, min(caret, len(line.text)), noticed_at=noticed_at, suggest=False, ours=True)

    def clear(self) -> None:
        """Empty the line for the next note, and remember what was used for the order of the list."""
        for tag in self.state.captured.tags:
            self._counts[tag.code] = self._counts.get(tag.code, 0) + 1
            self._recents.use(tag.pack, tag.statement)
        state = self.state
        self._show(LineState(edition=state.edition + 1, replaced=state.replaced, pointed=state.pointed))

    def _usage(self) -> Usage:
        packs = {pack.id: pack for pack in self.vocabulary.frameworks}
        known = (packs[pack].statement_by(one) for pack, one in self._recents.statements if pack in packs)
        return Usage(counts=self._counts, recent=[one.code for one in known if one is not None])

    def _take(self, candidate: Candidate, after: str = "") -> None:
        done = take(self.state.line, self.state.suggestions, candidate, after)
        self._moved = False
        self._read(done.line, done.caret, suggest=False, ours=True)
        self._edited()

    def _read(
        self,
        line: TypedLine,
        caret: int,
        *,
        noticed_at: datetime | None = None,
        suggest: bool = True,
        ours: bool = False,
        replaced: bool = False,
    ) -> None:
        captured = parse(line, self.vocabulary)
        if self._known_texts is not self._texts.own:
            self._known_texts = self._texts.own
            self._completer = Completer(self.vocabulary, self._known_texts)
        found = self._completer.suggest(line, caret, self._usage()) if suggest else Suggestions()
        self._show(
            LineState(
                line=line,
                caret=caret,
                edition=self.state.edition + ours,
                noticed_at=noticed_at if noticed_at or not line.text.strip() else self.state.noticed_at,
                marks=captured.marks,
                suggestions=found,
                captured=captured,
                names=self._sighted(line.text, caret),
                replaced=self.state.replaced + replaced,
                pointed=self.state.pointed,
            )
        )

    def _sighted(self, text: str, caret: int) -> tuple[NameSighting, ...]:
        """Near the caret only, and nothing that is still being typed: a paste of 5 MB costs no more than a line."""
        start = max(caret - _NEAR, 0)
        part, book = text[start : caret + _NEAR], self._names()
        known = NameBook(book.whole, book.parts, book.ordinary | self._ordinary)
        found = name_sightings(part, known)
        moved = (replace(one, span=Span(one.span.start + start, one.span.end + start)) for one in found)
        return tuple(one for one in moved if one.span.end != caret)


def _ordinary(vocabulary: Vocabulary) -> frozenset[str]:
    """Words of roles, organisations and statements: capitals in them name nobody."""
    people = (text for one in vocabulary.people for text in (one.role, one.organisation))
    packs = (one.title for pack in vocabulary.frameworks for one in pack.statements)
    return NameBook.of({}, (*people, *packs)).ordinary
