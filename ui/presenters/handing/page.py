"""The page Hand in: what still stands in the way, the certificate, and erasing the vault once nothing would be lost.

Nothing is erased by accident: every obstacle is settled first, the word is typed, and the wipe certificate lies outside
the vault and was read back before the first byte goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from fieldkit.app.lanes import run
from fieldkit.app.policies import purge_due
from fieldkit.app.ports import Questions, Vault
from fieldkit.app.wipe import Obstacle, check_place, check_saved, check_wipe, erased_facts, obstacles
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from fieldkit.reports.wipe import Erased, compose
from ui.presenters.hand_in import words_of
from ui.presenters.handing.proof import Proof, prove
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Failed, Session, Sheets
from ui.presenters.timing import Countdown
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

WORD = "ERASE"
"""What has to be typed before the vault is erased."""
BOXES = "wipe.boxes"
_PATIENCE = 0.5
"""Seconds after a change before it is looked at again: receipts come in dozens."""
_WHERE = {
    "wipe.not_enrolled": Page.SETTINGS, "wipe.untagged": Page.EVIDENCE, "wipe.drafts": Page.HOME,
}  # fmt: skip
"""Where an obstacle is settled; all others on Send."""


_UNTOLD = (
    "Your office could not be told now. Give it the signed statement ‘{file}.fieldwipe’, which lies beside the "
    "certificate. Press ‘Erase now’ to erase the vault"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInFacts:
    """What the page is opened with. ``due`` says since when the office wants the vault erased."""

    obstacles: tuple[Obstacle, ...]
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInState:
    """``obstacles`` empty = nothing would be lost."""

    obstacles: tuple[Obstacle, ...] = ()
    due: str = ""
    with_boxes: bool = False
    """What lies under a passphrase of its own was handed over, or is not needed any more."""
    is_busy: bool = False
    is_proved: bool = False
    """Certificate and signed statement lie outside, and the office could not be told: one more press erases."""
    fault: str = ""

    @property
    def has_boxes(self) -> bool:
        """Whether something lies under a passphrase of its own, into which nobody can look."""
        return self.with_boxes or any(one.code == BOXES for one in self.obstacles)

    @property
    def is_ready(self) -> bool:
        """Whether the vault may be erased."""
        return not self.obstacles

    @property
    def headline(self) -> str:
        """How it stands, in one line."""
        if self.is_ready:
            return "Everything is at your office. Nothing would be lost"
        return f"{ui.count(len(self.obstacles), 'thing')} to settle before you hand in"


class HandInPage(Presenter[HandInState]):
    """``go`` leads to a page, ``erase`` deletes the vault once its certificate lies elsewhere."""

    def __init__(self, session: Session, facts: HandInFacts, go: Callable[[Page], None]) -> None:
        super().__init__(HandInState(obstacles=facts.obstacles, due=facts.due))
        self._session = session
        self._go = go
        self._soon = Countdown(session.later, self.load)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (Page.HAND_IN.value,)

    @property
    def is_practice(self) -> bool:
        """Whether this is the sample visit: what would be erased is not the person's."""
        return self._session.is_practice

    def close(self) -> None:
        """Hear nothing more."""
        self._soon.drop()
        self._listening.close()

    def load(self) -> None:
        """Look again."""
        session, with_boxes = self._session, self.state.with_boxes
        session.workspace.maintain(lambda vault: _look(session, vault, with_boxes=with_boxes), self._read)

    def accept_boxes(self, *, is_on: bool) -> None:
        """The person says that boxes hold nothing that would be lost."""
        self._show(replace(self.state, with_boxes=is_on))
        self.load()

    def words(self, obstacle: Obstacle) -> str:
        """What stands in the way and its cure; that nothing was erased goes without saying here."""
        return sentence(obstacle.code, count=obstacle.count).replace("Nothing was erased. ", "")

    def settle(self, code: str) -> None:
        """To where it is done."""
        self._go(_WHERE.get(code, Page.SEND))

    def erase(self, typed: str, certificate: Path, sheets: Sheets, erase: Callable[[Failed], None]) -> bool:
        """Save the certificate, read it back, and erase; whether it was begun. Never without the word."""
        if typed.strip() != WORD or self._session.is_practice or self.state.is_busy:
            return False
        try:
            check_place(certificate, self._session.folder)
        except Mistake as wrong:
            self._refused(wrong)
            return False
        self._show(replace(self.state, is_busy=True, fault=""))
        at = self._session.clock.now()

        def ready(facts: Erased) -> None:
            sheets.save_document(certificate, compose(facts), lambda: saved(facts), self._refused)

        def saved(facts: Erased) -> None:
            lanes = self._session.workspace.lanes
            run(
                lanes.work, lanes.deliver, lambda: check_saved(certificate),
                lambda _: self._prove(facts, certificate, erase), self._refused,
            )  # fmt: skip

        with_boxes = self.state.with_boxes

        def facts(vault: Vault) -> Erased:
            check_wipe(vault.questions, vault.files.tapes, with_boxes=with_boxes)
            return erased_facts(vault.questions, words_of, at)

        self._session.workspace.maintain(facts, ready, self._refused)
        return True

    def erase_now(self, erase: Callable[[Failed], None]) -> None:
        """The second press, after it was said that the office could not be told."""
        if self.state.is_proved and not self.state.is_busy:
            self._session.say("The vault is erased now")
            erase(self._refused)

    def _prove(self, facts: Erased, certificate: Path, erase: Callable[[Failed], None]) -> None:
        """Sign what is about to be erased, unless something came or was written while the certificate was saved."""
        session, with_boxes = self._session, self.state.with_boxes
        statements = session.statements
        assert statements is not None, "only the sample visit has none, and is never erased here"

        def sign(vault: Vault) -> Proof:
            check_wipe(vault.questions, vault.files.tapes, with_boxes=with_boxes)
            return prove(vault, statements, facts)

        def told(trouble: Trouble | None) -> None:
            if trouble is None:
                session.say("Certificate and signed statement saved, your office has the statement. Erasing now")
                erase(self._refused)
                return
            self._show(replace(self.state, is_busy=False, is_proved=True, fault=_UNTOLD.format(file=certificate.stem)))
            session.say(self.state.fault, urgent=True)

        def signed(proof: Proof) -> None:
            lanes = session.workspace.lanes
            run(
                lanes.work, lanes.deliver,
                lambda: statements.give(proof.signed, certificate, proof.url, proof.identity), told, kept,
            )  # fmt: skip

        def kept(problem: Exception) -> None:
            statements.forget(certificate)
            self._refused(problem)
            self.load()  # what came meanwhile stands in the list as well

        session.workspace.maintain(sign, signed, kept)

    def _changed(self, changes: ChangeSet) -> None:
        if self.state.is_proved and any(kind not in ("receipt", "setting") for kind in changes.records):
            self._show(replace(self.state, is_proved=False, fault=""))  # the statement does not say this yet
        if not changes.is_empty and not self._soon.is_pending:
            self._soon.start(_PATIENCE)

    def _read(self, facts: HandInFacts) -> None:
        self._show(replace(self.state, obstacles=facts.obstacles, due=facts.due))

    def _refused(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        self._show(replace(self.state, is_busy=False, fault=sentence(problem)))
        self._session.say(sentence(problem), urgent=True)


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read, make=_make)


def _look(session: Session, vault: Vault, *, with_boxes: bool) -> HandInFacts:
    """Of the whole vault, whoever looks: what an adviser does not see would be erased too."""
    return _facts(session, vault.questions, with_boxes=with_boxes)


def _read(session: Session, questions: Questions, _: str) -> HandInFacts:
    return _facts(session, questions, with_boxes=False)


def _facts(session: Session, questions: Questions, *, with_boxes: bool) -> HandInFacts:
    since = purge_due(questions, session.clock.now())
    due = f"Your office asks you to erase this vault, since {ui.day(since.astimezone().date())}" if since else ""
    found = obstacles(questions, session.workspace.files.tapes, with_boxes=with_boxes)
    return HandInFacts(obstacles=found, due=due)


def _make(bench: Bench, facts: HandInFacts) -> HandInPage:
    return HandInPage(bench.session, facts, bench.go)
