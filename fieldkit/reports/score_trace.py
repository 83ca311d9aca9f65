"""The trace of a rating on paper: what each score rests on, what the team settled, and the sum, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.figures import Figure, Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import PROVISIONAL, Judged
from fieldkit.domain.marks import Mark
from fieldkit.domain.score_age import Badge, BadgeKind
from fieldkit.domain.score_places import place_of
from fieldkit.domain.score_trace import Cited, Trace, TracedJudgement, TracedStatement
from fieldkit.domain.settling import Departure, Moderated, Overridden, Settled, Stand
from fieldkit.domain.working import NOT_SCORED, ended, in_words, not_chosen, so_far, working
from fieldkit.reports.blocks import Block, Document, Drawing, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.charts import band_scale
from fieldkit.reports.dates import day, moment

_TEAMS = "These are the team's working scores, not a judgement that the regulator has published."
NOT_THE_REGULATORS = f"{PROVISIONAL}. {_TEAMS}"
NOT_ADDED_UP = (
    "This framework gives no scores. A rating is chosen for each statement by comparing the evidence with the rating "
    "characteristics of the pack, in words. Nothing is added up, and there is no overall figure."
)
STANDS = {
    Stand.NONE: "Not scored yet",
    Stand.ONE: "One assessor's score",
    Stand.AGREE: "Several assessors gave the same score",
    Stand.DIFFER: "Assessors gave different scores: none stands until they are moderated",
    Stand.MODERATED: "Settled by the team",
    Stand.TWICE: "Settled differently on two laptops: settle it again",
    Stand.HIDDEN: "Hidden until your own score is saved",
    Stand.OPEN: "Two accounts wait for a decision",
}
BLIND = "What others gave is left out of this copy where whoever made it has not saved a score of their own yet."
OVERRIDDEN_TWICE = "Overridden differently on two laptops, or two accounts wait for a decision: decide it again"
_TOLD = (BadgeKind.CARRIED, BadgeKind.CHANGED)
"""Badges that the trace says at their judgements themselves."""
_SHORT = 8
_DID = {"judgement": "Judged by", "moderation": "Settled by"}


def compose(facts: Trace) -> Document:
    """The whole trace. It is composed from the same lines that the screen shows as working."""
    return Document(
        title="How the scores were worked out" if facts.framework.method.has_scores else "What the ratings rest on",
        kicker=f"FieldKit · {facts.assessment} · {PROVISIONAL}",
        blocks=tuple(_blocks(facts)),
        footer=f"{PROVISIONAL} · {facts.assessment} · made {moment(facts.at)} · {_pack(facts.framework)}",
    )


def standing(framework: Framework, settled: Settled | None) -> str:
    """The score that stands, with how it came about: "2, some shortfalls. Settled by the team"."""
    if settled is None:
        return not_chosen(framework)
    if settled.mark is None:
        return _stands(framework, settled)
    return f"{in_words(framework, settled.mark)}. {_stands(framework, settled)}"


def _stands(framework: Framework, settled: Settled) -> str:
    """The same sentences for ratings that are chosen in words; with words alone, who wrote some is all there is."""
    if framework.method.has_scores:
        return STANDS[settled.stand]
    if settled.stand is Stand.NONE:
        return f"Judged in words. {not_chosen(framework)}" if settled.given else not_chosen(framework)
    return STANDS[settled.stand].replace("score", "rating")


def rating(outcome: Outcome) -> str:
    """The figure with its rating: "51/68 = 75%, Good"; never a rating without its number, nor a limited one without
    what limits it and what it would be without: "66/68 = 97%, Good (pack rule R7; without it Outstanding)".
    """
    if outcome.share is None:
        return NOT_SCORED
    if outcome.missing:
        return f"{so_far(outcome)}, no rating"
    whole = outcome.reading.whole_percent if outcome.reading is not None else None
    percent = f" = {whole}%" if whole is not None else ""
    limit, before = outcome.limiter, outcome.reading.band if outcome.reading is not None else None
    why = f" (pack rule {limit.id}; without it {before.label})" if limit is not None and before is not None else ""
    return f"{outcome.share}{percent}, {outcome.band.label if outcome.band else 'no rating'}{why}"


def badge_words(one: Badge) -> str:
    """Why a score wants another look, with the day or the number behind it."""
    if one.kind is BadgeKind.LOST:
        return "Relies on 1 note that counts no more" if one.count == 1 else f"{one.count} of its notes count no more"
    if one.kind is BadgeKind.CHANGED:
        return f"{one.count} judgement{'' if one.count == 1 else 's'} changed since the team settled"
    on = day(one.on) if one.on is not None else ""
    if one.kind is BadgeKind.CARRIED:
        return f"Carried forward from {on}"
    if one.kind is BadgeKind.NEWER:
        return f"Evidence newer than the judgement, {on}"
    return f"Oldest evidence {one.count} days old, {on}: more than this pack allows"


def figure_name(outcome: Outcome) -> str:
    """What a figure is called: its theme's title, or "Overall"."""
    if outcome.figure is Figure.STATEMENT:
        return f"{outcome.label} {outcome.title}"
    return "Overall" if outcome.figure is Figure.OVERALL else outcome.title


