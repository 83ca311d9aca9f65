"""The interview page (ux S6): consent, then one question at a time. Talk to a person, not a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fieldkit.app import interviews
from fieldkit.app.cases import cases_of
from fieldkit.app.changes import ChangeSet
from fieldkit.app.consents import withdraw_consent
from fieldkit.app.guide_library import built_in, script_for
from fieldkit.app.guides import add_built_in, newest
from fieldkit.app.interviews import Interview, read_interview
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.sources import ABOUT_SOURCES, read_sources
from fieldkit.capture.parse import parse
from fieldkit.capture.typed_line import TypedLine
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed
from fieldkit.domain.interview import Recording
from fieldkit.domain.people import Person
from fieldkit.domain.questions import Question, Target
from fieldkit.domain.sources import UNNAMED, Source
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import ActivityId, EntryId, RecordId
from ui.presenters.dates import read_day
from ui.presenters.forms import Form
from ui.presenters.interview.asking import Asking
from ui.presenters.interview.consent_form import broader_role, consent_form
from ui.presenters.interview.facts import InterviewFacts, read_facts
from ui.presenters.interview.finding import found_question
from ui.presenters.interview.showing import Moment, state_of
from ui.presenters.interview.state import ELSEWHERE, InterviewState, Step
from ui.presenters.interview.timer import InterviewTimer
from ui.presenters.interview.words import held_words, passed_by
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    interview: Interview
    sources: dict[ActivityId, Source]
    people: tuple[Person, ...]
    cases: tuple[Case, ...]


class InterviewPage(Presenter[InterviewState]):
    """The verbs of the page. ``asking`` has the boxes and the notes, ``form`` the consent questions."""

    def __init__(self, bench: Bench, facts: InterviewFacts) -> None:
        super().__init__(InterviewState(step=Step.CONSENT, title=facts.interview.reference))
        self.facts = facts
        self.bench = bench
        self._session = bench.session
        self._moment = Moment()
        self.asking = Asking(self._session, facts, self._refresh, self._typed)
        self.timer = InterviewTimer(self._session.clock, self._session.later)
        self.form = self._new_form()
        self._listening = Listening()
        self._listening.add(self._session.workspace.changed.listen(self._changed))
        self.timer.watch(facts.interview.session)
        self.asking.start()
        self.asking.show_question(self.asking.drafted_question or self._first_open())
        self._refresh()

    @property
    def activity(self) -> ActivityId:
        """The interview's activity."""
        return self.facts.interview.activity.id

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.facts.assessment.name, self.facts.visit.name, self.facts.interview.reference)

    def close(self) -> None:
        self._listening.close()
        self.form.close()
        self.asking.close()
        self.timer.close()

    # Consent

    def change_consent(self) -> None:
        """Open the consent page over what was agreed before."""
        self.form.close()
        self.form = self._new_form()
        self._want(Step.CONSENT)

    def back_to_asking(self) -> None:
        """Leave the consent page or the withdrawal as they are."""
        self._want(None)

    @property
    def broader_role(self) -> str:
        """What to call them instead of a role that only one person may have here; empty where it tells nobody."""
        return broader_role(self.form.state.values, self.facts.frameworks[0], self.facts.people)

    def use_broader_role(self) -> None:
        """``Use ‘Senior leader’``."""
        if self.broader_role:
            self.form.put("role", self.broader_role)

    def ask_to_withdraw(self) -> None:
        """The person wants to withdraw: say what that means first."""
        self._want(Step.WITHDRAW)

    def withdraw(self, day: str, reason: str, failed: Callable[[Exception], None]) -> None:
        """Their consent is taken back on ``day`` as typed, today if empty; every note is held from here on."""

        def done(_: object) -> None:
            self._moment.wants = None
            self._session.say(f"Consent withdrawn. {held_words(self.asking.standing, is_done=True)}")
            self._read_again()

        try:
            on = read_day(day, self._session.clock.now().astimezone().date(), "on")
        except Mistake as mistake:
            failed(mistake)
            return
        action = partial(withdraw_consent, activity=self.activity, on=on, reason=reason)
        self._session.workspace.perform(action, initiator="interview", done=done, failed=failed)

    def withdraw_person(self, person: str) -> None:
        """One of a group withdraws: what they said is held."""
        action = partial(withdraw_consent, activity=self.activity, person=person)
        self._do(action, f"What person {person} said is held")

    # Guide and questions

    def start_blank(self) -> None:
        """No guide: free notes and questions of one's own."""
        script = script_for(self.facts.interview.activity.kind)
        self._do(partial(interviews.choose_guide, activity=self.activity, guide=None, script=script))

    def choose_guide(self, key: str) -> None:
        """Take the questions of one of the offered guides."""
        offered = next((one for one in self.state.offered if one.key == key), None)
        if offered is None:
            return
        assessment, frameworks = self.facts.assessment.id, self.facts.frameworks

        def choose(uow: UnitOfWork) -> QuestionSet:
            if offered.is_built_in:
                guide = add_built_in(uow, assessment, built_in(offered.key), frameworks).guide
            else:
                guide = newest(uow.questions, RecordId(offered.key))
            return interviews.choose_guide(uow, self.activity, guide)

        self._do(choose, f"{offered.title}, {offered.detail}")

    @property
    def questions(self) -> tuple[Question, ...]:
        """In the order in which they are asked."""
        return self.facts.interview.questions

    def ask(self, key: str) -> None:
        """This question is up now."""
        if any(one.id == key for one in self.questions):
            self._moment.prompts = False
            self.asking.show_question(key)
            self._refresh()
            self._say_question()

    def step(self, by: int) -> None:
        """The next or previous question, whether it applies or not; stays at the ends."""
        keys = [one.id for one in self.questions]
        if not keys:
            return
        here = keys.index(self.asking.question) if self.asking.question in keys else -by
        there = min(max(here + by, 0), len(keys) - 1)
        if keys[there] != self.asking.question:
            self.ask(keys[there])
        else:
            self._session.say("This was the last question" if by > 0 else "This is the first question")

    def go_on(self) -> None:
        """The next question that applies; how many were passed by is said."""
        self.asking.hear()
        keys, waiting = [one.id for one in self.questions], self.asking.waiting
        here = keys.index(self.asking.question) if self.asking.question in keys else -1
        there = next((at for at in range(here + 1, len(keys)) if keys[at] not in waiting), None)
        if there is None and keys[here + 1 :]:
            self._refresh()
            self._session.say(f"No further question applies. {passed_by(len(keys) - here - 1)}")
        elif there is None:
            self.step(1)
        else:
            if there > here + 1:
                self._session.say(passed_by(there - here - 1))
            self.ask(keys[there])

    def save(self) -> None:
        """Enter: save what stands in the answer box and stay with the question."""
        self.asking.save_answer()

    def save_and_next(self) -> None:
        """Ctrl+Enter: save both boxes and go on to the next question, in one chord (ux S6-A4)."""
        if self.asking.waits(self.save_and_next):
            return
        self._moment.skipped = ""
        self.asking.save_free()
        self.asking.save_answer()
        self.go_on()

    def skip(self) -> None:
        """Alt+K: pass the question over; why may be said afterwards, and need not be."""
        key = self.asking.question
        if not key:
            return
        self._moment.skipped = key
        self._do(partial(interviews.skip_question, activity=self.activity, question=key), "Skipped")
        self.go_on()

    def say_why(self, reason: str) -> None:
        """Why the question was passed over."""
        key, self._moment.skipped = self._moment.skipped, ""
        if key:
            self._do(
                partial(
                    interviews.skip_question, activity=self.activity, question=key,
                    reason="" if reason == ELSEWHERE else reason, elsewhere=reason == ELSEWHERE,
                ),
                reason,
            )  # fmt: skip

    def jump(self, text: str) -> bool:
        """To the question with this number or word. False where there is none."""
        found = found_question(self.questions, text)
        if found is None:
            self._session.say(f"No question ‘{text.strip()}’")
            return False
        self.ask(found.id)
        return True

    def add_question(self, text: str) -> None:
        """A question of one's own behind the one that is up; tags in it are its statements."""
        captured = parse(TypedLine(text=text), self.asking.answer.line.vocabulary)
        targets = tuple(Target(pack=tag.pack, statement=tag.statement) for tag in captured.tags)
        words = captured.text if captured.tags else text

        def added(question: Question) -> None:
            self._read_again(lambda: self.ask(question.id))

        action = partial(
            interviews.add_question, activity=self.activity, text=words, after=self.asking.question, targets=targets
        )
        self._session.workspace.perform(action, initiator="interview", done=added, failed=self._failed)

    def toggle_prompts(self) -> None:
        """F8: what may be asked further."""
        self._moment.prompts = not self._moment.prompts
        self._refresh()
        current = self.state.current
        if self._moment.prompts and current is not None:
            self._session.say(". ".join(current.prompts) or "No prompts for this question")

    # How it goes

    def pause(self) -> None:
        """A break, or the end of it."""
        if self.state.is_paused or self.state.is_ended:
            self._do(partial(interviews.resume_interview, activity=self.activity), "The interview goes on")
        else:
            self._do(partial(interviews.pause_interview, activity=self.activity), "Paused")

    def end(self) -> None:
        """The interview is over; notes may still be written up."""
        if self.asking.waits(self.end):
            return
        self.asking.save_free()
        self.asking.save_answer()
        self._do(partial(interviews.end_interview, activity=self.activity), "Interview ended")

    def join(self, person: str = "") -> None:
        """Somebody came, or is back."""
        number = person or str(max((int(one.person) for one in self.state.chips), default=1) + 1)
        self._do(partial(interviews.join, activity=self.activity, person=person), f"Person {number} joined")

    def leave(self, person: str) -> None:
        """Somebody went."""
        if person:
            self._do(partial(interviews.leave, activity=self.activity, person=person), f"Person {person} left")

    def set_size(self, size: int) -> None:
        """How many people are there."""
        self._do(partial(interviews.set_size, activity=self.activity, size=size), ui.count(size, "person", "people"))

    def set_recording(self, recording: Recording) -> None:
        """Whether the other party records."""
        if recording is not self.state.recording:
            self._do(partial(interviews.set_recording, activity=self.activity, recording=recording))

    def set_read_back(self, *, read_back: bool) -> None:
        """Whether the notes were read back to them."""
        self._do(partial(interviews.set_read_back, activity=self.activity, read_back=read_back))

    def to_visit(self) -> None:
        """Back to the visit."""
        self.bench.open_visit(self.facts.visit.id)

    def seek(self, entry: EntryId) -> None:
        """A note is looked for: the cursor goes to it."""
        self.asking.seek(entry)

    def dismiss(self) -> None:
        """What was mentioned was read."""
        self._moment.problem = self.asking.remark = self.asking.recovered = ""
        self._refresh()

    # Inside

    def _new_form(self) -> Form:
        form = consent_form(
            self._session, self.facts.interview, self.facts.frameworks[0], self.facts.script.name, self._agreed
        )
        form.start()
        return form

    def _agreed(self, consent: Any) -> None:
        before = self._label
        self._moment.wants = None

        def told() -> None:
            count, label = len(self.asking.standing), self._label
            if count and label != before:
                show = "shows" if count == 1 else "show"
                self._session.say(f"Consent recorded. {ui.count(count, 'note')} now {show} {label}")
            elif consent.agreed is not Agreed.REFUSED:
                self._session.say("Consent recorded")

        self._read_again(told)

    @property
    def _label(self) -> str:
        source = self.facts.sources.get(self.activity)
        return source.who(None) if source is not None else UNNAMED

    def _want(self, step: Step | None) -> None:
        self._moment.wants = step
        self._refresh()

    def _do(self, action: Callable[[UnitOfWork], Any], words: str = "") -> None:
        def done(_: object) -> None:
            self._moment.problem = ""
            if words:
                self._session.say(words)
            self._read_again()

        self._session.workspace.perform(action, initiator="interview", done=done, failed=self._failed)

    def _failed(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        self._moment.problem = sentence(problem)
        self._session.say(self._moment.problem, urgent=not isinstance(problem, Mistake))
        self._refresh()

    def _changed(self, changes: ChangeSet) -> None:
        is_ours = changes.origin == "interview"
        if not is_ours and changes.touches(QuestionSet.KIND, Case.KIND, "activity", "person", *ABOUT_SOURCES):
            self._read_again()

    def _read_again(self, then: Callable[[], None] | None = None) -> None:
        activity, asked, of = self.activity, self.facts.interview.asked, self.facts.assessment.id

        def ask(questions: Questions) -> _Fresh:
            found = read_interview(questions, activity, asked)
            return _Fresh(
                interview=found, sources=read_sources(questions, of, [found.activity]),
                people=tuple(questions.people(found.activity.visit)), cases=tuple(cases_of(questions, of)),
            )  # fmt: skip

        def home(fresh: _Fresh) -> None:
            self._take(fresh)
            if then is not None:
                then()

        self._session.workspace.ask_then(ask, home, self._failed)

    def _take(self, fresh: _Fresh) -> None:
        asked = fresh.interview.asked
        script = asked.consent if asked is not None else self.facts.script
        is_relabelled = fresh.sources != self.facts.sources
        self.facts = replace(
            self.facts, interview=fresh.interview, sources=fresh.sources, script=script, people=fresh.people,
            cases=fresh.cases,
        )  # fmt: skip
        self.asking.know(self.facts)
        if is_relabelled:
            self.asking.rows.load()
            self.asking.reader.remarks.clear()
        keys = {one.id for one in self.questions}
        if self.questions and self.asking.question not in keys:
            self.asking.show_question(self._first_open())
            self._say_question()
        self.timer.watch(fresh.interview.session)
        before = self.state.unsaved
        self._refresh()
        if self.state.unsaved and not before:
            what = "withdrawn" if self.state.step is Step.WITHDRAWN else "refused"
            self._session.say(f"The consent was {what}. {self.state.unsaved}", urgent=True)

    def _first_open(self) -> str:
        """The first question that applies and nothing was noted or marked for."""
        session = self.facts.interview.session
        self.asking.hear()
        marks = session.marks if session is not None else {}
        done = self.asking.answered | self.asking.waiting.keys()
        keys = [one.id for one in self.questions]
        return next((key for key in keys if key not in done and key not in marks), keys[0] if keys else "")

    def _say_question(self) -> None:
        """NVDA reads it when it becomes current (ux S6-A5)."""
        current = self.state.current
        if current is not None and self.state.step is Step.ASKING:
            self._session.say(f"Question {current.number}. {current.text} {current.waits}".rstrip())

    def _typed(self) -> None:
        """A key in the answer: only its category may be another; the rest of a long guide is left alone."""
        self._show(replace(self.state, category=self.asking.category_words()))

    def _refresh(self) -> None:
        self.asking.hear()
        self._show(state_of(self.facts, self.asking, self._moment))


def way() -> Way:
    """How the page is opened."""
    return Way(read=read_facts, make=InterviewPage)
