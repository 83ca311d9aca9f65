"""Findings as they stand: what each cites, whether that still counts, how far it is corroborated, where else a note is.

Screens, commands and reports read this alone. A note that several findings cite is counted once in every total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.findings import counted_in
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, RecordRow, SendStatus
from fieldkit.domain.assessment import Activity
from fieldkit.domain.finding import Citation, Finding, Strength
from fieldkit.domain.finding_words import Suggestion, suggested
from fieldkit.domain.framework import Framework
from fieldkit.domain.triangulation import Side, Triangulation, triangulate
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId


class Standing(StrEnum):
    """How a cited note stands now; the value is what people read."""

    COUNTS = ""
    WITHDRAWN = "withdrawn"
    HELD = "held, consent was taken back"
    CORRECTED = "words were added to it since"
    OTHER_WORDS = "its words are not those that were cited"
    MISSING = "not on this laptop"
    STAYS = "not tagged, so it stays on this laptop"


LOST = frozenset({Standing.WITHDRAWN, Standing.HELD, Standing.OTHER_WORDS})
"""What no report and no export may repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Where a note is cited: the finding, under which statement, for or against."""

    finding: RecordId
    reference: str
    statement: str
    title: str
    side: Side

    @property
    def words(self) -> str:
        """``F3 under Learning culture``."""
        against = ", against it" if self.side is Side.CONTRADICTS else ""
        return f"{self.reference} under {self.title}{against}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedNote:
    """A citation with the note as it is now. ``words`` are empty for what may not be shown as evidence any more."""

    citation: Citation
    row: EntryRow | None
    activity: Activity | None
    standing: Standing
    words: str = ""
    elsewhere: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding. ``reference`` is told apart where two laptops gave the same."""

    value: Finding
    reference: str
    author: str
    at: datetime
    is_open: bool
    cited: tuple[CitedNote, ...]
    triangulation: Triangulation
    suggestion: Suggestion

    @property
    def strength(self) -> Strength:
        """The assessor's, else the rule's."""
        return self.value.strength or self.suggestion.strength

    @property
    def departs(self) -> bool:
        """Whether the assessor says another strength than the rule."""
        return self.value.strength is not None and self.value.strength is not self.suggestion.strength

    def on(self, side: Side) -> tuple[CitedNote, ...]:
        """What it cites for it, or against."""
        return tuple(one for one in self.cited if one.citation.side is side)

    @property
    def lost(self) -> tuple[CitedNote, ...]:
        """What it cites that counts no more."""
        return tuple(one for one in self.cited if one.standing in LOST)

    @property
    def marks(self) -> tuple[str, ...]:
        """What somebody should look at, in sentences."""
        told = {
            Standing.WITHDRAWN: "A note under it was withdrawn.",
            Standing.HELD: "A note under it is held: a consent was refused or taken back.",
            Standing.CORRECTED: "Words were added to a note under it since it was cited.",
            Standing.OTHER_WORDS: "A note under it has other words than those that were cited.",
            Standing.MISSING: "A note under it is not on this laptop.",
            Standing.STAYS: "A note under it is not tagged, so it stays on this laptop: tag it, and the team has it.",
        }
        there = {one.standing for one in self.cited}
        found = [words for standing, words in told.items() if standing in there]
        if self.is_open:
            found.append("It was changed on two laptops: a decision is needed.")
        if self.departs and not self.value.why.strip():
            found.append("The evidence has changed and suggests another strength now.")
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingBoard:
    """All findings against one framework, in the order of its statements; ``dropped`` are out of use."""

    framework: Framework
    findings: tuple[FindingView, ...] = ()
    dropped: tuple[FindingView, ...] = ()
    uses: dict[EntryId, tuple[Use, ...]] = field(default_factory=dict)

    def of(self, statement: str) -> tuple[FindingView, ...]:
        """Those of a statement."""
        return tuple(one for one in self.findings if one.value.statement == statement)

    def by(self, wanted: str) -> FindingView | None:
        """By its reference (``F3``) or id, those out of use too."""
        key = wanted.strip().casefold()
        return next(
            (one for one in (*self.findings, *self.dropped) if key in (one.reference.casefold(), one.value.id)), None
        )

    @property
    def notes(self) -> int:
        """Distinct notes that findings cite: a fact that stands in several places counts once."""
        return len(self.uses)

    @property
    def shared(self) -> int:
        """How many of them stand in more than one finding."""
        return sum(len(each) > 1 for each in self.uses.values())


def finding_board(questions: Questions, assessment: AssessmentId, framework: Framework) -> FindingBoard:
    """Read on the store lane, or on a vault that is held still."""
    rows = [row for row in told_apart(questions, assessment) if row.value.pack == framework.id]
    entries = _entries(questions, assessment, (one for row in rows for one in row.value.notes))
    evidence = EvidenceRows(questions, assessment)
    uses = _uses(framework, (row for row in rows if not row.value.is_dropped))
    order = {one.id: one.number for one in framework.statements}
    rows.sort(key=lambda row: (order.get(row.value.statement, len(order)), _number(row.value.reference), row.record))
    views = [_view(framework, evidence, entries, uses, row) for row in rows]
    return FindingBoard(
        framework=framework, uses=uses,
        findings=tuple(one for one in views if not one.value.is_dropped),
        dropped=tuple(one for one in views if one.value.is_dropped),
    )  # fmt: skip


