"""A folder of YAML to a Framework, or to everything that is wrong with it; never to half of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from fieldkit.domain.framework import Framework
from fieldkit.frameworks.contents import (
    ABOUT,
    CATEGORIES,
    CHARACTERISTICS,
    CROSSWALK,
    EVIDENCE,
    EXAMPLES,
    METRICS,
    OPTIONAL,
    SCORING,
    STATEMENTS,
    WORDS,
    Contents,
)
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.files import digest_of, gather
from fieldkit.frameworks.problems import Problem, Report
from fieldkit.frameworks.read_about import read_about
from fieldkit.frameworks.read_characteristics import read_characteristics
from fieldkit.frameworks.read_crosswalk import read_crosswalk
from fieldkit.frameworks.read_evidence import read_evidence
from fieldkit.frameworks.read_metrics import read_metrics
from fieldkit.frameworks.read_scoring import read_scoring
from fieldkit.frameworks.read_statements import read_categories, read_statements
from fieldkit.frameworks.read_words import read_words
from fieldkit.frameworks.tree import Table, read_tree
from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

_READERS: Final[tuple[tuple[str, Callable[[Fields, Contents], None]], ...]] = (
    (ABOUT, read_about),
    (CATEGORIES, read_categories),
    (STATEMENTS, read_statements),
    (EVIDENCE, read_evidence),
    (SCORING, read_scoring),
    (WORDS, read_words),
    (CHARACTERISTICS, read_characteristics),
    (CROSSWALK, read_crosswalk),
    (METRICS, read_metrics),
)


def check(folder: Traversable) -> list[Problem]:
    """Everything wrong with the pack in ``folder`` (a ``Path`` will do), by file and line; empty = sound."""
    report = Report()
    _read_folder(folder, report)
    return list(report.problems())


def read_pack(folder: Traversable) -> Framework:
    """The framework in ``folder``. Raises ``Mistake`` ``pack.wrong`` with ``problems`` when anything is wrong."""
    report = Report()
    framework = _read_folder(folder, report)
    if framework is None or report:
        raise wrong_pack(folder.name, report)
    return framework


def _read_folder(folder: Traversable, report: Report) -> Framework | None:
    files = gather(folder, report)
    return None if files is None else read_files(files, report)


def wrong_pack(folder: str, report: Report) -> Mistake:
    """The one error a wrong pack gives: how many problems, the first of them, and all of them as values."""
    problems = report.problems()
    return Mistake("pack.wrong", folder=folder, count=len(problems), first=str(problems[0]), problems=problems)


def read_files(files: Mapping[str, bytes], report: Report, *, are_proven: bool = False) -> Framework | None:
    """A framework from the bytes of its files, or None with at least one problem in ``report``.

    ``are_proven`` leaves the worked examples out, for bytes whose digest says that they have come out before: a
    third of the time to open a published pack (about 19 of 65 ms).
    """
    contents = Contents()
    for name, read in _READERS:
        if name in OPTIONAL and name not in files:
            continue
        tree = _tree(name, files, report)
        if tree is not None:
            read(Fields(tree, name, report), contents)
        elif name == STATEMENTS:
            contents.statement_names.is_whole = False
        elif name == CATEGORIES:
            contents.category_names.is_whole = False
    examples = _tree(EXAMPLES, files, report)
    if report or examples is None:
        return None
    framework = _framework(contents, digest_of(files))
    if not are_proven:
        from fieldkit.frameworks.examples import run_examples

        run_examples(Fields(examples, EXAMPLES, report), framework)
    return None if report else framework


def _tree(name: str, files: Mapping[str, bytes], report: Report) -> Table | None:
    if name in files:
        return read_tree(name, files[name], report)
    if not report.tells_of(name):
        report.add(name, 0, "folder.file_missing")
    return None


def _framework(contents: Contents, digest: str) -> Framework:
    return Framework(
        id=contents.id, version=contents.version, title=contents.title, short_title=contents.short_title,
        marking=contents.marking,
        digest=digest, status=contents.status, effective_from=contents.effective_from or date.min,
        effective_to=contents.effective_to, remarks=contents.remarks, themes=tuple(contents.themes),
        statements=tuple(contents.statements), categories=tuple(contents.categories),
        matrices=tuple(contents.matrices), scales=tuple(contents.scales), method=contents.method,
        coverage=contents.coverage, triangulation=contents.triangulation,
        activity_categories=contents.activity_categories,
        speaker_categories=contents.speaker_categories, speaker_activities=contents.speaker_activities,
        tag_sets=tuple(contents.tag_sets),
        insight_sources=tuple(contents.insight_sources), roles=tuple(contents.roles),
        glossary=tuple(contents.glossary), abbreviations=tuple(contents.abbreviations),
        escalation_numbers=tuple(contents.escalation_numbers), escalation_minutes=contents.escalation_minutes,
        characteristics=contents.characteristics, crosswalks=tuple(contents.crosswalks),
        metrics=tuple(contents.metrics),
    )  # fmt: skip
