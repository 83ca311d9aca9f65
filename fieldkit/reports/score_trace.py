"""The trace of a rating on paper: what each score rests on, what the team settled, and the sum, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.figures import Figure, Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import PROVISIONAL
from fieldkit.domain.marks import Mark
from fieldkit.domain.score_trace import Cited, Trace, TracedJudgement, TracedStatement
from fieldkit.domain.settling import Overridden, Settled, Stand
from fieldkit.domain.working import NOT_SCORED, in_words, working
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.dates import day, moment

NOT_THE_REGULATORS = (
    "Provisional. These are the team's working scores, not a judgement that the regulator has published."
)
STANDS = {
    Stand.NONE: "Not scored yet",
    Stand.ONE: "One assessor's score",
    Stand.AGREE: "Several assessors gave the same score",
    Stand.DIFFER: "Assessors gave different scores: none stands until they are moderated",
    Stand.MODERATED: "Settled by the team",
}
_SHORT = 8


def compose(facts: Trace) -> Document:
    """The whole trace. It is composed from the same lines that the screen shows as working."""
    return Document(
        title="How the scores were worked out",
        kicker=f"FieldKit · {facts.assessment} · {PROVISIONAL}",
        blocks=tuple(_blocks(facts)),
        footer=f"{PROVISIONAL} · {facts.assessment} · made {moment(facts.at)} · {_pack(facts.framework)}",
    )


def standing(framework: Framework, settled: Settled | None) -> str:
    """The score that stands, with how it came about: "2, some shortfalls. Settled by the team"."""
    if settled is None or settled.mark is None:
        return STANDS[settled.stand] if settled is not None else NOT_SCORED
    return f"{in_words(framework, settled.mark)}. {STANDS[settled.stand]}"


def rating(outcome: Outcome) -> str:
    """The figure with its rating: "51/68 = 75%, Good"; never a rating without its number."""
    if outcome.share is None:
        return NOT_SCORED
    whole = outcome.reading.whole_percent if outcome.reading is not None else None
    percent = f" = {whole}%" if whole is not None else ""
    return f"{outcome.share}{percent}, {outcome.band.label if outcome.band else 'no rating'}"


def _blocks(facts: Trace) -> Iterator[Block]:
    yield Note(title=PROVISIONAL, text=NOT_THE_REGULATORS)
    yield KeyFacts(facts=(("Assessment", facts.assessment), ("Framework", _pack(facts.framework))))
    yield Heading(text="Result")
    yield Table(
        header=("Figure", "Worked out from the scores", "Override"),
        rows=tuple((_name(one), rating(one), _overridden(facts.framework, over)) for one, over in facts.figures)
        or (("No figure", "This framework gives no scores", ""),),
        widths=(4, 5, 5),
    )
    for outcome, override in facts.figures:
        yield Heading(text=_name(outcome))
        yield Points(points=working(facts.framework, outcome))
        if override is not None:
            yield _override(facts.framework, outcome, override)
    yield Heading(text="Scores and what they rest on")
    for one in facts.statements:
        yield from _statement(facts, one)
    if facts.framework.unconfirmed:
        yield Heading(text="Not confirmed in this framework pack")
        yield Points(points=tuple(one.text for one in facts.framework.unconfirmed))


def _statement(facts: Trace, one: TracedStatement) -> Iterator[Block]:
    yield Heading(text=f"{one.label} {one.title}", level=3)
    yield Paragraph(text=standing(facts.framework, one.settled), strong=True)
    if one.settled is not None and one.settled.moderation is not None:
        settled = one.settled.moderation
        changed = ", ".join(given.name for given in one.settled.changed_since)
        yield KeyFacts(
            facts=(
                ("Settled", f"{settled.name}, {moment(settled.at)}"),
                ("Before", "; ".join(settled.value.before)),
                ("After", in_words(facts.framework, settled.value.mark)),
                ("Why", settled.value.reason),
                ("Judgement", settled.value.text),
                *((("Changed since", changed),) if changed else ()),
            )
        )
    for judgement in one.judgements:
        yield from _judgement(facts, judgement)


def _judgement(facts: Trace, one: TracedJudgement) -> Iterator[Block]:
    value = one.given.value
    told: list[tuple[str, str]] = [
        ("Assessor", f"{one.given.name}, {moment(one.given.at)}"),
        ("Judgement", value.text),
        ("Score", in_words(facts.framework, value.mark)),
    ]
    if value.confidence is not None:
        told.append(("Confidence", value.confidence.value.capitalize()))
    if value.carried_from is not None:
        told.append(("Carried forward", f"from {day(value.carried_from)}, without new evidence"))
    if one.oldest is not None:
        told.append(("Oldest evidence", _age(one.oldest, facts.at.date())))
    if one.lost:
        told.append(("Counts no more", f"{len(one.lost)} of {len(one.relied_on)} notes: look at the score again"))
    yield KeyFacts(facts=tuple(told))
    cited = [*(("Relied on", each) for each in one.relied_on), *(("Against", each) for each in one.against)]
    if cited:
        yield Table(
            header=("", "Note", "Date", "Source", "Category and bearing"),
            rows=tuple(_row(facts.framework, how, each) for how, each in cited),
            widths=(3, 3, 4, 7, 7),
        )


def _row(framework: Framework, how: str, cited: Cited) -> tuple[str, ...]:
    tags = "; ".join(dict.fromkeys(_tag(framework, one) for one in cited.tags)) or "not tagged to this statement"
    return (
        how, cited.note[-_SHORT:], day(cited.on) if cited.on else "", cited.source, cited.standing or tags,
    )  # fmt: skip


def _tag(framework: Framework, one: EvidenceItem) -> str:
    category = framework.category_by(one.category)
    strong = ", strong" if one.strong else ""
    return f"{category.short if category else one.category}, {one.bearing.value}{strong}"


def _override(framework: Framework, outcome: Outcome, over: Overridden) -> Block:
    then = over.value.worked_out or "nothing yet"
    return Note(
        title=f"Override: {_band(framework, over)}",
        text=(
            f"The scores give {rating(outcome)}. When it was decided they gave {then}. Why: {over.value.rationale} "
            f"Approved by {over.value.approver}. Recorded by {over.name}, {moment(over.at)}."
        ),
    )


def _overridden(framework: Framework, over: Overridden | None) -> str:
    return "" if over is None else f"{_band(framework, over)}, approved by {over.value.approver}"


def _band(framework: Framework, over: Overridden) -> str:
    band = framework.method.band(over.value.band or "")
    return band.label if band is not None else str(over.value.band)


def _name(outcome: Outcome) -> str:
    return "Overall" if outcome.figure is Figure.OVERALL else outcome.title


def _pack(framework: Framework) -> str:
    return f"{framework.title}, pack {framework.id} {framework.version}"


def _age(oldest: date, today: date) -> str:
    days = (today - oldest).days
    return f"{day(oldest)}, {days} day{'' if days == 1 else 's'} old"


def marks_in_words(framework: Framework, marks: tuple[Mark, ...]) -> str:
    """What was tried out: "Q2 3, a good standard; L3 4, an exceptional standard"."""
    titles = {one.id: one.position for one in framework.statements}
    return "; ".join(f"{titles.get(one.subject, one.subject)} {in_words(framework, one)}" for one in marks)
