"""Gathers the draft assessment report and the list of findings from the vault; whatever is missing is named in it.

Nothing of a note that was withdrawn, or that a consent holds, comes through: not as evidence, and not inside a sentence
that somebody wrote of it. Exact words of somebody who may not be quoted are left out (``fieldkit.app.quotable``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from fieldkit.app.blind_scores import is_blind
from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.finding_board import CitedNote, FindingBoard, FindingView, Standing, finding_board
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.quotable import Quotable
from fieldkit.app.report_walls import lost_words, restricted_in
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.scores import OVERALL, ScoreBoard, score_board
from fieldkit.app.sections import Place, Written, read_sections
from fieldkit.app.sources import read_sources
from fieldkit.app.voices import NOBODY, VOICES, Voices
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.draft_report import DraftReport, Texts, ToldFinding, ToldNote, ToldStatement, ToldTheme, Voice
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import State
from fieldkit.domain.finding_words import BEARINGS, STATES, STRENGTHS
from fieldkit.domain.framework import Framework, SpeakerKind, Statement, Theme
from fieldkit.domain.section import Part
from fieldkit.domain.settling import Settled
from fieldkit.domain.triangulation import EvidenceRow, Side
from fieldkit.reports.score_trace import BLIND, standing


def draft_report(
    questions: Questions, assessment: Assessment, framework: Framework, at: datetime, *, ratings: bool = False
) -> DraftReport:
    """All of it, with provisional ratings only where they are asked for."""
    return _Gathering(questions, assessment, framework).report(at, ratings=ratings)


class _Gathering:
    """What is read once, and what is told of it."""

    def __init__(self, questions: Questions, assessment: Assessment, framework: Framework) -> None:
        self._assessment, self._framework = assessment, framework
        self._board: FindingBoard = finding_board(questions, assessment.id, framework)
        blind = is_blind(questions, assessment.id, framework)
        self._scores: ScoreBoard = score_board(questions, assessment.id, framework, is_blind=blind)
        self._written = {one.place: one for one in read_sections(questions, assessment.id, framework)}
        self._quotable = Quotable(questions, assessment.id)
        evidence = EvidenceRows(questions, assessment.id)
        self._titles = {one.id: one.title for one in evidence.activities.values()}
        self._sources = read_sources(questions, assessment.id, evidence.activities.values())
        self._heard: dict[str, list[tuple[SpeakerKind | None, EvidenceRow]]] = {}
        self._restricted = restricted_in(questions, assessment.id)
        self._lost = lost_words(questions, assessment.id, self._restricted)
        self._hear(questions, evidence)
        hidden = any(one.hidden for one in self._scores.settled.values())
        self.missing: list[str] = [f"A blind round: {BLIND[0].lower()}{BLIND[1:]}"] if hidden else []

    def report(self, at: datetime, *, ratings: bool) -> DraftReport:
        framework = self._framework
        self._has_ratings = has_ratings = ratings and framework.method.chosen_from is not None
        summary = self._part(Part.SUMMARY, "", "The summary is not written yet.")
        themes = tuple(self._theme(one, has_ratings=has_ratings) for one in framework.themes)
        overall = self._scores.figures.get(OVERALL) if has_ratings else None
        return DraftReport(
            assessment=self._assessment.name, framework=framework, at=at, summary=summary, themes=themes,
            overall=None if overall is None else (overall, self._scores.overrides.get(OVERALL)),
            has_ratings=has_ratings, cited=self._board.notes, shared=self._board.shared, missing=tuple(self.missing),
        )  # fmt: skip

    def _theme(self, theme: Theme, *, has_ratings: bool) -> ToldTheme:
        direction = self._part(Part.DIRECTION, theme.id, f"{theme.title}: direction of travel is not written yet.")
        voices = self._part(Part.VOICES, theme.id, "")
        statements = tuple(self._statement(one) for one in self._framework.statements_of(theme.id))
        heard = [each for one in self._framework.statements_of(theme.id) for each in self._heard.get(one.id, ())]
        figure = self._scores.figures.get(theme.id) if has_ratings else None
        return ToldTheme(
            letter=theme.letter, title=theme.title, direction=direction, voices=voices, statements=statements,
            heard=tuple(_voices(heard)), notes=len({row.note for _, row in heard}),
            figure=None if figure is None else (figure, self._scores.overrides.get(theme.id)),
        )  # fmt: skip

    def _statement(self, one: Statement) -> ToldStatement:
        views = self._board.of(one.id)
        place = f"{one.position} {one.title}"
        message = self._part(Part.MESSAGE, one.id, f"{place}: key messages are not written yet.")
        judgement = self._judged(self._scores.of(one.id))
        if not views:
            self.missing.append(f"{place}: no finding yet.")
        for view in views:
            self._miss(view)
        return ToldStatement(
            label=one.position, title=one.title, message=message, judgement=judgement, rating=self._rating(one),
            findings=tuple(self._finding(view) for view in views),
        )  # fmt: skip

    def _rating(self, one: Statement) -> str:
        """The rating chosen for a statement, with its characteristic, where ratings are no figures."""
        if not self._has_ratings or self._framework.method.has_scores:
            return ""
        settled = self._scores.of(one.id)
        value = settled.mark.value if settled is not None and settled.mark is not None else None
        said = standing(self._framework, settled)
        return said if value is None else f"{said}. {self._framework.characteristic(one.id, value)}".rstrip()

    def _miss(self, view: FindingView) -> None:
        if view.value.state is State.DRAFT:
            self.missing.append(f"{view.reference}: a draft still.")
        if not view.value.sentence.strip():
            self.missing.append(f"{view.reference}: no sentence yet, its claim stands in the report.")
        self.missing.extend(f"{view.reference}: {mark}" for mark in view.marks)

    def _finding(self, view: FindingView) -> ToldFinding:
        value = view.value
        return ToldFinding(
            reference=view.reference, claim=self._safe(value.claim), sentence=self._safe(value.sentence),
            bearing=BEARINGS[value.bearing], state=STATES[value.state], strength=STRENGTHS[view.strength],
            why=self._safe(value.why if view.departs else view.suggestion.why) or "",
            by_rule=STRENGTHS[view.suggestion.strength] if view.departs else "",
            corroboration=view.triangulation.sentence, is_strength=value.bearing in (Bearing.STRENGTH, Bearing.MIXED),
            is_shortfall=value.bearing in (Bearing.SHORTFALL, Bearing.MIXED),
            supports=tuple(self._note(one) for one in view.on(Side.AGREES)),
            contradicts=tuple(self._note(one) for one in view.on(Side.CONTRADICTS)), marks=view.marks,
        )  # fmt: skip

    def _note(self, one: CitedNote) -> ToldNote:
        elsewhere = tuple(use.words for use in one.elsewhere)
        if one.row is None or one.standing is Standing.HELD:
            return ToldNote(note=one.citation.note, standing=one.standing.value, elsewhere=elsewhere)
        if self._is_restricted(one.row):
            return ToldNote(note=one.citation.note, standing="for named people alone", elsewhere=elsewhere)
        on = one.row.entry.noticed_at.astimezone().date()
        told = self._quotable.told(one.row, one.words) if one.words else ""
        return ToldNote(
            note=one.citation.note, on=on, source=self._source(one.row), standing=one.standing.value,
            words=told, elsewhere=elsewhere, is_exact=one.row.entry.exact and told == one.words,
        )  # fmt: skip

    def _source(self, row: EntryRow) -> str:
        source = self._sources.get(row.entry.activity)
        if source is not None:
            return source.who(row.entry.speaker)
        return ", ".join(filter(None, (self._titles.get(row.entry.activity, ""), row.entry.speaker)))

    def _part(self, part: Part, subject: str, missing: str) -> Texts:
        written = next(
            (one for place, one in self._written.items() if (place.part, place.subject) == (part, subject)),
            Written(place=Place(part=part, subject=subject)),
        )
        if not written.texts and missing:
            self.missing.append(missing)
        if len(written.texts) > 1:
            self.missing.append(f"{written.place.words}: two laptops wrote it. Both texts stand in the report.")
        return self._texts(("", one) for one in written.texts)

    def _judged(self, settled: Settled | None) -> Texts:
        """The team's words where they settled, else those of each assessor."""
        if settled is None:
            return Texts()
        if settled.moderations:
            return self._texts(("The team", one.value.text) for one in settled.moderations)
        return self._texts((one.name, one.value.text) for one in settled.given if one.value.text.strip())

    def _texts(self, given: Iterable[tuple[str, str]]) -> Texts:
        texts = list(given)
        kept = tuple((who, text) for who, text in texts if self._safe(text) is not None)
        return Texts(texts=kept, left_out=len(texts) - len(kept))

    def _safe(self, text: str) -> str | None:
        return None if self._lost.are_in(text) else text

    def _hear(self, questions: Questions, evidence: EvidenceRows) -> None:
        """Once over all notes that count: who was heard on which statement."""
        voices = Voices(questions, self._assessment.id, self._framework)
        for row in every_note(questions, EntryFilter(assessment=self._assessment.id)):
            if row.withdrawal is not None or row.barred is not None or self._is_restricted(row):
                continue
            for statement in {one.statement for one in row.evidence if one.pack == self._framework.id}:
                kind = voices.of(row)
                found = evidence.of_statement([row], self._framework.id, statement)
                self._heard.setdefault(statement, []).extend((kind, one) for one in found)

    def _is_restricted(self, row: EntryRow) -> bool:
        """Whether its words are for named people alone."""
        return bool(self._restricted & {row.entry.id, row.entry.activity, row.entry.about or ""})


def _voices(heard: list[tuple[SpeakerKind | None, EvidenceRow]]) -> Iterator[Voice]:
    """A note counts once however many statements of the theme it is tagged to."""
    for kind in (*SpeakerKind, None):
        rows = [row for one, row in heard if one is kind]
        if rows or kind is not None:
            yield Voice(
                who=VOICES[kind] if kind is not None else NOBODY, notes=len({row.note for row in rows}),
                sources=len({row.source for row in rows}),
            )  # fmt: skip