def departed(framework: Framework, over: Departure) -> str:
    """An override in a few words: "Inadequate, approved by B. Chief"."""
    if over.is_open:
        return OVERRIDDEN_TWICE
    return f"{band_name(framework, over.last)}, approved by {over.last.value.approver}"


def band_name(framework: Framework, over: Overridden) -> str:
    """The rating that an override gives."""
    if over.value.band is None:
        return "Taken back"
    band = framework.method.band(over.value.band)
    return band.label if band is not None else over.value.band


def _blocks(facts: Trace) -> Iterator[Block]:
    noun = facts.framework.method.noun
    yield Note(title=PROVISIONAL, text=_TEAMS.replace("scores", f"{noun}s"))
    yield KeyFacts(facts=(("Assessment", facts.assessment), ("Framework", _pack(facts.framework))))
    if facts.is_blind:
        yield Note(title="A blind round", text=BLIND.replace("score", noun))
    yield from _result(facts)
    for outcome, override in facts.figures:
        yield Heading(text=figure_name(outcome))
        if (picture := band_scale(facts.framework.method, outcome, figure_name(outcome))) is not None:
            yield Drawing(title=f"{figure_name(outcome)} among the bands, provisional", picture=picture)
        yield Points(points=working(facts.framework, outcome))
        if override is not None:
            yield from _overrides(facts.framework, outcome, override)
    if facts.below:
        yield Heading(text="Statement scores from their categories")
    for outcome in facts.below:
        yield Heading(text=f"{figure_name(outcome)}: {rating(outcome)}", level=3)
        yield Points(points=working(facts.framework, outcome))
    yield Heading(text=f"{noun.capitalize()}s and what they rest on")
    for one in facts.statements:
        yield from _statement(facts, one)
    if facts.framework.unconfirmed:
        yield Heading(text="Not confirmed in this framework pack")
        yield Points(points=tuple(one.text for one in facts.framework.unconfirmed))


def _result(facts: Trace) -> Iterator[Block]:
    if not facts.framework.method.has_scores:
        yield Note(title="No scores", text=NOT_ADDED_UP)
        return
    yield Heading(text="Result")
    yield Table(
        header=("Figure", "Worked out from the scores", "Override"),
        rows=tuple(
            (figure_name(one), rating(one), departed(facts.framework, over) if over else "")
            for one, over in facts.figures
        ),
        widths=(4, 5, 5),
    )


