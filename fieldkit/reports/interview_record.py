"""The record of an interview or focus group on paper: consent as given, every question, its answers under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.framework import SpeakerKind
from fieldkit.domain.interview import Asked, InterviewSession, Recording
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Note, Paragraph, Points, Table
from fieldkit.reports.clock_words import clock, day_and_zone, there, whole
from fieldkit.reports.dates import day, moment
from fieldkit.reports.told_notes import (
    PROVISIONAL_RECORD,
    ToldFile,
    ToldNote,
    file_table,
    left_out_points,
    note_table,
    statement_key,
)

AGREED: Mapping[Agreed, str] = {
    Agreed.NOT_ASKED: "Not asked", Agreed.GIVEN: "Agreed", Agreed.GIVEN_FOR_THEM: "Somebody agreed for them",
    Agreed.REFUSED: "Refused", Agreed.WITHDRAWN: "Taken back", Agreed.NOT_REQUIRED: "Not needed, a power is used",
}  # fmt: skip
_SHOWN: Mapping[Attribution, str] = {
    Attribution.NONE: "not attributable", Attribution.ROLE: "by role only", Attribution.NAME: "by name",
}  # fmt: skip
_QUOTES: Mapping[Quoting, str] = {
    Quoting.UNNAMED: "yes, without their name", Quoting.YES: "yes", Quoting.NO: "no: exact words are left out",
    Quoting.ASK: "only after asking back: exact words are left out",
}  # fmt: skip
_BANDS: Mapping[SpeakerKind, str] = {
    SpeakerKind.PERSON: "People who use services", SpeakerKind.CARER: "Carers and family", SpeakerKind.STAFF: "Staff",
    SpeakerKind.LEADER: "Leaders", SpeakerKind.PARTNER: "Partners",
}  # fmt: skip
_RECORDING: Mapping[Recording, str] = {
    Recording.NOT_KNOWN: "not known", Recording.NO: "no", Recording.SUSPECTED: "suspected", Recording.YES: "yes",
}  # fmt: skip
_STATE: Mapping[Asked, str] = {
    Asked.NOT_ASKED: "Not asked", Asked.ANSWERED: "Answered", Asked.SKIPPED: "Skipped",
    Asked.ELSEWHERE: "Answered under another question",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPut:
    """One question, how it stands and why, and the notes under it. ``is_own``: the interviewer added it."""

    number: int
    text: str
    state: Asked
    reason: str = ""
    is_own: bool = False
    notes: tuple[ToldNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRecord:
    """Everything of one interview. ``zone`` is the clock its times are told on; ``read_out`` what was to be read out.

    ``personal`` are the consents of single people of a group by their number.
    """

    assessment: str
    visit: str
    title: str
    kind: str
    place: str
    session: InterviewSession | None
    consent: Consent | None
    personal: tuple[tuple[str, Consent], ...]
    guide: str
    read_out: tuple[str, ...]
    questions: tuple[QuestionPut, ...]
    others: tuple[ToldNote, ...]
    files: tuple[ToldFile, ...]
    held: int
    zone: str
    made_at: datetime

    @property
    def notes(self) -> tuple[ToldNote, ...]:
        return (*(note for one in self.questions for note in one.notes), *self.others)


def compose(record: InterviewRecord) -> Document:
    """The document."""
    return Document(
        kicker=f"{record.assessment} · {record.visit}", title=f"Record of {record.title}",
        blocks=tuple(_blocks(record)),
        footer=f"Provisional. Made {moment(record.made_at)}. Confidential, for the team",
    )  # fmt: skip


def _blocks(record: InterviewRecord) -> Iterator[Block]:
    yield Paragraph(text=PROVISIONAL_RECORD, strong=True)
    yield KeyFacts(facts=tuple(_facts(record)))
    yield from _presence(record)
    yield Heading(text="Consent")
    yield from _consent(record)
    yield Heading(text="Questions and answers")
    yield from _questions(record)
    if record.others:
        yield Heading(text="Noted under no question")
        yield note_table(record.others)
    yield from statement_key(record.notes)
    yield Heading(text="Files")
    yield from file_table(record.files)
    if points := left_out_points(record.held):
        yield Heading(text="What is left out")
        yield Points(points=points)


def _facts(record: InterviewRecord) -> Iterator[tuple[str, str]]:
    session = record.session
    yield "Purpose", record.guide or "No guide: a conversation on a blank page"
    yield "Where", record.place or "Not said"
    if session is None:
        yield "Standing", "Not begun"
        return
    yield "Reference", session.reference
    yield "Speaks as", _BANDS[session.band] if session.band else "Not said"
    yield "People", f"{session.size}"
    yield "Began", _at(record, session.started_at) or "Not started"
    yield "Ended", _at(record, session.ended_at) or "Not ended"
    if session.started_at is not None and session.ended_at is not None:
        yield "Lasted", f"{_minutes(session.lasted(session.ended_at))}, breaks taken off"
    yield "Breaks", "; ".join(_breaks(record, session)) or "None"
    yield "Recorded by them", _RECORDING[session.recording]
    yield "Read back", "Yes, the notes were read back" if session.read_back else "No"


def _at(record: InterviewRecord, value: datetime | None) -> str:
    return whole(there(value, record.zone)) if value is not None else ""


def _minutes(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return "1 minute" if minutes == 1 else f"{minutes:,} minutes"


def _breaks(record: InterviewRecord, session: InterviewSession) -> Iterator[str]:
    for one in session.pauses:
        until = f"to {clock(there(one.until, record.zone))}" if one.until is not None else "and goes on"
        yield f"{_at(record, one.since)} {until}"


def _presence(record: InterviewRecord) -> Iterator[Block]:
    if record.session is None or not record.session.presence:
        return
    rows = tuple(
        (f"Person {one.person}", _at(record, one.joined_at), _at(record, one.left_at) or "stayed to the end")
        for one in record.session.presence
    )
    yield Heading(text="Who was there")
    yield Table(header=("Person", "From", "To"), rows=rows, widths=(2, 5, 5))


def _consent(record: InterviewRecord) -> Iterator[Block]:
    yield KeyFacts(facts=tuple(_consent_facts(record, record.consent)))
    if record.personal:
        rows = tuple(
            (f"Person {person}", AGREED[one.agreed], _SHOWN[one.attribution], _QUOTES[one.quoting])
            for person, one in record.personal
        )
        yield Table(
            header=("Person", "Consent", "Shown as", "Quotes"), rows=rows, caption="Single people of the group",
            widths=(3, 5, 4, 6),
        )  # fmt: skip
    if record.read_out:
        yield Note(title="What was to be read out", text=" ".join(record.read_out))


def _consent_facts(record: InterviewRecord, consent: Consent | None) -> Iterator[tuple[str, str]]:
    if consent is None:
        yield "Consent", "Not recorded"
        return
    when = f", {_at(record, consent.decided_at)}" if consent.decided_at else ""
    yield "Consent", AGREED[consent.agreed] + (f", {consent.how}" if consent.how else "") + when
    if consent.agreed is Agreed.GIVEN_FOR_THEM:
        yield "Agreed for them", ", ".join(filter(None, (consent.given_by, consent.given_why))) or "Not said"
    if consent.power:
        yield "Power used", consent.power
    if consent.withdrawn_on:
        yield "Taken back", day(consent.withdrawn_on)
    if consent.allows:
        yield "Shown as", _SHOWN[consent.attribution]
        yield "Quotes", _QUOTES[consent.quoting]
        yield "Contact again", "yes" if consent.may_contact else "no"
    if consent.script:
        yield "Words read out", consent.script


def _questions(record: InterviewRecord) -> Iterator[Block]:
    if not record.questions:
        yield Paragraph(text="No questions were chosen or added.")
        return
    count = {state: sum(one.state is state for one in record.questions) for state in Asked}
    told = [f"{number} {_STATE[state].lower()}" for state, number in count.items() if number]
    yield Paragraph(text=f"{len(record.questions)} questions: {', '.join(told)}.")
    left = [one for one in record.questions if not one.notes]
    for one in record.questions:
        if one.notes:
            yield Heading(text=f"{one.number}. {one.text}", level=3)
            days = day_and_zone(one.notes[0].at)
            yield Paragraph(text="; ".join([*([] if not one.is_own else ["Added by the interviewer"]), days]) + ".")
            yield note_table(one.notes)
    if left:
        rows = tuple((str(one.number), one.text, _stands(one), one.reason or "No reason given") for one in left)
        yield Heading(text="Without an answer", level=3)
        yield Table(header=("No.", "Question", "Standing", "Why"), rows=rows, widths=(2, 14, 6, 8))


def _stands(one: QuestionPut) -> str:
    return _STATE[one.state] + ("; added by the interviewer" if one.is_own else "")
