"""Home (ux S3): what needs me, and today's visit one key away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from fieldkit.app.assessments import ARCHIVED
from fieldkit.app.changes import ChangeSet
from fieldkit.app.coverage import enough_of_needed
from fieldkit.app.escalation_rows import EscalationRow, escalations
from fieldkit.app.floods import floods
from fieldkit.app.open_questions import hidden_questions
from fieldkit.app.policies import purge_due
from fieldkit.app.ports import Questions
from fieldkit.app.rows import AssessmentRow, Draft, SendPreview, VisitCounts
from fieldkit.app.scores_to_settle import Place, to_settle
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.escalation import Contact, Escalation, Seen
from fieldkit.domain.judgement import Judgement, Moderation, Override
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId, VisitId
from ui.presenters.escalation.card import PLACE as CARD
from ui.presenters.escalation.needs import contact_words, news_words, undelivered_words
from ui.presenters.first_run import RECOVERY_STORED
from ui.presenters.home_rows import COUNTING, AssessmentGroup, Reading, VisitRow, group_of
from ui.presenters.laptop_words import laptop_needs
from ui.presenters.new_visit import NewVisit
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.timing import Countdown
from ui.presenters.visit_changes import ChangeVisit, VisitChanges
from ui.presenters.wording import sentence, ui

CAPTURE = "capture/"
"""How the places of capture lines start (``fieldkit.app.drafts.capture_place``)."""
_PATIENCE = 1.0
"""Seconds after a change before the list is read again: notes come every ten seconds, receipts in dozens."""


class Need(StrEnum):
    """What somebody may have to do; the value is the words of the button beside it."""

    STORE_KEY = "Store one now"
    SEND = "See what waits"
    SET_ASIDE = "See which"
    CONTINUE = "Go on"
    PHONE_LEAD = "See which escalation"
    ESCALATIONS = "Open escalations"
    TEAM_ESCALATIONS = "See what your team escalated"
    ESCALATION_DRAFT = "Go on with the escalation"
    HAND_IN = "See how to hand in"
    DECIDE = "Decide"
    SCORES = "See the scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One fact that asks for something."""

    need: Need
    text: str
    about: str = ""
    """The id of the assessment that it leads to, where it leads to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """What Home shows; ``loaded`` is false until the first answer, so that no empty state flashes by.

    ``chosen`` is the visit under the cursor, ``panel`` the form that is open in region D.
    """

    loaded: bool = False
    needs: tuple[NeedRow, ...] = ()
    groups: tuple[AssessmentGroup, ...] = ()
    first: VisitId | None = None
    chosen: VisitId | None = None
    archived: int = 0
    shows_archived: bool = False
    panel: NewVisit | ChangeVisit | None = None
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to open: no visit yet, or every one archived and not listed."""
        return self.loaded and not any(group.visits for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    assessments: tuple[AssessmentRow, ...]
    counts: dict[VisitId, VisitCounts]
    archived: frozenset[str]
    preview: SendPreview
    drafts: tuple[Draft, ...]
    hidden: int
    """Open questions about scores that a blind round keeps from the eye."""
    recovery_stored: bool
    purge_due: bool
    of_laptop: tuple[str, ...]
    escalations: tuple[EscalationRow, ...]
    floods: int
    to_settle: Mapping[Place, int]


class Home(Presenter[HomeState]):
    """Keeps the list right while notes are written and the team's work arrives.

    ``is_up`` tells whether somebody looks at it: nobody else's note waits for counts that nobody sees.
    """

    def __init__(self, session: Session, is_up: Callable[[], bool] = lambda: True) -> None:
        super().__init__(HomeState())
        self._session = session
        self._is_up = is_up
        self._covered: dict[AssessmentId, str] = {}
        self._set_aside = 0
        self._soon = Countdown(session.later, self.load)
        self.changes = VisitChanges(session, self.troubled)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read what there is."""
        self._soon.drop()
        now = self._session.clock.now()
        self._session.workspace.ask_then(lambda q: _answer(q, now), self._answered, self.troubled)

    def close(self) -> None:
        """Hear nothing more."""
        self._soon.drop()
        self._listening.close()
        self._keep_typed()

    def visit(self, visit: VisitId | None) -> VisitRow | None:
        """A listed visit."""
        rows = (row for group in self.state.groups for row in group.visits)
        return next((row for row in rows if row.visit.id == visit), None)

    @property
    def chosen(self) -> VisitRow | None:
        """The visit under the cursor."""
        return self.visit(self.state.chosen)

    def choose(self, visit: VisitId | None) -> None:
        """The cursor is on this visit."""
        self._show(replace(self.state, chosen=visit))

    def create(self, created: Callable[[Visit], None]) -> None:
        """Open the form of a new visit."""
        self._keep_typed()
        panel = NewVisit(self._session, created, self._nearest())
        panel.load()
        self._show(replace(self.state, panel=panel))

    def change(self) -> None:
        """F2: open the form of the chosen visit."""
        row = self.chosen
        if row is not None:
            self._keep_typed()
            panel = ChangeVisit(self._session, row.visit, self.changes, self.close_panel)
            self._show(replace(self.state, panel=panel))
            panel.start()

    def close_panel(self) -> None:
        """Close the form; what was not saved is there when it is opened again."""
        self._keep_typed()
        self._show(replace(self.state, panel=None))

    def _keep_typed(self) -> None:
        if self.state.panel is not None:
            self.state.panel.close()

    def archive(self) -> None:
        """Delete: keep the chosen visit out of the list, or bring an archived one back."""
        row = self.chosen
        if row is not None:
            self.changes.archive(row.visit, archived=not row.is_archived)

    def show_archived(self) -> None:
        """List the archived visits too, or not any more."""
        self._show(replace(self.state, shows_archived=not self.state.shows_archived))
        self.load()

    def troubled(self, problem: Exception) -> None:
        """Something could not be read or saved."""
        self._show(replace(self.state, loaded=True, fault=sentence(problem)))

    def _nearest(self) -> AssessmentId | None:
        row = self.chosen or self.visit(self.state.first)
        return row.assessment.id if row is not None else None

    def _changed(self, changes: ChangeSet) -> None:
        settings = changes.ids("setting")
        is_ours = RECOVERY_STORED in settings or any(name.startswith(ARCHIVED) for name in settings)
        is_risk = changes.touches(*_RISKS) or CARD in changes.ids("draft")
        if is_ours or is_risk or changes.touches("assessment", "visit", *_SCORES):
            self.load()
        elif self._is_up() and changes.touches("entry", "activity", "receipt", "filing", "withdrawal"):
            self._soon.start(_PATIENCE)

    def _answered(self, answer: _Answer) -> None:
        state = self.state
        reading = Reading(
            today=self._session.clock.now().astimezone().date(), is_alone=self._is_alone, archived=answer.archived,
            shows_archived=state.shows_archived,
        )  # fmt: skip
        groups = tuple(
            group_of(row, answer.counts, reading, self._covered.get(row.assessment.id, COUNTING))
            for row in answer.assessments
        )
        rows = [row for group in groups for row in group.visits]
        listed = [row.visit.id for row in rows]
        first = _nearest_to(rows, reading.today)
        all_visits = {visit.id for row in answer.assessments for visit in row.visits}
        self._show(
            replace(
                state, loaded=True, needs=self._needs(answer), groups=groups, first=first,
                chosen=state.chosen if state.chosen in listed else first, archived=len(all_visits & answer.archived),
                fault="",
            )
        )  # fmt: skip
        self._session.workspace.ask_then(lambda q: q.standing().quarantined, self._aside, self.troubled)
        for row in answer.assessments:
            self._cover(row.assessment)

    def _aside(self, count: int) -> None:
        """What the store set aside is counted by itself: with 100,000 receipts the list would wait for it."""
        if count != self._set_aside:
            self._set_aside = count
            others = tuple(row for row in self.state.needs if row.need is not Need.SET_ASIDE)
            self._show(replace(self.state, needs=(*others, *self._aside_needs())))

    def _aside_needs(self) -> tuple[NeedRow, ...]:
        if not self._set_aside:
            return ()
        return (
            NeedRow(need=Need.SET_ASIDE, text=f"{ui.count(self._set_aside, 'item')} set aside by the central store"),
        )

    def _cover(self, assessment: Assessment) -> None:
        """Count an assessment's coverage behind everything else; the row works meanwhile."""

        def count(questions: Questions) -> str:
            try:
                framework = self._session.packs.framework(assessment.packs[0])
            except FieldKitError:  # its pack is not on this laptop: the visit can be looked at all the same
                return "Framework pack not on this laptop"
            enough, needed = enough_of_needed(questions, assessment, framework)
            return f"{enough} of {needed} cells"

        self._session.workspace.ask_then(count, lambda words: self._counted(assessment.id, words), self.troubled)

    def _counted(self, assessment: AssessmentId, words: str) -> None:
        self._covered[assessment] = words
        groups = tuple(
            group.covered(words) if group.assessment.id == assessment else group for group in self.state.groups
        )
        self._show(replace(self.state, groups=groups))

    @property
    def _is_alone(self) -> bool:
        return self._session.office.state.connection is Connection.STANDALONE

    def _needs(self, answer: _Answer) -> tuple[NeedRow, ...]:
        found = self._risk_needs(answer)
        if not answer.recovery_stored and not self._session.is_practice:
            found.append(NeedRow(need=Need.STORE_KEY, text="Store your recovery key before your first visit"))
        drafts = [draft for draft in answer.drafts if draft.place.startswith(CAPTURE) and draft.text.strip()]
        if drafts:
            found.append(NeedRow(need=Need.CONTINUE, text=f"{ui.count(len(drafts), 'note')} begun and not saved yet"))
        if waiting := sum(row.open_questions for row in answer.assessments) - answer.hidden + answer.floods:
            needs = "item needs" if waiting == 1 else "items need"
            found.append(NeedRow(need=Need.DECIDE, text=f"{waiting} {needs} your decision"))
        found += _score_needs(answer)
        if answer.preview.entries_leaving and not self._is_alone:
            found.append(
                NeedRow(need=Need.SEND, text=f"{ui.count(answer.preview.entries_leaving, 'note')} waiting to send")
            )
        if answer.purge_due:
            found.append(NeedRow(need=Need.HAND_IN, text="Your office asks you to erase this vault now"))
        found += [NeedRow(need=Need.HAND_IN, text=words) for words in answer.of_laptop]
        return (*found, *self._aside_needs())

    def _risk_needs(self, answer: _Answer) -> list[NeedRow]:
        """First of all: somebody may be in danger."""
        rows, now = answer.escalations, self._session.clock.now()
        could_not_send = self._session.office.state.connection is Connection.TROUBLE
        begun = any(draft.place == CARD for draft in answer.drafts)
        said = (
            (Need.PHONE_LEAD, undelivered_words(rows, could_not_send=could_not_send)),
            (Need.ESCALATIONS, contact_words(rows, now)),
            (Need.TEAM_ESCALATIONS, news_words(rows)),
            (Need.ESCALATION_DRAFT, "An escalation was begun and not saved yet" if begun else ""),
        )
        return [NeedRow(need=need, text=text) for need, text in said if text]


def _score_needs(answer: _Answer) -> list[NeedRow]:
    """One row for each assessment with scores that exist twice or are an open question; none of them counts."""
    counts: Counter[AssessmentId] = Counter()
    for (assessment, _), count in answer.to_settle.items():
        counts[assessment] += count
    names = {row.assessment.id: row.assessment.name for row in answer.assessments}
    return [
        NeedRow(
            need=Need.SCORES, about=one,
            text=f"{ui.count(count, 'score exists', 'scores exist')} twice in {names[one]}: say which stands",
        )
        for one, count in counts.items() if one in names
    ]  # fmt: skip


_SCORES = (Judgement.KIND, Moderation.KIND, Override.KIND)
_RISKS = (Escalation.KIND, Contact.KIND, Seen.KIND)


def _nearest_to(rows: Sequence[VisitRow], today: date) -> VisitId | None:
    """Today's visit, else the one whose first day is nearest; archived ones last."""
    known = sorted(
        rows,
        key=lambda row: (
            row.is_archived, not row.is_today, row.visit.starts_on is None,
            abs(((row.visit.starts_on or today) - today).days),
        ),
    )  # fmt: skip
    return known[0].visit.id if known else None


def _answer(questions: Questions, now: datetime) -> _Answer:
    rows = tuple(questions.assessments())
    visits = [visit.id for row in rows for visit in row.visits]
    return _Answer(
        assessments=rows,
        counts=questions.visit_counts(),
        archived=frozenset(one for one in visits if questions.setting(f"{ARCHIVED}{one}") == "yes"),
        preview=questions.send_preview(),
        drafts=tuple(questions.drafts()),
        recovery_stored=questions.info().recovery_stored,
        purge_due=purge_due(questions, now) is not None,
        of_laptop=laptop_needs(questions, now),
        escalations=tuple(escalations(questions)),
        floods=len(floods(questions)),
        to_settle=to_settle(questions),
        hidden=hidden_questions(questions, [row.assessment.id for row in rows if row.open_questions]),
    )
