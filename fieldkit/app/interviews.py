"""Use cases of interviews and focus groups: begin, choose a guide, ask, skip, add, join, leave, pause, end.

Consent has use cases of its own (``fieldkit.app.consents``): nothing is noted in an interview without one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldkit.app.assessments import introduce_author, revise_activity
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem
from fieldkit.domain.consent import Consent
from fieldkit.domain.guide import ITEM_TITLE, ConsentScript, Guide
from fieldkit.domain.interview import (
    LARGEST_GROUP,
    Added,
    Asked,
    InterviewSession,
    Mark,
    Pause,
    Presence,
    Recording,
    in_order,
)
from fieldkit.domain.questions import Question, Target
from fieldkit.domain.sources import CONSENTED, first_of, standing_consent
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, RecordId, new_id

_WORDS = {ActivityKind.INTERVIEW: "Interview", ActivityKind.FOCUS_GROUP: "Focus group"}
_NUMBER = re.compile(r"(.*) (\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """All that is known of an interview but its notes. ``session`` None = not begun; ``asked`` None = no guide chosen.

    ``reference`` is what it is called, or will be once it has begun.
    ``consent`` is the one for everybody, ``personal`` those of single people of a group by their number.
    """

    activity: Activity
    reference: str
    session: InterviewSession | None
    asked: QuestionSet | None
    consent: Consent | None
    personal: dict[str, Consent]

    @property
    def questions(self) -> tuple[Question, ...]:
        """In the order in which they are asked."""
        mine = self.session.added if self.session is not None else ()
        return in_order(self.asked.questions if self.asked is not None else (), mine)

    def question(self, question: str) -> Question:
        """Raises ``Mistake('interview.question_unknown')``."""
        found = next((one for one in self.questions if one.id == question), None)
        if found is None:
            raise Mistake("interview.question_unknown", question=question)
        return found


def read_interview(questions: Questions, activity: ActivityId, asked: QuestionSet | None = None) -> Interview:
    """An interview as it stands; ``asked`` are its questions if they were read before, since they never change.

    Raises ``Mistake('interview.not_one')`` for any other kind of activity.
    """
    found = questions.activity(activity)
    if found.kind not in CONSENTED:
        raise Mistake("interview.not_one", title=found.title)
    sets = [asked] if asked is not None else [row.value for row in questions.records(QuestionSet.KIND, about=activity)]
    consents = [row.value for row in questions.records(Consent.KIND, about=activity)]
    people = {one.person for one in consents if one.person}
    session = first_of(row.value for row in questions.records(InterviewSession.KIND, about=activity))
    return Interview(
        activity=found, reference=session.reference if session is not None else _reference(questions, found),
        session=session,
        asked=min(sets, key=lambda one: one.id, default=None), consent=standing_consent(consents),
        personal={one: consent for one in people if (consent := standing_consent(consents, one)) is not None},
    )  # fmt: skip


def begin_interview(uow: UnitOfWork, activity: ActivityId) -> InterviewSession:
    """Open the session of an interview: it gets its reference. One that was begun already is given back as it is."""
    known = read_interview(uow.questions, activity)
    if known.session is not None:
        return known.session
    plan = known.activity
    session = InterviewSession(
        id=RecordId(new_id()), assessment=plan.assessment, about=RecordId(activity), reference=known.reference
    )
    keep(uow, session)
    return session


def choose_guide(
    uow: UnitOfWork, activity: ActivityId, guide: Guide | None, script: ConsentScript | None = None
) -> QuestionSet:
    """Take the questions of ``guide``, or begin with a blank page (None). The activity's items become the questions.

    ``script`` is what is read out where no guide says. Raises ``Mistake('interview.guide_chosen')`` when that was done
    before.
    """
    session, known = begin_interview(uow, activity), read_interview(uow.questions, activity)
    if known.asked is not None:
        raise Mistake("interview.guide_chosen")
    read_out = script or ConsentScript(id="limit", version="1", lines=())
    found = QuestionSet(
        id=RecordId(new_id()), assessment=session.assessment, about=RecordId(activity),
        guide=guide.id if guide else "", version=guide.version if guide else "",
        title_of_guide=guide.title if guide else "Blank page", questions=guide.questions if guide else (),
        sections=guide.sections if guide else (), consent=guide.consent if guide else read_out,
    )  # fmt: skip
    keep(uow, found)
    if guide is not None:
        revise(uow, dataclasses.replace(session, guide=guide.id, guide_version=guide.version))
        _show_questions(uow, activity)
    return found


def skip_question(
    uow: UnitOfWork, activity: ActivityId, question: str, reason: str = "", *, elsewhere: bool = False
) -> InterviewSession:
    """Pass a question over, with a reason if there is one; ``elsewhere`` = it was answered under another question."""
    read_interview(uow.questions, activity).question(question)
    state = Asked.ELSEWHERE if elsewhere else Asked.SKIPPED
    session = _begun(uow, activity)
    return _revised(uow, session, marks={**session.marks, question: Mark(state=state, reason=typed(reason))})


def unskip_question(uow: UnitOfWork, activity: ActivityId, question: str) -> InterviewSession:
    """The question is open again."""
    session = _begun(uow, activity)
    return _revised(uow, session, marks={key: mark for key, mark in session.marks.items() if key != question})


def add_question(
    uow: UnitOfWork, activity: ActivityId, text: str, *, after: str = "", targets: Iterable[Target] = ()
) -> Question:
    """A question of one's own behind ``after``. Raises ``Mistake('interview.no_question' | 'entry.too_long')``."""
    words = typed(text)
    if not words:
        raise Mistake("interview.no_question", field="question")
    if len(words) > LONGEST_TEXT:
        raise Mistake("entry.too_long", field="question", longest=f"{LONGEST_TEXT:,}")
    question = Question(id=f"own_{new_id()[-12:]}", text=words, targets=tuple(targets))
    session = _begun(uow, activity)
    _revised(uow, session, added=(*session.added, Added(question=question, after=after)))
    _show_questions(uow, activity)
    return question


