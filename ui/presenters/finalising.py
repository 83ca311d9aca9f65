"""What a page asks before something final leaves it: which questions are open, and why it is made all the same.

Nothing open: the file dialog, and it is written. Something open: a form beside the page with what is open, a way to
Decide and a place for the reason. The rule itself is ``fieldkit.app.finalising``; the vault is asked again in the
transaction that records the reason, so that what came in while a dialog was up is not passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fieldkit.app.changes import ChangeSet
from fieldkit.app.finalising import Final, check_final, finalise, in_scope
from fieldkit.app.open_questions import Question
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.deciding.words import question_words
from ui.presenters.forms import Entry, Form, FormField, Values
from ui.presenters.presenter import Listening
from ui.presenters.services import Session
from ui.presenters.wording import ui

_MOST_NAMED = 8
"""Questions named in the form; the others are a number, and all of them stand on Decide."""
AskPath = Callable[[], str]
Write = Callable[[Path, Final], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FinalPanel:
    """The form beside the page. ``decide`` leads to the first question that is named in it."""

    heading: str
    form: Form
    identifier: str
    save_words: str
    decide: Callable[[], None]


class Asking(Protocol):
    """The page that something is printed from."""

    def open_panel(self, panel: FinalPanel) -> None: ...
    def close_panel(self) -> None: ...
    def has_panel(self, panel: FinalPanel) -> bool:
        """Whether this very form is the one that stands beside the page."""

    def trouble(self, problem: Exception) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is printed: of which assessment, which of its records (``None``: all), and the name of its draft."""

    assessment: AssessmentId
    records: Callable[[Questions], frozenset[str] | None]
    place: str
    identifier: str


class FinalDoor:
    """One for a page; closed with it."""

    def __init__(self, session: Session, page: Asking, scope: Scope, decide: Callable[[str], None]) -> None:
        self._session = session
        self._page = page
        self._scope = scope
        self._decide = decide
        self._ask_path: AskPath = str
        self._write: Write = lambda path, final: None
        self._panel: FinalPanel | None = None
        self._named: tuple[str, ...] = ()
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def begin(self, ask_path: AskPath, write: Write) -> None:
        """Somebody wants to print: ``ask_path`` asks where to, empty for nowhere; ``write`` does it."""
        self._ask_path, self._write = ask_path, write
        self._look(lambda found: self._open(found) if found else self._go(""))

    def close(self) -> None:
        """Nothing is heard any more."""
        self._listening.close()

    def _look(self, then: Callable[[tuple[Question, ...]], None]) -> None:
        scope = self._scope
        self._session.workspace.ask_then(
            lambda questions: in_scope(questions, scope.assessment, scope.records(questions)), then, self._page.trouble
        )

    def _open(self, found: tuple[Question, ...], reason: str = "") -> None:
        scope = self._scope

        def submit(values: Values) -> Callable[[UnitOfWork], str]:
            return lambda uow: self._judged(uow, values["reason"])

        form = Form(
            self._session, _fields(found), place=scope.place, submit=submit, done=self._explained,
            first={"reason": reason}, initiator="final",
        )  # fmt: skip
        self._named = tuple(one.record for one in found)
        self._panel = FinalPanel(
            heading="Not everything is decided", form=form, identifier=scope.identifier,
            save_words="Save it all the same", decide=lambda: self._decide(self._named[0]),
        )  # fmt: skip
        self._page.open_panel(self._panel)
        form.start()

    def _judged(self, uow: UnitOfWork, reason: str) -> str:
        check_final(uow.questions, self._scope.assessment, reason, self._scope.records(uow.questions))
        return reason

    def _explained(self, reason: str) -> None:
        self._page.close_panel()
        self._panel = None
        self._go(reason)

    def _go(self, reason: str) -> None:
        chosen = self._ask_path()
        if not chosen:
            if reason:  # what was written is not written again because somebody closed the dialog
                self._look(lambda found: self._open(found, reason) if found else None)
            return
        self._session.workspace.perform(
            lambda uow: finalise(uow, self._scope.assessment, reason, self._scope.records(uow.questions)),
            initiator="final", done=lambda final: self._write(Path(chosen), final), failed=self._refused,
        )  # fmt: skip

    def _refused(self, problem: Exception) -> None:
        if getattr(problem, "code", "") == "final.open":  # it came while the dialog was up
            self._look(lambda found: self._open(found) if found else None)
        else:
            self._page.trouble(problem)

    def _changed(self, changes: ChangeSet) -> None:
        """Decided meanwhile, or more came: the form says what is open now."""
        panel = self._panel
        if panel is None or all(kind in ("draft", "setting", "receipt") for kind in changes.records):
            return
        if not self._page.has_panel(panel):
            self._panel = None
            return
        self._look(self._renew)

    def _renew(self, found: tuple[Question, ...]) -> None:
        panel = self._panel
        if panel is None or not self._page.has_panel(panel) or tuple(one.record for one in found) == self._named:
            return
        if found:
            self._open(found, panel.form.values["reason"])
            return
        self._panel = None
        self._page.close_panel()
        self._session.say("Everything is decided now. Print again")


def _fields(found: Sequence[Question]) -> tuple[FormField, ...]:
    many = len(found)
    head = f"{ui.count(many, 'question')} about what two people changed at once {'is' if many == 1 else 'are'} open:"
    words = [head, *(question_words(one) for one in found[:_MOST_NAMED])]
    if many > _MOST_NAMED:
        words.append(f"and {many - _MOST_NAMED:,} more, on Decide")
    return (
        *(FormField(name=f"open{place}", label=said, entry=Entry.WORDS) for place, said in enumerate(words)),
        FormField(
            name="reason", label="Why is it made all the same?", entry=Entry.LONG, needed="final.no_reason",
            hint="Stands on the paper with your name and how many questions were open",
        ),
    )  # fmt: skip
