"""The interview guides and consent scripts that came with the program, as data in ``resources/guides``.

They name statements by the ids that the framework packs share; a guide that is used is tied to the packs of its
assessment, and its I statements are those the packs have for its statements.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import ConsentScript, Guide
from fieldkit.domain.questions import Question, Section, Target
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import AssessmentId, RecordId

STANDARD, GROUP = "standard", "group"
FORM = "fieldkit_"
"""Before the ids of our own forms, so that a form somebody calls ``people`` is never taken for a version of ours."""
I_STATEMENTS = 3
"""How many I statements a question shows; more would not be read in a conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIn:
    """A guide that came with the program. ``statements`` are ids of statements by question."""

    id: str
    guide: Guide
    statements: Mapping[str, tuple[str, ...]]
    category: str
    has_i_statements: bool

    def tied_to(self, frameworks: Sequence[Framework]) -> Guide:
        """The guide with its questions tied to these packs; what a pack does not have is left out."""
        questions = tuple(self._tied(question, frameworks) for question in self.guide.questions)
        return replace(self.guide, questions=questions)

    def _tied(self, question: Question, frameworks: Sequence[Framework]) -> Question:
        found = [
            (framework, statement)
            for framework in frameworks
            for wanted in self.statements[question.id]
            if (statement := framework.statement_by(wanted)) is not None
        ]
        targets = tuple(
            Target(
                pack=framework.id,
                statement=statement.id,
                category=self.category if framework.category_by(self.category) else "",
            )
            for framework, statement in found
        )
        prompts = dict.fromkeys(prompt for _, statement in found for prompt in statement.prompts)
        spoken = tuple(prompts)[:I_STATEMENTS] if self.has_i_statements else ()
        return replace(question, targets=targets, i_statements=spoken)


@cache
def built_in_guides() -> tuple[BuiltIn, ...]:
    """Every guide that came with the program. Raises ``Trouble('guide.installed_damaged')``."""
    return tuple(_read(f"{name}.yaml", _guide) for name in json.loads(_text("index.json")))


def built_in(wanted: str) -> BuiltIn:
    """One of them by its id or title. Raises ``Mistake('guide.no_built_in')``."""
    key = " ".join(wanted.casefold().split())
    for one in built_in_guides():
        if key in (one.id, one.guide.title.casefold()):
            return one
    raise Mistake("guide.no_built_in", wanted=wanted[:60], known=", ".join(one.id for one in built_in_guides()))


def script(name: str = STANDARD) -> ConsentScript:
    """The words that are read out before an interview, or with ``GROUP`` before a group begins.

    Raises ``Trouble('guide.installed_damaged')``.
    """
    return _scripts()[name]


def script_for(kind: ActivityKind) -> ConsentScript:
    """The script for an activity of this kind that goes without a guide."""
    return script(GROUP if kind is ActivityKind.FOCUS_GROUP else STANDARD)


@cache
def _scripts() -> Mapping[str, ConsentScript]:
    found: dict[str, ConsentScript] = _read(
        "consent.yaml", lambda raw: {one["id"]: ConsentScript.from_content(one) for one in raw}
    )
    return found


def _guide(raw: dict[str, Any]) -> BuiltIn:
    asked = [(section["id"], one) for section in raw["sections"] for one in section["questions"]]
    guide = Guide(
        id=RecordId(""), assessment=AssessmentId(""), title=raw["title"], form_id=FORM + raw["id"],
        version=raw["version"], kinds=tuple(ActivityKind(kind) for kind in raw["kinds"]),
        consent=_scripts()[raw["consent"]], audience=raw["audience"], origin=f"{raw['id']}/{raw['version']}",
        sections=tuple(Section(id=one["id"], title=one["title"]) for one in raw["sections"]),
        questions=tuple(_question(section, one) for section, one in asked),
    )  # fmt: skip
    return BuiltIn(
        id=raw["id"], guide=guide, statements={one["id"]: tuple(one.get("statements", ())) for _, one in asked},
        category=raw.get("category", ""), has_i_statements=raw.get("i_statements", False),
    )  # fmt: skip


def _question(section: str, raw: dict[str, Any]) -> Question:
    return Question(
        id=raw["id"], text=raw["text"], section=section, probes=tuple(raw.get("probes", ())),
        minutes=raw.get("minutes", 0), role=raw.get("role", ""), must_quote=raw.get("quote", False),
        sensitivity=raw.get("sensitivity", ""),
    )  # fmt: skip


def _read(name: str, made: Any) -> Any:
    import yaml

    try:
        return made(yaml.safe_load(_text(name)))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Trouble("guide.installed_damaged", file=name) from problem


def _text(name: str) -> str:
    from importlib.resources import files

    try:
        return (files("resources") / "guides" / name).read_text(encoding="utf-8")
    except OSError as problem:
        raise Trouble("guide.installed_damaged", file=name) from problem
