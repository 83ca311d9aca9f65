"""The three forms of a timeline: an event, a handover, somebody's words; what they hold, and the event it makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.case_file import CaseFile
from fieldkit.app.noting import evidence_from
from fieldkit.app.touchpoints import Event
from fieldkit.app.when_text import read_when
from fieldkit.capture.captured import Captured, HintKind
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.case import Answer
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.touchpoint import Accord, HandOver, Source, Told, Touchpoint, TouchpointKind
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.reports.case_words import ACCORDS, KINDS, POINTS, SOURCES
from ui.presenters.forms import Entry, FormField, Option, Values, chosen

WHEN_HINT = "Like 14 March, about 2 April, 2 to 9 April, April 2026, or 2 March 14:30"
TAGS_HINT = "Like #sp- for a shortfall in that statement. Tags make this a note that counts"
_GUESSES = (
    (TouchpointKind.NO_SHOW, re.compile(r"did not attend|no[- ]show|\bdna\b|missed (?:the |an? )?appointment")),
    (TouchpointKind.DISCHARGE, re.compile(r"discharg|sent home")),
    (TouchpointKind.ADMISSION, re.compile(r"\badmi(?:tted|ssion)|moved into")),
    (TouchpointKind.REFERRAL, re.compile(r"\brefer(?:red|ral|s)\b")),
    (TouchpointKind.HAND_OVER, re.compile(r"hand(?:ed)?[- ]?over|transferr?ed|transfer to")),
    (TouchpointKind.ASSESSMENT, re.compile(r"\bassess(?:ed|ment|or)|\bscreened")),
    (TouchpointKind.REVIEW, re.compile(r"\breview")),
    (TouchpointKind.DECISION, re.compile(r"\bdecid|decision|\bagreed\b|refused|panel|\bapproved")),
    (TouchpointKind.CRISIS, re.compile(r"crisis|\b999\b|ambulance|emergency|collapse|\bfell\b|\bfall\b")),
)  # fmt: skip
_YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the fields are read against."""

    file: CaseFile
    frameworks: Sequence[Framework]
    today: date


def guess_kind(words: str) -> TouchpointKind:
    """The kind that words speak of; a contact where they speak of none."""
    said = words.casefold()
    return next((kind for kind, pattern in _GUESSES if pattern.search(said)), TouchpointKind.CONTACT)


def event_fields(file: CaseFile, frameworks: Sequence[Framework]) -> tuple[FormField, ...]:
    """When, where, what, and below that everything that can be left out."""
    prompts = [prompt for pack in frameworks[:1] for one in pack for prompt in one.prompts]
    kinds = [Option(kind, KINDS[kind]) for kind in TouchpointKind if kind is not TouchpointKind.WORDS]
    return (
        FormField(name="when", needed="touchpoint.no_when", label="When", hint=WHEN_HINT), _service(file),
        FormField(name="happened", needed="touchpoint.nothing", label="What happened", entry=Entry.LONG, rows=2),
        FormField(name="tags", label="Tags", hint=TAGS_HINT),
        FormField(name="should_have", label="What should have happened", entry=Entry.LONG, rows=2),
        FormField(name="kind", label="Kind", entry=Entry.PICK, options=(Option("", "From the words"), *kinds)),
        FormField(
            name="towards", label="To which service", options=_services(file),
            shown=lambda values: _kind(values) in (TouchpointKind.REFERRAL, TouchpointKind.HAND_OVER),
        ),
        FormField(name="standard", label="Longest wait in order, in days",
                  hint="Counted from the event before it. Of a referral: until the first contact"),
        FormField(name="concern", label="A concern", entry=Entry.YES),
        FormField(
            name="sources", label="Source", entry=Entry.CHECKS,
            options=tuple(Option(one, words) for one, words in SOURCES.items()),
        ),
        FormField(
            name="accord", label="Do the sources agree?", entry=Entry.CHOICE, options=_ACCORDS,
            shown=lambda values: len(chosen(values["sources"])) > 1,
        ),
        FormField(
            name="told", label="What each source says, where they differ", entry=Entry.LONG, rows=2,
            hint="One a line: Record: told on 12 October",
            shown=lambda values: values["accord"] == Accord.DIFFER.value,
        ),
        FormField(name="exact_words", label="Exact words", entry=Entry.LONG, rows=2),
        FormField(
            name="statement", label="I statement", entry=Entry.PICK,
            options=(Option("", "None"), *(Option(one, one) for one in dict.fromkeys(prompts))),
        ),
    )  # fmt: skip