def set_size(uow: UnitOfWork, activity: ActivityId, size: int) -> InterviewSession:
    """How many people are there to begin with. Raises ``Mistake('interview.size')``, and once somebody came or went."""
    session = _begun(uow, activity)
    if not 1 <= size <= LARGEST_GROUP:
        raise Mistake("interview.size", field="size", most=LARGEST_GROUP)
    if any(one.left_at is not None for one in session.presence) or len(session.presence) > session.size:
        raise Mistake("interview.size_known", field="size")
    now = session.started_at or uow.clock.now()
    present = tuple(Presence(person=str(number), joined_at=now) for number in range(1, size + 1)) if size > 1 else ()
    return _revised(uow, session, size=size, presence=present)


def join(uow: UnitOfWork, activity: ActivityId, person: str = "", at: datetime | None = None) -> InterviewSession:
    """Somebody came: the next number, or one who had left and is back.

    Raises ``Mistake('interview.is_there' | 'interview.person_unknown' | 'interview.size')``.
    """
    session = _as_group(uow, _begun(uow, activity))
    if not person and len(session.people) >= LARGEST_GROUP:
        raise Mistake("interview.size", field="size", most=LARGEST_GROUP)
    number = person or str(max((int(one) for one in session.people if one.isdecimal()), default=0) + 1)
    if number in session.present:
        raise Mistake("interview.is_there", person=number)
    if person and person not in session.people:
        raise Mistake("interview.person_unknown", person=person)
    return _revised(
        uow, session, presence=(*session.presence, Presence(person=number, joined_at=at or uow.clock.now()))
    )


