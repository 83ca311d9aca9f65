"""What ``fieldkit accuracy …`` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.accuracy_import import CommentFile
    from fieldkit.app.accuracy_rows import CommentRow
    from fieldkit.app.ports import Questions
    from fieldkit.app.rows import RecordRow
    from fieldkit.domain.accuracy import Says, SendOut
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.judgement import Judged


def send(desk: Desk) -> int:
    """A draft went to one or more bodies."""
    from fieldkit.app.accuracy import send_out
    from fieldkit.app.report_version import sha256_of
    from ui.cli import choose
    from ui.presenters.dates import read_day

    options = desk.options
    path = Path(options.report).expanduser()
    digest = sha256_of(path)
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        on = read_day(options.on or "", desk.clock.now().astimezone().date(), "on")
        made, _ = vault.perform(
            lambda uow: send_out(uow, assessment.id, options.to, path.name, digest, on, options.note)
        )
    desk.terminal.show([_sent_facts(one) for one in made], [line for one in made for line in _clock_words(one)])
    return faults.OK


def clock(desk: Desk) -> int:
    """Ten working days from a day, without a vault."""
    from fieldkit.app.accuracy import clock_of
    from fieldkit.reports.accuracy import UNCERTAIN, left_out_words
    from fieldkit.reports.dates import day
    from ui.presenters.dates import read_day

    today = desk.clock.now().astimezone().date()
    found = clock_of(read_day(desk.options.on or "", today, "on") or today)
    lines = [f"E-mail of {day(found.began)}: {found.days} working days end on {day(found.due)}", left_out_words(found)]
    facts = {
        "sent_on": found.began.isoformat(), "due_on": found.due.isoformat(), "working_days": found.days,
        "left_out": [{"day": one.isoformat(), "why": why} for one, why in found.left_out],
        "is_certain": found.is_certain,
    }  # fmt: skip
    desk.terminal.show(facts, lines if found.is_certain else [*lines, UNCERTAIN])
    return faults.OK


def list_all(desk: Desk) -> int:
    """Drafts and comments, answered or not."""
    from fieldkit.app.accuracy_rows import comments_of, sends_of
    from fieldkit.reports.accuracy import SAYS
    from ui.cli import choose, words

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        sent = [row.value for row in sends_of(vault.questions, assessment.id)]
        comments = [
            one for one in comments_of(vault.questions, assessment.id)
            if one.answer is None or not desk.options.open
        ]  # fmt: skip
    table = words.columns(
        ("Comment", "From", "Paragraph", "Kind", "Decided", "Characters"),
        [
            (one.value.reference, one.sent.body, one.value.paragraph, SAYS[one.value.says], _decided(one),
             f"{len(one.text):,}")
            for one in comments
        ],
    )  # fmt: skip
    lines = [line for one in sent for line in _clock_words(one)]
    desk.terminal.show(
        {"sent": [_sent_facts(one) for one in sent], "comments": [_facts(one) for one in comments]},
        [*(lines or ["No draft was sent out yet"]), "", *(table if comments else ["No comments yet"])],
    )
    return faults.OK


def show(desk: Desk) -> int:
    """One comment, whole."""
    from fieldkit.app.accuracy_texts import changed_texts
    from fieldkit.reports.accuracy import SAYS
    from ui.cli import choose, words

    with opened(desk) as vault:
        one = _one(desk, vault.questions)
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        framework = words.framework_of(assessment, None) if one.answered and one.answered.changed else None
        changed = changed_texts(vault.questions, framework, one.answered) if one.answered else ()
        answers = vault.questions.history(one.answer.record) if one.answer is not None else []
    value = one.value
    lines = [f"{value.reference} from {one.sent.body}, {value.paragraph}: {SAYS[value.says]}", *one.text.split("\n")]
    if value.evidence:
        lines.append(f"Evidence: {value.evidence}" + (f" (of {value.evidence_on})" if value.evidence_on else ""))
    lines += [f"File: {row.value.exhibit} {row.value.name}" for row in one.files]
    for row in answers:
        said = "Accepted" if row.value.accepted else "Not accepted"
        lines.append(f"{row.recorded_at.astimezone():%d %b %Y %H:%M}  {said} by {row.author_name}: {row.value.reason}")
    for each in changed:
        lines += [f"Changed: {each.title}", f"  Was: {each.was}", f"  Is now: {each.becomes}"]
    lines += [
        f"Also answered by {row.author_name}: {row.value.reason}. Answer again to settle it" for row in one.others
    ]
    if one.conflict:
        lines.append(f"Whoever answered was on the visit: {one.conflict}")
    desk.terminal.show(_facts(one), lines)
    return faults.OK


def add_one(desk: Desk) -> int:
    """A comment as typed, or of a file of any length."""
    from fieldkit.app.accuracy import NewComment, add_comment
    from ui.cli import choose
    from ui.presenters.dates import read_day

    options = desk.options
    text = options.text or ""
    if options.text_file:
        text = _words_in(Path(options.text_file))
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        sent = _sent(vault.questions, assessment, options.body)
        new = NewComment(
            paragraph=options.paragraph, says=_says(options.kind), text=text, evidence=options.evidence,
            evidence_on=read_day(options.evidence_on or "", desk.clock.now().astimezone().date(), "evidence_on"),
        )  # fmt: skip
        made, _ = vault.perform(lambda uow: add_comment(uow, sent.record, new))
        one = _named(vault.questions, assessment, made.reference)
    desk.terminal.show(
        _facts(one), f"Comment {made.reference}, {len(one.text):,} characters. Saved on this laptop. "
        f"A file goes with it by: fieldkit attach FILE --comment {made.reference} --purpose WORDS",
    )  # fmt: skip
    return faults.OK


def import_file(desk: Desk) -> int:
    """Comments of a Word file or a table; nothing where a row does not read, unless that was agreed to."""
    from fieldkit.app.accuracy import add_comments
    from fieldkit.app.accuracy_import import read_comments
    from ui.cli import choose

    options = desk.options
    today = desk.clock.now().astimezone().date()
    read = read_comments(Path(options.file).expanduser(), today, _says(options.kind) if options.kind else None)
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        sent = _sent(vault.questions, assessment, options.body)
        lines, told = _preview(read), _numbers(read)
        if options.look:
            desk.terminal.show(told, [*lines, "Nothing was taken in"])
            return faults.OK
        if read.wrong and not options.good_rows:
            raise Mistake("accuracy.bad_rows", count=len(read.wrong))
        vault.perform(lambda uow: add_comments(uow, sent.record, read.good))
    desk.terminal.show(told, [*lines, f"{len(read.good)} comments taken in. Saved on this laptop"])
    return faults.OK


def answer_one(desk: Desk) -> int:
    """Accepted or not, with why."""
    from fieldkit.app.accuracy import NewAnswer, answer

    options = desk.options
    with opened(desk) as vault:
        one = _one(desk, vault.questions)
        new = NewAnswer(accepted=options.accept, reason=options.reason, was=options.was, becomes=options.becomes)
        vault.perform(lambda uow: answer(uow, one.row.record, new))
        after = _one(desk, vault.questions)
    desk.terminal.show(_facts(after), f"{one.value.reference}: {_decided(after).lower()}. Saved on this laptop")
    return faults.OK


def change_one(desk: Desk) -> int:
    """A finding, or a part of the report, that changes because of a comment."""
    from fieldkit.app.accuracy_texts import change_text, changed_texts, target_of, texts_for
    from ui.cli import choose, words

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        framework = words.framework_of(assessment, options.pack)
        one = _one(desk, vault.questions)
        target = target_of(framework, texts_for(vault.questions, framework, one), options.target)
        made, _ = vault.perform(
            lambda uow: change_text(uow, framework, one.row.record, target.key, options.words, options.claim)
        )
        changed = changed_texts(vault.questions, framework, made)
    facts = [{"title": each.title, "was": each.was, "becomes": each.becomes} for each in changed]
    lines = [f"{target.title}: changed because of {one.value.reference}. Saved on this laptop"]
    desk.terminal.show({**made.to_content(), "texts": facts}, lines)
    return faults.OK


def rescore_one(desk: Desk) -> int:
    """A score that changes because of a comment."""
    from fieldkit.app.accuracy import rescore
    from ui.cli import choose, words
    from ui.cli.scoring import value_of

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        framework = words.framework_of(assessment, options.pack)
        one = _one(desk, vault.questions)
        judged = _judged(framework.id, framework.statement_by(options.statement), options.statement)
        made, _ = vault.perform(
            lambda uow: rescore(
                uow, framework, one.row.record, judged, options.text, value_of(desk, framework),
                insufficient=options.too_little_evidence,
            )
        )  # fmt: skip
    noun = framework.method.noun.capitalize()
    desk.terminal.show(
        made.to_content(),
        f"{noun} (provisional): {made.score_was}, now {made.score_is}. Saved on this laptop",
    )
    return faults.OK


def _judged(pack: str, statement: Any, wanted: str) -> Judged:
    from fieldkit.domain.judgement import Judged

    if statement is None:
        raise Mistake("score.unknown", subject=wanted, field="statement")
    return Judged(pack=pack, subject=statement.id)


def _words_in(path: Path) -> str:
    try:
        return path.expanduser().read_text(encoding="utf-8-sig", errors="replace")
    except OSError as problem:
        raise Trouble("accuracy.words_unreadable", file=path.name) from problem


def _says(wanted: str) -> Says | None:
    from fieldkit.domain.accuracy import Says

    return Says(wanted) if wanted else None


def _sent(questions: Questions, assessment: Assessment, body: str | None) -> RecordRow:
    """The draft that a comment is about: the latest to the body that is named, or the only one."""
    from fieldkit.app.accuracy_rows import sends_of

    rows = sends_of(questions, assessment.id)
    if not rows:
        raise Mistake("accuracy.nothing_sent")
    named = [row for row in rows if body is None or body.strip().casefold() in row.value.body.casefold()]
    if not named or (body is None and len({row.value.body for row in rows}) > 1):
        raise Mistake("accuracy.unknown_send", wanted=body or "(name one with --body)")
    return named[0]


def _one(desk: Desk, questions: Questions) -> CommentRow:
    from ui.cli import choose

    return _named(questions, choose.assessment(questions, desk.options.assessment), desk.options.comment)


def _named(questions: Questions, assessment: Assessment, wanted: str) -> CommentRow:
    from fieldkit.app.accuracy_rows import comment_row

    return comment_row(questions, assessment.id, wanted)


def _decided(one: CommentRow) -> str:
    if one.answered is None:
        return "Not answered yet"
    return "Accepted" if one.answered.accepted else "Not accepted"


def _clock_words(one: SendOut) -> list[str]:
    from fieldkit.app.accuracy import clock_of
    from fieldkit.reports.accuracy import UNCERTAIN, left_out_words
    from fieldkit.reports.dates import day

    term = clock_of(one.sent_on, one.days)
    lines = [
        f"{one.body}: {one.report}, e-mail of {day(one.sent_on)}, due {day(one.due_on)} ({one.days} working days)",
        f"  {left_out_words(term)}", f"  SHA-256 {one.sha256}",
    ]  # fmt: skip
    return lines if term.is_certain else [*lines, f"  {UNCERTAIN}"]


def _preview(read: CommentFile) -> list[str]:
    from fieldkit.reports.accuracy import SAYS
    from ui.presenters.wording import sentence

    lines = [f"{read.file}: {len(read.good)} comments read, {len(read.wrong)} not"]
    for one in read.rows:
        if one.problem is not None:
            lines.append(f"  {sentence(one.problem)}")
        else:
            says = SAYS[one.new.says] if one.new.says is not None else ""
            lines.append(f"  {one.number}  {one.new.paragraph}  {says}  {' '.join(one.new.text.split())[:60]}")
    return lines


def _numbers(read: CommentFile) -> dict[str, Any]:
    return {
        "read": len(read.good), "wrong": [{"row": one.number, "code": one.problem.code} for one in read.wrong if
                                          one.problem is not None],
        "comments": [{"paragraph": one.paragraph, "kind": one.says.value if one.says else "",
                      "characters": len(one.text)} for one in read.good],
    }  # fmt: skip


def _sent_facts(one: SendOut) -> dict[str, Any]:
    return {"id": one.id, **one.to_content()}


def _facts(one: CommentRow) -> dict[str, Any]:
    answer = one.answered
    return {
        "id": one.row.record, **one.value.to_content(), "text": one.text, "body": one.sent.body,
        "files": [row.value.exhibit for row in one.files], "answer": answer.to_content() if answer else None,
        "reviewer_was_on_visit": one.conflict, "other_answers": [row.value.to_content() for row in one.others],
    }  # fmt: skip