def handover_fields(file: CaseFile) -> tuple[FormField, ...]:
    """From where to where, and the six points of a safe handover."""
    answers = (Option(Answer.UNKNOWN, "Not known"), Option(Answer.YES, "Yes"), Option(Answer.NO, "No"))
    return (
        FormField(name="when", needed="touchpoint.no_when", label="When", hint=WHEN_HINT), _service(file,
                  "From which service"),
        FormField(name="towards", label="To which service", options=_services(file)),
        FormField(name="happened", needed="touchpoint.nothing", label="What happened", entry=Entry.LONG, rows=2),
        *(
            FormField(name=point, label=f"{words}?", entry=Entry.PICK, options=answers)
            for point, words in POINTS.items()
        ),
        FormField(name="tags", label="Tags", hint=TAGS_HINT),
        FormField(name="standard", label="Longest wait in order, in days", hint="Counted from the event before it"),
    )  # fmt: skip


def words_fields() -> tuple[FormField, ...]:
    """Who said it when, and the words."""
    return (
        FormField(name="when", needed="touchpoint.no_when", label="When", hint=WHEN_HINT),
        FormField(
            name="sources", label="Who says it?", entry=Entry.CHOICE,
            options=(Option(Source.PERSON, "The person"), Option(Source.CARER, "A carer")),
        ),
        FormField(name="exact_words", needed="touchpoint.no_words", label="Their words", entry=Entry.LONG, rows=4),
        FormField(name="tags", label="Tags", hint=TAGS_HINT),
    )  # fmt: skip


def values_of(one: Touchpoint) -> dict[str, str]:
    """What stands in the fields when an event is changed; its tags are on its note already."""
    check = one.hand_over or HandOver()
    return {
        "when": one.when.words().removeprefix("about ") if one.when.precision.value == "month" else one.when.words(),
        "organisation": one.organisation, "towards": one.towards, "happened": one.happened,
        "should_have": one.should_have, "kind": one.kind.value, "exact_words": one.exact_words, "tags": "",
        "standard": "" if one.standard_days is None else str(one.standard_days), "accord": one.accord.value,
        "sources": "\n".join(told.source.value for told in one.sources), "concern": _YES if one.is_concern else "",
        "told": "\n".join(f"{SOURCES[told.source]}: {told.words}" for told in one.sources if told.words),
        "statement": one.statements[0] if one.statements else "",
        **{point: check.answer(point).value for point in HandOver.points()},
    }  # fmt: skip


def event_of(values: Values, reading: Reading, before: Touchpoint | None = None) -> Event:
    """The event that was entered.

    Raises ``Mistake`` as ``read_when`` does, ``Mistake('touchpoint.tag')`` or ``Mistake('touchpoint.standard')``.
    """
    finding = Finding()
    when = finding.read(lambda: read_when(values["when"], reading.today))
    happened = _captured(values.get("happened", ""), reading)
    tags = finding.read(lambda: _captured(_as_tags(values.get("tags", "")), reading, is_strict=True))
    standard = finding.read(lambda: _standard(values.get("standard", "")))
    finding.settle()
    assert tags is not None
    is_checked = "sent" in values
    kind = TouchpointKind.HAND_OVER if is_checked and not values.get("kind") else _kind(values)
    event = Event(
        when=when, kind=kind, organisation=values.get("organisation", ""), towards=values.get("towards", ""),
        happened=happened.text, should_have=values.get("should_have", ""), sources=_sources(values),
        accord=Accord(values.get("accord") or "unknown"), exact_words=values.get("exact_words", ""),
        standard_days=standard,
        hand_over=_hand_over(values) if is_checked else before.hand_over if before else None,
        statements=_statements(values, before),
        is_concern=values.get("concern") == _YES or happened.risk is not Risk.NONE,
        evidence=_evidence((happened, tags), reading),
    )  # fmt: skip
    if "organisation" not in values:
        return replace(event, kind=TouchpointKind.WORDS)
    return event


