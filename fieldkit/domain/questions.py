"""What an interview guide is made of: questions, the choices they offer, and the sections they stand in.

The fields are those that a spreadsheet form (XLSForm) can carry, so that a guide leaves and comes back whole. Rules
(``relevant``, ``constraint`` …) are kept as they were written; ``fieldkit.domain.rules`` reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fieldkit.domain import strict

_NAME = re.compile(r"[^\W\d][\w.-]{0,99}")


class Answer(StrEnum):
    """How a question is answered. The last group is never asked: it serves the rules of the form it came from."""

    TEXT = "text"
    WHOLE = "integer"
    NUMBER = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    MOMENT = "datetime"
    ONE = "select_one"
    SOME = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    PHOTO = "image"
    SOUND = "audio"
    FILE = "file"
    READ_OUT = "note"
    """Words to be read aloud; nothing is answered."""
    CALCULATED = "calculate"
    START = "start"
    END = "end"
    TODAY = "today"


_UNASKED = frozenset((Answer.CALCULATED, Answer.START, Answer.END, Answer.TODAY))
CHOOSING = frozenset((Answer.ONE, Answer.SOME))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an answer is evidence of: ids of a framework pack; an empty category leaves it to who speaks."""

    pack: str
    statement: str
    category: str = ""

    def to_content(self) -> dict[str, Any]:
        return strict.without_empty({"pack": self.pack, "statement": self.statement, "category": self.category})

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Target:
        return cls(
            pack=strict.text(raw, "pack"), statement=strict.text(raw, "statement"),
            category=strict.text(raw, "category", ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question or choice in one more language, named as the form names it ("Welsh (cy)")."""

    language: str
    text: str
    hint: str = ""
    probes: tuple[str, ...] = ()

    def to_content(self) -> dict[str, Any]:
        return strict.without_empty(
            {"language": self.language, "text": self.text, "hint": self.hint, "probes": list(self.probes)}
        )

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Wording:
        return cls(
            language=strict.text(raw, "language"), text=strict.text(raw, "text", ""), hint=strict.text(raw, "hint", ""),
            probes=strict.texts(raw, "probes"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to choose. ``name`` is what rules speak of, ``text`` what people read.

    ``more`` are further columns of the form's list, by which a rule may narrow the choices down.
    """

    name: str
    text: str
    wordings: tuple[Wording, ...] = ()
    more: dict[str, str] = field(default_factory=dict)

    def to_content(self) -> dict[str, Any]:
        wordings = [one.to_content() for one in self.wordings]
        return strict.without_empty({"name": self.name, "text": self.text, "wordings": wordings, "more": self.more})

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Choice:
        return cls(
            name=strict.text(raw, "name"), text=strict.text(raw, "text", ""),
            wordings=tuple(Wording.from_content(one) for one in strict.objects(raw, "wordings")),
            more=strict.pairs(raw, "more"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of questions. ``parent`` is the section around it; ``repeats``: asked as often as there is need.

    ``on_one_page``: the form asked for its questions to stand together.
    """

    id: str
    title: str = ""
    parent: str = ""
    relevant: str = ""
    repeats: bool = False
    on_one_page: bool = False
    wordings: tuple[Wording, ...] = ()

    def to_content(self) -> dict[str, Any]:
        return strict.without_empty({
            "id": self.id, "title": self.title, "parent": self.parent, "relevant": self.relevant,
            "repeats": self.repeats, "on_one_page": self.on_one_page,
            "wordings": [one.to_content() for one in self.wordings],
        })  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Section:
        return cls(
            id=named(strict.text(raw, "id")), title=strict.text(raw, "title", ""),
            parent=strict.text(raw, "parent", ""), relevant=strict.text(raw, "relevant", ""),
            repeats=strict.flag(raw, "repeats"), on_one_page=strict.flag(raw, "on_one_page"),
            wordings=tuple(Wording.from_content(one) for one in strict.objects(raw, "wordings")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``id`` is stable for ever, unique in its guide, and the id of the interview's agenda item.

    ``probes`` are follow-ups to use if needed, ``i_statements`` what a person should be able to say of their own care.
    ``minutes`` is the time meant for it (0 = not said), ``role`` whom it is for (empty = everybody), ``must_quote``
    asks for the exact words, ``sensitivity`` is a word of the author's own. ``relevant`` says when it applies,
    ``constraint`` what an answer has to be, ``chosen_from`` which choices of the list are offered.
    """

    id: str
    text: str
    answer: Answer = Answer.TEXT
    section: str = ""
    targets: tuple[Target, ...] = ()
    hint: str = ""
    probes: tuple[str, ...] = ()
    i_statements: tuple[str, ...] = ()
    minutes: int = 0
    role: str = ""
    must_quote: bool = False
    sensitivity: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    default: str = ""
    read_only: bool = False
    calculation: str = ""
    appearance: str = ""
    parameters: str = ""
    media: str = ""
    choices: tuple[Choice, ...] = ()
    chosen_from: str = ""
    or_other: bool = False
    wordings: tuple[Wording, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether it is put to the person; the rest only serves rules."""
        return self.answer not in _UNASKED

    def to_content(self) -> dict[str, Any]:
        return strict.without_empty({
            "id": self.id, "text": self.text, "answer": "" if self.answer is Answer.TEXT else self.answer.value,
            "section": self.section, "targets": [one.to_content() for one in self.targets], "hint": self.hint,
            "probes": list(self.probes), "i_statements": list(self.i_statements), "minutes": self.minutes,
            "role": self.role, "must_quote": self.must_quote, "sensitivity": self.sensitivity,
            "required": self.required, "relevant": self.relevant, "constraint": self.constraint,
            "constraint_message": self.constraint_message, "default": self.default, "read_only": self.read_only,
            "calculation": self.calculation, "appearance": self.appearance, "parameters": self.parameters,
            "media": self.media, "choices": [one.to_content() for one in self.choices],
            "chosen_from": self.chosen_from, "or_other": self.or_other,
            "wordings": [one.to_content() for one in self.wordings],
        })  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Question:
        return cls(
            id=named(strict.text(raw, "id")), text=strict.text(raw, "text", ""),
            answer=Answer(strict.text(raw, "answer", Answer.TEXT.value)), section=strict.text(raw, "section", ""),
            targets=tuple(Target.from_content(one) for one in strict.objects(raw, "targets")),
            hint=strict.text(raw, "hint", ""), probes=strict.texts(raw, "probes"),
            i_statements=strict.texts(raw, "i_statements"),
            minutes=strict.whole(raw, "minutes", most=strict.MOST_COUNTED),
            role=strict.text(raw, "role", ""), must_quote=strict.flag(raw, "must_quote"),
            sensitivity=strict.text(raw, "sensitivity", ""), required=strict.flag(raw, "required"),
            relevant=strict.text(raw, "relevant", ""), constraint=strict.text(raw, "constraint", ""),
            constraint_message=strict.text(raw, "constraint_message", ""), default=strict.text(raw, "default", ""),
            read_only=strict.flag(raw, "read_only"), calculation=strict.text(raw, "calculation", ""),
            appearance=strict.text(raw, "appearance", ""), parameters=strict.text(raw, "parameters", ""),
            media=strict.text(raw, "media", ""),
            choices=tuple(Choice.from_content(one) for one in strict.objects(raw, "choices")),
            chosen_from=strict.text(raw, "chosen_from", ""), or_other=strict.flag(raw, "or_other"),
            wordings=tuple(Wording.from_content(one) for one in strict.objects(raw, "wordings")),
        )  # fmt: skip


def is_name(text: str) -> bool:
    """Whether ``text`` can be the id of a question or section: a letter or ``_`` first, 100 characters at most."""
    return _NAME.fullmatch(text) is not None


def named(text: str) -> str:
    """``text``, which is a name. Raises ``ValueError`` where it is not."""
    if not is_name(text):
        raise ValueError("not a question's name")
    return text
