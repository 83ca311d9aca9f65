"""What the rules of a guide say in the middle of an interview: which questions apply, which choices, what to remark.

A rule that cannot be run here never hides anything: its question is always shown, as the import said it would be. What
an answer is to a rule is told from the words that were noted: choices are recognised by their texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from fieldkit.domain.questions import CHOOSING, Answer, Choice, Question, Section
from fieldkit.domain.rules.parser import Rule, read_rule
from fieldkit.domain.rules.tokens import RuleProblem
from fieldkit.domain.rules.values import Facts, number, text

_COUNTED = frozenset((Answer.WHOLE, Answer.NUMBER, Answer.RANGE, Answer.DATE, Answer.MOMENT))
Answers = Mapping[str, Sequence[str]]
"""The words noted under each question, oldest first, by the question's id."""


class Script(Protocol):
    """What has rules: a guide, or the questions of one interview as they were when it began."""

    @property
    def questions(self) -> tuple[Question, ...]: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...


def applying(guide: Script, answers: Answers, now: datetime) -> frozenset[str]:
    """The ids of the questions that are to be put, as things stand. ``now`` is local time."""
    held_back = waiting(guide, answers, now)
    return frozenset(one.id for one in guide.questions if one.is_asked and one.id not in held_back)


def waiting(guide: Script, answers: Answers, now: datetime) -> dict[str, tuple[str, ...]]:
    """The questions that do not apply as things stand, each with the rules that are in the way, the outer ones first.

    A rule that asks for something the script does not have holds nothing back: interviews that began with an earlier
    version of FieldKit kept no calculated values.
    """
    ruled = [one for one in guide.questions if one.is_asked and (one.relevant or one.section)]
    sections = {one.id: one for one in guide.sections}
    if not (any(one.relevant for one in ruled) or any(one.relevant for one in guide.sections)):
        return {}
    facts, known = facts_of(guide, answers, now), {one.id for one in guide.questions} | sections.keys()
    held: dict[str, bool] = {}

    def in_the_way(rule: str) -> bool:
        if rule not in held:
            read = _rule(rule)
            held[rule] = read is not None and read.names <= known and not read.holds(facts)
        return held[rule]

    rules = ((one.id, (*around(one.section, sections), one.relevant)) for one in ruled)
    found = ((key, tuple(dict.fromkeys(rule for rule in each if in_the_way(rule)))) for key, each in rules)
    return {key: each for key, each in found if each}


def around(section: str, sections: Mapping[str, Section]) -> tuple[str, ...]:
    """The rules of a section and of those around it, the outermost first."""
    rules: list[str] = []
    seen: set[str] = set()
    while section in sections and section not in seen:
        rules.insert(0, sections[section].relevant)
        seen.add(section)
        section = sections[section].parent
    return tuple(rules)


def offered(guide: Script, question: Question, answers: Answers, now: datetime) -> tuple[Choice, ...]:
    """The choices of a question, narrowed down by what was answered before; all where its rule cannot be run."""
    columns = frozenset(name for choice in question.choices for name in choice.more) | {"name", "label"}
    rule = _rule(question.chosen_from, columns)
    if rule is None:
        return question.choices
    facts = facts_of(guide, answers, now)
    rows = [(choice, {**choice.more, "name": choice.name, "label": choice.text}) for choice in question.choices]
    return tuple(choice for choice, row in rows if rule.holds(Facts(answers=facts.answers, now=now, row=row)))


def remark(guide: Script, question: Question, words: str, answers: Answers, now: datetime) -> str:
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


def facts_of(guide: Script, answers: Answers, now: datetime) -> Facts:
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
            known[question.id] = _values(question, answers[question.id])
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


def is_answer(question: Question, words: str) -> bool:
    """Whether words are an answer of the question's kind and no remark beside it: choices of its list, a number."""
    value = value_of(question, words)
    if question.answer in CHOOSING:
        return bool(value) and set(value.split()) <= {one.name for one in question.choices}
    return question.answer not in _COUNTED or number(value) is not None


def can_run(rule: str, columns: frozenset[str] = frozenset()) -> str:
    """Empty if a rule can be run here; else the word or sign in it that is not known."""
    try:
        read_rule(rule, columns)
    except RuleProblem as problem:
        return problem.at or "?"
    return ""


def _values(question: Question, noted: Sequence[str]) -> list[str]:
    """The answers among several notes under one question: a remark that was noted later answers nothing anew."""
    answers = [words for words in noted if is_answer(question, words)]
    return [value_of(question, words) for words in answers or noted]


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
