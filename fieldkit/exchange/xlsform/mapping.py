"""What ties a question to statements: ``fieldwork::qs`` and ``fieldwork::ec`` in words people can type, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.framework import Category, Framework, Statement
from fieldkit.domain.questions import Target

_PARTS = re.compile(r"[,;|\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """What was understood, and the words that name nothing in the assessment's packs."""

    targets: tuple[Target, ...]
    unknown: tuple[str, ...]


def tied(statements: str, category: str, frameworks: Sequence[Framework]) -> Tied:
    """The targets that ``statements`` ("lc, sp" or "ics/lc.pe" or titles) name; ``category`` where they name none.

    A word that several packs know ties the question to each of them.
    """
    found: dict[Target, None] = {}
    unknown: list[str] = []
    for part in filter(None, map(str.strip, _PARTS.split(statements))):
        targets = _targets(part, category, frameworks)
        words = [part] if targets or " " not in part else part.split()
        for word in words:
            targets = targets or _targets(word, category, frameworks)
            found.update(dict.fromkeys(targets))
            if not targets:
                unknown.append(word)
            targets = []
    if category and not any(one.category_by(category) for one in frameworks):
        unknown.append(category)
    return Tied(targets=tuple(found), unknown=tuple(dict.fromkeys(unknown)))


def spelt(targets: Sequence[Target], frameworks: Sequence[Framework]) -> tuple[str, str]:
    """The two cells that ``tied`` reads as these targets. Codes where the packs are at hand, ids where not."""
    known = {one.id: one for one in frameworks}
    categories = {_category(one, known) for one in targets}
    shared = categories.pop() if len(categories) == 1 else ""
    several = len({one.id for one in frameworks} | {one.pack for one in targets}) > 1
    words = []
    for one in targets:
        statement = known[one.pack].statement_by(one.statement) if one.pack in known else None
        word = statement.code if statement else one.statement
        category = "" if shared else _category(one, known)
        words.append((f"{one.pack}/" if several else "") + word + (f".{category}" if category else ""))
    return ", ".join(words), shared


def _targets(word: str, category: str, frameworks: Sequence[Framework]) -> list[Target]:
    pack, slash, rest = word.partition("/")
    packs = [one for one in frameworks if one.id == pack.strip()] if slash else list(frameworks)
    return [target for one in packs if (target := _target(rest.strip() if slash else word, category, one))]


def _target(word: str, category: str, framework: Framework) -> Target | None:
    statement, wanted = framework.statement_by(word.lstrip("#")), category
    if statement is None and "." in word:
        name, _, wanted = word.lstrip("#").rpartition(".")
        statement = framework.statement_by(name)
        if framework.category_by(wanted) is None:
            return None
    if statement is None:
        return None
    return _made(framework, statement, framework.category_by(wanted) if wanted else None)


def _made(framework: Framework, statement: Statement, category: Category | None) -> Target:
    return Target(pack=framework.id, statement=statement.id, category=category.id if category else "")


def _category(target: Target, known: dict[str, Framework]) -> str:
    found = known[target.pack].category_by(target.category) if target.pack in known and target.category else None
    return found.code if found else target.category
