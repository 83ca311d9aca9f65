"""The draft assessment report on paper, by theme; and the list of findings with everything each rests on.

It is made of what there is. What is missing is named at its end and holds nothing up: reviews met some 500 drafts that
nobody could get out of a workflow (facts, section 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from fieldkit.domain.draft_report import DraftReport, Texts, ToldFinding, ToldNote, ToldStatement, ToldTheme
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import PROVISIONAL
from fieldkit.domain.settling import Departure
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.dates import day, moment
from fieldkit.reports.score_trace import departed, rating

DRAFT = "For the team. It is not a judgement that the regulator has published."
WITH_RATINGS = (
    "Ratings here are the team's working figures, not a judgement that the regulator has published. How "
    "each was worked out stands in the score trace."
)
IN_WORDS = (
    "Ratings here are the team's own, chosen in words by the rating characteristics, not a judgement that the "
    "regulator has published. What each rests on stands in the score trace."
)
LEFT_OUT = "Left out: it repeats words of a note that was withdrawn, is held back or restricted, or may not be quoted."
_SHORT = 8


def compose(facts: DraftReport) -> Document:
    """By theme: direction of travel, strengths, areas for development, key messages, how voices were used."""
    return _document(facts, "Draft assessment report", tuple(_report(facts)))


def compose_findings(facts: DraftReport) -> Document:
    """Every finding with its evidence for and against, by statement."""
    return _document(facts, "Findings", tuple(_findings(facts)))


def _document(facts: DraftReport, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title, kicker=f"FieldKit · {facts.assessment} · Draft, {PROVISIONAL.lower()}", blocks=blocks,
        footer=f"Draft, {PROVISIONAL.lower()} · {facts.assessment} · made {moment(facts.at)}",
    )  # fmt: skip


def _report(facts: DraftReport) -> Iterator[Block]:
    rated = WITH_RATINGS if facts.framework.method.has_scores else IN_WORDS
    yield Note(title=PROVISIONAL if facts.has_ratings else "Draft", text=rated if facts.has_ratings else DRAFT)
    yield KeyFacts(
        facts=(
            ("Assessment", facts.assessment), ("Framework", _pack(facts.framework)),
            ("Notes under findings", _counted(facts)), ("Missing", _missing(facts)),
        )
    )  # fmt: skip
    yield Heading(text="Summary")
    yield from _texts(facts.summary, "Not written yet.")
    if facts.overall is not None:
        yield from _figure(facts.framework, "Overall rating", *facts.overall)
    for theme in facts.themes:
        yield from _theme(facts.framework, theme)
    if facts.missing:
        yield Heading(text="What is missing")
        yield Paragraph(text="This report was made of what there is. Still missing, or to be looked at again:")
        yield Points(points=facts.missing)


def _theme(framework: Framework, theme: ToldTheme) -> Iterator[Block]:
    yield Heading(text=theme.title)
    if theme.figure is not None:
        yield from _figure(framework, "Rating of the theme", *theme.figure)
    yield Heading(text=f"Direction of travel: {theme.title}", level=3)
    yield from _texts(theme.direction, "Not written yet.")
    found = [(one, finding) for one in theme.statements for finding in one.findings]
    for title, wanted in (
        ("Strengths", [each for each in found if each[1].is_strength]),
        ("Areas for development", [each for each in found if each[1].is_shortfall]),
        ("Other findings", [each for each in found if not (each[1].is_strength or each[1].is_shortfall)]),
    ):
        if wanted or title != "Other findings":
            yield Heading(text=f"{title}: {theme.title}", level=3)
            yield from _points(wanted)
    for one in theme.statements:
        yield from _statement(one)
    yield Heading(text=f"How people's voices were used: {theme.title}", level=3)
    yield from _texts(theme.voices, "")
    yield _voices(theme)


def _statement(one: ToldStatement) -> Iterator[Block]:
    yield Heading(text=f"{one.label} {one.title}", level=3)
    if one.rating:
        yield KeyFacts(facts=((f"Rating ({PROVISIONAL.lower()})", one.rating),))
    yield from _texts(one.message, "Key messages are not written yet.")
    for who, text in one.judgement.texts:
        yield from _paragraphs(f"{who}: {text}")
    if one.judgement.left_out:
        yield Paragraph(text=LEFT_OUT)


def _points(found: list[tuple[ToldStatement, ToldFinding]]) -> Iterator[Block]:
    if not found:
        yield Paragraph(text="None yet.")
        return
    yield Points(points=tuple(f"{_said(finding)} ({one.label}, {_grounds(finding)})" for one, finding in found))


def _said(finding: ToldFinding) -> str:
    """The sentence, else the claim; never one that was left out."""
    if finding.sentence is None or finding.claim is None:
        return f"{finding.reference}. {LEFT_OUT}"
    return finding.sentence or finding.claim


def _grounds(finding: ToldFinding) -> str:
    return f"{finding.reference}, evidence {finding.strength.lower()}, {finding.state.lower()}"


def _voices(theme: ToldTheme) -> Table:
    return Table(
        caption=f"Whose voices the notes under {theme.title} come from: {_notes(theme.notes)} in all",
        header=("On whose behalf", "Notes", "Separate sources"),
        rows=tuple((one.who, str(one.notes), str(one.sources)) for one in theme.heard), widths=(6, 2, 2),
    )  # fmt: skip


def _figure(framework: Framework, title: str, outcome: Outcome, over: Departure | None) -> Iterator[Block]:
    words = f"{rating(outcome)} ({PROVISIONAL.lower()})"
    if outcome.missing:
        words += f". {len(outcome.missing)} not scored yet"
    facts = [(title, words)]
    if over is not None:
        facts.append(("Override", departed(framework, over)))
    yield KeyFacts(facts=tuple(facts))


def _findings(facts: DraftReport) -> Iterator[Block]:
    yield Note(title="Draft", text=DRAFT)
    yield KeyFacts(
        facts=(
            ("Assessment", facts.assessment), ("Framework", _pack(facts.framework)),
            ("Notes under findings", _counted(facts)),
        )
    )  # fmt: skip
    is_empty = True
    for theme in facts.themes:
        for one in theme.statements:
            if one.findings:
                is_empty = False
                yield Heading(text=f"{one.label} {one.title}")
            for finding in one.findings:
                yield from _finding(finding)
    if is_empty:
        yield Paragraph(text="No findings yet.")


def _finding(one: ToldFinding) -> Iterator[Block]:
    yield Heading(text=f"{one.reference}. {one.claim if one.claim is not None else LEFT_OUT}", level=3)
    strength = f"{one.strength}. {one.why}"
    if one.by_rule:
        strength += f" The rule suggests {one.by_rule.lower()}."
    sentence = LEFT_OUT if one.sentence is None else one.sentence or "Not written yet"
    yield KeyFacts(
        facts=(
            ("Bearing", one.bearing), ("State", one.state), ("Strength of evidence", strength),
            ("Triangulation", one.corroboration), ("Sentence", sentence),
        )
    )  # fmt: skip
    for title, notes in (("Supports it", one.supports), ("Contradicts it", one.contradicts)):
        if notes:
            yield Table(
                caption=f"{title}: {one.reference}", header=("Note", "Day and source", "Words", "Also under"),
                rows=tuple(_row(each) for each in notes), widths=(2, 3, 6, 3),
            )  # fmt: skip
    if one.marks:
        yield Points(points=one.marks)


def _row(note: ToldNote) -> tuple[str, ...]:
    where = ", ".join(filter(None, (day(note.on) if note.on is not None else "", note.source)))
    said = f"“{note.words}”" if note.is_exact and note.words else note.words
    words = said or "No words"
    if note.standing:
        words = f"{said} ({note.standing})" if said else note.standing[:1].upper() + note.standing[1:]
    return (note.note[-_SHORT:], where, words, "; ".join(note.elsewhere))


def _texts(found: Texts, missing: str) -> Iterator[Block]:
    for _, text in found.texts:
        yield from _paragraphs(text)
    if found.left_out:
        yield Paragraph(text=LEFT_OUT)
    elif not found.texts and missing:
        yield Paragraph(text=missing)


def _paragraphs(text: str) -> Iterator[Block]:
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield Paragraph(text=part.strip())


def _counted(facts: DraftReport) -> str:
    shared = f"; {facts.shared} of them under more than one finding, counted once" if facts.shared else ""
    return f"{facts.cited}{shared}"


def _missing(facts: DraftReport) -> str:
    return f"{len(facts.missing)}, named at the end" if facts.missing else "Nothing"


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count} notes"


def _pack(framework: Framework) -> str:
    return f"{framework.title}, pack {framework.version}"
