"""The events of a case in words: one row of the table, one sentence, the same on screen, in print and in the console.

Table, lanes and print read these values and nothing else, so that they cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fieldkit.domain.case import CHARACTERISTICS, Case
from fieldkit.domain.case_gaps import Gap, gaps
from fieldkit.domain.pathway import Pathway, Referral, Step, Wait
from fieldkit.domain.touchpoint import Accord, HandOver, Source, Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.ids import RecordId

NO_WAIT = "—"
PERSONS_WORDS = "Person's words"

KINDS = {
    TouchpointKind.CONTACT: "Contact", TouchpointKind.REFERRAL: "Referral", TouchpointKind.ASSESSMENT: "Assessment",
    TouchpointKind.DECISION: "Decision", TouchpointKind.HAND_OVER: "Handover", TouchpointKind.ADMISSION: "Admission",
    TouchpointKind.DISCHARGE: "Discharge", TouchpointKind.NO_SHOW: "Did not attend", TouchpointKind.CRISIS: "Crisis",
    TouchpointKind.REVIEW: "Review", TouchpointKind.WORDS: PERSONS_WORDS,
}  # fmt: skip
LETTERS = {
    TouchpointKind.CONTACT: "C", TouchpointKind.REFERRAL: "R", TouchpointKind.ASSESSMENT: "A",
    TouchpointKind.DECISION: "D", TouchpointKind.HAND_OVER: "H", TouchpointKind.ADMISSION: "I",
    TouchpointKind.DISCHARGE: "O", TouchpointKind.NO_SHOW: "N", TouchpointKind.CRISIS: "!",
    TouchpointKind.REVIEW: "V", TouchpointKind.WORDS: "W",
}  # fmt: skip
"""One letter in each mark: in and out of a ward are I and O."""
SOURCES = {
    Source.PERSON: "Person", Source.CARER: "Carer", Source.STAFF: "Staff", Source.RECORD: "Record seen",
    Source.OBSERVATION: "Observed",
}  # fmt: skip
ACCORDS = {Accord.UNKNOWN: "", Accord.AGREE: "Sources agree", Accord.DIFFER: "Sources differ"}
POINTS = {
    "sent": "Sent", "received": "Received", "information_complete": "Information complete",
    "person_told": "Person told", "risk_passed_on": "Risk passed on", "named_owner": "Named owner",
}  # fmt: skip
TRAITS = {
    "age_band": "Age band", "need": "Need", "setting": "Setting", "place": "Place", "ethnicity": "Ethnicity",
    "carer": "Carer",
}  # fmt: skip
STATES = {
    "listed": "Listed", "sampled": "In the sample", "reserve": "Reserve", "engaged": "Taking part",
    "not_engaged": "Not taking part",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTags:
    """The tags of an event's notes: ``I1 I2`` to look at, titles to be read; whether one bears a shortfall."""

    chips: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    is_concern: bool = False


NO_TAGS = EventTags()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """One event as a row. ``sentence`` is what a screen reader says of it in the table and in the lanes."""

    id: RecordId
    kind: TouchpointKind
    when: str
    wait: str
    service: str
    happened: str
    tags: str
    is_concern: bool
    is_over: bool
    sentence: str
    wait_words: str
    """``From 14 March to about 2 April: 19 days``; empty where there is no wait."""
    letter: str


def event_words(
    path: Pathway, tags: Mapping[RecordId, EventTags], today: date, *, with_year: bool | None = None
) -> tuple[EventWords, ...]:
    """Every event of a pathway in its order; years are named unless all lie in this one."""
    named = needs_year(path, today) if with_year is None else with_year
    return tuple(_event(step, tags.get(step.touchpoint.id, NO_TAGS), with_year=named) for step in path.steps)


def needs_year(path: Pathway, today: date) -> bool:
    """Whether dates without a year could be mistaken."""
    years = {day.year for step in path.steps for day in (step.touchpoint.when.earliest, step.touchpoint.when.latest)}
    return years != {today.year}


def wait_words(wait: Wait, *, with_year: bool = True) -> str:
    """How a wait was worked out."""
    since, until = wait.since.words(with_year=with_year), wait.until.words(with_year=with_year)
    if wait.is_backwards:
        return f"{until} is before {since}: no wait is counted"
    if wait.minutes is not None:
        return f"From {since} to {until}: {_minutes(wait.minutes)}"
    vague = f" (between {days(wait.least)} and {days(wait.most)})" if wait.is_vague else ""
    return f"From {since} to {until}: {days(wait.days)}{vague}"


def days(count: int) -> str:
    """``19 days``, ``1 day``."""
    return f"{count:,} day" + ("" if count == 1 else "s")


def summary(case: Case | None, path: Pathway) -> str:
    """``Criteria met: 3 of 3   12 events   5 services   Longest wait 19 days``."""
    parts = []
    if case is not None and case.criteria:
        parts.append(f"Criteria met: {case.criteria_met} of {len(case.criteria)}")
    met = {step.touchpoint.organisation for step in path.steps} - {""}
    parts += [_count(len(path.steps), "event"), _count(len(met), "service")]
    if path.longest is not None and path.longest.wait is not None:
        parts.append(f"Longest wait {days(path.longest.wait.days)}")
    if path.over_standard:
        parts.append(f"{path.over_standard} over standard")
    if path.open_referrals:
        parts.append(_count(len(path.open_referrals), "open referral"))
    return "   ".join(parts)


