"""The card "Escalate a risk" (ux S11): over whatever is up, nine keys to a saved escalation, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.drafts import drop_draft
from fieldkit.app.escalation_policy import policy_here, policy_of
from fieldkit.app.escalation_rows import escalation
from fieldkit.app.escalations import NewContact, NewEscalation, add_contact, escalate
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.domain.escalation import Contact, Escalation, How
from fieldkit.domain.escalation_policy import Policy, priority_of
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import RecordId
from ui.presenters.escalation import words
from ui.presenters.escalation.card_state import (
    CONTACT_FIELDS,
    RISK_FIELDS,
    CardState,
    Kept,
    draft_text,
    missing_of,
    read_draft,
)
from ui.presenters.escalation.source import RiskSource, completed
from ui.presenters.field_error import FieldError
from ui.presenters.log.draft_keeper import DraftKeeper
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
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
        if not self.state.saved or name in CONTACT_FIELDS:
            self._keeper.touched()

    def add_contact(self) -> None:
        """Alt+A: say who was told."""
        if not self.state.is_contact_open:
            now = ui.clock(self._session.clock.now())
            values = {**self.state.values, "at": self.state.values.get("at") or now}
            values["how"] = values.get("how") or How.IN_PERSON.value
            self._show(replace(self.state, is_contact_open=True, values=values))

    def save(self) -> None:
        """Ctrl+Enter: the escalation with the contact that was typed; once it is saved, the contact alone."""
        state = self.state
        if state.is_saving or not state.is_open:
            return
        if state.saved is not None and not state.is_contact_open:
            self.dismiss()
            return
        missing = missing_of(state)
        if missing:
            self._show(replace(state, errors=missing, fault=""))
            return
        self._keeper.drop()
        self._show(replace(state, is_saving=True, errors=(), fault=""))
        action = self._save_both if state.saved is None else self._save_contact
        self._session.workspace.perform(action, initiator="escalation", done=self._saved, failed=self._not_saved)

    def numbers_changed(self) -> None:
        """Somebody put in other numbers."""
        read = partial(self._read, source=self.state.source, is_covered=True)
        self._session.workspace.ask_then(read, self._answered, self._troubled)

    def _save_both(self, uow: UnitOfWork) -> tuple[Escalation, Contact | None]:
        state, source = self.state, self.state.source
        if source.assessment is None:
            raise Mistake("escalation.nothing_open", field="")
        value = state.values.get
        new = NewEscalation(
            assessment=source.assessment, visit=source.visit, about=source.about, danger=state.danger,
            what=value("what", ""), who=value("who", ""), place=value("place", ""),
            organisation=value("organisation", ""), opened_at=state.opened_at,
        )  # fmt: skip
        made = escalate(uow, new, self._policy)
        told = self._contact(uow, made.id) if state.has_contact else None
        drop_draft(uow, PLACE)
        return made, told

    def _save_contact(self, uow: UnitOfWork) -> tuple[Escalation | None, Contact | None]:
        assert self.state.saved is not None
        told = self._contact(uow, self.state.saved)
        drop_draft(uow, PLACE)
        return None, told

    def _contact(self, uow: UnitOfWork, about: RecordId) -> Contact:
        value = self.state.values.get
        new = NewContact(
            told=value("told", ""), said=value("said", ""), at=value("at", ""),
            how=How(value("how") or How.IN_PERSON.value), answer_due=value("answer_due", ""),
        )  # fmt: skip
        return add_contact(uow, about, new)

    def _saved(self, made: tuple[Escalation | None, Contact | None]) -> None:
        new, told = made
        state, now = self.state, self._session.clock.now()
        if new is not None:
            state = replace(state, saved=new.id, saved_words=f"{ui.SAVED_HERE} {ui.clock(now)}")
        if told is not None:
            line = words.contact(told, now.astimezone().date())
            state = replace(state, contacts=(*state.contacts, line), is_contact_open=False)
            state = replace(state, values={**state.values, **dict.fromkeys(CONTACT_FIELDS, "")})
        self._touched.clear()
        self._show(replace(state, is_saving=False, errors=(), fault="", restored="", due=""))
        self._say_saved(new, told)

    def _say_saved(self, new: Escalation | None, told: Contact | None) -> None:
        here = f"{self.state.saved_words}. " if new is not None else ""
        if told is None:
            self._session.say(f"{here}No one has been told yet. Who will you tell?")
        else:
            self._session.say(f"{here}Contact recorded {ui.clock(told.at)}")

    def _not_saved(self, problem: Exception) -> None:
        self._keeper.touched()  # the draft was not dropped: what was typed since is to be kept too
        named = str(problem.details.get("field", "")) if isinstance(problem, Mistake) else ""
        if named in _FIELDS:
            error = FieldError(field=named, text=sentence(problem))
            self._show(replace(self.state, is_saving=False, errors=(error,)))
        else:
            self._show(replace(self.state, is_saving=False, fault=sentence(problem)))
            self._session.say(f"Not saved. {sentence(problem)}", urgent=True)

    def _read(self, questions: Questions, source: RiskSource, *, is_covered: bool) -> _Known:
        known = completed(questions, source)
        framework: Framework | None = None
        if known.assessment is not None:
            try:
                framework = self._session.packs.framework(questions.assessment(known.assessment).packs[0])
            except (FieldKitError, IndexError):  # its pack is not on this laptop: the shipped numbers have to do
                framework = None
        draft = questions.draft(PLACE)
        kept = read_draft(draft.text) if draft is not None else None
        contacts: tuple[str, ...] = ()
        if kept is not None and kept.saved is not None:
            today = self._session.clock.now().astimezone().date()
            contacts = tuple(words.contact(one.value, today) for one in escalation(questions, kept.saved).contacts)
        return _Known(
            source=known.uncovered() if is_covered else known, policy=policy_here(questions, framework), draft=kept,
            contacts=contacts,
        )  # fmt: skip

    def _answered(self, known: _Known) -> None:
        self._policy = known.policy
        state, kept = replace(self.state, numbers=known.policy.numbers), known.draft
        if kept is not None and not self._touched and state.saved is None and state.is_open:
            state = replace(
                state, source=kept.source, values=kept.values, opened_at=kept.opened_at, saved=kept.saved,
                saved_words="Saved on this laptop before" if kept.saved else "", contacts=known.contacts,
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
