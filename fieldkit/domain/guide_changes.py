"""A guide changed question by question: pure functions from one guide to the next, ids staying what they are."""

from __future__ import annotations

from dataclasses import replace

from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import Question, Section
from fieldkit.domain.rules.parser import read_rule
from fieldkit.domain.rules.tokens import RuleProblem


def with_question(guide: Guide, question: Question, after: str = "") -> Guide:
    """The guide with ``question``: in the place of the one with its id, else behind ``after``, else at the end."""
    if guide.question(question.id) is not None:
        questions = tuple(question if one.id == question.id else one for one in guide.questions)
        return _tidy(replace(guide, questions=questions))
    at = next((place for place, one in enumerate(guide.questions, start=1) if one.id == after), len(guide.questions))
    return _tidy(replace(guide, questions=(*guide.questions[:at], question, *guide.questions[at:])))


def without_question(guide: Guide, question: str) -> Guide:
    """The guide without it; a section that has no question any more goes too."""
    return _tidy(replace(guide, questions=tuple(one for one in guide.questions if one.id != question)))


def moved_question(guide: Guide, question: str, step: int) -> Guide:
    """The guide with it moved up (-1) or down (1) past the next one that is asked; it joins that one's section.

    At the ends, and for an unknown question, the guide as it is.
    """
    asked = [one.id for one in guide.asked]
    if question not in asked or not 0 <= asked.index(question) + step < len(asked):
        return guide
    other = guide.question(asked[asked.index(question) + step])
    mine = guide.question(question)
    assert other is not None
    assert mine is not None
    if other.section != mine.section:
        return with_question(guide, replace(mine, section=other.section))
    rest = [one for one in guide.questions if one.id != question]
    at = next(place for place, one in enumerate(rest) if one.id == other.id)
    rest.insert(at if step < 0 else at + 1, mine)
    return _tidy(replace(guide, questions=tuple(rest)))


def with_section(guide: Guide, title: str, fresh: str) -> tuple[Guide, str]:
    """The guide with a section of this title, and the section's id; ``fresh`` is that of a new one.

    An empty title stands for no section.
    """
    if not title:
        return guide, ""
    found = next((one for one in guide.sections if one.title.casefold() == title.casefold()), None)
    if found is not None:
        return guide, found.id
    return replace(guide, sections=(*guide.sections, Section(id=fresh, title=title))), fresh


def asks_for(guide: Guide, name: str) -> Question | None:
    """The first question whose rules ask for ``name``; None where none does."""
    for question in guide.questions:
        for rule in (question.relevant, question.constraint, question.calculation, question.chosen_from):
            if name in names_in(rule, question):
                return question
    return None


def names_in(rule: str, question: Question) -> frozenset[str]:
    """The questions a rule asks for; none where it cannot be run here."""
    if not rule:
        return frozenset()
    columns = {key for choice in question.choices for key in choice.more} | {"name", "label"}
    try:
        return read_rule(rule, columns).names
    except RuleProblem:
        return frozenset()


def _tidy(guide: Guide) -> Guide:
    """Without sections that nothing stands in."""
    parents = {one.id: one.parent for one in guide.sections}
    used: set[str] = set()
    for question in guide.questions:
        section = question.section
        while section in parents and section not in used:
            used.add(section)
            section = parents[section]
    return replace(guide, sections=tuple(one for one in guide.sections if one.id in used))
