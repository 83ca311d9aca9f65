"""The page Short texts: a person's own words for ``;name``, and what abbreviations are known beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.app.ports import Questions
from fieldkit.app.short_texts import drop_text, put_text, short_texts
from fieldkit.capture.short_texts import ShortText, texts_of
from fieldkit.domain.framework import Framework
from ui.presenters.forms import Action, Entry, Form, FormField, Values
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

ADD = "Add a short text"
CHANGE = "Change the short text"

Texts = tuple[ShortText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """The form that is open; ``heading`` says for what."""

    heading: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsState:
    """``own`` are the person's, ``known`` those that are there for everybody; ``chosen`` is a name of ``own``."""

    own: Texts = ()
    known: Texts = ()
    chosen: str = ""
    panel: OpenForm | None = None
    notice: str = ""
    fault: str = ""

    @property
    def text(self) -> ShortText | None:
        """The short text under the cursor."""
        return next((one for one in self.own if one.name == self.chosen), None)


class TextsPage(Presenter[TextsState]):
    """The verbs of the page; everything is undoable."""

    crumbs = ("Short texts",)

    def __init__(self, session: Session, own: Texts, frameworks: tuple[Framework, ...]) -> None:
        super().__init__(TextsState(own=own, known=texts_of(frameworks)))
        self.session = session
        session.texts.own = own

    def close(self) -> None:
        """What was typed goes to disk."""
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, name: str) -> None:
        """The cursor is on it."""
        if name != self.state.chosen:
            self._show(replace(self.state, chosen=name, notice=""))

    def add(self) -> None:
        """Ctrl+N on this page."""
        self._open(ADD, None)

    def change(self) -> None:
        """F2, or Enter on one."""
        if self.state.text is not None:
            self._open(CHANGE, self.state.text)

    def take_off(self) -> None:
        """Ctrl+Del; undoable."""
        text = self.state.text
        if text is None:
            return
        self._do(lambda uow: drop_text(uow, text.name), f"‘{text.name}’ taken off")
        self.session.undo.did(
            Deed(
                name=f"Short text ‘{text.name}’ taken off",
                undo=lambda: self._do(lambda uow: put_text(uow, text.name, text.words), f"‘{text.name}’ is back"),
                redo=lambda: self._do(lambda uow: drop_text(uow, text.name), f"‘{text.name}’ taken off"),
            )
        )

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def _open(self, heading: str, text: ShortText | None) -> None:
        self.close_panel()
        form = _form(self.session, text, lambda own: self._kept(own, "Short text saved"))
        self._show(replace(self.state, panel=OpenForm(heading=heading, form=form), notice="", fault=""))
        form.start()

    def _do(self, action: Action, words: str) -> None:
        self.session.workspace.perform(
            action, initiator="texts", done=lambda own: self._kept(own, words), failed=self._refused
        )

    def _kept(self, own: Texts, words: str) -> None:
        self.session.texts.own = own
        panel = self.state.panel
        if panel is not None:
            panel.form.close()
        self._show(replace(self.state, own=own, panel=None, notice=words, fault=""))
        self.session.say(words)

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def _form(session: Session, text: ShortText | None, done: Callable[[Texts], None]) -> Form:
    fields = (
        FormField(name="name", label="Name", hint="Typed behind a semicolon, like ;thanks"),
        FormField(
            name="words", needed="writing.text_empty", label="Words that come in its place", entry=Entry.LONG, rows=6
        ),
    )
    before = text.name if text is not None else ""

    def submit(values: Values) -> Action:
        return lambda uow: put_text(uow, values["name"], values["words"], before)

    first = {"name": text.name, "words": text.words} if text is not None else {}
    return Form(session, fields, place=f"form/text/{before}", submit=submit, done=done, first=first, initiator="texts")


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read, make=_make)


def _read(session: Session, questions: Questions, _: str) -> tuple[Texts, tuple[Framework, ...]]:
    pins = {pin: None for row in questions.assessments() for pin in row.assessment.packs}
    return short_texts(questions), tuple(session.packs.framework(pin) for pin in pins)


def _make(bench: Bench, facts: tuple[Texts, tuple[Framework, ...]]) -> TextsPage:
    return TextsPage(bench.session, *facts)
