"""A form as data: its fields, what was entered, what is wrong beside which field, and a draft that is never lost.

Nothing is judged while somebody types. What was entered is on disk 0.4 s after the last key, comes back when the form
is opened again, and leaves that place in the same transaction that writes the record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast

from fieldkit.app.drafts import drop_draft, keep_draft
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.kernel.errors import FieldKitError, Finding, Mistake
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.form_words import FormTexts, Pasted, Pastes
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence

Values = Mapping[str, str]
"""What is entered, by field: text as typed, the value that is chosen, ticked ones one a line, ``yes`` or nothing."""
Action = Callable[[UnitOfWork], Any]
Errors = Callable[[Exception], tuple[FieldError, ...]]
T = TypeVar("T")


class Entry(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    """One line; ``options`` are offered while it is typed, and anything else may stand there."""
    LONG = "long"
    """Several lines; ``rows`` says how many are seen at once."""
    CHOICE = "choice"
    """One of a few, all in sight (radio buttons); nothing is chosen beforehand unless a value says so."""
    PICK = "pick"
    """One of many, from a list that drops down."""
    CHECKS = "checks"
    """Any number of a few."""
    MANY = "many"
    """Any number of many, in a list that is searched while it is typed in; values as of ``CHECKS``."""
    YES = "yes"
    """A single box to tick; its words are the label."""
    FILE = "file"
    """The path of a file, typed or chosen; ``filter`` as the file dialog takes it."""
    WORDS = "words"
    """Nothing to fill in: ``label`` is a sentence that stands between the fields."""
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is kept, and the words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field. ``shown`` hides it while what else was entered makes no sense of it; what it held is kept.

    ``needed`` and ``check`` are judged for all fields at once when the main button is pressed, so that every mistake
    is told together.
    """

    name: str
    label: str
    entry: Entry = Entry.LINE
    hint: str = ""
    options: tuple[Option, ...] = ()
    rows: int = 3
    filter: str = ""
    shown: Callable[[Values], bool] | None = None
    needed: str = ""
    """The code of what is said where it is shown and left empty; empty for what can be left out."""
    check: Callable[[str], object] | None = None
    """Reads what was entered, and raises ``Mistake`` for what it cannot read. Not asked while nothing was entered."""

    def is_shown(self, values: Values) -> bool:
        """Whether it stands on the form now."""
        return self.shown is None or self.shown(values)

    def wrong(self, values: Values) -> Mistake | None:
        """What is the matter with this field by itself."""
        text = values.get(self.name, "")
        if not self.is_shown(values):
            return None
        if not text.strip():
            return Mistake(self.needed, field=self.name) if self.needed else None
        try:
            if self.check is not None:
                self.check(text)
        except Mistake as problem:
            return Mistake(problem.code, **{**problem.details, "field": self.name})
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """``fault`` is what is wrong with none of the fields; ``is_saving`` until the main button is answered."""

    values: Values = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    is_saving: bool = False
    was_restored: bool = False
    """What stands in it was entered earlier and never saved."""


class Veil(Protocol):
    """Where the drafts of a form lie that nobody is to find among the others: hidden, and all in one place."""

    def hidden(self, place: str, text: str) -> str:
        """What is to be kept so that ``text`` is the draft of ``place``; empty text for none."""

    def keep(self, uow: UnitOfWork, hidden: str) -> None:
        """Keep it."""

    def draft(self, place: str) -> str:
        """What was typed there and not saved."""


