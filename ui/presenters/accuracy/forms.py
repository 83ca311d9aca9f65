"""The forms of the factual accuracy check and of what follows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fieldkit.app.accuracy import NewAnswer, NewComment, add_comment, add_comments, answer, rescore, send_out
from fieldkit.app.accuracy_import import read_comments
from fieldkit.app.accuracy_rows import CommentRow
from fieldkit.app.improvement import change_summit, complete, follow_up, hold_summit, plan_action
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.report_version import sha256_of
from fieldkit.app.rows import RecordRow
from fieldkit.domain.accuracy import Says
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.method import Level
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import AssessmentId, RecordId
from fieldkit.reports.accuracy import SAYS
from ui.presenters.dates import day_check, read_day
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.scores.forms import no_choice
from ui.presenters.services import Session
from ui.presenters.wording import sentence

Done = Callable[[Any], None]
KINDS = tuple(Option(one.value, words) for one, words in SAYS.items())
WORD_FILES = "Documents and tables (*.docx *.csv *.xlsx)"


def send_form(session: Session, assessment: AssessmentId, done: Done) -> Form:
    """A draft went out by e-mail."""
    today = session.clock.now().astimezone().date()
    fields = (
        FormField(name="words", entry=Entry.WORDS, label="Nothing is sent by this. It records what was e-mailed."),
        FormField(name="bodies", needed="accuracy.no_body", label="To which bodies? One a line", entry=Entry.LONG,
                  rows=3, hint="Like Northshire ICB; the partnership has a clock of its own"),
        FormField(name="report", needed="accuracy.no_report", label="The file of the draft", entry=Entry.FILE,
                  filter="All files (*)"),
        FormField(name="sent_on", label="Date of the e-mail (today, where empty)", check=day_check(today),
                  hint="Like 9 November 2026"),
        FormField(name="note", label="Note (optional)", entry=Entry.LONG, rows=2),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        on = read_day(values["sent_on"], today, "sent_on")
        path = Path(values["report"].strip()).expanduser()
        bodies = values["bodies"].splitlines()
        return lambda uow: send_out(uow, assessment, bodies, path.name, sha256_of(path), on, values["note"])

    return _form(session, fields, f"form/sent/{assessment}", submit, done)


def comment_form(session: Session, sent: Sequence[RecordRow], done: Done) -> Form:
    """A comment as it is typed; words beyond what a field takes come from a file."""
    today = session.clock.now().astimezone().date()
    fields = (
        _draft_field(sent),
        FormField(name="paragraph", needed="accuracy.no_paragraph", label="Which paragraph?", hint="Like 3.2"),
        FormField(name="says", needed="accuracy.no_kind", label="What kind of comment?", entry=Entry.CHOICE,
                  options=KINDS),
        FormField(name="text", label="The comment", entry=Entry.LONG, rows=6),
        FormField(name="file", label="Or its words from a text file: of any length (optional)", entry=Entry.FILE,
                  filter="Text (*.txt)"),
        FormField(name="evidence", label="Evidence from the time of the assessment", entry=Entry.LONG, rows=3,
                  needed="accuracy.no_evidence", shown=lambda values: values.get("says") == Says.CONTESTED.value),
        FormField(name="evidence_on", label="Of which day is it? (optional)", check=day_check(today),
                  shown=lambda values: values.get("says") == Says.CONTESTED.value),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        draft, file = RecordId(values["draft"]), values["file"].strip()
        if not values["text"].strip() and not file:
            raise Mistake("accuracy.no_text", field="text")
        on = read_day(values["evidence_on"], today, "evidence_on")

        def add(uow: UnitOfWork) -> Any:
            text = _words_in(Path(file).expanduser()) if file else values["text"]
            return add_comment(uow, draft, NewComment(
                paragraph=values["paragraph"], says=Says(values["says"]), text=text, evidence=values["evidence"],
                evidence_on=on,
            ))  # fmt: skip

        return add

    return _form(session, fields, "form/comment", submit, done, first=_first_draft(sent))


def import_form(session: Session, sent: Sequence[RecordRow], done: Done) -> Form:
    """Comments from a file; what would be taken in is shown under the field."""
    today = session.clock.now().astimezone().date()
    fields = (
        _draft_field(sent),
        FormField(name="file", label="The file of comments", entry=Entry.FILE, filter=WORD_FILES,
                  needed="accuracy.no_file"),
        FormField(name="says", label="Kind of those that do not say theirs (optional)", entry=Entry.CHOICE,
                  options=KINDS),
        FormField(name="good_rows", label="Leave out the rows that do not read", entry=Entry.YES),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        path, draft = Path(values["file"].strip()).expanduser(), RecordId(values["draft"])
        default = Says(values["says"]) if values["says"] else None

        def take_in(uow: UnitOfWork) -> Any:
            read = read_comments(path, today, default)
            if read.wrong and values["good_rows"] != "yes":
                raise Mistake("accuracy.wrong_rows", field="good_rows", count=len(read.wrong))
            return add_comments(uow, draft, read.good)

        return take_in

    return _form(session, fields, "form/comments", submit, done, first=_first_draft(sent))


def answer_form(session: Session, row: CommentRow, conflict: str, done: Done) -> Form:
    """Accepted or not, with why; whoever was on the visit (``conflict``) is told before they write."""
    told = sentence("accuracy.reviewer_visited", where=conflict)
    fields = (
        *((FormField(name="conflict", entry=Entry.WORDS, label=told),) if conflict else ()),
        FormField(name="accepted", needed="accuracy.not_decided", label="Is it accepted?", entry=Entry.CHOICE,
                  options=(Option("yes", "Accepted"), Option("no", "Not accepted"))),
        FormField(name="reason", needed="accuracy.no_reason", label="Why?", entry=Entry.LONG, rows=4),
        FormField(name="was", label="Words of the report that change (optional)", entry=Entry.LONG, rows=3,
                  shown=lambda values: values.get("accepted") == "yes"),
        FormField(name="becomes", label="What they become (optional)", entry=Entry.LONG, rows=3,
                  shown=lambda values: values.get("accepted") == "yes"),
    )  # fmt: skip
    comment, known = row.row.record, row.answered
    first = {} if known is None else {
        "accepted": "yes" if known.accepted else "no", "reason": known.reason, "was": known.was,
        "becomes": known.becomes,
    }  # fmt: skip

    def submit(values: Values) -> Action:
        new = NewAnswer(
            accepted=values["accepted"] == "yes", reason=values["reason"], was=values["was"], becomes=values["becomes"]
        )
        return lambda uow: answer(uow, comment, new)

    return _form(session, fields, f"form/answer/{comment}", submit, done, first=first)


def rescore_form(session: Session, row: CommentRow, framework: Framework, done: Done) -> Form:
    """A score that changes because of a comment that was accepted: settled again, with the comment as its reason."""
    scale, noun = framework.method.chosen_from, framework.method.noun
    levels = tuple(
        Option(str(one.value), rescore_step(framework, one)) for one in (scale.worst_first if scale is not None else ())
    )
    statements = tuple(Option(one.id, f"{one.position}  {one.title}") for one in framework.statements)
    fields = (
        FormField(name="statement", needed="accuracy.no_statement", label="Of which statement?",
                  entry=Entry.PICK, options=statements),
        FormField(name="text", needed="score.no_text", label="The team’s judgement now", entry=Entry.LONG, rows=4),
        FormField(name="value", needed=no_choice(framework), label=f"{noun.capitalize()}, provisional",
                  entry=Entry.CHOICE,
                  options=(*levels, Option("insufficient", f"There is too little evidence for a {noun}"))),
    )  # fmt: skip
    comment = row.row.record

    def submit(values: Values) -> Action:
        is_little = values["value"] == "insufficient"
        judged = Judged(pack=framework.id, subject=values["statement"])
        value = None if is_little or not values["value"] else int(values["value"])
        return lambda uow: rescore(uow, framework, comment, judged, values["text"], value, insufficient=is_little)

    return _form(session, fields, f"form/rescore/{comment}", submit, done)


def rescore_step(framework: Framework, level: Level) -> str:
    """``3  A good standard``; a rating by its word alone, because the statement is not known yet."""
    if framework.method.has_scores:
        return f"{level.value}  {level.meaning.rstrip('.') or level.label}"
    return level.label


def action_form(session: Session, assessment: AssessmentId, done: Done) -> Form:
    """An action of the plan."""
    today = session.clock.now().astimezone().date()
    fields = (
        FormField(name="what", needed="improve.no_what", label="What is to be done?", entry=Entry.LONG, rows=3),
        FormField(name="owner", needed="improve.no_owner", label="Who does it?", hint="Like medical director, trust"),
        FormField(name="due_on", needed="improve.no_due", label="Until when?", check=day_check(today),
                  hint="Like 1 March 2027"),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        due = read_day(values["due_on"], today, "due_on")
        return lambda uow: plan_action(uow, assessment, values["what"], values["owner"], due)

    return _form(session, fields, f"form/action/{assessment}", submit, done)


def done_form(session: Session, action: RecordId, done: Done) -> Form:
    """It is done, and this proves it."""
    fields = (
        FormField(name="evidence", needed="improve.no_evidence", label="What proves it?", entry=Entry.LONG, rows=4),
    )
    return _form(
        session, fields, f"form/action_done/{action}",
        lambda values: lambda uow: complete(uow, action, values["evidence"]), done,
    )  # fmt: skip


def look_form(session: Session, action: RecordId, done: Done) -> Form:
    """What was found when somebody looked at it."""
    fields = (
        FormField(name="words", needed="improve.no_words", label="What was found?", entry=Entry.LONG, rows=4),
        FormField(name="again", label="It is not done after all", entry=Entry.YES),
    )
    return _form(
        session, fields, f"form/action_look/{action}",
        lambda values: lambda uow: follow_up(uow, action, values["words"], is_done=values["again"] != "yes"), done,
    )  # fmt: skip


def summit_form(session: Session, assessment: AssessmentId, row: RecordRow | None, done: Done) -> Form:
    """A summit, or what came of one that is there."""
    today = session.clock.now().astimezone().date()
    outcome = FormField(name="outcome", label="What came of it (optional)", entry=Entry.LONG, rows=5)
    if row is not None:
        record = row.record
        return _form(
            session, (outcome,), f"form/summit/{record}",
            lambda values: lambda uow: change_summit(uow, record, values["outcome"]), done,
            first={"outcome": row.value.outcome},
        )  # fmt: skip
    fields = (
        FormField(name="on", needed="improve.no_day", label="On which day?", check=day_check(today)),
        FormField(name="place", label="Where (optional)"),
        FormField(name="who", label="Bodies and roles that take part (optional)", entry=Entry.LONG, rows=2), outcome,
    )  # fmt: skip

    def submit(values: Values) -> Action:
        on = read_day(values["on"], today, "on")
        return lambda uow: hold_summit(uow, assessment, on, values["place"], values["who"], values["outcome"])

    return _form(session, fields, f"form/summit/{assessment}", submit, done)


def _form(
    session: Session, fields: Sequence[FormField], place: str, submit: Callable[[Values], Action], done: Done,
    first: Values | None = None,
) -> Form:  # fmt: skip
    return Form(session, fields, place=place, submit=submit, done=done, first=first, initiator="accuracy")


def _draft_field(sent: Sequence[RecordRow]) -> FormField:
    options = tuple(Option(row.record, f"{row.value.body}: {row.value.report}") for row in sent)
    return FormField(
        name="draft", needed="accuracy.no_draft", label="Of which draft?", entry=Entry.PICK, options=options
    )


def _first_draft(sent: Sequence[RecordRow]) -> dict[str, str]:
    return {"draft": sent[0].record} if len(sent) == 1 else {}


def _words_in(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as problem:
        raise Trouble("accuracy.words_unreadable", file=path.name) from problem
