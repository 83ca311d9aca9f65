"""The page Decide: one open question after the other, each decided with a reason, and any decision taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from fieldkit.app.account_rows import AccountRow
from fieldkit.app.belonging import activity_of
from fieldkit.app.changes import ChangeSet
from fieldkit.app.deciding import decide, decide_note, take_back, take_back_note
from fieldkit.app.floods import Flood, allow, floods
from fieldkit.app.open_questions import NOTE, Combined, Question, combined_lately, questions_here
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.merging import Part
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, RevisionId, VisitId
from ui.presenters.deciding import words
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.record_pages import lead_of
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

BOTH, NEW, KEEP, DELETE = "both", "new", "keep", "delete"
"""Answers beside the id of an account: both wordings, a new one, and for a note whether it stays."""
USE = "use"
"""The one part of a question about a note: whether it is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideState:
    """What the page shows. ``answers`` are by part; ``texts`` the new wordings; ``errors`` by part, or ``reason``."""

    questions: tuple[Question, ...] = ()
    place: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    reason_is_own: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
    floods: tuple[Flood, ...] = ()
    combined: tuple[Combined, ...] = ()
    notice: str = ""
    fault: str = ""
    turn: int = 0
    """Grows where another question is shown, so that the screen begins anew."""

    @property
    def question(self) -> Question | None:
        """The one that is shown."""
        return self.questions[self.place] if self.place < len(self.questions) else None


