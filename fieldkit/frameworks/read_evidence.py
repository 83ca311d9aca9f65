"""``evidence.yaml``: which evidence is needed where, when it is enough, and what a note is filed under by default."""

from __future__ import annotations

from fieldkit.domain.assessment import ActivityKind, SubjectKind
from fieldkit.domain.framework import CoverageRule, Matrix, Need, SpeakerKind, TriangulationRule
from fieldkit.frameworks.contents import Contents
from fieldkit.frameworks.fields import Fields
from fieldkit.frameworks.names import Names

MOST_ITEMS = 99
_KINDS = ", ".join(ActivityKind)


def read_evidence(fields: Fields, contents: Contents) -> None:
    """Read ``evidence.yaml`` into ``contents``."""
    subjects = Names("matrix")
    for item in fields.tables("matrices"):
        contents.matrices.append(_matrix(item, contents, subjects))
    rule = fields.table("coverage", needed=False)
    if rule is not None:
        contents.coverage = _coverage(rule, contents)
    corroborated = fields.table("triangulation", needed=False)
    if corroborated is not None:
        contents.triangulation = _triangulation(corroborated)
    contents.activity_categories = _defaults(fields, "activity_categories", tuple(ActivityKind), contents)
    contents.speaker_categories = _defaults(fields, "speaker_categories", tuple(SpeakerKind), contents)
    contents.speaker_activities = fields.texts("speaker_activities")
    for kind in contents.speaker_activities:
        if kind not in tuple(ActivityKind):
            fields.wrong("speaker_activities", "value.choice", key="speaker_activities", value=kind, known=_KINDS)
    fields.finish()


def _matrix(fields: Fields, contents: Contents, subjects: Names) -> Matrix:
    """``everywhere`` gives a need per category; ``except`` changes single statements."""
    subject = fields.choice("subject", SubjectKind)
    subjects.declare(fields, subject)
    title = fields.name("title")
    everywhere = _needs(fields.table("everywhere"), contents)
    exceptions: dict[str, dict[str, Need]] = {}
    inner = fields.table("except", needed=False)
    for statement in () if inner is None else inner.names():
        if inner is not None:
            contents.statement_names.refer(inner, statement, statement)
            exceptions[statement] = _needs(inner.table(statement), contents)
    needs: dict[tuple[str, str], Need] = {}
    for one in contents.statements:
        for category in contents.categories:
            need = exceptions.get(one.id, {}).get(category.id, everywhere.get(category.id))
            if need is None:
                fields.wrong("everywhere", "matrix.hole", category=category.title, statement=one.title)
            else:
                needs[one.id, category.id] = need
    fields.finish()
    return Matrix(subject=subject, title=title, needs=needs)


def _needs(fields: Fields | None, contents: Contents) -> dict[str, Need]:
    if fields is None:
        return {}
    return {contents.category_names.refer(fields, key, key): fields.choice(key, Need) for key in fields.names()}


def _coverage(fields: Fields, contents: Contents) -> CoverageRule:
    rule = CoverageRule(
        enough_items=fields.whole("enough_items", 1, MOST_ITEMS),
        enough_sources=fields.whole("enough_sources", 1, MOST_ITEMS),
        strong_items=fields.whole("strong_items", 1, MOST_ITEMS),
        strong_activities=fields.whole("strong_activities", 1, MOST_ITEMS),
        strong_category=contents.category_names.refer(
            fields, "strong_category", fields.text("strong_category", default="")
        )
        or None,
    )
    if rule.strong_items < rule.enough_items:
        fields.wrong(
            "strong_items", "value.out_of_range", key="strong_items", low=rule.enough_items, high=MOST_ITEMS,
            value=rule.strong_items,
        )  # fmt: skip
    fields.finish()
    return rule


def _triangulation(fields: Fields) -> TriangulationRule:
    rule = TriangulationRule(
        items=fields.whole("items", 1, MOST_ITEMS), sources=fields.whole("sources", 1, MOST_ITEMS),
        categories=fields.whole("categories", 1, MOST_ITEMS),
    )  # fmt: skip
    fields.finish()
    return rule


def _defaults(fields: Fields, key: str, kinds: tuple[str, ...], contents: Contents) -> dict[str, str]:
    """A category id per kind; one that no matrix ever uses would file notes where nobody looks."""
    inner = fields.table(key, needed=False)
    if inner is None:
        return {}
    found: dict[str, str] = {}
    for kind in inner.names():
        if kind not in kinds:
            inner.wrong(kind, "key.unknown", key=kind, known=", ".join(kinds))
        category = contents.category_names.refer(inner, kind, inner.text(kind))
        if contents.is_never_used(category):
            inner.wrong(kind, "matrix.default", category=category)
        found[kind] = category
    return found