def uses_of(
    questions: Questions, assessment: AssessmentId, frameworks: Iterable[Framework]
) -> dict[EntryId, tuple[Use, ...]]:
    """Where each note of an assessment is cited, against any of its frameworks: for lists and details of notes."""
    rows = [row for row in told_apart(questions, assessment) if not row.value.is_dropped]
    found: dict[EntryId, tuple[Use, ...]] = {}
    for framework in frameworks:
        for note, each in _uses(framework, (row for row in rows if row.value.pack == framework.id)).items():
            found[note] = (*found.get(note, ()), *each)
    return found


def reuse_warning(uses: Iterable[Use], but: RecordId | None = None) -> str:
    """Say that a note "already supports finding F3 under Learning culture". It forbids nothing."""
    found = [one for one in uses if one.finding != but]
    if not found:
        return ""
    sides = {one.side for one in found}
    verb = "supports" if sides == {Side.AGREES} else "contradicts" if sides == {Side.CONTRADICTS} else "is cited in"
    several = "findings" if len(found) > 1 else "finding"
    names = "; ".join(f"{one.reference} under {one.title}" for one in found)
    return f"This note already {verb} {several} {names}. It counts once"


def told_apart(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """All findings of an assessment; references that two laptops gave at once get a letter: ``F3b``."""
    seen: dict[str, int] = {}
    found = []
    for row in sorted(questions.records(Finding.KIND, assessment=assessment), key=lambda one: one.record):
        nth = seen.get(row.value.reference, 0)
        seen[row.value.reference] = nth + 1
        letter = chr(ord("a") + nth) if nth < 26 else f"-{nth + 1}"
        found.append(replace(row, value=replace(row.value, reference=f"{row.value.reference}{letter}")) if nth else row)
    return found


def _entries(questions: Questions, assessment: AssessmentId, notes: Iterable[EntryId]) -> dict[EntryId, EntryRow]:
    wanted = list(dict.fromkeys(notes))
    pages = [wanted[at : at + 500] for at in range(0, len(wanted), 500)]
    return {
        row.entry.id: row
        for page in pages
        for row in questions.among(EntryFilter(assessment=assessment), page)[0]
    }  # fmt: skip


def _uses(framework: Framework, rows: Iterable[RecordRow]) -> dict[EntryId, tuple[Use, ...]]:
    titles = {one.id: one.title for one in framework.statements}
    found: dict[EntryId, dict[RecordId, Use]] = {}
    for row in rows:
        value: Finding = row.value
        for one in value.evidence:
            found.setdefault(one.note, {}).setdefault(
                value.id,
                Use(
                    finding=value.id, reference=value.reference, statement=value.statement,
                    title=titles.get(value.statement, value.statement), side=one.side,
                ),
            )  # fmt: skip
    return {note: tuple(each.values()) for note, each in found.items()}


def _view(
    framework: Framework, evidence: EvidenceRows, entries: dict[EntryId, EntryRow],
    uses: dict[EntryId, tuple[Use, ...]], row: RecordRow,
) -> FindingView:  # fmt: skip
    value: Finding = row.value
    found = triangulate(counted_in(evidence, entries, value), framework.triangulation, claim=value.bearing)
    return FindingView(
        value=value, reference=value.reference, author=row.author_name, at=row.recorded_at, is_open=row.heads > 1,
        cited=tuple(_cited(evidence, entries.get(one.note), uses, value, one) for one in value.evidence),
        triangulation=found, suggestion=suggested(found),
    )  # fmt: skip


def _cited(
    evidence: EvidenceRows, row: EntryRow | None, uses: dict[EntryId, tuple[Use, ...]], of: Finding, one: Citation
) -> CitedNote:
    standing = _standing(row, one)
    words = "" if row is None or standing in LOST else one.words_of(row.entry.text)
    return CitedNote(
        citation=one, row=row, activity=evidence.activities.get(row.entry.activity) if row is not None else None,
        standing=standing, words=words,
        elsewhere=tuple(use for use in uses.get(one.note, ()) if use.finding != of.id),
    )  # fmt: skip


def _standing(row: EntryRow | None, one: Citation) -> Standing:
    if row is None:
        return Standing.MISSING
    if row.barred is not None:
        return Standing.HELD
    if row.withdrawal is not None:
        return Standing.WITHDRAWN
    if not one.holds(row.entry.text):
        return Standing.OTHER_WORDS
    if {each.id for each in row.addenda} - set(one.seen):
        return Standing.CORRECTED
    return Standing.STAYS if row.status is SendStatus.STAYS and row.is_mine else Standing.COUNTS


def _number(reference: str) -> tuple[int, str]:
    digits = "".join(one for one in reference[1:] if one.isdecimal())
    return (int(digits) if digits else 0, reference)