class DecidePage(Presenter[DecideState]):
    """The verbs of the page."""

    def __init__(self, bench: Bench, state: DecideState) -> None:
        super().__init__(state)
        self.session: Session = bench.session
        self._bench = bench
        self._reload = Countdown(self.session.later, self._load)
        self._listening = Listening()
        self._listening.add(self.session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return ("Decide",)

    def close(self) -> None:
        """Hear nothing more."""
        self._reload.drop()
        self._listening.close()

    def parts(self, question: Question) -> tuple[str, ...]:
        """The names of what has to be answered, in order."""
        return (USE,) if question.kind == NOTE else tuple(part.name for part in question.asked)

    def options(self, question: Question, name: str) -> tuple[tuple[str, str], ...]:
        """The answers of a part: values and their words."""
        thing = words.thing(question.kind)
        if question.kind == NOTE:
            return ((KEEP, f"Keep the edited {thing}"), (DELETE, "Delete it"))
        part = self.part(question, name)
        if question.is_deletion and _is_of_use(part):
            return tuple(
                (row.revision, "Delete it" if _says(part, row) else f"Keep the edited {thing}")
                for row in _one_each(question, part)
            )
        found = [(row.revision, f"Keep {_mine(words.whose(row, question.rows))}") for row in question.rows]
        if words.is_text(part):
            found += [(RevisionId(BOTH), "Keep both"), (RevisionId(NEW), "Write a new version")]
        return tuple(found)

    def part(self, question: Question, name: str) -> Part:
        """One of the parts that are asked."""
        return next(one for one in question.asked if one.name == name)

    def answer(self, name: str, value: str) -> None:
        """What is to stand for a part; a reason is proposed with the first."""
        state = self.state
        question = state.question
        if question is None:
            return
        answers = {**state.answers, name: value}
        reason = state.reason if state.reason_is_own else self._proposed(question, answers)
        errors = {one: said for one, said in state.errors.items() if one not in (name, "reason")}
        self._show(replace(state, answers=answers, reason=reason, errors=errors))

    def pick(self, name: str, which: str) -> bool:
        """Alt+L, Alt+C, Alt+B, Alt+N: the answer of that key for a part; false where it has none."""
        question = self.state.question
        if question is None:
            return False
        values = [value for value, _ in self.options(question, name)]
        if which in (BOTH, NEW):
            if which in values:
                self.answer(name, which)
            return which in values
        own = [value for value in values if value not in (BOTH, NEW)]
        others = own[1:]
        if which == "laptop":
            self.answer(name, own[0])
        elif others:
            now = self.state.answers.get(name)
            self.answer(name, others[(others.index(now) + 1) % len(others)] if now in others else others[0])
        return which == "laptop" or bool(others)

    def write(self, name: str, text: str) -> None:
        """The new wording of a part as it is typed."""
        self._show(replace(self.state, texts={**self.state.texts, name: text}))

    def explain(self, reason: str) -> None:
        """Why, in one's own words."""
        if reason != self.state.reason:
            self._show(replace(self.state, reason=reason, reason_is_own=bool(reason.strip())))

    def unanswered(self) -> str:
        """The first part without an answer, else the first; empty where nothing is asked."""
        question = self.state.question
        names = self.parts(question) if question is not None else ()
        return next((one for one in names if one not in self.state.answers), names[0] if names else "")

    def save(self) -> None:
        """Ctrl+Enter: the decision, and the next question."""
        state, question = self.state, self.state.question
        if question is None:
            return
        errors = self._errors(question)
        if errors:
            self._show(replace(state, errors=errors, fault=""))
            return
        answers, reason, seen = dict(state.answers), state.reason, question.merge.heads
        values = {name: self._value(question, name) for name in self.parts(question)} if question.kind != NOTE else {}

        def act(uow: UnitOfWork) -> None:
            if question.note is not None:
                decide_note(uow, question.note.entry.id, keep=answers[USE] == KEEP, reason=reason, seen=seen)
            else:
                decide(uow, question.record, values, reason, seen=seen)

        self.session.workspace.perform(
            act, initiator="deciding", done=lambda _: self._decided(question), failed=self._refused
        )

    def step(self, by: int = 1) -> None:
        """Next, or Decide later: the question stays open."""
        count = len(self.state.questions)
        if count:
            self._show_place((self.state.place + by) % count)

    def choose(self, record: str) -> None:
        """Show the question about a record."""
        places = [place for place, one in enumerate(self.state.questions) if one.record == record]
        if places:
            self._show_place(places[0])

    def open_record(self) -> None:
        """Where the note or record is shown; Esc comes back."""
        question = self.state.question
        if question is None:
            return
        match question.kind:
            case _ if question.note is not None:
                self._bench.open_note(question.note.entry.id)
            case "activity":
                self._bench.open_activity(ActivityId(question.record))
            case "visit":
                self._bench.open_visit(VisitId(question.record))
            case _ if question.kind in FIELDWORK and question.value is not None:
                self.session.workspace.ask_then(partial(_lead_of, question), self._lead, self._refused)
            case _:
                self.session.say("It is part of the assessment and has no page of its own")

    def _lead(self, lead: tuple[Page | None, str]) -> None:
        page, target = lead
        if page is not None:
            self._bench.open_page(page, target)
        elif target:
            self._bench.open_activity(ActivityId(target))
        else:
            self.session.say("It has no page of its own")

    def let_in(self, flood: Flood) -> None:
        """What was asked about is to be taken in."""
        self.session.workspace.perform(
            lambda uow: allow(uow, flood.assessment, flood.count), initiator="deciding",
            done=lambda _: self._let_in(), failed=self._refused,
        )  # fmt: skip

    def ask_instead(self, combined: Combined) -> None:
        """Different fields that were combined are to be asked about."""
        self.session.workspace.perform(
            lambda uow: take_back(uow, combined.record, "To be looked at by a person"), initiator="deciding",
            done=lambda _: self._finish("It is asked about now"), failed=self._refused,
        )  # fmt: skip

    def _value(self, question: Question, name: str) -> Mapping[str, Any]:
        part, answer = self.part(question, name), self.state.answers[name]
        if answer == BOTH:
            return words.both(part, [part.values[row.revision] for row in question.rows])
        if answer == NEW:
            return {part.fields[0]: self.state.texts.get(name, "").strip()}
        return part.values[RevisionId(answer)]

    def _errors(self, question: Question) -> dict[str, str]:
        found = {}
        for name in self.parts(question):
            if name not in self.state.answers:
                found[name] = sentence("question.no_choice")
            elif self.state.answers[name] == NEW and not self.state.texts.get(name, "").strip():
                found[name] = sentence("question.no_words")
        if not self.state.reason.strip():
            found["reason"] = sentence("question.no_reason")
        return found

    def _proposed(self, question: Question, answers: Mapping[str, str]) -> str:
        """A reason that is true of what was chosen, to be changed by who knows better."""
        if question.kind == NOTE:
            return "The note is still needed" if answers.get(USE) == KEEP else "The note is not needed"
        chosen = {answers.get(name) for name in self.parts(question)} - {None}
        if len(chosen) != 1:
            return "Compared side by side"
        (one,) = chosen
        if one in (BOTH, NEW):
            return "Both wordings matter" if one == BOTH else "Put into one wording"
        row = next((row for row in question.rows if row.revision == one), None)
        return f"Kept the wording of {row.author_name or 'a team-mate'}" if row is not None else ""

    def _decided(self, question: Question) -> None:
        def undo() -> None:
            self.session.workspace.perform(_undoing(question), initiator="deciding", failed=self._refused)

        def redo() -> None:  # other accounts than those that were looked at: to be looked at again
            self._refused(Mistake("question.changed"))

        self.session.undo.did(Deed(name="Decision saved", undo=undo, redo=redo))
        left = len(self.state.questions) - 1
        self._finish("Decision saved. No decisions needed" if left <= 0 else f"Decision saved. {left} to decide")

    def _let_in(self) -> None:
        self._finish("Let in. It comes with the next sending, or when the file is taken in again")
        self.session.office.send_now()

    def _finish(self, said: str) -> None:
        self._show(replace(self.state, notice=said, fault=""))
        self.session.say(said)
        self._load()

    def _refused(self, problem: Exception) -> None:
        at_reason = isinstance(problem, Mistake) and problem.details.get("field") == "reason"
        if at_reason:
            self._show(replace(self.state, errors={"reason": sentence(problem)}))
            return
        self._show(replace(self.state, fault=sentence(problem), notice=""))
        self._load()

    def _changed(self, changes: ChangeSet) -> None:
        if not changes.is_empty and not self._reload.is_pending:
            self._reload.start(0.2)

    def _load(self) -> None:
        self._reload.drop()
        self.session.workspace.ask_then(read_state, self._read)

    def _read(self, now: DecideState) -> None:
        before, state = self.state.question, self.state
        kept = next(
            (place for place, one in enumerate(now.questions)
             if before is not None and one.record == before.record and one.merge.heads == before.merge.heads), None
        )  # fmt: skip
        state = replace(state, questions=now.questions, floods=now.floods, combined=now.combined)
        if kept is not None:
            self._show(replace(state, place=kept))
        else:
            self._show_place(min(state.place, max(0, len(now.questions) - 1)), state)

    def _show_place(self, place: int, state: DecideState | None = None) -> None:
        state = state or self.state
        self._show(
            replace(state, place=place, answers={}, texts={}, reason="", reason_is_own=False, errors={},
                    turn=state.turn + 1)
        )  # fmt: skip


def read_state(questions: Questions) -> DecideState:
    """Everything the page shows."""
    return DecideState(
        questions=tuple(questions_here(questions)), floods=tuple(floods(questions)),
        combined=tuple(combined_lately(questions)),
    )  # fmt: skip


def _lead_of(question: Question, questions: Questions) -> tuple[Page | None, str]:
    """The page of a record's kind, or the activity it belongs to."""
    row = questions.record(question.kind, question.record)
    return lead_of(row, activity_of(questions, row))


def way() -> Way:
    """How the page is opened: at the question about a record, or at the first."""
    return Way(read=lambda session, questions, record: (read_state(questions), record), make=_make)


def counted(count: int) -> str:
    """``2 items need your decision``."""
    return f"{ui.count(count, 'item')} {'needs' if count == 1 else 'need'} your decision"


def _make(bench: Bench, facts: tuple[DecideState, str]) -> DecidePage:
    page = DecidePage(bench, facts[0])
    page.choose(facts[1])
    return page


def _undoing(question: Question) -> Any:
    if question.note is not None:
        return lambda uow: take_back_note(uow, question)
    return lambda uow: take_back(uow, question.record, "Undone")


def _mine(words_of: str) -> str:
    match words_of:
        case "On this laptop":
            return "this laptop’s"
        case "In central store":
            return "central store’s"
        case _:
            return words_of.removeprefix("From ") + "’s"


def _is_of_use(part: Part) -> bool:
    return part.fields[0] in ("withdrawn", "is_cancelled", "is_taken_back", "is_retired")


def _says(part: Part, row: AccountRow) -> bool:
    return any(part.values[row.revision].values())


def _one_each(question: Question, part: Part) -> list[AccountRow]:
    """One account that keeps it and one that deletes it, the keeping one first."""
    keeping = [row for row in question.rows if not _says(part, row)]
    gone = [row for row in question.rows if _says(part, row)]
    return [*keeping[:1], *gone]
