"""A guide written as a form that ODK and Kobo load, with what they do not know in columns of our own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import CHOOSING, Answer, Choice, Question, Section, Wording
from fieldkit.exchange.xlsform.headers import OURS
from fieldkit.exchange.xlsform.mapping import spelt
from fieldkit.exchange.xlsform.sheets import CHOICES, SETTINGS, SURVEY

Cells = dict[str, str]
Lists = dict[str, tuple[str, tuple[Choice, ...]]]
"""A list's name and its choices, by what the choices are."""

_FIRST: Final = ("type", "name", "label", "hint", "guidance_hint", "required", "relevant")
_NAMED: Final = re.compile(r"\$\{([^{}]*)\}")


def form_of(guide: Guide, frameworks: Sequence[Framework]) -> Mapping[str, list[list[str]]]:
    """The sheets of the form as rows of text, for ``write_xlsx``."""
    lists = _lists(guide)
    made = {SURVEY: _table(_Survey(guide, lists, frameworks).rows(), _FIRST)}
    if lists:
        made[CHOICES] = _table(_choices(lists, guide.language), ("list_name", "name"))
    made[SETTINGS] = _table([_settings(guide)], ())
    return made


class _Survey:
    """The rows of the survey sheet: questions, and sections that begin and end around them."""

    def __init__(self, guide: Guide, lists: Lists, frameworks: Sequence[Framework]) -> None:
        self._guide = guide
        self._lists = lists
        self._frameworks = frameworks
        self._sections = {one.id: one for one in guide.sections}
        self._names = {one.id for one in guide.questions} | set(self._sections)
        self._begun: Counter[str] = Counter()

    def rows(self) -> list[Cells]:
        made: list[Cells] = []
        open_now: tuple[str, ...] = ()
        for question in self._guide.questions:
            around = _way(question.section, self._sections)
            made += self._between(open_now, around)
            made.append(self._question(question))
            open_now = around
        return made + self._between(open_now, ())

    def _between(self, before: tuple[str, ...], after: tuple[str, ...]) -> list[Cells]:
        """The rows that end and begin sections on the way from one question to the next."""
        shared = 0
        while shared < min(len(before), len(after)) and before[shared] == after[shared]:
            shared += 1
        ends = [{"type": f"end_{_kind(self._sections[name])}"} for name in reversed(before[shared:])]
        return ends + [self._begin(self._sections[name]) for name in after[shared:]]

    def _begin(self, section: Section) -> Cells:
        self._begun[section.id] += 1
        name = section.id
        if self._begun[name] > 1:  # a section that was left and comes again: no form has two of one name
            name = next(fresh for n in range(2, 9999) if (fresh := f"{section.id}_{n}") not in self._names)
            self._names.add(name)
        cells = {
            "type": f"begin_{_kind(section)}", "name": name, self._in("label"): _said(section.title, self._names),
            "relevant": section.relevant, "appearance": "field-list" if section.on_one_page else "",
        }  # fmt: skip
        return cells | {_in("label", one.language): _said(one.text, self._names) for one in section.wordings}

    def _question(self, question: Question) -> Cells:
        cells = {
            "type": _type(question, self._lists), "name": question.id, "required": _yes(question.required),
            **self._words("", question), "relevant": question.relevant, "constraint": question.constraint,
            "constraint_message": question.constraint_message, "default": question.default,
            "read_only": _yes(question.read_only), "calculation": question.calculation,
            "appearance": question.appearance, "parameters": question.parameters,
            "choice_filter": question.chosen_from, self._in("media::image"): question.media,
        }  # fmt: skip
        for one in question.wordings:
            cells |= self._words(one.language, one)
        return cells | self._ours(question)

    def _words(self, language: str, said: Question | Wording) -> Cells:
        language = language or self._guide.language
        return {
            _in("label", language): _said(said.text, self._names), _in("hint", language): _said(said.hint, self._names),
            _in("guidance_hint", language): _said("\n".join(said.probes), self._names),
        }  # fmt: skip

    def _ours(self, question: Question) -> Cells:
        statements, category = spelt(question.targets, self._frameworks)
        return {
            OURS + "qs": statements, OURS + "ec": category, OURS + "i_statement": "\n".join(question.i_statements),
            OURS + "minutes": str(question.minutes or ""), OURS + "role": question.role,
            OURS + "must_quote": _yes(question.must_quote), OURS + "sensitivity": question.sensitivity,
        }  # fmt: skip

    def _in(self, column: str) -> str:
        return _in(column, self._guide.language)


def _way(section: str, sections: Mapping[str, Section]) -> tuple[str, ...]:
    """The sections around a question, the outermost first."""
    way: list[str] = []
    while section in sections and section not in way:
        way.insert(0, section)
        section = sections[section].parent
    return tuple(way)


def _kind(section: Section) -> str:
    return "repeat" if section.repeats else "group"


def _said(text: str, names: Collection[str]) -> str:
    """Text in which ``${…}`` stands only where it names a question: a form with any other is not loaded."""
    return _NAMED.sub(lambda found: found[0] if found[1].strip() in names else f"$ {{{found[1]}}}", text)


def _type(question: Question, lists: Lists) -> str:
    if question.answer not in CHOOSING:
        return question.answer.value
    if not question.choices:
        return Answer.TEXT.value
    return f"{question.answer.value} {lists[repr(question.choices)][0]}" + (" or_other" if question.or_other else "")


def _lists(guide: Guide) -> Lists:
    """A name for each list of choices; questions with the same choices share one."""
    found: Lists = {}
    for question in guide.questions:
        if question.answer in CHOOSING and question.choices:
            found.setdefault(repr(question.choices), (f"list_{len(found) + 1}", question.choices))
    return found


def _choices(lists: Lists, language: str) -> list[Cells]:
    rows = []
    for name, choices in lists.values():
        for choice in choices:
            row = {"list_name": name, "name": choice.name, _in("label", language): choice.text, **choice.more}
            row.update({_in("label", one.language): one.text for one in choice.wordings})
            rows.append(row)
    return rows


def _settings(guide: Guide) -> Cells:
    return {
        "form_title": guide.title, "form_id": guide.form_id, "version": guide.version,
        "default_language": guide.language, OURS + "kinds": " ".join(kind.value for kind in guide.kinds),
        OURS + "audience": guide.audience, OURS + "consent_id": guide.consent.name,
        OURS + "consent": "\n".join(guide.consent.lines),
    }  # fmt: skip


def _table(rows: Sequence[Cells], first: Sequence[str]) -> list[list[str]]:
    """Heads and rows; columns in which nothing stands are left out."""
    used = {head for row in rows for head, text in row.items() if text}
    found = dict.fromkeys((*first, *(head for row in rows for head in row)))
    heads = [head for head in found if head in used]
    return [heads, *([row.get(head, "") for head in heads] for row in rows)]


def _in(column: str, language: str) -> str:
    return f"{column}::{language}" if language else column


def _yes(flag: bool) -> str:
    return "yes" if flag else ""
