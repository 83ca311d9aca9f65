"""The card "Escalate a risk" (ux S11): over whatever is up, nine keys to a saved escalation, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.drafts import drop_draft
from fieldkit.app.escalation_policy import policy_here, policy_of
from fieldkit.app.escalation_rows import escalation
from fieldkit.app.escalations import Decisions, NewContact, NewEscalation, add_contact, decide, escalate
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.domain.escalation import Contact, Escalation, How
from fieldkit.domain.escalation_policy import Policy, priority_of
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.escalation import words
from ui.presenters.escalation.card_state import (
    CONTACT_FIELDS,
    CONTACT_WORDS,
    RISK_FIELDS,
    CardState,
    Kept,
    draft_text,
    missing_of,
    read_draft,
)
from ui.presenters.escalation.source import RiskSource, completed
from ui.presenters.field_error import errors_of
from ui.presenters.presenter import Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.wording import sentence, ui

PLACE = "escalation/card"
"""Where the draft is kept: one for the laptop, whatever it was opened over."""
_FIELDS = frozenset((*RISK_FIELDS, *CONTACT_FIELDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the vault says when the card opens."""

    source: RiskSource
    policy: Policy
    draft: Kept | None
    contacts: tuple[str, ...]


class EscalationCard(Presenter[CardState]):
    """``open`` shows it at once; the draft of an earlier one, if any, comes a moment later into what nobody touched."""

    def __init__(self, session: Session) -> None:
        super().__init__(CardState())
        self._session = session
        self._policy: Policy = policy_of(None)
        self._touched: set[str] = set()
        self._edition = 0
        """Which card it is since the program began: what an earlier one saved is not this one's."""
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._was_kept)

    def open(self, source: RiskSource, *, is_covered: bool = False) -> None:
        """Ctrl+Shift+E. What was closed with Esc is there again; an open card stays as it is.

        ``is_covered``: the screen is hidden, so nothing but what the card itself holds is to be seen.
        """
        if self.state.is_open:
            return
        if draft_text(self.state):
            at = self.state.opened_at
            restored = f"From {ui.clock(at)}. It was not saved" if at else ""
            self._show(replace(self.state, is_open=True, restored=restored))
            self.numbers_changed()
            return
        self._touched.clear()
        now = self._session.clock.now()
        source = source.uncovered() if is_covered else source
        first = {"what": source.what, "place": source.place, "organisation": source.organisation}
        self._show(
            CardState(
                is_open=True, source=source, values=first, opened_at=now, numbers=self._policy.numbers,
            )
        )  # fmt: skip
        read = partial(self._read, source=source, is_covered=is_covered)
        self._session.workspace.ask_then(read, self._answered, self._troubled)

    def dismiss(self) -> None:
        """Esc: away with it, and what was typed is kept."""
        if self.state.is_open:
            self._keeper.flush()
            self._show(replace(self.state, is_open=False))

    def start_again(self) -> None:
        """Throw the draft away and begin anew about what was up when it was begun."""
        source = self.state.source
        self._edition += 1
        self._forget()
        self._show(CardState())
        self._session.workspace.perform(lambda uow: drop_draft(uow, PLACE), initiator="draft")
        self.open(source)

    def close(self) -> None:
        """The vault is about to close: what is typed goes to disk."""
        self._keeper.flush()
        self._keeper.drop()

    def put(self, name: str, text: str) -> None:
        """Somebody typed or chose something. Raises ``KeyError`` for a field that the card has not."""
        if name not in _FIELDS:
            raise KeyError(name)
        if self.state.values.get(name, "") == text:
            return
        self._touched.add(name)
        before = self.state
        self._show(self._with_due(replace(before, values={**before.values, name: text})))
        if name == "danger" and self.state.is_danger and not before.is_danger:
            self._session.say(words.spoken_numbers(self.state.numbers), urgent=True)
        self._keeper.touched()

    def add_contact(self) -> None:
        """Alt+A: say who was told."""
        if not self.state.is_contact_open:
            now = ui.clock(self._session.clock.now())
            values = {**self.state.values, "at": self.state.values.get("at") or now}
            values["how"] = values.get("how") or How.IN_PERSON.value
            self._show(replace(self.state, is_contact_open=True, values=values))

    @property
    def can_show_code(self) -> bool:
        """Whether what is recorded can leave as a code for any phone: there is an office that can read it."""
        is_alone = self._session.office.state.connection is Connection.STANDALONE
        return self.state.saved is not None and not self.state.is_changed and not is_alone

    def save(self) -> None:
        """Ctrl+Enter: the escalation with the contact that was typed; once it is saved, the contact alone."""
        state = self.state
        if state.is_saving or not state.is_open:
            return
        if state.saved is not None and not state.is_contact_open and not state.is_changed:
            self.dismiss()
            return
        missing = missing_of(state)
        if missing:
            self._show(replace(state, errors=missing, fault=""))
            return
        self._keeper.drop()
        self._touched.clear()
        self._show(replace(state, is_saving=True, errors=(), fault=""))
        self._session.workspace.perform(
            partial(self._save, state), initiator="escalation", done=partial(self._saved, state, self._edition),
            failed=partial(self._not_saved, self._edition),
        )  # fmt: skip

    def numbers_changed(self) -> None:
        """Somebody put in other numbers."""
        assessment = self.state.source.assessment
        self._session.workspace.ask_then(
            lambda questions: self._policy_of(questions, assessment), self._numbers, self._troubled
        )

    def _save(self, state: CardState, uow: UnitOfWork) -> tuple[Escalation | None, Contact | None]:
        """What stood on the card when the button was pressed; what is typed from then on comes later."""
        made: Escalation | None = None
        if state.saved is None:
            made = self._escalated(state, uow)
        elif state.is_changed:
            made = self._decided(state, state.saved, uow)
        about = made.id if made is not None else state.saved
        assert about is not None
        is_told = state.has_contact if made is not None else state.is_contact_open
        told = self._contact(state, uow, about) if is_told else None
        drop_draft(uow, PLACE)
        return made, told

    def _escalated(self, state: CardState, uow: UnitOfWork) -> Escalation:
        source, value = state.source, state.values.get
        if source.assessment is None:
            raise Mistake("escalation.nothing_open", field="")
        new = NewEscalation(
            assessment=source.assessment, visit=source.visit, about=source.about, danger=state.danger,
            what=value("what", ""), who=value("who", ""), place=value("place", ""),
            organisation=value("organisation", ""), opened_at=state.opened_at,
        )  # fmt: skip
        return escalate(uow, new, self._policy)

    def _decided(self, state: CardState, saved: RecordId, uow: UnitOfWork) -> Escalation:
        """Danger that was answered anew sets the priority; one that was decided by hand stays otherwise."""
        value = state.values.get
        is_answered = value("danger", "") != state.recorded.get("danger", "")
        priority = priority_of(state.danger) if is_answered and state.danger is not None else None
        decisions = Decisions(
            what=value("what", ""), who=value("who", ""), place=value("place", ""),
            organisation=value("organisation", ""), danger=state.danger, priority=priority,
        )  # fmt: skip
        return decide(uow, saved, decisions, self._policy)

    def _contact(self, state: CardState, uow: UnitOfWork, about: RecordId) -> Contact:
        value = state.values.get
        new = NewContact(
            told=value("told", ""), said=value("said", ""), at=value("at", ""),
            how=How(value("how") or How.IN_PERSON.value), answer_due=value("answer_due", ""),
        )  # fmt: skip
        return add_contact(uow, about, new)

    def _saved(self, handed: CardState, edition: int, made: tuple[Escalation | None, Contact | None]) -> None:
        new, told = made
        state, now = self.state, self._session.clock.now()
        if edition != self._edition:  # another one was begun meanwhile
            self._session.say(f"{ui.SAVED_HERE} {ui.clock(now)}")
            return
        if new is not None:
            state = replace(
                state, saved=new.id, saved_words=f"{ui.SAVED_HERE} {ui.clock(now)}", recorded=dict(handed.values)
            )
        if told is not None:
            line = words.contact(told, now.astimezone().date())
            later = _typed_on(handed, state)
            state = replace(state, contacts=(*state.contacts, line), is_contact_open=bool(later))
            state = replace(state, values={**state.values, **dict.fromkeys(CONTACT_FIELDS, ""), **later})
        self._show(replace(state, is_saving=False, errors=(), fault="", restored="", due=""))
        if self._touched:  # its draft may have been written behind the saving, as of something not saved
            self._keeper.touched()
        self._say_saved(new, told)

    def _say_saved(self, new: Escalation | None, told: Contact | None) -> None:
        here = f"{self.state.saved_words}. " if new is not None else ""
        if told is None:
            self._session.say(f"{here}No one has been told yet. Who will you tell?")
        else:
            self._session.say(f"{here}Contact recorded {ui.clock(told.at)}")

    def _not_saved(self, edition: int, problem: Exception) -> None:
        if edition != self._edition:
            self._session.say(f"Not saved. {sentence(problem)}", urgent=True)
            return
        self._keeper.touched()  # the draft was not dropped: what was typed since is to be kept too
        errors = tuple(one for one in errors_of(problem, "") if one.field in _FIELDS)
        if errors:
            self._show(replace(self.state, is_saving=False, errors=errors))
        else:
            self._show(replace(self.state, is_saving=False, fault=sentence(problem)))
            self._session.say(f"Not saved. {sentence(problem)}", urgent=True)

    def _read(self, questions: Questions, source: RiskSource, *, is_covered: bool) -> _Known:
        known = completed(questions, source)
        draft = questions.draft(PLACE)
        kept = read_draft(draft.text) if draft is not None else None
        contacts: tuple[str, ...] = ()
        if kept is not None and kept.saved is not None:
            today = self._session.clock.now().astimezone().date()
            contacts = tuple(words.contact(one.value, today) for one in escalation(questions, kept.saved).contacts)
        return _Known(
            source=known.uncovered() if is_covered else known, policy=self._policy_of(questions, known.assessment),
            draft=kept, contacts=contacts,
        )  # fmt: skip

    def _policy_of(self, questions: Questions, assessment: AssessmentId | None) -> Policy:
        framework: Framework | None = None
        if assessment is not None:
            try:
                framework = self._session.packs.framework(questions.assessment(assessment).packs[0])
            except (FieldKitError, IndexError):  # its pack is not on this laptop: the shipped numbers have to do
                framework = None
        return policy_here(questions, framework)

    def _numbers(self, policy: Policy) -> None:
        self._policy = policy
        self._show(self._with_due(replace(self.state, numbers=policy.numbers)))

    def _answered(self, known: _Known) -> None:
        self._policy = known.policy
        state, kept = replace(self.state, numbers=known.policy.numbers), known.draft
        if kept is not None and not self._touched and state.saved is None and state.is_open:
            state = replace(
                state, source=kept.source, values=kept.values, opened_at=kept.opened_at, saved=kept.saved,
                saved_words="Saved on this laptop before" if kept.saved else "", contacts=known.contacts,
                recorded=kept.recorded,
                is_contact_open=kept.is_contact_open, restored=f"From {ui.clock(kept.opened_at)}. It was not saved",
            )  # fmt: skip
        elif known.source != state.source:
            state = self._filled(state, known.source)
        self._show(self._with_due(state))

    def _filled(self, state: CardState, source: RiskSource) -> CardState:
        """Where it is from, into what nobody has touched."""
        first = {"place": source.place, "organisation": source.organisation}
        fresh = {name: text for name, text in first.items() if name not in self._touched}
        return replace(state, source=source, values={**state.values, **fresh})

    def _with_due(self, state: CardState) -> CardState:
        if state.danger is None or state.opened_at is None or state.saved is not None:
            return replace(state, due="")
        priority = priority_of(state.danger)
        today = self._session.clock.now().astimezone().date()
        at = ui.day_and_clock(self._policy.due(priority, state.opened_at), today)
        doubt = "" if self._policy.is_confirmed else f". {words.UNCONFIRMED}"
        return replace(state, due=f"Priority {priority.value.upper()}. Tell somebody by {at}{doubt}")

    def _draft(self) -> Draft:
        return Draft(
            place=PLACE, text=draft_text(self.state), caret=0, noticed_at=self.state.opened_at,
            kept_at=self._session.clock.now(),
        )  # fmt: skip

    def _was_kept(self, problem: Exception | None) -> None:
        if problem is not None:
            self._show(replace(self.state, fault=sentence(problem)))

    def _troubled(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))

    def _forget(self) -> None:
        self._keeper.drop()
        self._touched.clear()


def _typed_on(handed: CardState, now: CardState) -> dict[str, str]:
    """What was written of a contact while it was being saved: whole fields, for the next one."""
    return {
        name: now.values.get(name, "")
        for name in CONTACT_WORDS
        if now.values.get(name, "").strip() not in ("", handed.values.get(name, "").strip())
    }