def tags_read(text: str, reading: Reading) -> tuple[EvidenceItem, ...]:
    """The tags of a field that holds nothing else. Raises ``Mistake('touchpoint.tag')``."""
    return _evidence((_captured(_as_tags(text), reading, is_strict=True),), reading)


def _captured(text: str, reading: Reading, *, is_strict: bool = False) -> Captured:
    """Words with tags behind them, and ``!`` before them for a concern, as in a note."""
    found = parse(text, Vocabulary(frameworks=tuple(reading.frameworks)))
    strange = next((hint for hint in found.hints if hint.kind is not HintKind.NUMBER_KEPT), None)
    if is_strict and (strange is not None or found.text):
        raise Mistake("touchpoint.tag", field="tags", word=strange.word if strange else found.text)
    if found.follow_up or found.own_view or found.exact:  # signs that mean nothing here stay words
        return replace(found, text=" ".join(text.split()) if not found.tags else found.text)
    return found


def _as_tags(text: str) -> str:
    words = (word if word[0] in "#@" else f"#{word}" for word in text.replace(",", " ").split())
    return " ".join(words)


def _evidence(lines: Sequence[Captured], reading: Reading) -> tuple[EvidenceItem, ...]:
    category = next((line.category for line in lines if line.category is not None), None)
    found: dict[tuple[str, str, str], EvidenceItem] = {}
    for line in lines:
        whole = line if line.category is not None else replace(line, category=category)
        for item in evidence_from(whole, reading.file.activity, reading.frameworks):
            found.setdefault((item.pack, item.statement, item.category), item)
    return tuple(found.values())


def _kind(values: Values) -> TouchpointKind:
    said = values.get("kind", "")
    return TouchpointKind(said) if said else guess_kind(values.get("happened", ""))


def _sources(values: Values) -> tuple[Told, ...]:
    lines = dict(line.split(":", 1) for line in values.get("told", "").splitlines() if ":" in line)
    said = {name.strip().casefold(): text.strip() for name, text in lines.items()}
    return tuple(
        Told(source=Source(one), words=_said(Source(one), said)) for one in chosen(values.get("sources", ""))
    )  # fmt: skip


def _said(source: Source, said: dict[str, str]) -> str:
    names = (SOURCES[source].casefold(), SOURCES[source].split()[0].casefold())
    return next((text for name, text in said.items() if name in names), "")


def _standard(text: str) -> int | None:
    said = text.strip().casefold().removesuffix("days").removesuffix("day").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 5):
        raise Mistake("touchpoint.standard", field="standard")
    return int(said)


def _hand_over(values: Values) -> HandOver:
    return HandOver(**{point: Answer(values.get(point) or "unknown") for point in HandOver.points()})


def _statements(values: Values, before: Touchpoint | None) -> tuple[str, ...]:
    others = before.statements[1:] if before is not None else ()
    said = [line.strip() for line in values.get("statement", "").splitlines() if line.strip()]
    return tuple(dict.fromkeys((*said, *others)))


def _service(file: CaseFile, label: str = "Service") -> FormField:
    return FormField(name="organisation", label=label, options=_services(file), needed="touchpoint.no_service")


def _services(file: CaseFile) -> tuple[Option, ...]:
    return tuple(Option(name, name) for name in file.services)


_ACCORDS = (
    Option(Accord.AGREE, ACCORDS[Accord.AGREE]), Option(Accord.DIFFER, ACCORDS[Accord.DIFFER]),
    Option(Accord.UNKNOWN, "Not known"),
)  # fmt: skip