def findings(path: Pathway, today: date) -> tuple[str, ...]:
    """What the drawing shows beside the events: waits over their standard, open referrals, hand-overs that lack."""
    named = needs_year(path, today)
    return tuple(gap_words(gap, with_year=named) for gap in gaps(path))


def gap_words(gap: Gap, *, with_year: bool = True) -> str:
    """A gap in one sentence without its full stop, which is also what a note about it begins with."""
    if gap.referral is not None:
        return referral_words(gap.referral, with_year=with_year)
    if gap.transition is not None:
        lacking = gap.transition.hand_over.lacking if gap.transition.hand_over is not None else ()
        way = f"Handover from {gap.transition.left.organisation} to {gap.transition.reached.organisation}"
        return f"{way}, not done: {', '.join(POINTS[point].casefold() for point in lacking)}"
    step = gap.step
    if step is None or step.wait is None:
        return ""
    said = wait_words(step.wait, with_year=with_year)
    return f"{said}, longer than the standard of {days(step.touchpoint.standard_days or 0)}" if step.is_over else said


def referral_words(one: Referral, *, with_year: bool = True) -> str:
    """What is to be said of a referral; nothing where it was taken up in time."""
    said = f"Referral on {one.made.when.words(with_year=with_year)}"
    said += f" to {one.made.towards}" if one.made.towards else f" by {one.made.organisation}"
    if one.is_open:
        return f"{said}: no contact yet after {days(one.days)}"
    if one.is_over:
        return f"{said}: first contact after {days(one.days)}, longer than the standard of {one.made.standard_days}"
    return ""


def hand_over_words(one: HandOver) -> str:
    """``Sent yes, received no, person told not known``."""
    shown = {"yes": "yes", "no": "no", "unknown": "not known"}
    said = ", ".join(f"{POINTS[point].casefold()} {shown[one.answer(point).value]}" for point in one.points())
    return said[:1].upper() + said[1:]


def traits_words(case: Case) -> tuple[tuple[str, str], ...]:
    """What is known of a case, labelled."""
    return tuple((TRAITS[name], case.characteristic(name)) for name in CHARACTERISTICS if case.characteristic(name))


def source_words(one: Touchpoint) -> str:
    """``Record seen, Carer: “came home alone”. Sources differ``."""
    told = (SOURCES[each.source] + (f": “{each.words}”" if each.words else "") for each in one.sources)
    return ". ".join(part for part in (", ".join(told), ACCORDS[one.accord]) if part)


def _event(step: Step, tags: EventTags, *, with_year: bool) -> EventWords:
    one = step.touchpoint
    when = one.when.words(with_year=with_year)
    quote = f"“{one.exact_words}”" if one.exact_words else ""
    happened = _flat(" ".join(part for part in (one.happened, quote) if part))
    concern = one.is_concern or tags.is_concern
    service = one.organisation if one.is_service else PERSONS_WORDS
    parts = (
        _spoken(when), _after(step), service, happened, "concern" if concern else "", *tags.titles,
    )  # fmt: skip
    return EventWords(
        id=one.id, kind=one.kind, when=when, wait=_short(step.wait), service=service, happened=happened,
        tags=" ".join(tags.chips), is_concern=concern, is_over=step.is_over,
        sentence=", ".join(part for part in parts if part),
        wait_words=wait_words(step.wait, with_year=with_year) if step.wait is not None else "",
        letter=LETTERS[one.kind],
    )  # fmt: skip


def _spoken(when: str) -> str:
    return when[:1].upper() + when[1:]


def _short(wait: Wait | None) -> str:
    if wait is None or wait.is_backwards:
        return NO_WAIT
    if wait.days:
        return f"{wait.days} d"
    if wait.minutes is None:
        return "0 d"
    hours, rest = divmod(wait.minutes, 60)
    return f"{hours} h" if hours and not rest else f"{hours} h {rest} m" if hours else f"{rest} m"


def _after(step: Step) -> str:
    wait = step.wait
    if wait is None:
        return ""
    if wait.is_backwards:
        return "dated before previous"
    if not wait.days:
        return f"{_minutes(wait.minutes)} after previous" if wait.minutes is not None else "same day as previous"
    over = f", longer than the standard of {days(step.touchpoint.standard_days or 0)}" if step.is_over else ""
    return f"{days(wait.days)} after previous{over}"


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_count(hours, "hour")] if hours else []
    parts += [_count(rest, "minute")] if rest or not hours else []
    return " ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _flat(text: str) -> str:
    return " ".join(text.split())


def words_of(rows: Iterable[EventWords]) -> tuple[str, ...]:
    """The sentences, for whoever compares two views of one case."""
    return tuple(row.sentence for row in rows)


def when_words(when: When, *, with_year: bool = True) -> str:
    """A moment at the beginning of a line."""
    return _spoken(when.words(with_year=with_year))
