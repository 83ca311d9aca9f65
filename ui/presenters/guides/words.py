"""Guides, their questions and reports on forms in words, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import Answer, Question, Target
from fieldkit.exchange.xlsform.remarks import FormReading, Remark, Verdict
from ui.presenters.wording import sentence

KINDS = {
    ActivityKind.INTERVIEW: "Interviews", ActivityKind.FOCUS_GROUP: "Focus groups",
    ActivityKind.OBSERVATION: "Observations", ActivityKind.DROP_IN: "Drop-ins",
    ActivityKind.CASE_TRACK: "Cases", ActivityKind.RECORD_REVIEW: "Record reviews",
}  # fmt: skip
_ANSWERS = {
    Answer.WHOLE: "a whole number", Answer.NUMBER: "a number", Answer.RANGE: "a number in a range",
    Answer.DATE: "a date", Answer.TIME: "a time", Answer.MOMENT: "a date and time", Answer.ONE: "one of",
    Answer.SOME: "any of", Answer.ACKNOWLEDGE: "a tick", Answer.PHOTO: "a picture", Answer.SOUND: "a sound",
    Answer.FILE: "a file", Answer.READ_OUT: "nothing, it is read out",
}  # fmt: skip
VERDICTS = {
    Verdict.LOADED: "Loaded", Verdict.PLAIN: "Kept plain", Verdict.LEFT_OUT: "Left out",
    Verdict.BLOCKING: "Put right",
}  # fmt: skip
_SHOWN_CHOICES = 12
MOST_SHOWN = 150
LONGEST_LINE = 1_000
"""Characters of one line of a page; a label of ten thousand is read in the field where it is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLines:
    """One question as a preview shows it: its number and words, and everything beside them, a line each."""

    id: str
    section: str
    text: str
    lines: tuple[str, ...]


def about(guide: Guide) -> str:
    """``Interviews · 10 questions · 63 minutes · version 1``."""
    kinds = ", ".join(KINDS[kind] for kind in guide.kinds)
    time = [f"{guide.minutes} minutes"] if guide.minutes else []
    return " · ".join([kinds, count(len(guide.asked), "question"), *time, f"version {guide.version}"])


def count(number: int, what: str) -> str:
    """``1 question``, ``2 questions``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def questions(guide: Guide, frameworks: Sequence[Framework]) -> tuple[QuestionLines, ...]:
    """The questions in order, numbered, each with the section it stands in."""
    titles = {one.id: one.title for one in guide.sections}
    return tuple(
        QuestionLines(
            id=one.id, section=titles.get(one.section, ""), text=f"{number}. {one.text}",
            lines=tuple(_beside(one, frameworks)),
        )
        for number, one in enumerate(guide.asked, start=1)
    )  # fmt: skip


def as_page(guide: Guide, frameworks: Sequence[Framework]) -> str:
    """A guide to be read through, as a web page's body: what is read out first, then every question.

    Only the first ``MOST_SHOWN`` questions: setting thousands of them would keep the window waiting.
    """
    read_out = "".join(f"<li>{escape(line)}</li>" for line in guide.consent.read_out)
    parts = [f"<h3>Read out first</h3><ul>{read_out}</ul>"]
    shown, section = questions(guide, frameworks)[:MOST_SHOWN], ""
    for one in shown:
        if one.section and one.section != section:
            parts.append(f"<h3>{escape(one.section)}</h3>")
        section = one.section
        lines = "".join(f"<br>{escape(line[:LONGEST_LINE])}" for line in one.lines)
        parts.append(f"<p><b>{escape(one.text[:LONGEST_LINE])}</b>{lines}</p>")
    more = len(guide.asked) - len(shown)
    if more > 0:
        parts.append(f"<p>{count(more, 'more question')}. Choose Change to see them all</p>")
    return "".join(parts)


def statement_words(targets: Sequence[Target], frameworks: Sequence[Framework]) -> str:
    """Titles of the statements, each once; an id where the pack is not at hand."""
    known = {one.id: one for one in frameworks}
    titles = []
    for target in targets:
        found = known[target.pack].statement_by(target.statement) if target.pack in known else None
        titles.append(found.title if found else target.statement)
    return " · ".join(dict.fromkeys(titles))


def category_words(targets: Sequence[Target], frameworks: Sequence[Framework]) -> str:
    """Titles of the kinds of evidence that the question settles; empty where who speaks decides."""
    known = {one.id: one for one in frameworks}
    found = [known[one.pack].category_by(one.category) for one in targets if one.pack in known and one.category]
    return " · ".join(dict.fromkeys(one.title for one in found if one))


def report_head(reading: FormReading) -> str:
    """What the report comes to: questions, rows that lost something, things left out, or what blocks it."""
    blocking = reading.count(Verdict.BLOCKING)
    if blocking:
        return f"{reading.file} cannot be used yet. {count(blocking, 'thing')} to be put right. Nothing was kept"
    asked = count(len(reading.guide.asked), "question") if reading.guide else ""
    plain, out = reading.count(Verdict.PLAIN), reading.count(Verdict.LEFT_OUT)
    parts = [f"{asked} in {reading.file}", f"{count(plain, 'row')} kept with less than the form says"] if plain else []
    parts = parts or [f"{asked} in {reading.file}, all as they are"]
    return ". ".join([*parts, *([f"{count(out, 'thing')} left out"] if out else []), "Nothing is kept yet"])


def remark_place(remark: Remark) -> str:
    """``survey, row 12``."""
    return f"{remark.sheet}, row {remark.row}" if remark.row else remark.sheet


def remark_words(remark: Remark) -> str:
    """Why, in a sentence; empty for what is loaded as it is."""
    return sentence(remark.code, **remark.details) if remark.code else ""


def report_lines(reading: FormReading) -> list[tuple[str, str, str, str]]:
    """Place, name, verdict and reason of what is not loaded as it stands; what has to be put right comes first."""
    order = (Verdict.BLOCKING, Verdict.PLAIN, Verdict.LEFT_OUT)
    told = [one for verdict in order for one in reading.of(verdict)]
    return [(remark_place(one), one.name, VERDICTS[one.verdict], remark_words(one)) for one in told]


def _beside(question: Question, frameworks: Sequence[Framework]) -> list[str]:
    lines = []
    if question.hint:
        lines.append(question.hint)
    if statements := statement_words(question.targets, frameworks):
        lines.append(f"For: {statements}")
    if category := category_words(question.targets, frameworks):
        lines.append(f"Kind of evidence: {category}")
    lines += [f"Ask further: {probe}" for probe in question.probes]
    lines += [f"A person should be able to say: “{prompt}”" for prompt in question.i_statements]
    if question.answer in _ANSWERS:
        lines.append(f"Answer: {_ANSWERS[question.answer]}{_choices(question)}")
    facts = [
        *([count(question.minutes, "minute")] if question.minutes else []),
        *([f"for: {question.role}"] if question.role else []),
        *(["note the exact words"] if question.must_quote else []),
        *([f"sensitive: {question.sensitivity}"] if question.sensitivity else []),
        *([f"only if {question.relevant}"] if question.relevant else []),
    ]  # fmt: skip
    if facts:
        joined = ", ".join(facts)
        lines.append(joined[0].upper() + joined[1:])
    return lines


def _choices(question: Question) -> str:
    if not question.choices:
        return ""
    shown = ", ".join(one.text for one in question.choices[:_SHOWN_CHOICES])
    more = len(question.choices) - _SHOWN_CHOICES
    return (
        f" {shown}" + (f" and {more} more" if more > 0 else "") + (", or something else" if question.or_other else "")
    )
