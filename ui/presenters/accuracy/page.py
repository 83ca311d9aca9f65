"""The page Factual accuracy: drafts and clocks, comments and answers, then summits and the action plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.accuracy_import import CommentFile, read_comments
from fieldkit.app.accuracy_report import accuracy_page
from fieldkit.app.accuracy_rows import CommentRow, comments_of, sends_of
from fieldkit.app.accuracy_texts import ChangedText, ReportText, changed_texts, texts_for
from fieldkit.app.changes import ChangeSet
from fieldkit.app.improvement import actions_of
from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions
from fieldkit.app.reviewers import on_visit
from fieldkit.app.rows import RecordRow
from fieldkit.domain.accuracy import Says
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.domain.improvement import Summit
from fieldkit.exchange.bank_holidays import bank_holidays
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.accuracy import SAYS, compose
from ui.presenters.accuracy import forms
from ui.presenters.accuracy.lines import AccuracyLine, lines_of, with_texts
from ui.presenters.accuracy.text_form import text_form
from ui.presenters.files.attaching import AttachForm
from ui.presenters.files.state import Busy
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.timing import Countdown
from ui.presenters.ways import Bench, Way, open_at
from ui.presenters.wording import sentence, ui

_READS = ("send_out", "accuracy_comment", "accuracy_answer", "improvement_summit", "improvement_action", "moderation",
          "attachment", "entry", "activity", "finding", "section")  # fmt: skip
_LOOK_AFTER = 0.4
"""Seconds after the last key until the file that is named is read."""
_LISTED = 12
"""Comments of a file that the preview shows; all are counted."""


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    SEND = "Record a draft sent out"
    COMMENT = "Add a comment"
    IMPORT = "Comments from a file"
    ANSWER = "Answer the comment"
    ATTACH = "Attach a file to the comment"
    RESCORE = "Settle a statement again because of it"
    TEXT = "Change the report because of it"
    ACTION = "Plan an action"
    DONE = "The action is done"
    LOOK = "Follow the action up"
    SUMMIT = "Record a summit"
    OUTCOME = "What came of the summit"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyFacts:
    """What was read."""

    assessment: Assessment
    sent: tuple[RecordRow, ...]
    comments: tuple[CommentRow, ...]
    summits: tuple[RecordRow, ...]
    actions: tuple[RecordRow, ...]
    changed: Mapping[str, tuple[ChangedText, ...]] = field(default_factory=dict)
    """By comment: the findings and parts of the report that changed because of it."""
    my_conflict: str = ""
    """What shows that whoever looks at it was on the visit, so that somebody else has to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyState:
    """``preview`` says what the file that is named would bring."""

    facts: AccuracyFacts
    lines: tuple[AccuracyLine, ...] = ()
    chosen: str = ""
    panel: OpenPanel | None = None
    preview: tuple[str, ...] = ()
    notice: str = ""
    fault: str = ""

    @property
    def line(self) -> AccuracyLine | None:
        """The line that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)


class AccuracyPageOf(Presenter[AccuracyState]):
    """The verbs of the page; one form at a time."""

    def __init__(
        self,
        session: Session,
        facts: AccuracyFacts,
        framework: Framework | None,
        go: Callable[[Page, str], None] = lambda page, key: None,
    ) -> None:
        """``go`` opens another page, with the cursor on the line that is named."""
        self.session = session
        self._go = go
        self.framework = framework
        super().__init__(AccuracyState(facts=facts, lines=self._lines(facts)))
        self._look = Countdown(session.later, self._look_at_file)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def assessment(self) -> Assessment:
        return self.state.facts.assessment

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Factual accuracy")

    def close(self) -> None:
        """What was typed goes to disk."""
        self._look.drop()
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice=""))

    def send(self) -> None:
        """A draft went out."""
        self._open(PanelKind.SEND, partial(forms.send_form, self.session, self.assessment.id), "Draft recorded")

    def comment(self) -> None:
        """Ctrl+N: a comment; before anything was sent, the draft first."""
        if not self.state.facts.sent:
            self.send()
            return
        self._open(PanelKind.COMMENT, partial(forms.comment_form, self.session, self._drafts()), "Comment added")

    def bring_in(self) -> None:
        """Comments from a file."""
        if not self.state.facts.sent:
            self.send()
            return
        self._open(PanelKind.IMPORT, partial(forms.import_form, self.session, self._drafts()), "Comments taken in")
        panel = self.state.panel
        if panel is not None:
            panel.form.changed.listen(lambda _: self._look.start(_LOOK_AFTER))

    def answer(self) -> None:
        """Of the comment that is chosen."""
        row = self._chosen_comment()
        if row is not None:
            make = partial(forms.answer_form, self.session, row, self.state.facts.my_conflict)
            self._open(PanelKind.ANSWER, make, "Answer saved")

    def attach(self) -> None:
        """A file that came with the comment that is chosen."""
        row = self._chosen_comment()
        if row is None:
            return
        title = f"{row.value.reference}  {row.value.paragraph}"
        self._open(PanelKind.ATTACH, lambda done: AttachForm(
            self.session, self.assessment.id, [(str(row.row.record), title, None)], [], about=str(row.row.record),
            told=self._copying, done=done, belongs="Comment",
        ), "File attached to the comment")  # fmt: skip

    def open_score(self) -> None:
        """The score that changed because of the comment, on Scores."""
        if subject := self.changed_score:
            self._go(Page.SCORES, f"statement/{subject}")

    def open_reports(self) -> None:
        """Where the comments, the table of changes and the form for comments are made."""
        self._go(Page.REPORTS, "accuracy-comments")

    @property
    def changed_score(self) -> str:
        """The statement whose score changed because of the chosen comment; empty where none did."""
        row = self._chosen_comment()
        answered = row.answered if row is not None else None
        return str(answered.subject or "") if answered is not None and answered.moderation else ""

    def rescore(self) -> None:
        """Because of the comment that is chosen, once it was accepted."""
        row = self._chosen_comment()
        if row is not None and self.may_rescore and self.framework is not None:
            make = partial(forms.rescore_form, self.session, row, self.framework)
            told = f"{self.noun.capitalize()} settled again, with the comment as its reason"
            self._open(PanelKind.RESCORE, make, told)

    def change_text(self) -> None:
        """A finding, or a part of the report, because of the comment that is chosen, once it was accepted."""
        row, framework = self._chosen_comment(), self.framework
        if row is None or framework is None or not self.may_change_text:
            return

        def opened(texts: tuple[ReportText, ...]) -> None:
            make = partial(text_form, self.session, row, framework, texts)
            self._open(PanelKind.TEXT, make, "Changed, and kept with the comment")

        self.session.workspace.ask_then(lambda q: texts_for(q, framework, row), opened, self._refused)

    def open_text(self) -> None:
        """What changed because of the comment, on Findings; before that, what it seems to speak of."""
        row, framework = self._chosen_comment(), self.framework
        if row is None or framework is None:
            return
        if changed := self.changed_texts:
            self._go(Page.FINDINGS, changed[-1].key)
            return
        self.session.workspace.ask_then(
            lambda q: texts_for(q, framework, row), lambda texts: self._go(Page.FINDINGS, texts[0].key), self._refused
        )

    @property
    def changed_texts(self) -> tuple[ChangedText, ...]:
        """What changed in the report because of the chosen comment, and can be shown."""
        row = self._chosen_comment()
        return tuple(one for one in self.state.facts.changed.get(row.row.record, ()) if one.key) if row else ()

    @property
    def may_change_text(self) -> bool:
        """Whether the chosen comment was accepted."""
        row = self._chosen_comment()
        return row is not None and row.answered is not None and row.answered.accepted and self.framework is not None

    @property
    def noun(self) -> str:
        """``score``; ``rating`` where ratings are chosen in words."""
        return self.framework.method.noun if self.framework is not None else "score"

    @property
    def may_rescore(self) -> bool:
        """Whether the chosen comment was accepted and the framework has a scale: of scores, or of ratings in words."""
        row = self._chosen_comment()
        is_accepted = row is not None and row.answered is not None and row.answered.accepted
        return is_accepted and self.framework is not None and self.framework.method.chosen_from is not None

    def plan(self) -> None:
        """An action."""
        self._open(PanelKind.ACTION, partial(forms.action_form, self.session, self.assessment.id), "Action planned")

    def complete(self) -> None:
        """The chosen action is done."""
        if (row := self._chosen(self.state.facts.actions)) is not None:
            self._open(PanelKind.DONE, partial(forms.done_form, self.session, row.record), "Action done")

    def look(self) -> None:
        """The chosen action was looked at."""
        if (row := self._chosen(self.state.facts.actions)) is not None:
            self._open(PanelKind.LOOK, partial(forms.look_form, self.session, row.record), "Follow-up saved")

    def summit(self) -> None:
        """A summit."""
        make = partial(forms.summit_form, self.session, self.assessment.id, None)
        self._open(PanelKind.SUMMIT, make, "Summit recorded")

    def outcome(self) -> None:
        """What came of the chosen summit."""
        if (row := self._chosen(self.state.facts.summits)) is not None:
            make = partial(forms.summit_form, self.session, self.assessment.id, row)
            self._open(PanelKind.OUTCOME, make, "Outcome saved")

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        self._look.drop()
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None, preview=()))

    def print_to(self, ask_path: Callable[[], str], sheets: Sheets) -> None:
        """Every comment and answer as a file, at any state."""
        chosen = ask_path()
        if not chosen:
            return
        path, assessment, at = Path(chosen), self.assessment, self.session.clock.now()
        self.session.workspace.ask_then(
            lambda questions: compose(accuracy_page(questions, assessment, at, self.framework)),
            lambda document: sheets.save_document(path, document, partial(self._saved, path), self._refused),
            self._refused,
        )

    def _saved(self, path: Path) -> None:
        self._tell(f"Comments and answers saved in {path.name}. It is not encrypted")

    def _drafts(self) -> list[RecordRow]:
        """Those that were sent, the one under the cursor first."""
        sent, chosen = list(self.state.facts.sent), self._chosen(self.state.facts.sent)
        return [chosen] if chosen is not None else sent

    def _chosen(self, rows: tuple[RecordRow, ...]) -> RecordRow | None:
        line = self.state.line
        return next((row for row in rows if line is not None and row.record == line.record), None)

    def _chosen_comment(self) -> CommentRow | None:
        line = self.state.line
        return next(
            (one for one in self.state.facts.comments if line is not None and one.row.record == line.record), None
        )

    def _open(self, kind: PanelKind, make: Callable[[Callable[[Any], None]], Form], words: str) -> None:
        self.close_panel()
        form = make(lambda _: self._tell(words))
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), preview=(), notice="", fault=""))
        form.start()

    def _tell(self, words: str) -> None:
        self._look.drop()
        if self.state.panel is not None:
            self.state.panel.form.close()
        self._show(replace(self.state, panel=None, preview=(), notice=words, fault=""))
        self.session.say(words)

    def _look_at_file(self) -> None:
        panel = self.state.panel
        named = panel.form.state.values["file"].strip() if panel and panel.kind is PanelKind.IMPORT else ""
        if not named or panel is None:
            return
        says, today = panel.form.state.values["says"], self.session.clock.now().astimezone().date()
        default = Says(says) if says else None
        lanes = self.session.workspace.lanes
        run(
            lanes.work, lanes.deliver, lambda: read_comments(Path(named).expanduser(), today, default),
            partial(self._looked, panel), lambda problem: self._previewed(panel, (sentence(problem),)),
        )  # fmt: skip

    def _looked(self, panel: OpenPanel, read: CommentFile) -> None:
        words = [f"{ui.count(len(read.good), 'comment')} read, {len(read.wrong)} not"]
        words += [sentence(one.problem) for one in read.wrong[:_LISTED] if one.problem is not None]
        words += [
            f"{one.paragraph}, {SAYS[one.says].lower() if one.says else ''}: {' '.join(one.text[:80].split())}"
            for one in read.good[:_LISTED]
        ]
        self._previewed(panel, tuple(words))

    def _copying(self, busy: Busy) -> None:
        panel = self.state.panel
        if panel is not None and panel.kind is PanelKind.ATTACH:
            self._previewed(panel, (busy.words,) if busy.words else ())

    def _previewed(self, panel: OpenPanel, words: tuple[str, ...]) -> None:
        if self.state.panel is panel and words != self.state.preview:
            self._show(replace(self.state, preview=words))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_READS):
            assessment = self.assessment
            session = self.session
            framework = self.framework
            session.workspace.ask_then(
                lambda questions: _read(session, questions, assessment, framework), self._found, self._refused
            )

    def _found(self, facts: AccuracyFacts) -> None:
        self._show(replace(self.state, facts=facts, lines=self._lines(facts)))

    def _lines(self, facts: AccuracyFacts) -> tuple[AccuracyLine, ...]:
        today = self.session.clock.now().astimezone().date()
        holidays = bank_holidays(range(today.year, today.year + 2)) if facts.sent else {}
        lines = lines_of(facts.sent, facts.comments, facts.summits, facts.actions, today, holidays)
        return tuple(with_texts(one, facts.changed.get(one.record, ())) for one in lines)

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> tuple[Framework | None, AccuracyFacts]:
    assessment = questions.assessment(AssessmentId(record))
    framework = _framework(session, assessment)
    return framework, _read(session, questions, assessment, framework)


def _framework(session: Session, assessment: Assessment) -> Framework | None:
    """The main one; None where this program has not got it: comments are read and answered all the same."""
    try:
        return session.packs.framework(assessment.packs[0])
    except FieldKitError:
        return None


def _make(bench: Bench, read: tuple[Framework | None, AccuracyFacts]) -> AccuracyPageOf:
    framework, facts = read

    return AccuracyPageOf(bench.session, facts, framework, lambda page, key: open_at(bench, page, key))


def _read(session: Session, questions: Questions, assessment: Assessment, framework: Framework | None) -> AccuracyFacts:
    comments = tuple(comments_of(questions, assessment.id))
    summits = questions.records(Summit.KIND, assessment=assessment.id)
    return AccuracyFacts(
        assessment=assessment, sent=tuple(sends_of(questions, assessment.id)),
        comments=comments,
        changed={
            one.row.record: changed_texts(questions, framework, one.answered)
            for one in comments
            if one.answered is not None and one.answered.changed
        },
        summits=tuple(sorted(summits, key=lambda row: row.value.on)),
        actions=tuple(actions_of(questions, assessment.id)),
        my_conflict=on_visit(questions, assessment.id, questions.info().author, session.name, session.initials),
    )  # fmt: skip
