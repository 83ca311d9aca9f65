"""What the rules of a guide say in the middle of an interview: which questions apply, which choices, what to remark.

A rule that cannot be run here never hides anything: its question is always shown, as the import said it would be. What
an answer is to a rule is told from the words that were noted: choices are recognised by their texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import CHOOSING, Answer, Choice, Question, Section
from fieldkit.domain.rules.parser import Rule, read_rule
from fieldkit.domain.rules.tokens import RuleProblem
from fieldkit.domain.rules.values import Facts, text

Answers = Mapping[str, Sequence[str]]
"""The words noted under each question, oldest first, by the question's id."""


def applying(guide: Guide, answers: Answers, now: datetime) -> frozenset[str]:
    """The ids of the questions that are to be put, as things stand. ``now`` is local time."""
    facts = facts_of(guide, answers, now)
    sections = {one.id: one for one in guide.sections}
    return frozenset(
        one.id for one in guide.asked if _holds(one.relevant, facts) and _section_holds(one.section, sections, facts)
    )


def offered(guide: Guide, question: Question, answers: Answers, now: datetime) -> tuple[Choice, ...]:
    """The choices of a question, narrowed down by what was answered before; all where its rule cannot be run."""
    columns = frozenset(name for choice in question.choices for name in choice.more) | {"name", "label"}
    rule = _rule(question.chosen_from, columns)
    if rule is None:
        return question.choices
    facts = facts_of(guide, answers, now)
    rows = [(choice, {**choice.more, "name": choice.name, "label": choice.text}) for choice in question.choices]
    return tuple(choice for choice, row in rows if rule.holds(Facts(answers=facts.answers, now=now, row=row)))


def remark(guide: Guide, question: Question, words: str, answers: Answers, now: datetime) -> str:
    """What the guide's author wants said about an answer that breaks a constraint; empty if there is nothing to say.

    An answer is never refused for it: what a person said is what they said. A constraint without words of its own
    gives the rule as it is written.
    """
    rule = _rule(question.constraint)
    if rule is None or not words.strip():
        return ""
    facts = facts_of(guide, answers, now)
    if rule.holds(Facts(answers=facts.answers, now=now, own=value_of(question, words))):
        return ""
    return question.constraint_message or question.constraint


def facts_of(guide: Guide, answers: Answers, now: datetime) -> Facts:
    """The answers as rules see them, calculated values included, in the order of the guide."""
    known: dict[str, Sequence[str]] = {}
    for question in guide.questions:
        facts = Facts(answers=known, now=now)
        if question.answer is Answer.CALCULATED:
            rule = _rule(question.calculation)
            known[question.id] = [text(rule.run(facts))] if rule else []
        elif question.answer is Answer.TODAY:
            known[question.id] = [now.date().isoformat()]
        elif question.answer in (Answer.START, Answer.END):
            known[question.id] = [now.isoformat(timespec="minutes")]
        elif question.id in answers:
            known[question.id] = [value_of(question, words) for words in answers[question.id]]
        elif question.default:
            known[question.id] = [question.default]
    return Facts(answers=known, now=now)


def value_of(question: Question, words: str) -> str:
    """What noted words are to a rule: the names of the choices whose texts they are; else the words themselves.

    Several choices are read from lines or from between commas; where a choice's own text has a comma, from lines.
    """
    if question.answer is Answer.ACKNOWLEDGE:
        return "OK" if words.strip() else ""
    if question.answer not in CHOOSING:
        return words.strip()
    names = _names(question.choices)
    whole = names.get(_key(words))
    if whole is not None:
        return whole
    for separator in ("\n", ";", ","):
        parts = [_key(part) for part in words.split(separator) if part.strip()]
        if len(parts) > 1 and all(part in names for part in parts):
            return " ".join(dict.fromkeys(names[part] for part in parts))
    return words.strip()


def can_run(rule: str, columns: frozenset[str] = frozenset()) -> str:
    """Empty if a rule can be run here; else the word or sign in it that is not known."""
    try:
        read_rule(rule, columns)
    except RuleProblem as problem:
        return problem.at or "?"
    return ""


def _section_holds(section: str, sections: Mapping[str, Section], facts: Facts) -> bool:
    seen: set[str] = set()
    while section in sections and section not in seen:
        if not _holds(sections[section].relevant, facts):
            return False
        seen.add(section)
        section = sections[section].parent
    return True


def _holds(rule: str, facts: Facts) -> bool:
    read = _rule(rule)
    return read is None or read.holds(facts)


@lru_cache(maxsize=4096)
def _rule(rule: str, columns: frozenset[str] = frozenset()) -> Rule | None:
    """The rule to run; None where there is none, or one that cannot be run here."""
    if not rule.strip():
        return None
    try:
        return read_rule(rule, columns)
    except RuleProblem:
        return None


def _names(choices: Sequence[Choice]) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in choices:
        for words in (choice.text, choice.name, *(one.text for one in choice.wordings)):
            found.setdefault(_key(words), choice.name)
    return found


def _key(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
