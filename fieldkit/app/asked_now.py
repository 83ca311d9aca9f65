"""Which questions of an interview apply as things stand, and which choices are offered: told from its notes.

Nothing is hidden by it. A question that does not apply says so and why, and may be put all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldkit.app.interviews import Interview
from fieldkit.app.rows import EntryRow
from fieldkit.domain.asking import Answers, Script, offered, remark, waiting
from fieldkit.domain.questions import Choice, Question, Section
from fieldkit.reports.rule_words import Named, condition


@dataclass(frozen=True, slots=True)
class Questions:
    """What was taken from the guide with the interviewer's own among it; an interview without a guide has no rules."""

    questions: tuple[Question, ...]
    sections: tuple[Section, ...]


def script_of(interview: Interview) -> Script:
    """The questions as the rules see them, those that are only worked out too."""
    asked = interview.asked
    return Questions(asked.questions, asked.sections) if asked is not None else Questions((), ())


def answers_in(rows: Iterable[EntryRow]) -> dict[str, list[str]]:
    """What was noted under each question, oldest first. What was withdrawn or is held answers nothing.

    Words that were added later stand behind all notes: whoever corrects an answer means it to count.
    """
    found: dict[str, list[str]] = {}
    standing = [row for row in rows if row.entry.agenda_item and row.withdrawal is None and row.barred is None]
    standing.sort(key=lambda row: (row.entry.noticed_at, row.entry.id))
    for row in standing:
        found.setdefault(str(row.entry.agenda_item), []).append(row.entry.text)
    for row in standing:
        found[str(row.entry.agenda_item)] += [one.text for one in row.addenda]
    return found


def not_applying(interview: Interview, answers: Answers, now: datetime) -> dict[str, str]:
    """The questions that do not apply, each with when it would: ``question 2 is ‘Yes’``. ``now`` is local time."""
    script = script_of(interview)
    held_back = waiting(script, answers, now)
    if not held_back:
        return {}
    named = Named.of(interview.questions, script.questions)
    return {question: condition(rules, named) for question, rules in held_back.items()}


def choices_now(interview: Interview, question: Question, answers: Answers, now: datetime) -> Sequence[Choice]:
    """The choices of a question, narrowed down by what was answered before."""
    if not question.chosen_from:
        return question.choices
    return offered(script_of(interview), question, answers, now)


def remark_on(interview: Interview, question: str, words: str, answers: Answers, now: datetime) -> str:
    """What the guide's author wants said about this answer; empty if there is nothing to say."""
    script = script_of(interview)
    found = next((one for one in script.questions if one.id == question), None)
    return remark(script, found, words, answers, now) if found is not None and found.constraint else ""
