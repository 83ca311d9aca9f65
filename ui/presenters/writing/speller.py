"""Spelling for every field of the open vault: what is marked, what is suggested, which words are a person's own.

Whatever takes more than a glance runs on the ``work`` lane; the list itself is read when the first word is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from fieldkit.app.changes import ChangeSet
from fieldkit.app.lanes import run
from fieldkit.app.own_words import add_word, forget_word, own_words
from fieldkit.app.ports import Questions
from fieldkit.capture.short_texts import ShortText, texts_of
from fieldkit.capture.spans import Span
from fieldkit.capture.spelling import Judge, plain
from fieldkit.capture.word_list import WordList
from fieldkit.domain.assessment import PackPin
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import PackShelf, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import sentence

T = TypeVar("T")

LONGEST = 100_000
"""Characters of a text that are checked: a pasted book is nobody's own spelling."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellerState:
    """``edition`` grows whenever what counts as a word became something else."""

    is_on: bool = True
    own: tuple[str, ...] = ()
    edition: int = 0
    fault: str = ""


class Speller(Presenter[SpellerState]):
    """One for an open vault. Every answer comes on the screens' thread."""

    def __init__(self, session: Session) -> None:
        super().__init__(SpellerState(is_on=session.preferences.state.spelling))
        self._session = session
        self._words: WordList | None = None
        self._judge: Judge | None = None
        self._frameworks: tuple[Framework, ...] = ()
        self._waiting: list[Callable[[], None]] = []
        self._is_reading = False
        self._listening = Listening()
        self._listening.add(session.preferences.changed.listen(lambda _: self._preferred()))
        self._listening.add(session.workspace.changed.listen(self._changed))

    def check(self, text: str, also: Collection[str], done: Callable[[tuple[Span, ...]], None]) -> None:
        """Tell where ``text`` may be misspelt; ``also`` are words in this place. Nothing where it is turned off."""
        if not self.state.is_on or len(text) > LONGEST:
            done(())
            return
        codes = frozenset(also)
        self._with(lambda judge: judge.misspelt(text, codes), done)

    def suggest(self, word: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """Tell what it may have been meant to be."""
        own = self.state.own
        self._with(lambda judge: judge.suggestions(word, own), done)

    def meanings(self, word: str, done: Callable[[tuple[ShortText, ...]], None]) -> None:
        """Tell what the abbreviation or short text stands for; with no word, the person's own short texts."""
        own, key = self._session.texts.own, word.casefold()

        def found(_: Judge) -> tuple[ShortText, ...]:
            if not key:
                return own
            known = texts_of(self._frameworks, own)
            exact = tuple(one for one in known if one.name.casefold() == key)
            return exact or tuple(one for one in known if one.name.casefold().startswith(key))

        self._with(found, done)

    def add(self, word: str) -> None:
        """It is a word from now on, in this vault. Undoable."""
        word = plain(word)
        name = f"‘{word}’ added to your words"

        def put() -> None:
            self._session.workspace.perform(
                lambda uow: add_word(uow, word), initiator="spelling", done=self._own, failed=self._refused
            )

        if word not in self.state.own:
            put()
            self._session.undo.did(Deed(name=name, undo=lambda: self.forget(word, is_undo=True), redo=put))

    def forget(self, word: str, *, is_undo: bool = False) -> None:
        """It is marked again."""
        self._session.workspace.perform(
            lambda uow: forget_word(uow, word), initiator="spelling", done=self._own, failed=self._refused
        )
        if not is_undo:
            deed = Deed(
                name=f"‘{word}’ taken off your words", undo=lambda: self.add(word),
                redo=lambda: self.forget(word, is_undo=True),
            )  # fmt: skip
            self._session.undo.did(deed)

    def load(self) -> None:
        """Read the person's own words, for a screen that lists them."""
        self._with(lambda _: None, lambda _: None)

    def close(self) -> None:
        """Hear nothing more; what is still waited for is not answered."""
        self._listening.close()
        self._waiting.clear()

    def _with(self, use: Callable[[Judge], T], done: Callable[[T], None]) -> None:
        lanes, judge = self._session.workspace.lanes, self._judge
        if judge is not None:
            run(lanes.work, lanes.deliver, lambda: use(judge), done)
            return
        self._waiting.append(lambda: self._with(use, done))
        if not self._is_reading:
            self._is_reading = True
            self._session.workspace.ask_then(_read, lambda found: self._make(*found), self._refused)

    def _make(self, own: tuple[str, ...], pins: tuple[PackPin, ...]) -> None:
        lanes, shelf, words = self._session.workspace.lanes, self._session.packs, self._words

        def made() -> tuple[WordList, Judge]:
            listed = words or _word_list()
            self._frameworks = tuple(_packs(shelf, pins))
            names = (one.name for one in texts_of(self._frameworks))
            return listed, Judge(listed, (*_spoken_of(self._frameworks), *names, *own))

        run(lanes.work, lanes.deliver, made, lambda both: self._made(*both, own), self._refused)

    def _made(self, words: WordList, judge: Judge, own: tuple[str, ...]) -> None:
        self._words, self._judge, self._is_reading = words, judge, False
        self._show(replace(self.state, own=own, fault="", edition=self.state.edition + 1))
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

    def _own(self, words: tuple[str, ...]) -> None:
        self._judge = None
        self._show(replace(self.state, own=words, fault="", edition=self.state.edition + 1))

    def _preferred(self) -> None:
        is_on = self._session.preferences.state.spelling
        if is_on != self.state.is_on:
            self._show(replace(self.state, is_on=is_on, edition=self.state.edition + 1))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("assessment"):
            self._judge = None  # perhaps with another pack

    def _refused(self, problem: Exception) -> None:
        self._is_reading = False
        self._waiting.clear()
        self._show(replace(self.state, fault=sentence(problem)))


def _read(questions: Questions) -> tuple[tuple[str, ...], tuple[PackPin, ...]]:
    pins = {pin for row in questions.assessments() for pin in row.assessment.packs}
    return own_words(questions), tuple(pins)


def _word_list() -> WordList:
    from resources import read_bytes, read_text

    return WordList(read_bytes("words", "british.txt"), read_text("words", "care.txt").split())


def _packs(shelf: PackShelf, pins: Collection[PackPin]) -> Iterator[Framework]:
    for pin in pins:
        with suppress(FieldKitError):  # a team-mate's pack that is not on this laptop
            yield shelf.framework(pin)


def _spoken_of(packs: Collection[Framework]) -> set[str]:
    """Every word of the packs: what an assessment is made against is spelled right there."""
    found: set[str] = set()
    for pack in packs:
        texts = [part for one in pack for part in (one.title, one.descriptor, *one.aliases, *one.prompts)]
        texts += [part for term in pack.glossary for part in (term.term, term.meaning)]
        texts += [part for one in pack.abbreviations for part in (one.short, one.long)]
        texts += [role.title for role in pack.roles]
        found |= {word for text in texts for word in _WORD.findall(text)}
    return found
