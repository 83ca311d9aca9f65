"""The words of the interview page: questions, consent, what a withdrawal holds back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldkit.app.interviews import Interview
from fieldkit.app.rows import EntryRow, SendStatus
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.interview import Asked, InterviewSession
from fieldkit.domain.questions import CHOOSING, Choice, Question
from ui.presenters.interview.state import Chip, Current, GuideRow
from ui.presenters.wording import ui

ATTRIBUTION: Mapping[Attribution, str] = {
    Attribution.NONE: "Not attributable", Attribution.ROLE: "By role only", Attribution.NAME: "By name",
}  # fmt: skip
BAND: Mapping[SpeakerKind, str] = {
    SpeakerKind.PERSON: "People who use services", SpeakerKind.CARER: "Carers and family", SpeakerKind.STAFF: "Staff",
    SpeakerKind.LEADER: "Leaders", SpeakerKind.PARTNER: "Partners",
}  # fmt: skip
_QUOTES: Mapping[Quoting, str] = {
    Quoting.UNNAMED: "unnamed", Quoting.YES: "yes", Quoting.ASK: "after asking back", Quoting.NO: "no",
}  # fmt: skip
_AGREED: Mapping[Agreed, str] = {
    Agreed.NOT_ASKED: "Not asked", Agreed.GIVEN: "Agreed", Agreed.GIVEN_FOR_THEM: "Somebody agreed for them",
    Agreed.REFUSED: "Refused", Agreed.WITHDRAWN: "Withdrawn", Agreed.NOT_REQUIRED: "Not needed, a power is used",
}  # fmt: skip
_TITLE = 46


def consent_lines(consent: Consent | None, how: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What stands beside the interview: ``Recorded 10:02``, ``Notes yes``, ``Quotes unnamed``."""
    if consent is None:
        return (("Consent", "not recorded"),)
    at = f" {ui.clock(consent.decided_at)}" if consent.decided_at else ""
    agreed, said = _AGREED[consent.agreed], how.get(consent.how, "")
    found = [("Consent", f"recorded{at}"), (f"{agreed}," if said else agreed, said)]
    if consent.withdrawn_on:
        found[1] = ("Withdrawn", ui.day(consent.withdrawn_on))
    if consent.allows:
        found += [
            ("Notes", "yes"), ("Shown as", ATTRIBUTION[consent.attribution].lower()),
            ("Quotes", _QUOTES[consent.quoting]), ("Contact again", "yes" if consent.may_contact else "no"),
        ]  # fmt: skip
    return tuple(found)


def guide_rows(
    interview: Interview, answered: frozenset[str], current: str, shown: Sequence[Question], waiting: Mapping[str, str]
) -> tuple[GuideRow, ...]:
    """The lines of the guide; what was answered is told by the notes, whatever was marked before.

    ``waiting`` are the questions that do not apply, each with when it would. One that was asked all the same is as it
    is.
    """
    marks = interview.session.marks if interview.session is not None else {}
    found = []
    for number, one in enumerate(shown, start=1):
        mark = marks.get(one.id)
        state = Asked.ANSWERED if one.id in answered else mark.state if mark is not None else Asked.NOT_ASKED
        found.append(
            GuideRow(
                key=one.id, number=number, title=shortened(one.text), state=state,
                reason=mark.reason if mark is not None and state is mark.state else "", is_current=one.id == current,
                is_own=one.id.startswith("own_"), waits=waiting.get(one.id, "") if state is Asked.NOT_ASKED else "",
            )
        )  # fmt: skip
    return tuple(found)


def current_of(
    question: Question, number: int, frameworks: Sequence[Framework], offered: Sequence[Choice], waits: str
) -> Current:
    """A question in words. ``offered`` are the choices as things stand, ``waits`` says when it would apply."""
    packs = {one.id: one for one in frameworks}
    statements = [
        statement.title
        for target in question.targets
        if target.pack in packs and (statement := packs[target.pack].statement_by(target.statement)) is not None
    ]
    instead = f"Does not apply: only if {waits}. It can be asked all the same." if waits else ""
    choices = ", ".join(one.text or one.name for one in offered) if question.answer in CHOOSING else ""
    return Current(
        key=question.id, number=number, text=question.text, statements=" · ".join(dict.fromkeys(statements)),
        hint=question.hint, choices=f"Answers to choose from: {choices}" if choices else "",
        prompts=(*question.probes, *(f"“{one}”" for one in question.i_statements)), wants_quote=question.must_quote,
        minutes=question.minutes, waits=instead,
    )  # fmt: skip


def passed_by(count: int) -> str:
    """What is said when Ctrl+Enter went on over questions."""
    return f"{ui.count(count, 'question')} passed by: {'it does' if count == 1 else 'they do'} not apply"


def chips(session: InterviewSession | None, speaking: str, held: frozenset[str]) -> tuple[Chip, ...]:
    """The people of a group."""
    if session is None or not session.is_group:
        return ()
    present = set(session.present)
    return tuple(
        Chip(person=one, is_present=one in present, is_speaking=one == speaking, is_held=one in held)
        for one in session.people
    )


def unsaved_words(count: int) -> str:
    """What becomes of what was being typed when somebody took back what they agreed to; empty where it was nothing."""
    if not count:
        return ""
    if count == 1:
        return (
            "1 text that was being typed is in no note. It is kept on this laptop, is sent nowhere, and stands where "
            "it was typed if the person agrees again."
        )
    return (
        f"{count:,} texts that were being typed are in no note. They are kept on this laptop, are sent nowhere, and "
        "stand where they were typed if the person agrees again."
    )


def held_words(rows: Sequence[EntryRow], *, is_done: bool) -> str:
    """What a withdrawal means for the notes: ``Their 12 notes will not be sent. They stay locked …``.

    Notes that were sent before are not called back by that: they are held wherever they are.
    """
    count = len(rows)
    if not count:
        return "There are no notes of this interview."
    away = sum(row.status in (SendStatus.CONFIRMED, SendStatus.FROM_TEAM) for row in rows)
    if away == count:
        start = f"Their {_notes(count)} {_are(count) if is_done else 'will be'} held"
        return f"{start} here, with your team and at the central store, until your lead decides what to do."
    words = (
        f"Their {_notes(count)} will not be sent. "
        f"{'It stays' if count == 1 else 'They stay'} locked on this laptop until your lead decides what to do."
    )
    return words + (f" {away:,} of them had been sent before: they are held there too." if away else "")


def shortened(text: str) -> str:
    """A question in one short line."""
    line = " ".join(text.split()) or "Question"
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def spoken_time(minutes: int) -> str:
    """``Interview time 18 minutes``."""
    hours, rest = divmod(minutes, 60)
    parts = (ui.count(hours, "hour") if hours else "", ui.count(rest, "minute"))
    return f"Interview time {' '.join(part for part in parts if part)}"


def _notes(count: int) -> str:
    return "note" if count == 1 else ui.count(count, "note")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