class Form(Presenter[FormState]):
    """``submit`` makes the use case of what was entered, and raises ``Mistake`` with the ``field`` it is about, or
    ``Mistakes``; what fields say of themselves (``needed``, ``check``) it need not check again.

    ``place`` names the draft (``form/escalation/<activity>``); ``first`` is what stands in the fields to begin with.
    ``done`` is told the use case's result. Values of hidden fields are not handed to ``submit``. With a ``veil`` no
    draft of it stands among the others.
    """

    def __init__(
        self,
        session: Session,
        fields: Sequence[FormField],
        *,
        place: str,
        submit: Callable[[Values], Action],
        done: Callable[[Any], None],
        first: Values | None = None,
        initiator: str = "form",
        veil: Veil | None = None,
        errors: Errors = lambda problem: errors_of(problem, ""),
    ) -> None:
        self._first = {one.name: "" for one in fields} | dict(first or {})
        super().__init__(FormState(values=dict(self._first)))
        self.fields = tuple(fields)
        self.place = place
        self._session = session
        self._submit = submit
        self._done = done
        self._initiator = initiator
        self._touched: set[str] = set()
        self._handed: Values = {}
        self._is_closed = False
        self._veil = veil
        self._errors_of = errors
        self._pasted = Pasted()
        self.texts = FormTexts(self)
        self._leave = session.open_texts.join(self.texts) if veil is None else lambda: None
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._was_kept, self._keep)

    @property
    def is_private(self) -> bool:
        """Whether what is entered must be found nowhere: not among the drafts, not in a clipboard's history."""
        return self._veil is not None

    def start(self) -> None:
        """Bring back what was entered and never saved."""
        if self._veil is not None:
            self._bring_back(self._veil.draft(self.place))
            return
        self._session.workspace.ask_then(lambda questions: questions.draft(self.place), self._restore)

    @property
    def entered(self) -> dict[str, str]:
        """What is entered in the fields that are shown; nothing for the others."""
        shown = {one.name for one in self.fields if one.is_shown(self.state.values)}
        return {name: text if name in shown else "" for name, text in self.state.values.items()}

    def put(self, name: str, text: str) -> None:
        """Somebody entered something."""
        if self._is_closed or self.state.values.get(name) == text:
            return
        self._touched.add(name)
        if not text.strip():
            self._pasted.forget(name)
        self._show(replace(self.state, values={**self.state.values, name: text}))
        self._keeper.touched()

    @property
    def values(self) -> Values:
        """What stands in it now."""
        return self.state.values

    @property
    def is_saving(self) -> bool:
        """Whether what stands in it is on its way."""
        return self.state.is_saving

    @property
    def written(self) -> tuple[FormField, ...]:
        """The fields that words are typed into."""
        return tuple(one for one in self.fields if one.entry in (Entry.LINE, Entry.LONG))

    def is_begun(self, name: str) -> bool:
        """Whether something else stands there than the form began with."""
        return bool(self.state.values[name] != self._first.get(name, ""))

    def pasting(self, name: str, source: str, words: str) -> None:
        """What is put into the field next came by the clipboard from ``source``."""
        self._pasted.add(name, source, words)

    def pasted(self, names: Iterable[str]) -> Pastes:
        """Source and words of what came into these fields by the clipboard."""
        return self._pasted.of(names)

    def origin(self, names: Iterable[str]) -> str:
        """What a note made of these fields says of where its words came from; empty where all were typed."""
        return self._pasted.origin(self.entered, names)

    def fill(self, values: Values) -> None:
        """Put what the program knows into fields that nobody has touched."""
        fresh = {name: text for name, text in values.items() if name not in self._touched}
        self._show(replace(self.state, values={**self.state.values, **fresh}))

    def submit(self) -> None:
        """The main button."""
        if self.state.is_saving or self._is_closed:
            return
        self._clear()
        try:
            action = self._judged(lambda: self._submit(self.entered))
        except FieldKitError as problem:
            self._wrong(problem)
            return
        self._keeper.drop()
        self._handed = self.state.values
        self._show(replace(self.state, is_saving=True, errors=(), fault=""))
        drop = self._dropping()

        def both(uow: UnitOfWork) -> Any:
            made = action(uow)
            drop(uow)
            return made

        self._session.workspace.perform(both, initiator=self._initiator, done=self._saved, failed=self._not_saved)

    def discard(self) -> None:
        """Empty the form as it was at first, and forget the draft."""
        self._keeper.drop()
        self._touched.clear()
        self._pasted.keep(())
        self._session.workspace.perform(self._dropping(), initiator="draft")
        self._show(FormState(values=dict(self._first)))

    def close(self) -> None:
        """What was entered goes to disk."""
        self._is_closed = True
        self._leave()
        self._keeper.flush()

    def _restore(self, draft: Draft | None) -> None:
        if draft is not None and not self._is_closed:
            self._pasted.read(draft.extra)
            self._bring_back(draft.text)

    def _bring_back(self, text: str) -> None:
        if not text or self._is_closed:
            return
        try:
            kept = json.loads(text)
        except ValueError:
            return
        known = {name: str(text) for name, text in kept.items() if name in self._first and name not in self._touched}
        if known:
            self._touched |= known.keys()  # what comes from the program later is no reason to overwrite it
            self._show(replace(self.state, values={**self.state.values, **known}, was_restored=True))
            if self._keeper.is_pending:  # typed before this came: what is about to be written holds nothing of it
                self._keeper.touched()

    def _draft(self) -> Draft:
        changed = {name: text for name, text in self.state.values.items() if text != self._first.get(name, "")}
        text = json.dumps(changed, ensure_ascii=False) if changed else ""
        if self._veil is not None:  # now, and not when it is written: its box may be closed by then
            text = self._veil.hidden(self.place, text)
        extra = self._pasted.extra({one.name: one.label for one in self.written}) if self._veil is None else ""
        return Draft(
            place=self.place, text=text, caret=0, noticed_at=None, kept_at=self._session.clock.now(), extra=extra
        )

    def _keep(self, uow: UnitOfWork, draft: Draft) -> None:
        if self._veil is not None:
            self._veil.keep(uow, draft.text)
        else:
            keep_draft(uow, draft)

    def _dropping(self) -> Callable[[UnitOfWork], None]:
        veil = self._veil
        if veil is None:
            return lambda uow: drop_draft(uow, self.place)
        hidden = veil.hidden(self.place, "")
        return lambda uow: veil.keep(uow, hidden)

    def _was_kept(self, problem: Exception | None) -> None:
        words = "" if problem is None else sentence(problem)
        if words != self.state.fault:
            self._show(replace(self.state, fault=words))

    def _saved(self, made: Any) -> None:
        later = self._typed_meanwhile()
        self._touched = set(later)
        self._pasted.keep(later)
        self._show(FormState(values={**self._first, **later}))
        if (later or self._keeper.is_pending) and not self._is_closed:  # a draft may be written behind the saving
            self._keeper.touched()
        self._done(made)

    def _typed_meanwhile(self) -> dict[str, str]:
        """What was written on while it was being saved: that is in no record, and stays as the next draft.

        A field stays whole: a form may change a record, and half a sentence would then stand for all of it.
        """
        written = {one.name for one in self.written}
        return {
            name: text
            for name, text in self.state.values.items()
            if name in written and text.strip() and text.strip() != self._handed.get(name, "").strip()
        }

    def _not_saved(self, problem: Exception) -> None:
        self._keeper.touched()  # the draft was not dropped with the record: what was typed since is to be kept too
        self._wrong(problem)

    def _judged(self, submit: Callable[[], T]) -> T:
        """What ``submit`` gives. Raises every mistake that it and the fields themselves find, together."""
        finding = Finding()
        for one in self.fields:
            if (wrong := one.wrong(self.state.values)) is not None:
                finding.add(wrong)
        made = finding.read(submit)
        finding.settle()
        return cast(T, made)

    def _clear(self) -> None:
        """What was wrong is judged anew, and told anew though it is the same."""
        if self.state.errors:
            self._show(replace(self.state, errors=()))

    def _wrong(self, problem: Exception) -> None:
        order = [one.name for one in self.fields]
        errors = self._errors_of(problem)
        found = sorted((one for one in errors if one.field in order), key=lambda one: order.index(one.field))
        others = [one.text for one in errors if one.field not in order] if errors else [sentence(problem)]
        self._show(replace(self.state, is_saving=False, errors=tuple(found), fault=" ".join(others)))


def chosen(text: str) -> tuple[str, ...]:
    """The ticked values of ``Entry.CHECKS`` and ``Entry.MANY``."""
    return tuple(line for line in text.split("\n") if line)
