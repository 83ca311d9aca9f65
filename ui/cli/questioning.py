"""What ``fieldkit question …`` does: list what two people changed at once, show it, decide it, take that back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldkit.app.floods import Flood
    from fieldkit.app.open_questions import Question
    from fieldkit.app.ports import Questions, UnitOfWork
    from fieldkit.domain.merging import Part
    from fieldkit.kernel.ids import AssessmentId

Run = Callable[[Desk], int]


def list_questions(desk: Desk) -> int:
    """All open questions with their numbers; what waits to be let in after them."""
    from fieldkit.app.floods import floods
    from ui.presenters.deciding import words

    with opened(desk) as vault:
        place = _place(vault.questions, desk)
        found = _all(vault.questions)
        waiting = [one for one in floods(vault.questions) if place in (None, one.assessment)]
    wanted = [(number, one) for number, one in enumerate(found, start=1) if place in (None, one.assessment)]
    lines = [
        f"{number:>3}  {words.thing(one.kind)}  {one.title or 'held'}\n     {_said(one)}" for number, one in wanted
    ]
    lines += [_flood(one) for one in waiting]
    desk.terminal.show(
        {
            "questions": [{"number": number, **_facts(one)} for number, one in wanted],
            "waiting": [{"assessment": one.assessment, "count": one.count, "of": one.standing} for one in waiting],
        },
        lines or ["No decisions needed"],
    )
    return faults.OK


def show_question(desk: Desk) -> int:
    """One, with the accounts numbered."""
    from ui.presenters.deciding import words

    with opened(desk) as vault:
        question = _one(vault.questions, desk)
    today = desk.clock.now().astimezone().date()
    lines = [f"{words.thing(question.kind).capitalize()}: {question.title or 'held'}", _said(question)]
    for number, row in enumerate(question.rows, start=1):
        lines.append(f"{number}. {words.whose(row, question.rows)}, {words.by_line(row, today)}")
        lines += [] if question.barred or question.note is None else [f"   deleted: {row.value.reason}"]
    if question.barred is None:
        lines += [line for part in question.asked for line in _part(question, part)]
        lines += [f"Edited by {edit.author_name or 'a team-mate'}: {edit.text or 'tags'}" for edit in question.edits]
    desk.terminal.show(_facts(question), lines)
    return faults.OK


def decide_question(desk: Desk) -> int:
    """One, for good and with a reason; it can be asked again."""
    from fieldkit.app.deciding import decide, decide_note

    with opened(desk) as vault:
        question = _one(vault.questions, desk)

        def act(uow: UnitOfWork) -> None:
            seen = question.merge.heads
            if question.note is not None:
                if desk.options.delete == bool(desk.options.keep):
                    raise Mistake("question.is_note")
                keep = not desk.options.delete
                decide_note(uow, question.note.entry.id, keep=keep, reason=desk.options.why, seen=seen)
            else:
                decide(uow, question.record, _values(question, desk), desk.options.why, seen=seen)

        vault.perform(act)
        left = len(_all(vault.questions))
    still = f"{left} to decide" if left else "Nothing is left"
    desk.terminal.show({"record": question.record, "left": left}, f"Decision saved. {still}")
    return faults.OK


def list_combined(desk: Desk) -> int:
    """What was combined by rule."""
    from fieldkit.app.open_questions import combined_lately
    from ui.presenters.deciding import words

    with opened(desk) as vault:
        place = _place(vault.questions, desk)
        found = [one for one in combined_lately(vault.questions) if place in (None, one.assessment)]
    lines = [f"{words.thing(one.kind)}  {one.title}  {' and '.join(one.names)}\n     {one.record}" for one in found]
    desk.terminal.show(
        {"combined": [{"record": one.record, "kind": one.kind, "names": list(one.names)} for one in found]},
        lines or ["Nothing was combined"],
    )
    return faults.OK


def reopen(desk: Desk) -> int:
    """Ask again what was decided or combined."""
    from fieldkit.app.deciding import take_back

    with opened(desk) as vault:
        vault.perform(lambda uow: take_back(uow, desk.options.record, desk.options.why))
    desk.terminal.show({"record": desk.options.record}, "It is asked about now. See fieldkit question list")
    return faults.OK


def let_in(desk: Desk) -> int:
    """Withdrawals that wait."""
    from fieldkit.app.floods import allow, floods

    with opened(desk) as vault:
        place = _place(vault.questions, desk)
        waiting = [one for one in floods(vault.questions) if place in (None, one.assessment)]
        if len(waiting) != 1:
            raise Mistake("flood.none" if not waiting else "flood.which")
        vault.perform(lambda uow: allow(uow, waiting[0].assessment, desk.options.count))
    desk.terminal.show(
        {"assessment": waiting[0].assessment, "count": waiting[0].count},
        "Let in. It comes with the next sending, or when the file is taken in again",
    )
    return faults.OK


def _all(questions: Questions) -> list[Question]:
    from fieldkit.app.open_questions import questions_here

    return questions_here(questions)


def _place(questions: Questions, desk: Desk) -> AssessmentId | None:
    from ui.cli import choose

    given = desk.options.assessment
    return choose.assessment(questions, given).id if given else None


def _one(questions: Questions, desk: Desk) -> Question:
    asked, found = desk.options.question.strip(), _all(questions)
    for number, one in enumerate(found, start=1):
        if asked in (str(number), one.record):
            return one
    raise Mistake("question.unknown", number=asked)


def _said(question: Question) -> str:
    from ui.presenters.deciding import words

    if question.note is not None:
        names = " and ".join(dict.fromkeys(edit.author_name or "a team-mate" for edit in question.edits))
        return f"deleted by {words.people(question.rows)}, edited by {names}"
    fields = ", ".join(part.name for part in question.asked)
    return f"{words.people(question.rows)} changed {fields}" if question.barred is None else "held by a consent"


def _part(question: Question, part: Part) -> list[str]:
    from ui.presenters.deciding import words

    lines = [f"{words.label(part)} ({part.name})"]
    for number, row in enumerate(question.rows, start=1):
        lines.append(f"   {number}: {words.said(part, part.values[row.revision])}")
    if part.base is not None:
        lines.append(f"   before: {words.said(part, part.base)}")
    return lines


def _values(question: Question, desk: Desk) -> dict[str, Mapping[str, Any]]:
    """What is to stand for each part, from ``--keep`` and ``--say``."""
    found: dict[str, Mapping[str, Any]] = {}
    parts = {part.name: part for part in question.asked}
    for given in desk.options.keep:
        name, _, number = given.rpartition("=")
        row = _row(question, number)
        for part in parts.values() if not name else [_named(parts, name)]:
            found[part.name] = part.values[row]
    for given in desk.options.say:
        name, equals, text = given.partition("=")
        part = _named(parts, name)
        from ui.presenters.deciding import words

        if not equals or not text.strip() or not words.is_text(part):
            raise Mistake("question.no_words", field="say")
        found[part.name] = {part.fields[0]: text.strip()}
    return found


def _row(question: Question, number: str) -> Any:
    if not (number.isascii() and number.isdecimal() and 1 <= int(number) <= len(question.rows)):
        raise Mistake("question.no_account", number=number, most=len(question.rows))
    return question.rows[int(number) - 1].revision


def _named(parts: Mapping[str, Part], name: str) -> Part:
    for part in parts.values():
        if name in (part.name, *part.fields):
            return part
    raise Mistake("question.no_field", name=name, fields=", ".join(parts))


def _facts(question: Question) -> dict[str, Any]:
    asked = question.asked if question.barred is None else ()
    return {
        "kind": question.kind, "record": question.record, "assessment": question.assessment, "title": question.title,
        "is_deletion": question.is_deletion, "barred": question.barred.value if question.barred else None,
        "accounts": [
            {
                "revision": row.revision, "author": row.author_name, "is_here": row.is_here,
                "says": {name: one for part in asked for name, one in part.values[row.revision].items()},
                "reason": row.decision.reason if row.decision else "",
            }
            for row in question.rows
        ],
        "before": {name: one for part in asked for name, one in (part.base or {}).items()},
        "fields": [part.name for part in asked],
    }  # fmt: skip


def _flood(flood: Flood) -> str:
    by = f" by {' and '.join(flood.authors)}" if flood.authors else ""
    return (
        f"{flood.count:,} of {flood.standing:,} notes and records would be taken out of use at once{by}.\n"
        f"     Not let in. Ask your lead, then: fieldkit question let-in {flood.count}"
    )