def _statement(facts: Trace, one: TracedStatement) -> Iterator[Block]:
    yield Heading(text=f"{one.label} {one.title}", level=3)
    yield Paragraph(text=standing(facts.framework, one.settled), strong=True)
    badges = [each for each in one.badges if each.kind not in _TOLD]
    if badges:
        yield Points(points=tuple(badge_words(each) for each in badges))
    for settled in one.settled.moderations if one.settled is not None else ():
        yield _moderation(facts.framework, settled)
    changed = ", ".join(given.name for given in one.settled.changed_since) if one.settled is not None else ""
    if changed:
        yield KeyFacts(facts=(("Changed since", changed),))
    for judgement in one.judgements:
        yield from _judgement(facts, judgement)
    if one.history:
        yield Table(
            caption=f"{one.label} over time", header=("When", "Who", "Before", "After", "Why"), widths=(6, 5, 6, 6, 8),
            rows=tuple(
                (moment(each.at), f"{_DID[each.kind]} {each.name}", each.before, each.after, each.why)
                for each in one.history
            ),
        )  # fmt: skip


def _moderation(framework: Framework, settled: Moderated) -> Block:
    return KeyFacts(
        facts=(
            ("Settled", f"{settled.name}, {moment(settled.at)}"),
            ("Before", "; ".join(settled.value.before)),
            ("After", in_words(framework, settled.value.mark)),
            ("Why", settled.value.reason),
            ("Judgement", settled.value.text),
        )
    )


def _judgement(facts: Trace, one: TracedJudgement) -> Iterator[Block]:
    value = one.given.value
    told: list[tuple[str, str]] = [
        ("Assessor", f"{one.given.name}, {moment(one.given.at)}"),
        ("Judgement", value.text),
        (facts.framework.method.noun.capitalize(), in_words(facts.framework, value.mark)),
    ]
    characteristic = facts.framework.characteristic(value.judged.subject, value.value) if value.value else ""
    if characteristic:
        told.append(("Its characteristic", characteristic))
    if value.confidence is not None:
        told.append(("Confidence", value.confidence.value.capitalize()))
    if value.carried_from is not None:
        told.append(("Carried forward", f"from {day(value.carried_from)}, without new evidence"))
    if one.oldest is not None:
        told.append(("Oldest evidence", _age(one.oldest, facts.at.date())))
    if one.lost:
        told.append(
            (
                "Counts no more",
                f"{len(one.lost)} of {len(one.relied_on)} notes: look at the {facts.framework.method.noun} again",
            )
        )
    yield KeyFacts(facts=tuple(told))
    cited = [*(("Relied on", each) for each in one.relied_on), *(("Against", each) for each in one.against)]
    if cited:
        yield Table(
            header=("Used", "Note", "Date", "Source", "Category and bearing"),
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


def _overrides(framework: Framework, outcome: Outcome, over: Departure) -> Iterator[Block]:
    if over.is_open:
        yield Paragraph(text=f"{OVERRIDDEN_TWICE}.", strong=True)
    for one in over.made:
        then = one.value.worked_out or "nothing yet"
        yield Note(
            title=f"Override: {band_name(framework, one)}",
            text=(
                f"The scores give {rating(outcome)}. When it was decided they gave {then}. "
                f"Why: {ended(one.value.rationale)} "
                f"Approved by {one.value.approver}. Recorded by {one.name}, {moment(one.at)}."
            ),
        )


def _pack(framework: Framework) -> str:
    return f"{framework.title}, pack {framework.id} {framework.version}"


def _age(oldest: date, today: date) -> str:
    days = (today - oldest).days
    return f"{day(oldest)}, {days} day{'' if days == 1 else 's'} old"


def marks_in_words(framework: Framework, marks: tuple[Mark, ...]) -> str:
    """What was tried out: "Q2 3, a good standard; L3 4, an exceptional standard"."""
    return "; ".join(
        f"{place_of(framework, Judged(pack=framework.id, subject=one.subject, category=one.category)).label} "
        f"{in_words(framework, one)}"
        for one in marks
    )