def leave(uow: UnitOfWork, activity: ActivityId, person: str, at: datetime | None = None) -> InterviewSession:
    """Somebody went. Raises ``Mistake('interview.person_unknown')`` for one who is not there."""
    session = _begun(uow, activity)
    if person not in session.present:
        raise Mistake("interview.person_unknown", person=person)
    when = at or uow.clock.now()
    return _revised(
        uow, session,
        presence=tuple(
            dataclasses.replace(one, left_at=when) if one.person == person and one.left_at is None else one
            for one in session.presence
        ),
    )  # fmt: skip


def set_recording(uow: UnitOfWork, activity: ActivityId, recording: Recording) -> InterviewSession:
    """Whether the other party records."""
    return _revised(uow, _begun(uow, activity), recording=recording)


def set_read_back(uow: UnitOfWork, activity: ActivityId, *, read_back: bool) -> InterviewSession:
    """Whether the notes were read back to the person."""
    return _revised(uow, _begun(uow, activity), read_back=read_back)


def pause_interview(uow: UnitOfWork, activity: ActivityId) -> InterviewSession:
    """A break begins; one that goes on already is left."""
    session = _begun(uow, activity)
    if session.is_paused or session.ended_at is not None:
        return session
    return _revised(uow, session, pauses=(*session.pauses, Pause(since=uow.clock.now())))


def resume_interview(uow: UnitOfWork, activity: ActivityId) -> InterviewSession:
    """The break, or the end, is over: it goes on."""
    session, now = _begun(uow, activity), uow.clock.now()
    if session.ended_at is not None:
        return _revised(uow, session, ended_at=None, pauses=(*session.pauses, Pause(since=session.ended_at, until=now)))
    if not session.is_paused:
        return session
    return _revised(
        uow, session, pauses=(*session.pauses[:-1], dataclasses.replace(session.pauses[-1], until=now))
    )  # fmt: skip


def end_interview(uow: UnitOfWork, activity: ActivityId) -> InterviewSession:
    """The interview is over. Notes may still be written up."""
    session, now = resume_interview(uow, activity), uow.clock.now()
    return _revised(uow, session, ended_at=now)


def revise_session(uow: UnitOfWork, session: InterviewSession, **changes: Any) -> InterviewSession:
    """Save what changed; nothing is written when nothing did."""
    return _revised(uow, session, **changes)


def _revised(uow: UnitOfWork, session: InterviewSession, **changes: Any) -> InterviewSession:
    changed = dataclasses.replace(session, **changes)
    if changed != session:
        revise(uow, changed)
    return changed


def _begun(uow: UnitOfWork, activity: ActivityId) -> InterviewSession:
    return begin_interview(uow, activity)


def _as_group(uow: UnitOfWork, session: InterviewSession) -> InterviewSession:
    """Whoever was there alone becomes number 1 when a second person comes."""
    if session.presence:
        return session
    start = session.started_at or uow.clock.now()
    return dataclasses.replace(session, presence=(Presence(person="1", joined_at=start),))


def _show_questions(uow: UnitOfWork, activity: ActivityId) -> None:
    """The activity's items are its questions, so that logs, filters and exports name them."""
    known = read_interview(uow.questions, activity)
    items = tuple(AgendaItem(id=one.id, title=_line(one.text)) for one in known.questions)
    if items != known.activity.items:
        introduce_author(uow, known.activity.assessment)
        revise_activity(uow, dataclasses.replace(known.activity, items=items))


def _line(text: str) -> str:
    line = " ".join(text.split()) or "Question"
    return line if len(line) <= ITEM_TITLE else line[: ITEM_TITLE - 1] + "…"


def _reference(questions: Questions, activity: Activity) -> str:
    """``Interview 03``: one more than the highest that is known in the assessment."""
    word, highest = _WORDS[activity.kind], 0
    for row in questions.records(InterviewSession.KIND, assessment=activity.assessment):
        match = _NUMBER.fullmatch(row.value.reference)
        if match is not None and match[1] == word:
            highest = max(highest, int(match[2]))
    return f"{word} {highest + 1:02}"
